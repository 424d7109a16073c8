// Puts a text into the live region that is already on the page, so that screen readers read it out.
export default function (component) {
  const region = component.parentElement.querySelector('[role="status"]');
  if (region.textContent !== component.data.text) region.textContent = component.data.text;
}
