// Typing is never lost: saved on the server every few seconds; without a connection kept on this machine and, for forms
// that allow it (data-outbox), sent by itself when the connection is back. Never for signing, numbering, issuing.
import { h, icon, post } from "../kit.js";
import { drafts, outbox } from "../outbox.js";

const QUIET = 2500; // milliseconds after the last key
const two = (number) => String(number).padStart(2, "0");
const clock = (at = new Date()) => `${two(at.getHours())}:${two(at.getMinutes())}`;

/** Whether a degree of secrecy is chosen: then nothing of the form is kept, here or in the outbox. */
const secret = (form) => Boolean(form.elements.namedItem("secrecy")?.value);

/** Names and values of a form without tokens, secrets and files. */
export function values(form) {
  const skipped = new Set(["csrfmiddlewaretoken"]);
  form.querySelectorAll("input[type=password],input[type=file],[data-no-draft]").forEach((field) => skipped.add(field.name));
  return [...new FormData(form)].filter(([name, value]) => !skipped.has(name) && typeof value === "string");
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = `${document.body.dataset.user}:${form.dataset.draft}`;
    this.status = form.querySelector("[data-kept]") ?? document.querySelector(`[data-kept="${form.id}"]`);
    form.addEventListener("input", () => this.plan());
    form.addEventListener("change", () => this.plan());
    form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.timer && this.keepHere());
    this.offerKept();
  }

  tell(sentence, symbol = "cloud", warn = false) {
    if (!this.status) return;
    this.status.classList.toggle("warn", warn);
    this.status.replaceChildren(icon(symbol), sentence);
  }

  plan() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET);
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.sent) return;
    if (secret(this.form)) {
      await drafts.remove(this.key);
      return;
    }
    try {
      const answer = await post(this.form.dataset.url, new URLSearchParams(values(this.form)));
      if (!answer.ok) throw new Error(String(answer.status));
      await drafts.remove(this.key);
      this.tell(`Đã lưu nháp trên máy chủ lúc ${clock()}`);
    } catch {
      await this.keepHere();
      this.tell("Mất kết nối. Nội dung được giữ trên máy này, sẽ tự gửi khi có mạng.", "cloud-off", true);
    }
  }

  keepHere() {
    if (secret(this.form)) return drafts.remove(this.key);
    return drafts.put(this.key, { at: Date.now(), values: values(this.form) });
  }

  async offerKept() {
    const kept = await drafts.get(this.key);
    if (!kept || JSON.stringify(kept.values) === JSON.stringify(values(this.form))) return;
    const drop = () => {
      drafts.remove(this.key);
      note.remove();
    };
    const restore = h("button", { type: "button", class: "btn sm", onclick: () => (this.restore(kept.values), drop()) }, "Lấy lại");
    const forget = h("button", { type: "button", class: "btn sm ghost", onclick: drop }, "Bỏ");
    const note = h("div", { class: "banner", role: "status" }, icon("history"), h("span", {}, `Có bản gõ dở lúc ${clock(new Date(kept.at))} giữ trên máy này.`), restore, forget);
    this.form.prepend(note);
  }

  restore(pairs) {
    for (const [name, value] of pairs) {
      const field = this.form.elements.namedItem(name);
      if (!field) continue;
      if (field instanceof RadioNodeList) [...field].forEach((each) => (each.checked = each.value === value));
      else if (field.type === "checkbox") field.checked = true;
      else if (field instanceof HTMLSelectElement) {
        const option = [...field.options].find((each) => each.value === value);
        if (option) option.selected = true;
        field.dispatchEvent(new CustomEvent("combobox:refresh"));
      } else if (field.type !== "hidden" || field.dataset.restore !== undefined) field.value = value;
    }
    this.form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async onSubmit(event) {
    if (event.defaultPrevented) return;
    if (navigator.onLine || this.form.dataset.outbox === undefined || secret(this.form)) {
      this.sent = true;
      clearTimeout(this.timer);
      this.timer = null;
      setTimeout(() => (this.sent = false), 8000);
      drafts.remove(this.key);
      return;
    }
    event.preventDefault();
    const pairs = [...values(this.form), ...(event.submitter?.name ? [[event.submitter.name, event.submitter.value]] : [])];
    const waiting = await outbox.add({ user: document.body.dataset.user, url: this.form.action, pairs });
    await drafts.remove(this.key);
    this.tell(`Mất kết nối. ${waiting} mục đã lưu trên máy này, sẽ tự gửi khi có mạng.`, "cloud-off", true);
  }
}

export function mount(form) {
  new Autosave(form);
}
