// Keeps a visit's questions in the browser's tab, and gives them back to a visit that begins in it: after a reload, or when
// the server was started again. Where the browser keeps nothing for pages, the visit goes on without.
const NAME = "planchat";

export default function ({ data, parentElement, setTriggerValue }) {
  const held = read();
  const another = held && held.visit !== data.visit && held.questions.length + held.kept.length > 0;
  if (!another || data.taken) return write(data);
  // What is given while the visitor goes to another page gets lost; there it stands in another root, and is given again.
  const root = parentElement.querySelector("div");
  if (root.dataset.given === data.visit) return;
  root.dataset.given = data.visit;
  setTriggerValue("held", JSON.stringify(held));
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
