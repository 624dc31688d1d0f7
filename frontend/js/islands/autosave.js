// Typing is never lost: saved on the server every few seconds; without a connection kept on this machine and, for forms
// that allow it (data-outbox), sent by itself when the connection is back. Never for signing, numbering, issuing.
import { getJson, h, icon, post } from "../kit.js";
import { drafts, outbox } from "../outbox.js";

const QUIET = 2500; // milliseconds after the last key
const ENDED = "Phiên làm việc đã hết. Nội dung được giữ trên máy này: đăng nhập lại rồi bấm Lấy lại.";
const two = (number) => String(number).padStart(2, "0");
const clock = (at = new Date()) => `${two(at.getHours())}:${two(at.getMinutes())}`;

/** Whether a degree of secrecy is chosen, or a file showed one: then nothing of the form is kept, here or in the outbox. */
const secret = (form) => Boolean(form.dataset.secret || form.elements.namedItem("secrecy")?.value);

/** Names and values of a form without tokens, secrets and files. */
export function values(form) {
  const skipped = new Set(["csrfmiddlewaretoken"]);
  form.querySelectorAll("input[type=password],input[type=file],[data-no-draft]").forEach((field) => skipped.add(field.name));
  return [...new FormData(form)].filter(([name, value]) => !skipped.has(name) && typeof value === "string");
}

const keyOf = (name) => `${document.body.dataset.user}:${name}`;

/** What is typed into a form, kept under `key` here and, by `send`, on the server. */
class Autosave {
  constructor(form, key, send, status) {
    Object.assign(this, { form, key, send, status });
    form.addEventListener("input", () => this.plan());
    form.addEventListener("change", () => this.plan());
    form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.timer && this.keepHere());
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
      await this.drop();
      return;
    }
    try {
      const answer = await this.send(this.pairs());
      if (answer.status === 401 || answer.status === 403) {
        await this.keepHere();
        this.tell(ENDED, "cloud-off", true);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      await this.drop();
      this.tell(`Đã lưu nháp trên máy chủ lúc ${clock()}`);
    } catch {
      await this.keepHere();
      this.tell("Mất kết nối. Nội dung được giữ trên máy này, sẽ tự gửi khi có mạng.", "cloud-off", true);
    }
  }

  pairs() {
    return values(this.form);
  }

  drop() {
    return drafts.remove(this.key);
  }

  dismiss() {
    return this.drop();
  }

  keepHere() {
    if (secret(this.form)) return this.drop();
    return drafts.put(this.key, { at: Date.now(), values: this.pairs() });
  }

  /** Offers what was kept here, or what `elsewhere` finds, unless the form says it already. */
  async offerKept(elsewhere = async () => null) {
    const kept = (await drafts.get(this.key)) ?? (await elsewhere());
    if (!kept || JSON.stringify(kept.values) === JSON.stringify(this.pairs())) return;
    const restore = h("button", { type: "button", class: "btn sm", onclick: () => (this.drop(), this.restore(kept.values), note.remove()) }, "Lấy lại");
    const forget = h("button", { type: "button", class: "btn sm ghost", onclick: () => (this.dismiss(), note.remove()) }, "Bỏ");
    const note = h("div", { class: "banner", role: "status" }, icon("history"), h("span", {}, `Có bản gõ dở lúc ${clock(new Date(kept.at))} còn giữ.`), restore, forget);
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

/** Notes for `keeping.js` that something of a form is kept on this machine, or is not any more. */
function noteKept(name, kept) {
  const others = (JSON.parse(localStorage.getItem("vanthu-kept")) ?? []).filter((each) => each !== name);
  localStorage.setItem("vanthu-kept", JSON.stringify(kept ? [...others, name] : others));
}

/** Any form with words: kept until the page after it shows that they arrived. */
class Keeper extends Autosave {
  constructor(form, name) {
    const status = h("p", { class: "kept", "data-kept": "" });
    super(form, keyOf(name), (pairs) => toServer(name, pairs), status);
    this.name = name;
    (form.querySelector(".formbar") ?? form).append(status);
    form.addEventListener("htmx:after:request", ({ detail }) => detail.ctx?.response?.status < 400 && forget(name));
    this.offerKept(async () => {
      const { values: pairs, at } = await getJson(`/kept?name=${encodeURIComponent(name)}`).catch(() => ({}));
      return pairs && { values: pairs, at };
    });
    if ([...form.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue)) this.plan(); // typed while this loaded
  }

  /** What was typed or chosen; what the page itself put into the form is no concern. */
  pairs() {
    return super.pairs().filter(([name]) => [this.form.elements.namedItem(name)].flat()[0]?.type !== "hidden");
  }

  drop() {
    noteKept(this.name, false);
    return super.drop();
  }

  dismiss() {
    return forget(this.name);
  }

  keepHere() {
    if (!secret(this.form)) noteKept(this.name, true);
    return super.keepHere();
  }

  onSubmit(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.keepHere();
    if (!navigator.onLine) {
      event.preventDefault();
      this.tell("Mất kết nối nên chưa gửi. Nội dung được giữ trên máy này; có mạng thì gửi lại.", "cloud-off", true);
      return;
    }
    this.sent = true;
    if (!this.form.hasAttribute("hx-post")) sessionStorage.setItem("vanthu-sent", JSON.stringify({ name: this.name }));
    setTimeout(() => (this.sent = false), 8000);
  }
}

const toServer = (name, pairs) => post("/kept", new URLSearchParams({ name, values: JSON.stringify(pairs) }));

/** Nothing is kept of this form any more. */
export async function forget(name) {
  noteKept(name, false);
  await drafts.remove(keyOf(name));
  await toServer(name, []).catch(() => {});
}

export function keep(form, name) {
  new Keeper(form, name);
}

export function mount(form) {
  const status = form.querySelector("[data-kept]") ?? document.querySelector(`[data-kept="${form.id}"]`);
  const send = (pairs) => post(form.dataset.url, new URLSearchParams(pairs));
  new Autosave(form, keyOf(form.dataset.draft), send, status).offerKept();
}
