// Buttons that copy an answer or its link, and say so where screen readers listen.
const SHOWN_MS = 4000;

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

// Browsers give the clipboard only to pages that come over https or from this machine.
function copiedBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  Object.assign(area.style, { position: "fixed", top: 0, opacity: 0 });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

function textOf(button, data) {
  if (button.dataset.copy === "answer") return data.plain;
  return `${location.origin}${location.pathname}?q=${encodeURIComponent(data.question)}`;
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".copy");
  for (const button of root.querySelectorAll("button")) {
    const words = button.querySelector("span");
    words.textContent = data[button.dataset.copy];
    button.onclick = async () => {
      const text = textOf(button, data);
      const done = await copied(text);
      button.focus();
      const said = done ? data.copied : data.refused;
      words.textContent = said;
      const region = document.querySelector(".announcement");
      if (region) region.textContent = done ? `${data.copied}: ${data[button.dataset.copy]}` : said;
      const area = root.querySelector("textarea");
      area.hidden = done;
      if (!done) {
        area.value = text;
        area.select();
      }
      clearTimeout(button.back);
      button.back = setTimeout(() => (words.textContent = data[button.dataset.copy]), SHOWN_MS);
    };
  }
}
