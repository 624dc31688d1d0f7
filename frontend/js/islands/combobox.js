// Choosing people, offices, units, kinds by typing. Enhances a <select> or a text input with a hidden id; contract in docs/frontend.md.
import { debounce, fold, freshId, getJson, h, icon, say, withQuery } from "../kit.js";

const SHOWN = 30;

/** What is chosen, in a <select>: each choice is an <option selected>. */
class SelectStore {
  constructor(select) {
    this.select = select;
    this.multiple = select.multiple;
  }

  chosen() {
    return [...this.select.selectedOptions].filter((option) => option.value).map((option) => ({ id: option.value, label: option.textContent.trim() }));
  }

  choose({ id, label }) {
    let option = [...this.select.options].find((each) => each.value === String(id));
    if (!option) this.select.append((option = new Option(label, id)));
    option.selected = true;
    this.changed();
  }

  drop(id) {
    for (const option of this.select.options) if (option.value === String(id)) option.selected = false;
    if (!this.multiple && !this.chosen().length) this.select.value = "";
    this.changed();
  }

  local() {
    return [...this.select.options].filter((option) => option.value).map((option) => ({
      id: option.value,
      label: option.textContent.trim(),
      detail: option.dataset.detail,
      group: option.parentElement.label ?? option.dataset.group,
    }));
  }

