// Small DOM tools shared by the core and the islands.

const SVG = "http://www.w3.org/2000/svg";
let spriteHref;

/** Makes an element: h("button", {class: "btn", onclick: f, "aria-label": "…"}, "text", child). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** An icon of the sprite that the page already uses. */
export function icon(name) {
  spriteHref ??= document.querySelector("svg.i use")?.getAttribute("href")?.split("#")[0] ?? "/static/dist/icons.svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${spriteHref}#${name}`);
  svg.append(use);
  return svg;
}

/** Lower case without marks, đ as d. */
export function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Says something to screen readers without showing it. */
export function say(text) {
  const region = document.getElementById("say");
  if (region) region.textContent = text;
}

export function visible(element) {
  return Boolean(element && element.getClientRects().length);
}

export function debounce(run, wait) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), wait);
  };
}

let serial = 0;
/** An id not used on the page yet. */
export function freshId(prefix) {
  serial += 1;
  return `${prefix}-${serial}`;
}
