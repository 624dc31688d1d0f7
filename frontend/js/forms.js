// Forms: focus on the list of errors, one submission at a time, Ctrl+Enter, fields that submit on change.

function focusSummary(root) {
  const summary = root.querySelector?.("[data-summary]") ?? (root.matches?.("[data-summary]") ? root : null);
  if (summary) summary.focus();
}

function jumpToField(event) {
  const link = event.target.closest("[data-summary] a[href^='#']");
  if (!link) return;
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const label = field.closest(".field") ?? field;
  label.scrollIntoView({ block: "center" });
  (field.closest(".combo")?.querySelector("input[role=combobox]") ?? field).focus();
}

function markBusy(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.hasAttribute("data-again")) return;
  if (form.dataset.busy) {
    event.preventDefault();
    return;
  }
  form.dataset.busy = "1";
  event.submitter?.classList.add("busy");
  const free = () => {
    delete form.dataset.busy;
    event.submitter?.classList.remove("busy");
  };
  form.addEventListener("htmx:finally:request", free, { once: true });
  addEventListener("pageshow", free, { once: true });
  setTimeout(free, 15000);
}

/** Submits the form that has the focus; the button marked data-next ("Lưu và tiếp") goes before the ordinary one. */
export function submitFocused() {
  const form = document.activeElement?.closest("form") ?? document.querySelector("main form[data-main]");
  if (!form) return false;
  const button = form.querySelector("[data-next]:not([disabled])") ?? document.querySelector(`[data-next][form="${form.id}"]:not([disabled])`);
  form.requestSubmit(button ?? undefined);
  return true;
}

export function startForms() {
  focusSummary(document);
  document.addEventListener("htmx:after:swap", (event) => focusSummary(event.target.isConnected ? document : event.target));
  document.addEventListener("click", jumpToField);
  document.addEventListener("submit", markBusy);
  document.addEventListener("change", (event) => {
    if (event.target.hasAttribute?.("data-submit")) event.target.form?.requestSubmit();
  });
}
