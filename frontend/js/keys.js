// Single keys of the office. Never while typing, never while an input method composes, never with data-keys="off".
import { visible } from "./kit.js";
import { submitFocused } from "./forms.js";
import { moveCursor, openCurrent, togglePicked } from "./rows.js";
import { undoLast } from "./toasts.js";

function typing(target) {
  return target.isContentEditable || target.closest("input:not([type=checkbox],[type=radio],[type=button],[type=submit]),textarea,select,[role=combobox],[role=listbox]");
}

/** The place whose buttons come first: an open dialog, then the bar of what is picked, the preview, the page. */
function button(key) {
  const dialog = document.querySelector("dialog[open]");
  const places = dialog ? [dialog] : [document.querySelector("[data-batch]:not([hidden])"), document.getElementById("preview"), document.getElementById("main"), document].filter(Boolean);
  for (const place of places) {
    const found = [...place.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((each) => visible(each) && !each.disabled);
    if (found) return found;
  }
  return null;
}

function press(key) {
  const target = button(key);
  if (!target) return false;
  if (target.matches("input,textarea,select")) target.focus();
  else target.click();
  return true;
}

function focusFilter() {
  const filter = document.querySelector("[data-filter]") ?? document.getElementById("q");
  if (!visible(filter)) return false;
  filter.focus();
  filter.select();
  return true;
}

const FIXED = {
  j: (event) => moveCursor(1, event.shiftKey),
  k: (event) => moveCursor(-1, event.shiftKey),
  x: togglePicked,
  z: () => undoLast() || press("z"),
  "/": focusFilter,
  "?": () => openHelp(),
};

async function openPalette(start = "") {
  // What is typed while the palette loads lands in the search field, and is taken over.
  const field = document.querySelector("[data-palette]");
  const known = field?.value ?? "";
  field?.select();
  const { open } = await import("./palette.js");
  const typed = field && field.value !== known ? field.value : "";
  if (typed) field.value = known;
  open(start + typed);
  return true;
}

async function openHelp() {
  (await import("./help.js")).open();
  return true;
}

function withControl(event) {
  if (event.key.toLowerCase() === "k" && !event.shiftKey) {
    event.preventDefault();
    openPalette();
  } else if (event.key === "Enter" && submitFocused()) {
    event.preventDefault();
  }
}

/** Esc presses what a page offers for it, also while one types; dialogs and open lists have taken theirs before. */
function leave() {
  const target = document.querySelector("dialog[open], details.menu[open]") ? null : document.querySelector("[data-esc]");
  if (!target || !visible(target)) return false;
  target.click();
  return true;
}

function onKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey) {
    withControl(event);
    return;
  }
  if (event.key === "Escape" && leave()) {
    event.preventDefault();
    return;
  }
  if (event.altKey || document.documentElement.dataset.keys === "off" || typing(event.target)) return;
  if (event.key === "Enter") {
    const free = event.target === document.body || event.target.id === "main";
    const onRow = event.target.closest("[data-row]") && event.target.matches("a[data-open]");
    if ((free || onRow) && openCurrent()) event.preventDefault();
    return;
  }
  if (event.key.length !== 1) return;
  const key = event.key.toLowerCase();
  const dialog = document.querySelector("dialog[open]");
  const done = !dialog && FIXED[key] ? FIXED[key](event) : !event.shiftKey && press(key);
  if (done) event.preventDefault();
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette-open]")) openPalette();
    if (event.target.closest("[data-help]")) openHelp();
  });
}
