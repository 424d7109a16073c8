// Puts a text into the live region that is already on the page, so that screen readers read it out, and brings a new
// question into view.
export default function (component) {
  const { text, questions } = component.data;
  const region = component.parentElement.querySelector('[role="status"]');
  if (region.textContent !== text) region.textContent = text;
  const asked = Number(region.dataset.questions ?? 0);
  region.dataset.questions = questions;
  if (questions <= asked || questions < 2) return;
  const shown = document.querySelectorAll("h2.question");
  requestAnimationFrame(() => shown[shown.length - 1]?.scrollIntoView({ block: "start" }));
}
