// What was read from the scan, offered in the form: filled in where nobody typed, the place shown on the page image.
// Contract in docs/frontend.md. Nothing waits for it; what a person typed is never changed.
import { fold, freshId, getJson, h, icon, post, say, visible, withQuery } from "../kit.js";
import { drafts, outbox } from "../outbox.js";

const SOON = 400; // milliseconds between two looks, at first
const LATER = 2500;
const LOOKS = 400;
const SURE = "chắc chắn";
const NARROW = 190; // pixels: beside its label such a field has no room for words
const [LEAST, MOST] = [1.6, 2.6]; // widths of the window that an enlarged page takes

const plain = (text) => fold(String(text)).replace(/[^0-9a-z]/g, "");

/** The field of the form that holds this name, and the box around it. */
class Place {
  constructor(form, name) {
    this.control = form.elements.namedItem(name);
    this.group = this.control instanceof RadioNodeList ? [...this.control] : null;
    const first = this.group?.[0] ?? this.control;
    this.holder = first?.closest(".field");
    this.input = this.holder?.querySelector("input[role=combobox]") ?? first;
  }

  get value() {
    const { value } = this.control;
    return this.group && value === "0" ? "" : value.trim();
  }

  put(value) {
    if (this.group) this.group.forEach((each) => (each.checked = each.value === value));
    else this.control.value = value;
    if (this.control instanceof HTMLSelectElement) this.control.dispatchEvent(new CustomEvent("combobox:refresh"));
    const details = this.holder.closest("details");
    if (details) details.open = true;
  }
}

/** Frames a place of a page; the box is in fractions of it. */
function framed(figure, box) {
  const [left, top, right, bottom] = box.map((side) => side * 100);
  const frame = h("div", { class: "read-here", "aria-hidden": "true" });
  Object.assign(frame.style, { left: `${left - 0.6}%`, top: `${top - 0.4}%`, width: `${right - left + 1.2}%`, height: `${bottom - top + 0.8}%` });
  figure.append(frame);
  return frame;
}

/** The place where a value was read, large enough to be read on a phone. */
function enlarge(figure, { label, shown, box }) {
  const { src, width, height, alt } = figure.querySelector("img");
  const close = h("button", { type: "button", class: "btn ghost icon", "aria-label": "Đóng", onclick: () => dialog.close() }, icon("x"));
  const page = h("figure", { class: "page" }, h("img", { src, width, height, alt }));
  const view = h("div", { class: "pages", tabindex: 0, role: "region", "aria-label": "Chỗ đã đọc" }, page);
  const dialog = h("dialog", { class: "wide read-at", "aria-labelledby": "read-at-h", "data-light": true }, h("div", { class: "dlg-h" }, h("h2", { id: "read-at-h" }, `${label}: ${shown}`), close), view);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  const [left, top, right] = box;
  const across = view.clientWidth * Math.min(Math.max(0.9 / (right - left), LEAST), MOST);
  page.style.inlineSize = `${across}px`;
  framed(page, box);
  view.scrollLeft = Math.min(((left + right) / 2) * across - view.clientWidth / 2, left * across - 12); // in the middle, or from its beginning
  view.scrollTop = top * page.offsetHeight - view.clientHeight / 3;
}

class Suggest {
  constructor(form) {
    this.form = form;
    this.bar = form.querySelector("#suggested");
    this.pages = document.querySelector("#scan");
    this.touched = new Set();
    this.known = new Map();
    this.referred = new Set();
    form.addEventListener("input", (event) => event.isTrusted && this.touch(event.target));
    form.addEventListener("change", (event) => event.isTrusted && this.touch(event.target));
    form.addEventListener("combobox:chosen", (event) => this.touch(event.target));
    form.addEventListener("focusin", (event) => this.point(event.target));
    form.addEventListener("focusout", () => this.unpoint());
    document.addEventListener("keydown", (event) => form.isConnected && this.onKey(event)); // wherever the focus is
    form.addEventListener("upload:ready", (event) => this.follow(event.detail.id));
    form.addEventListener("upload:secret", () => this.stop());
    form.addEventListener("upload:removed", () => this.followFirst());
    this.start();
  }

