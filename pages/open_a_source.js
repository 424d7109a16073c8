// Shows words with small buttons (escaped by the server), and tells the server which source's button was pressed.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector("div");
  if (root.dataset.shown !== data.html) {
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
  }
  const buttons = [...root.querySelectorAll("button[data-source]")];
  for (const [place, button] of buttons.entries()) {
    const number = Number(button.dataset.source);
    button.setAttribute("aria-expanded", String(number === data.opened));
    button.onclick = () => {
      root.dataset.pressed = place;
      setTriggerValue("source", number === data.opened ? 0 : number);
    };
  }
  // A reader who closes a source is taken back to the button that opened it: the source's own button goes with it, and
  // may still hold the focus when this runs.
  const wasOpen = root.dataset.opened > 0;
  root.dataset.opened = data.opened;
  const focused = document.activeElement;
  if (wasOpen && !data.opened && (focused === document.body || focused.closest('[class*="st-key-"][class*="-source"]'))) {
    buttons[root.dataset.pressed]?.focus();
  }
}
