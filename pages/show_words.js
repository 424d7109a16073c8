// Shows a source's words (escaped by the server), and brings the marked ones into view when they are first shown.
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector("div");
  if (root.dataset.shown === data.html) return;
  root.innerHTML = data.html;
  root.dataset.shown = data.html;
  requestAnimationFrame(() => root.querySelector("mark")?.scrollIntoView({ block: "nearest" }));
}
