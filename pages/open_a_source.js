// Shows an answer's words (escaped by the server), and tells the server which citation's button was pressed.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector("div");
  if (root.dataset.shown !== data.html) {
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
  }
  for (const button of root.querySelectorAll("button[data-source]")) {
    const number = Number(button.dataset.source);
    button.setAttribute("aria-expanded", String(number === data.opened));
    button.onclick = () => setTriggerValue("source", number === data.opened ? 0 : number);
  }
}
