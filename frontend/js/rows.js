// Lists: the current row (J, K, click), its preview beside the list, picked rows and their batch bar.
import { debounce, say, visible } from "./kit.js";
import htmx from "htmx.org";

const ROW = "[data-row]";

function rows() {
  return [...document.querySelectorAll(ROW)].filter(visible);
}

/** The row under the cursor of J and K. */
export function currentRow() {
  return document.querySelector(`${ROW}[aria-current=true]`);
}

function mainLink(row) {
  return row.querySelector("a[data-open]") ?? row.querySelector("a[href]");
}

/** Where the preview of a row is: below its page, unless the row names another address; "" when it has none. */
function previewOf(row) {
  const link = mainLink(row);
  if (link?.dataset.preview === undefined) return "";
  return link.dataset.preview || `${link.pathname}/preview`;
}

const showPreview = debounce((row) => {
  const url = previewOf(row);
  const pane = document.getElementById("preview");
  if (!url || !visible(pane)) return;
  htmx.ajax("GET", url, { target: "#preview", swap: "innerHTML" }).then(() => (pane.scrollTop = 0));
}, 120);

let currentId = "";

/** A list that was fetched anew knows neither the cursor nor the ticks: both are put back where they were. */
function keepPlace() {
  const row = currentId && !currentRow() && document.getElementById(currentId);
  if (row) row.setAttribute("aria-current", "true");
  currentRow()?.classList.remove("unread");
  document.querySelectorAll("input[data-pick]").forEach((tick) => tick.closest(ROW)?.classList.toggle("picked", tick.checked));
}

function makeCurrent(row, { focus = true } = {}) {
  const before = currentRow();
  if (before && before !== row) before.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  row.classList.remove("unread");
  currentId = row.id;
  row.scrollIntoView({ block: "nearest" });
  if (focus) mainLink(row)?.focus({ preventScroll: true });
  showPreview(row);
}

/** Moves the cursor by one; with `pick` the rows passed over are ticked. */
export function moveCursor(step, pick = false) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(currentRow());
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (pick && at >= 0) setPicked(all[at], true);
  if (pick) setPicked(next, true);
  makeCurrent(next);
  return true;
}

export function openCurrent() {
  const link = currentRow() && mainLink(currentRow());
  if (!link) return false;
  location.assign(link.href);
  return true;
}

function box(row) {
  return row.querySelector("input[type=checkbox][data-pick]");
}

function setPicked(row, on) {
  const tick = box(row);
  if (!tick || tick.checked === on) return;
  tick.checked = on;
  refreshBatch(tick.form);
}

export function togglePicked() {
  const row = currentRow();
  const tick = row && box(row);
  if (!tick) return false;
  setPicked(row, !tick.checked);
  return true;
}

function refreshBatch(form) {
  if (!form) return;
  const ticks = [...form.querySelectorAll("input[data-pick]")];
  const picked = ticks.filter((tick) => tick.checked);
  ticks.forEach((tick) => tick.closest(ROW)?.classList.toggle("picked", tick.checked));
  const bar = form.querySelector("[data-batch]") ?? document.querySelector(`[data-batch="${form.id}"]`);
  if (bar) {
    bar.hidden = picked.length === 0;
    const count = bar.querySelector("[data-batch-count]");
    if (count) count.textContent = picked.length;
  }
  const all = form.querySelector("input[data-pick-all]");
  if (all) {
    all.checked = picked.length > 0 && picked.length === ticks.length;
    all.indeterminate = picked.length > 0 && picked.length < ticks.length;
  }
  say(picked.length ? `Đã chọn ${picked.length}` : "Đã bỏ chọn");
}

let lastPicked = null;
function pickRange(tick) {
  const ticks = rows().map(box).filter(Boolean);
  const [from, to] = [ticks.indexOf(lastPicked), ticks.indexOf(tick)].sort((a, b) => a - b);
  if (from >= 0) ticks.slice(from, to + 1).forEach((other) => (other.checked = tick.checked));
}

function clicked(event) {
  const tick = event.target.closest("input[data-pick]");
  if (tick) {
    if (event.shiftKey && lastPicked) pickRange(tick);
    lastPicked = tick;
    refreshBatch(tick.form);
    return;
  }
  const form = event.target.closest("form");
  if (event.target.closest("[data-pick-all]")) {
    form.querySelectorAll("input[data-pick]").forEach((each) => (each.checked = event.target.checked));
    refreshBatch(form);
    return;
  }
  if (event.target.closest("[data-unpick]")) {
    form.querySelectorAll("input[data-pick]").forEach((each) => (each.checked = false));
    refreshBatch(form);
    return;
  }
  const row = event.target.closest(ROW);
  if (!row || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a");
  const pane = document.getElementById("preview");
  if (event.target.closest("button,input,label,summary") || (link && link !== mainLink(row))) return;
  if (!previewOf(row) || !visible(pane)) {
    if (!link && mainLink(row)) mainLink(row).click();
    return;
  }
  event.preventDefault();
  if (row === currentRow() && link) openCurrent();
  else makeCurrent(row, { focus: Boolean(link) });
}

export function startRows() {
  document.addEventListener("click", clicked);
  document.addEventListener("htmx:after:swap", keepPlace);
  document.addEventListener("dblclick", (event) => {
    if (event.target.closest(ROW) && !event.target.closest("input,button")) openCurrent();
  });
  new Set([...document.querySelectorAll("input[data-pick]:checked")].map((tick) => tick.form)).forEach(refreshBatch);
}
