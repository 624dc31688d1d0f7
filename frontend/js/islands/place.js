// The place of a signature, in PDF points from bottom left, drawn on the page image. Moved only when somebody wants to.
import { h, say } from "../kit.js";

const MM = 72 / 25.4; // points in a millimetre
const LEAST = { width: 60, height: 24 }; // points

class Place {
  constructor(input) {
    this.input = input;
    this.value = JSON.parse(input.value);
    this.pages = document.querySelector(input.dataset.pages);
    this.handle = h("i", { class: "h", "aria-hidden": "true" });
    this.box = h("div", { class: `sigbox ${input.dataset.tone ?? ""}`, role: "group" }, h("span", {}, input.dataset.text ?? "Chữ ký số"), this.handle);
    this.box.addEventListener("pointerdown", (event) => this.grab(event));
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    const button = input.dataset.edit && document.querySelector(input.dataset.edit);
    button?.addEventListener("click", () => this.toggle(button));
    if (input.dataset.click !== undefined) this.waitForClick();
    else this.draw();
    if (input.dataset.show !== undefined) this.sheet()?.scrollIntoView({ block: "end" });
  }

  /** The box appears where the page is clicked, and again elsewhere; until then nothing is sent. */
  waitForClick() {
    this.input.value = "";
    for (const sheet of this.pages.querySelectorAll(".page")) sheet.classList.add("markable");
    this.pages.addEventListener("click", (event) => {
      const sheet = event.target.closest(".page");
      if (sheet && !this.box.contains(event.target)) this.put(sheet, event);
    });
  }

  put(sheet, event) {
    this.value.page = Number(sheet.dataset.page);
    const page = sheet.getBoundingClientRect();
    const { width, height } = this.size();
    const [x0, y0, x1, y1] = this.value.rect;
    const x = ((event.clientX - page.left) / page.width) * width;
    const y = (1 - (event.clientY - page.top) / page.height) * height;
    this.shift(x - (x0 + x1) / 2, y - (y0 + y1) / 2);
    this.box.classList.add("edit");
    this.box.tabIndex = 0;
    const field = document.querySelector(this.input.dataset.pageField);
    if (field) field.value = String(this.value.page);
  }

  sheet() {
    return this.pages.querySelector(`.page[data-page="${this.value.page}"]`);
  }

  size() {
    const [width, height] = (this.sheet()?.dataset.points ?? "595x842").split("x").map(Number);
    return { width, height };
  }

  draw() {
    const { width, height } = this.size();
    const [x0, y0, x1, y1] = this.value.rect;
    Object.assign(this.box.style, {
      left: `${(x0 / width) * 100}%`,
      bottom: `${(y0 / height) * 100}%`,
      width: `${((x1 - x0) / width) * 100}%`,
      height: `${((y1 - y0) / height) * 100}%`,
    });
    this.box.setAttribute("aria-label", `Chỗ ký: trang ${this.value.page}, cách trái ${Math.round(x0 / MM)} mm, cách đáy ${Math.round(y0 / MM)} mm`);
    if (this.box.parentElement !== this.sheet()) this.sheet()?.append(this.box);
    this.input.value = JSON.stringify({ page: this.value.page, rect: this.value.rect.map((part) => Math.round(part * 10) / 10) });
  }

  toggle(button) {
    const on = this.box.classList.toggle("edit");
    button.setAttribute("aria-pressed", String(on));
    if (on) this.box.tabIndex = 0;
    else this.box.removeAttribute("tabindex");
    if (!on) return;
    this.box.focus();
    say("Kéo khung, hoặc dùng phím mũi tên: 1 mm; giữ Shift: 5 mm; PageUp, PageDown: sang trang khác.");
  }

  /** Moves or sizes by points, staying on the page. */
  shift(dx, dy, sizing = false) {
    const { width, height } = this.size();
    let [x0, y0, x1, y1] = this.value.rect;
    if (sizing) {
      x1 = Math.min(Math.max(x1 + dx, x0 + LEAST.width), width);
      y0 = Math.max(Math.min(y0 + dy, y1 - LEAST.height), 0);
    } else {
      const right = Math.min(Math.max(dx, -x0), width - x1);
      const up = Math.min(Math.max(dy, -y0), height - y1);
      [x0, x1, y0, y1] = [x0 + right, x1 + right, y0 + up, y1 + up];
    }
    this.value.rect = [x0, y0, x1, y1];
    this.draw();
  }

  turn(step) {
    const page = this.value.page + step;
    if (!this.pages.querySelector(`.page[data-page="${page}"]`)) return;
    this.value.page = page;
    this.draw();
    this.sheet().scrollIntoView({ block: "center" });
    this.box.focus();
  }

  onKey(event) {
    if (!this.box.classList.contains("edit")) return;
    const step = (event.shiftKey ? 5 : 1) * MM;
    const act = {
      ArrowLeft: () => this.shift(-step, 0),
      ArrowRight: () => this.shift(step, 0),
      ArrowUp: () => this.shift(0, step),
      ArrowDown: () => this.shift(0, -step),
      PageUp: () => this.turn(-1),
      PageDown: () => this.turn(1),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  grab(event) {
    if (!this.box.classList.contains("edit")) return;
    event.preventDefault();
    this.box.setPointerCapture(event.pointerId);
    const sizing = event.target === this.handle;
    let last = event;
    const move = (next) => {
      const scale = this.size().width / this.sheet().clientWidth;
      this.shift((next.clientX - last.clientX) * scale, -(next.clientY - last.clientY) * scale, sizing);
      last = next;
    };
    this.box.addEventListener("pointermove", move);
    this.box.addEventListener("lostpointercapture", () => this.box.removeEventListener("pointermove", move), { once: true });
  }
}

export function mount(input) {
  new Place(input);
}
