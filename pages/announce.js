// Puts a text into the live region that is already on the page, so that screen readers read it out, and brings a new
// question into view. A box that was typed into is disabled while its question is answered, and so loses the focus: it
// gets it back, but on a touch screen, where that would bring up the keyboard.
export default function (component) {
  const { text, questions } = component.data;
  const region = component.parentElement.querySelector('[role="status"]');
  if (region.textContent !== text) region.textContent = text;
  const asked = Number(region.dataset.questions ?? 0);
  region.dataset.questions = questions;
  if (questions <= asked) return;
  if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) focusTheBox();
  if (questions < 2) return;
  const shown = document.querySelectorAll("h2.question");
  requestAnimationFrame(() => shown[shown.length - 1]?.scrollIntoView({ block: "start" }));
}

function focusTheBox(left = 40) {
  const box = document.querySelector(".st-key-composer textarea");
  if (box && !box.disabled) box.focus({ preventScroll: true });
  else if (left) setTimeout(focusTheBox, 50, left - 1);
}
