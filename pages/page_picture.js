// Shows a drawn page: the part around the marked words, at a size that can be read, or the whole page.
const AROUND = 70; // points shown above and below the marked words
const LOWEST = 220, HIGHEST = 460; // points: how low and how high the shown part may be
const SMALLEST = 0.78; // screen pixels a point: a smaller print is not read, so that less of a wide page is shown

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".page-picture");
  const [frame, sheet, image, button] = [".page-frame", ".page-sheet", "img", "button"].map((n) => root.querySelector(n));
  const [width, height] = data.size;

  function share(part, whole) {
    return `${(100 * part) / whole}%`;
  }

  function show([x0, y0, x1, y1]) {
    const [w, h] = [x1 - x0, y1 - y0];
    frame.style.aspectRatio = `${w} / ${h}`;
    Object.assign(sheet.style, { width: share(width, w), height: share(height, h), left: share(-x0, w), top: share(-y0, h) });
  }

  function around() {
    const boxes = data.marked.length ? data.marked : data.tinted;
    if (!boxes.length) return [0, 0, width, height];
    const [left, right] = data.column;
    const w = Math.min(right - left, Math.max(220, frame.clientWidth / SMALLEST));
    const first = boxes[0];
    const x0 = Math.max(left, Math.min((first[0] + first[2]) / 2 - w / 2, right - w));
    const upper = Math.min(...boxes.map((b) => b[1])), lower = Math.max(...boxes.map((b) => b[3]));
    const h = Math.min(HIGHEST, height, Math.max(LOWEST, lower - upper + 2 * AROUND));
    const middle = Math.min((upper + lower) / 2, first[1] + h / 2 - AROUND);
    const y0 = Math.max(0, Math.min(middle - h / 2, height - h));
    return [x0, y0, x0 + w, y0 + h];
  }

  function place() {
    const whole = button.getAttribute("aria-pressed") === "true";
    show(whole ? [0, 0, width, height] : around());
  }

  button.onclick = () => {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    place();
  };
  const shown = JSON.stringify([data.caption, data.alt, data.tinted, data.marked]);
  if (root.dataset.shown !== shown) {
    root.dataset.shown = shown;
    image.src = data.picture;
    image.alt = data.alt;
    root.querySelector("figcaption span").textContent = data.caption;
    button.hidden = !data.tinted.length && !data.marked.length;
    sheet.querySelectorAll("span").forEach((mark) => mark.remove());
    for (const [kind, boxes] of [["tint", data.tinted], ["mark", data.marked]]) {
      for (const [x0, y0, x1, y1] of boxes) {
        const mark = document.createElement("span");
        mark.className = kind;
        const look = { left: share(x0, width), top: share(y0, height), width: share(x1 - x0, width), height: share(y1 - y0, height) };
        Object.assign(mark.style, look);
        sheet.append(mark);
      }
    }
  }
  place();
  if (!root.dataset.seen) {
    root.dataset.seen = true;
    requestAnimationFrame(() => root.scrollIntoView({ block: "nearest" }));
  }
  const watched = new ResizeObserver(place);
  watched.observe(root);
  return () => watched.disconnect();
}
