// Keeps a visit's questions in the browser's tab, and gives them back to a visit that begins in it: after a reload, or when
// the server was started again. Where the browser keeps nothing for pages, the visit goes on without.
const NAME = "planchat";
let giving = null; // the visit to which it is being given
let send = null;
let touched = 0; // when the visitor last did something
const REST = 2000; // ms
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => (touched = Date.now()), { capture: true, passive: true });
}

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

// It is given when nothing runs and the visitor does nothing: a press that is still on its way to the server, to another page
// above all, would be lost by it. And it is given again, ever later, until it is taken, for it may itself get lost.
function give(visit, wait) {
  if (giving !== visit) return;
  const running = document.querySelector('.stApp:not([data-test-script-state="notRunning"])');
  const busy = running || Date.now() - touched < REST;
  if (!busy) send();
  setTimeout(give, busy ? 200 : wait, visit, busy ? wait : 2 * wait);
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
