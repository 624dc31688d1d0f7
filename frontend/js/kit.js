// What the core and the islands share, in one file so that it is one request: elements, Vietnamese text, requests.

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

/** The CSRF token of the page (renewed by `freshCsrf`). */
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** Asks the server for a CSRF token that is valid now; needed before sending what was kept while offline. */
export async function freshCsrf() {
  const url = document.body.dataset.csrf;
  if (!url) return csrfToken();
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  const { token, user } = await answer.json();
  if (user !== document.body.dataset.user) throw new Error("another office or person by now");
  const meta = document.querySelector('meta[name="csrf-token"]');
  if (meta) meta.content = token;
  return token;
}

/** GET as JSON; throws on a network error and on any status but 2xx. */
export async function getJson(url, options = {}) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, ...options });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** POST of form data; the raw Response. */
export function post(url, body, headers = {}) {
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": csrfToken(), Accept: "application/json", ...headers } });
}

/** Address with a query parameter set. */
export function withQuery(url, name, value) {
  const address = new URL(url, location.href);
  address.searchParams.set(name, value);
  return address.pathname + address.search;
}
