// Keeps a visit's questions in the browser's tab, and gives them back to a visit that begins in it: after a reload, or when
// the server was started again. Where the browser keeps nothing for pages, the visit goes on without.
const NAME = "planchat";
let giving = null; // the visit to which it is being given
let send = null;

export default function ({ data, setTriggerValue }) {
  const held = read();
  const another = held && held.visit !== data.visit && held.questions.length + held.kept.length > 0;
  if (!another || data.taken) {
    giving = null;
    return write(data);
  }
  send = () => setTriggerValue("held", JSON.stringify(held));
  if (giving === data.visit) return;
  giving = data.visit;
  give(data.visit, 2000);
}

// It is given when nothing runs, so that it cuts short nothing that the visitor does; and given again, ever later, until it is
// taken: what is given just as the visitor goes to another page can get lost.
function give(visit, wait) {
  if (giving !== visit) return;
  const running = document.querySelector('.stApp:not([data-test-script-state="notRunning"])');
  if (!running) send();
  setTimeout(give, running ? 200 : wait, visit, running ? wait : 2 * wait);
}

function read() {
  try {
    const held = JSON.parse(sessionStorage.getItem(NAME));
    return Array.isArray(held?.questions) && Array.isArray(held?.kept) ? held : null;
  } catch {
    return null;
  }
}

function write({ visit, account, questions, kept }) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ visit, account, questions, kept }));
  } catch {
    // Nothing is lost but what a reload would have brought back.
  }
}