  start() {
    const read = this.bar.dataset.read && JSON.parse(this.bar.dataset.read);
    if (read?.state && read.state !== "none") this.take(read);
    if (this.form.dataset.suggestRow && (!read || read.state === "reading" || (read.state === "none" && !read.seen)))
      this.look((seen) => withQuery(this.form.dataset.suggestRow, "seen", seen));
    else if (this.form.dataset.suggest) this.followFirst();
  }

  followFirst() {
    const first = this.form.querySelector("[name=uploads]");
    if (first) this.follow(first.value);
    else this.clear();
  }

  follow(id) {
    const first = this.form.querySelector("[name=uploads]")?.value;
    if (!this.form.dataset.suggest || this.id === id || (first && first !== id)) return;
    this.clear();
    this.id = id;
    this.look((seen) => withQuery(withQuery(this.form.dataset.suggest, "upload", id), "seen", seen));
  }

  /** Asks until the file is read. */
  async look(address) {
    const turn = (this.turn = {});
    let seen = -1;
    for (let count = 0; count < LOOKS && this.turn === turn && this.form.isConnected; count += 1) {
      if (document.visibilityState === "visible") {
        const read = await getJson(address(seen)).catch(() => null);
        if (this.turn !== turn) return;
        if (read) this.take(read);
        if (read && read.state !== "reading") return;
        seen = read?.seen || seen;
      }
      await new Promise((resolve) => setTimeout(resolve, count < 25 ? SOON : LATER));
    }
  }

  take(read) {
    if (read.state === "secret") {
      this.stop();
      return;
    }
    for (const field of read.fields ?? []) this.offer(field);
    for (const one of read.referred ?? []) this.refer(one);
    this.tell(read);
    if (read.fields?.length || read.seen) this.form.dispatchEvent(new CustomEvent("suggested", { bubbles: true }));
  }

  offer(field) {
    const place = new Place(this.form, field.name);
    if (!place.control || !place.holder) return;
    const before = this.known.get(field.name);
    if (before?.settled) return;
    const now = place.value;
    const same = now !== "" && plain(now) === plain(field.value);
    const ours = before && now === before.field.value;
    const one = { field, place, state: "" };
    this.unmark(before);
    this.known.set(field.name, one);
    if (this.touched.has(field.name)) {
      if (now && !same && field.fills) this.propose(one, "Trong tệp:");
    } else if (now === "" || ours) {
      if (field.fills) this.fill(one);
      else this.propose(one, "Có thể là:");
    } else if (same) this.mark(one);
    else if (field.fills) this.propose(one, "Trong tệp:");
  }

  fill(one) {
    one.place.put(one.field.value);
    for (const [name, value] of Object.entries(one.field.more ?? {})) {
      const hidden = this.form.elements.namedItem(name);
      if (hidden) hidden.value = value;
    }
    this.mark(one);
    this.form.dispatchEvent(new Event("change", { bubbles: true })); // it is kept with what is typed
  }

  mark(one) {
    one.state = "filled";
    const { holder } = one.place;
    holder.classList.add("guessed");
    holder.classList.toggle("fair", one.field.sure !== SURE);
    holder.classList.toggle("narrow", holder.clientWidth < NARROW);
    const discard = h("button", { type: "button", class: "btn ghost icon sm", title: `Đọc từ tệp, ${one.field.sure}. Bấm để bỏ`, "aria-label": `Bỏ gợi ý ${one.field.label}`, onclick: () => this.discard(one) }, icon("x"));
    this.hint(one, [h("span", { class: "sr" }, "Đọc từ tệp, "), one.field.sure], discard);
  }

  propose(one, word) {
    one.state = "proposed";
    const use = h("button", { type: "button", class: "btn sm", onclick: () => this.use(one) }, "Dùng");
    const discard = h("button", { type: "button", class: "btn ghost icon sm", "aria-label": `Bỏ gợi ý ${one.field.label}`, onclick: () => this.settle(one) }, icon("x"));
    this.hint(one, [`${word} `, h("b", {}, one.field.shown)], use, discard);
  }