  changed() {
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** What is chosen, in a text input and a hidden id; free text stays free text with an empty id. */
class TextStore {
  constructor(text, hidden) {
    Object.assign(this, { text, hidden, multiple: false });
  }

  chosen() {
    return [];
  }

  choose({ id, label }) {
    this.text.value = label;
    if (this.hidden) this.hidden.value = id;
    this.text.dispatchEvent(new Event("change", { bubbles: true }));
  }

  typed() {
    if (this.hidden) this.hidden.value = "";
  }

  local() {
    return [];
  }
}

class Combobox {
  constructor(root, store, input) {
    Object.assign(this, { root, store, input, source: root.dataset.source, options: [], at: -1 });
    this.list = h("div", { class: "combo-list", role: "listbox", id: freshId("combo"), tabindex: "-1", hidden: true, "aria-label": "Gợi ý" });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" }))
      input.setAttribute(name, value);
    this.holder = input.closest(".combo") ?? root;
    this.holder.append(this.list);
    this.lookUp = debounce(() => this.fetch(), 160);
    input.addEventListener("input", () => {
      store.typed?.();
      this.offer();
    });
    input.addEventListener("focus", () => {
      if (this.box && !store.multiple) input.select();
      this.offer();
    });
    input.addEventListener("mousedown", (event) => {
      if (document.activeElement !== input) {
        event.preventDefault(); // else the click would drop the selection made on focus
        input.focus();
      } else if (this.list.hidden) this.offer();
    });
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.renderPicks();
  }

  get text() {
    return this.input.value.trim();
  }

  renderPicks() {
    if (!this.box) return;
    this.box.querySelectorAll(".pick").forEach((pick) => pick.remove());
    const chosen = this.store.chosen();
    if (this.store.multiple) {
      for (const item of chosen) this.box.insertBefore(this.pick(item), this.input);
      this.input.placeholder = chosen.length ? "" : this.placeholder;
    } else {
      this.input.value = chosen[0]?.label ?? "";
    }
  }

  pick(item) {
    const remove = h("button", { type: "button", "aria-label": `Bỏ ${item.label}`, onclick: () => this.drop(item) }, icon("x"));
    return h("span", { class: "pick" }, h("span", {}, item.label), remove);
  }

  drop(item) {
    this.store.drop(item.id);
    this.renderPicks();
    this.input.focus();
    say(`Đã bỏ ${item.label}`);
  }

  /** Offers what is known at once, then what the server suggests. */
  offer() {
    const wanted = this.store instanceof SelectStore && !this.store.multiple && this.store.chosen()[0]?.label === this.input.value ? "" : fold(this.text);
    const local = this.store.local().filter((item) => !wanted || fold(`${item.label} ${item.detail ?? ""}`).includes(wanted));
    this.show(local.slice(0, SHOWN), Boolean(this.source));
    if (this.source) this.lookUp();
  }

  /** The address to ask; `data-along="issuer=issuer_name"` sends the value of another field with it. */
  address() {
    const [name, field] = (this.root.dataset.along ?? "").split("=");
    const source = name ? withQuery(this.source, name, this.input.form?.elements[field]?.value ?? "") : this.source;
    return withQuery(source, "q", this.text);
  }

  async fetch() {
    const asked = this.input.value;
    this.abort?.abort();
    this.abort = new AbortController();
    try {
      const { items } = await getJson(this.address(), { signal: this.abort.signal });
      if (asked === this.input.value && document.activeElement === this.input) this.show(items.slice(0, SHOWN));
    } catch (error) {
      if (error.name !== "AbortError") this.show(this.store.local().slice(0, SHOWN));
    }
  }

  show(items, more = false) {
    const chosen = new Set(this.store.multiple ? this.store.chosen().map((item) => String(item.id)) : []);
    const rest = items.filter((item) => !chosen.has(String(item.id)));
    this.list.replaceChildren();
    this.options = [];
    let group = null;
    for (const item of rest) {
      if (item.group && item.group !== group) this.list.append(h("p", { class: "grp", role: "presentation" }, (group = item.group)));
      this.list.append(this.option(item));
    }
    if (!rest.length && !more) {
      if (!this.text || this.store instanceof TextStore) return this.close();
      this.list.append(h("p", { class: "none" }, `Không thấy “${this.text}”. Thử ít chữ hơn, không cần dấu.`));
    }
    if (!rest.length && more) return;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.select(this.text && this.options.length && !(this.store instanceof TextStore) ? 0 : -1);
    say(`${rest.length} gợi ý`);
  }

  option(item) {
    const option = h("div", { role: "option", id: freshId("option"), "aria-selected": "false", onclick: () => this.choose(item) }, h("span", {}, item.label), item.mark ? h("span", { class: "badge" }, item.mark) : null, item.detail ? h("small", {}, item.detail) : null);
    this.options.push({ item, option });
    return option;
  }

  select(at) {
    this.at = at;
    this.options.forEach(({ option }, index) => option.setAttribute("aria-selected", String(index === at)));
    const current = this.options[at]?.option;
    if (current) {
      this.input.setAttribute("aria-activedescendant", current.id);
      current.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  choose(item) {
    this.store.choose(item);
    if (this.store.multiple) this.input.value = "";
    this.renderPicks();
    this.close();
    const explained = this.root.dataset.detailTo && this.input.form?.elements[this.root.dataset.detailTo];
    if (explained && item.detail && !explained.value.trim()) explained.value = item.detail;
    this.root.dispatchEvent(new CustomEvent("combobox:chosen", { bubbles: true, detail: item }));
    say(`Đã chọn ${item.label}`);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (document.activeElement === this.input || !this.box || this.store.multiple) return;
    if (!this.text && this.store.chosen().length) this.store.drop(this.store.chosen()[0].id);
    this.renderPicks();
  }

  onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return this.offer();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (this.options.length) this.select((this.at + step + this.options.length) % this.options.length);
    } else if (open && (event.key === "Enter" || event.key === "Tab") && this.at >= 0) {
      if (event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter") event.preventDefault();
      this.choose(this.options[this.at].item);
    } else if (open && event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault(); // what was typed stands; the form is not sent half-filled
      this.close();
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Backspace" && !this.input.value && this.store.multiple) {
      const last = this.store.chosen().pop();
      if (last) this.drop(last);
    }
  }
}

function fromSelect(select) {
  const input = h("input", { type: "text", id: freshId("typed"), placeholder: select.dataset.placeholder ?? "Gõ để tìm…" });
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const label = select.labels?.[0];
  if (label) {
    label.htmlFor = input.id;
    label.id ||= freshId("label");
  } else input.setAttribute("aria-label", select.getAttribute("aria-label") ?? select.name);
  const box = h("div", { class: `combo-box${select.getAttribute("aria-invalid") ? " invalid" : ""}` }, input);
  const holder = h("div", { class: "combo" }, box);
  select.before(holder);
  holder.append(select);
  select.hidden = true;
  const made = new Combobox(select, new SelectStore(select), input);
  Object.assign(made, { box, placeholder: input.placeholder });
  made.renderPicks();
  if (select.autofocus) input.focus();
  select.addEventListener("combobox:refresh", () => made.renderPicks());
}

/** Mounts on <select data-island="combobox"> or on <div class="combo" data-island="combobox"> around a text input. */
export function mount(root) {
  if (root instanceof HTMLSelectElement) fromSelect(root);
  else new Combobox(root, new TextStore(root.querySelector("input:not([type=hidden])"), root.querySelector("input[type=hidden]")), root.querySelector("input:not([type=hidden])"));
}
