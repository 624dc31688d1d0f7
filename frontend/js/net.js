// Requests of the scripts: same origin, with the CSRF token, JSON in and out.

/** The CSRF token of the page (renewed by `freshCsrf`). */
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** Asks the server for a CSRF token that is valid now; needed before sending what was kept while offline. */
export async function freshCsrf() {
  const url = document.body.dataset.csrf;
  if (!url) return csrfToken();
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  const { token } = await answer.json();
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
