// Shows a source's words (escaped by the server), and brings the marked ones into view when they are first shown, unless
// a picture of their page above them does so.
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector("div");
  if (root.dataset.shown === data.html) return;
  root.innerHTML = data.html;
  root.dataset.shown = data.html;
  if (root.closest('[class*="-source"]')?.querySelector(".page-picture")) return;
  requestAnimationFrame(() => root.querySelector("mark")?.scrollIntoView({ block: "nearest" }));
}