  /** The words lead to their place in the file; beside the pages the field itself does, and Tab goes past them. */
  hint(one, words, ...buttons) {
    const parts = [icon("scan"), h("span", {}, ...words)];
    const where = h("button", { type: "button", class: "where", title: "Xem chỗ này trong tệp", tabindex: this.beside() ? -1 : undefined, onclick: () => this.show(one) }, ...parts);
    one.hint = h("span", { class: "hint-guess", id: freshId("guess") }, ...(one.field.box ? [where] : parts), ...buttons);
    one.place.holder.append(one.hint);
    const { input } = one.place;
    one.described = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", [one.described, one.hint.id].filter(Boolean).join(" "));
    if (input === document.activeElement) this.point(input);
  }

  unmark(one) {
    if (!one?.hint) return;
    one.hint.remove();
    one.hint = null;
    one.place.holder.classList.remove("guessed", "fair", "narrow");
    if (one.described) one.place.input.setAttribute("aria-describedby", one.described);
    else one.place.input.removeAttribute("aria-describedby");
  }

  settle(one) {
    this.unmark(one);
    one.settled = true;
    one.state = "";
    this.refresh();
  }

  use(one) {
    this.settle(one);
    this.fill(one);
    this.unmark(one);
    one.state = "";
    one.place.control.dispatchEvent?.(new Event("change", { bubbles: true }));
    one.place.input.focus();
    this.refresh();
  }

  discard(one) {
    one.place.put(one.place.group ? "0" : "");
    for (const name of Object.keys(one.field.more ?? {})) {
      const hidden = this.form.elements.namedItem(name);
      if (hidden) hidden.value = "";
    }
    this.settle(one);
    one.place.input.focus();
  }

  /** A person typed or chose: the suggestion of that field is done with. */
  touch(target) {
    const name = this.nameOf(target);
    if (!name) return;
    this.touched.add(name);
    const one = this.known.get(name);
    if (one && one.state === "filled") this.settle(one);
  }

  nameOf(target) {
    if (target.name) return target.name;
    const root = target.closest(".field, .combo");
    return root?.querySelector("select[name], input[name]:not([type=hidden])")?.name;
  }

  refer(one) {
    if (this.referred.has(one.value)) return;
    this.referred.add(one.value);
    if (this.form.querySelector(`[name=referred][value="${CSS.escape(one.value)}"]`)) return;
    const box = h("input", { type: "checkbox", name: "referred", value: one.value, checked: one.ours && one.certain });
    const word = one.ours ? "Trả lời văn bản của mình số" : "Liên quan đến văn bản đã đến số";
    this.bar.after(h("label", { class: "check referred" }, box, h("span", {}, `${word} ${one.shown}`, h("small", {}, one.subject))));
    this.known.set(`referred:${one.value}`, { field: one, place: { input: box }, state: "" });
  }

  count(state) {
    return [...this.known.values()].filter((one) => one.state === state).length;
  }

  tell(read) {
    this.read = read;
    this.refresh();
    const filled = this.count("filled");
    if (read.state !== "reading" || filled) say(filled ? `Đã điền ${filled} ô từ tệp` : read.said);
  }

  /** The line above the fields: how far the reading is, and the one button. */
  refresh() {
    const [filled, proposed] = [this.count("filled"), this.count("proposed")];
    const { state, said } = this.read ?? {};
    if (!state || state === "none" || (state === "read" && !filled && !proposed)) {
      this.bar.replaceChildren();
      return;
    }
    const words = filled || proposed ? [filled && `Đã điền ${filled} ô`, proposed && `${proposed} ô cần xem`].filter(Boolean).join(", ") : said;
    const more = state === "reading" && (filled || proposed) ? ` ${said}` : "";
    const accept = filled ? h("button", { type: "button", class: "btn sm primary", "data-accept": true, onclick: () => this.accept() }, icon("check-double"), "Nhận mọi gợi ý ", h("kbd", {}, "Alt Enter")) : null;
    const drop = filled ? h("button", { type: "button", class: "btn sm ghost", onclick: () => this.dropAll() }, "Bỏ hết") : null;
    this.bar.replaceChildren(h("div", { class: `note ${state === "failed" ? "warn" : "info"}` }, icon(state === "failed" ? "alert" : "scan"), h("p", {}, words, more && h("small", {}, more)), accept, drop));
  }

