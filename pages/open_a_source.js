// Shows words with small buttons (escaped by the server), and tells the server which source's button was pressed.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector("div");
  if (root.dataset.shown !== data.html) {
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
  }
  const before = Number(root.dataset.opened ?? 0);
  root.dataset.opened = data.opened;
  for (const button of root.querySelectorAll("button[data-source]")) {
    const number = Number(button.dataset.source);
    button.setAttribute("aria-expanded", String(number === data.opened));
    button.onclick = () => setTriggerValue("source", number === data.opened ? 0 : number);
  }
  // A source that was closed gives the reader back to where it was opened.
  if (before && !data.opened && !root.contains(document.activeElement)) {
    root.querySelector(`button[data-source="${before}"]`)?.focus();
  }
}
