// Ctrl+K: commands of this page (its keys, its menu) and what the search suggests, in one list.
import { debounce, fold, getJson, h, icon, say, withQuery } from "./kit.js";
import { keyed, labelOf } from "./help.js";

const SHOWN_COMMANDS = 6;

function commands() {
  const acts = [...keyed()].map(([key, element]) => ({ title: labelOf(element), key, icon: "arrow", run: () => element.click() }));
  const places = [...document.querySelectorAll(".nav a"), ...document.querySelectorAll(".who-menu .drop a")];
  const links = places.map((link) => ({
    title: labelOf(link),
    icon: link.querySelector("use")?.getAttribute("href").split("#")[1] ?? "arrow",
    url: link.href,
  }));
  return [...acts, ...links].filter((command) => command.title);
}

function matching(all, text) {
  const wanted = fold(text);
  return all.filter((command) => fold(command.title).includes(wanted)).slice(0, SHOWN_COMMANDS);
}

async function suggestions(text, signal) {
  const url = document.body.dataset.suggest;
  if (!url || text.trim().length < 2) return [];
  return (await getJson(withQuery(url, "q", text), { signal })).items;
}

class Palette {
  constructor(start) {
    this.commands = commands();
    this.input = h("input", { class: "q", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list", "aria-label": "Tìm hoặc ra lệnh", placeholder: "Gõ số, trích yếu, tên cơ quan, hoặc việc muốn làm…", autocomplete: "off", spellcheck: "false" });
    this.input.value = start;
    this.list = h("div", { class: "palette-l", role: "listbox", id: "palette-list", "aria-label": "Kết quả" });
    const foot = h("div", { class: "palette-f hide-s" }, "↑ ↓ chọn", h("span", {}, "Enter mở"), h("span", {}, "Esc đóng"));
    this.dialog = h("dialog", { class: "palette", "aria-label": "Tìm và ra lệnh", "data-light": true }, h("div", { class: "palette-q" }, icon("search"), this.input), this.list, foot);
    this.dialog.addEventListener("close", () => this.dialog.remove());
    this.input.addEventListener("input", () => this.refresh());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.ask = debounce((text) => this.fetch(text), 150);
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.refresh();
  }

  refresh() {
    const text = this.input.value;
    this.show(matching(this.commands, text), this.found ?? [], text);
    this.ask(text);
  }

  async fetch(text) {
    this.abort?.abort();
    this.abort = new AbortController();
    try {
      this.found = await suggestions(text, this.abort.signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.found = [];
    }
    if (text === this.input.value) this.show(matching(this.commands, text), this.found, text);
  }

  show(acts, found, text) {
    this.options = [];
    this.list.replaceChildren();
    if (found.length) this.group("Văn bản, hồ sơ, người", found);
    if (acts.length) this.group(text ? "Việc và trang" : "Làm ngay, mở nhanh", acts);
    const all = document.querySelector("form.search");
    if (text.trim() && all?.action) {
      this.group("Tìm kiếm", [{ title: `Tìm “${text.trim()}” trong tất cả`, icon: "search", url: withQuery(all.action, "q", text.trim()) }]);
    }
    this.select(0);
    say(`${this.options.length} kết quả`);
  }

  group(title, items) {
    const section = h("div", { role: "group", "aria-label": title }, h("p", { class: "grp", "aria-hidden": "true" }, title));
    for (const item of items) section.append(this.option(item));
    this.list.append(section);
  }

  option(item) {
    const words = h("span", { class: "t" }, item.title, item.detail ? h("small", {}, item.detail) : null);
    const end = item.key ? h("kbd", {}, item.key.toUpperCase()) : item.badge ? h("span", { class: "badge" }, item.badge) : h("span");
    const option = h("div", { role: "option", id: `palette-${this.options.length}`, "aria-selected": "false", onclick: () => this.run(item) }, icon(item.icon ?? "file"), words, end);
    option.addEventListener("pointermove", () => this.select(this.options.findIndex((each) => each.option === option)));
    this.options.push({ item, option });
    return option;
  }

  select(at) {
    if (!this.options.length) return this.input.removeAttribute("aria-activedescendant");
    this.at = (at + this.options.length) % this.options.length;
    this.options.forEach(({ option }, index) => option.setAttribute("aria-selected", String(index === this.at)));
    const { option } = this.options[this.at];
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown") this.select(this.at + 1);
    else if (event.key === "ArrowUp") this.select(this.at - 1);
    else if (event.key === "Enter" && this.options.length) this.run(this.options[this.at].item);
    else return;
    event.preventDefault();
  }

  run(item) {
    this.dialog.close();
    if (item.run) item.run();
    else location.assign(item.url);
  }
}

/** Opens the palette with what was typed already. */
export function open(start = "") {
  if (!document.querySelector("dialog.palette")) new Palette(start);
}