  onKey(event) {
    if (event.key !== "Enter" || !event.altKey || event.isComposing || !this.count("filled")) return;
    event.preventDefault();
    this.accept();
  }

  accept() {
    const filled = [...this.known.values()].filter((one) => one.state === "filled");
    for (const one of filled) this.settle(one);
    const open = [...this.known.values()].find((one) => one.state === "proposed");
    const next = open?.place.input ?? this.form.querySelector("[data-next]");
    next?.focus();
    say(`Đã nhận ${filled.length} gợi ý`);
  }

  dropAll() {
    for (const one of [...this.known.values()]) {
      if (one.state === "filled") this.discard(one);
      else if (one.state === "proposed") this.settle(one);
    }
  }

  clear() {
    this.turn = null;
    this.id = null;
    for (const one of this.known.values()) this.unmark(one);
    this.known.clear();
    this.referred.clear();
    this.form.querySelectorAll("label.referred").forEach((each) => each.remove());
    this.read = null;
    this.refresh();
  }

  /** Shows where the value of this field was read. */
  point(target) {
    this.unpoint();
    const name = target.name === "referred" ? `referred:${target.value}` : this.nameOf(target);
    const field = this.known.get(name)?.field;
    const figure = this.figure(field);
    if (!figure) return;
    this.frame = framed(figure, field.box);
    if (this.beside()) this.reveal(figure, field.box);
  }

  /** The page on which a value was read, when it is shown. */
  figure(field) {
    const other = this.id && this.pages?.dataset.upload && this.pages.dataset.upload !== this.id;
    return field?.box && !other ? this.pages?.querySelector(`.page[data-page="${field.page}"]`) : null;
  }

  /** Whether the pages stand beside the form and scroll by themselves; on a phone they lie below it. */
  beside() {
    return visible(this.pages) && getComputedStyle(this.pages).overflowY !== "visible";
  }

  show(one) {
    this.point(one.place.input);
    const figure = this.figure(one.field);
    if (figure && !this.beside()) enlarge(figure, one.field);
  }

  /** Scrolls the pages, and nothing else, so that the place is seen. */
  reveal(figure, [, top, , bottom]) {
    const above = figure.offsetTop + top * figure.offsetHeight;
    const below = figure.offsetTop + bottom * figure.offsetHeight;
    const { scrollTop, clientHeight } = this.pages;
    if (above >= scrollTop + 8 && below <= scrollTop + clientHeight - 8) return;
    this.pages.scrollTo({ top: Math.max(0, above - clientHeight / 3), behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  unpoint() {
    this.frame?.remove();
    this.frame = null;
  }

  /** A secret mark was found: nothing of the form is kept, here or on the server, and the page says so. */
  async stop() {
    const { form } = this;
    if (form.dataset.secret) return;
    form.dataset.secret = "1";
    this.turn = null;
    const { user } = document.body.dataset;
    const pairs = [...new FormData(form)].filter(([name]) => ["idempotency_key", "uploads"].includes(name));
    const key = form.elements.namedItem("idempotency_key")?.value;
    if (form.dataset.draft) await drafts.remove(`${user}:${form.dataset.draft}`);
    await outbox.forget(user, (entry) => entry.pairs.some(([name, value]) => name === "idempotency_key" && value === key));
    form.reset();
    this.pages?.replaceChildren();
    await post(form.dataset.stopped, new URLSearchParams(pairs)).catch(() => null);
    location.replace(form.dataset.stopped);
  }
}

export function mount(form) {
  if (form.querySelector("#suggested")) new Suggest(form);
}
