// Words that somebody types are never lost: every form with a text of several lines is kept while they type, on this machine
// and on the server, and offered again when its page is opened anew - after a crash, a lost line, an ended session.
const SENT = "vanthu-sent"; // in the tab: the form that was sent last, {name, bounced}
const HERE = "vanthu-kept"; // on the machine: names of the forms of which something is kept here; both written by autosave.js
const FORMS = "main form[method=post]:not([data-island~=autosave],[data-no-draft])";

const island = () => import("./islands/autosave.js");
const read = (store, key, otherwise) => JSON.parse(store.getItem(key) ?? "null") ?? otherwise;
const worthKeeping = (form) => Boolean(form?.matches?.(FORMS) && form.querySelector("textarea"));

/** The form's name: page and address, the same from visit to visit. */
const nameOf = (form) => `${location.pathname} ${new URL(form.action, location.href).pathname}`.slice(0, 200);

/** After a form went off: what was kept is forgotten, unless this page asks to sign in or shows what was wrong. */
async function settle(user) {
  const sent = read(sessionStorage, SENT);
  if (!sent) return;
  if (!user) {
    sessionStorage.setItem(SENT, JSON.stringify({ ...sent, bounced: true }));
    return;
  }
  sessionStorage.removeItem(SENT);
  if (!sent.bounced && !document.querySelector("[data-summary]")) await (await island()).forget(sent.name);
}

async function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "1";
  (await island()).keep(form, nameOf(form));
}

export async function startKeeping() {
  const { user } = document.body.dataset;
  await settle(user);
  if (!user) return;
  const begun = ({ form }) => worthKeeping(form) && watch(form);
  document.addEventListener("focusin", ({ target }) => begun(target));
  begun(document.activeElement); // autofocus came before
  // fetched while the line is there: it may drop before anything is typed
  if ([...document.querySelectorAll(FORMS)].some(worthKeeping)) (window.requestIdleCallback ?? setTimeout)(island);
  const here = read(localStorage, HERE, []);
  if (here.length) document.querySelectorAll(FORMS).forEach((form) => here.includes(nameOf(form)) && worthKeeping(form) && watch(form));
}
