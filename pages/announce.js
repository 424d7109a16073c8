// Puts a text into the live region that is already on the page, so that screen readers read it out, and brings the
// newest question into view.
export default function (component) {
  const region = component.parentElement.querySelector('[role="status"]');
  if (region.textContent === component.data.text) return;
  region.textContent = component.data.text;
  const questions = document.querySelectorAll("h2.question");
  if (questions.length > 1) requestAnimationFrame(() => questions[questions.length - 1].scrollIntoView({ block: "start" }));
}
