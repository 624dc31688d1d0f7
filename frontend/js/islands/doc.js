// Page images: which page is seen, zoom, going to a page, swiping on a phone.
import { h } from "../kit.js";

const STEPS = [1, 1.25, 1.5, 2, 2.5, 3];
const SWIPE = 60; // pixels

class Viewer {
  constructor(root) {
    this.root = root;
    this.pages = root.querySelector(".pages") ?? root;
    this.zoom = 0;
    this.now = 1;
    this.counter = root.querySelector("[data-page-now]");
    this.watch();
    root.addEventListener("click", (event) => this.onClick(event));
    root.addEventListener("keydown", (event) => this.onKey(event));
    root.addEventListener("change", (event) => {
      if (event.target.matches("[data-goto]")) this.go(Number(event.target.value));
    });
    this.swipe();
    new MutationObserver(() => this.watch()).observe(this.pages, { childList: true });
  }

  sheets() {
    return [...this.pages.querySelectorAll(".page")];
  }

  watch() {
    this.observer?.disconnect();
    const own = getComputedStyle(this.pages).overflowY !== "visible";
    this.observer = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) this.seen(entry.target);
    }, { root: own ? this.pages : null, rootMargin: "-50% 0px -50% 0px" });
    this.sheets().forEach((sheet) => this.observer.observe(sheet));
    this.count();
  }

  seen(sheet) {
    this.now = this.sheets().indexOf(sheet) + 1 || 1;
    this.count();
  }

  count() {
    const total = this.sheets().length;
    if (this.counter) this.counter.textContent = total ? `${this.now}/${total}` : "";
  }

  go(number) {
    const sheets = this.sheets();
    const sheet = sheets[Math.min(Math.max(number, 1), sheets.length) - 1];
    sheet?.scrollIntoView({ block: "start", inline: "nearest" });
  }

  scale(step) {
    this.zoom = step === 0 ? 0 : Math.min(Math.max(this.zoom + step, 0), STEPS.length - 1);
    const factor = STEPS[this.zoom];
    const at = this.now;
    this.pages.classList.toggle("zoomed", this.zoom > 0);
    const width = factor === 1 ? "" : `${Math.round((this.pages.clientWidth - 40) * factor)}px`;
    this.sheets().forEach((sheet) => (sheet.style.inlineSize = width));
    this.go(at);
  }

  onClick(event) {
    const button = event.target.closest("[data-zoom],[data-turn]");
    if (!button) return;
    if (button.dataset.zoom) this.scale({ in: 1, out: -1, fit: 0 }[button.dataset.zoom]);
    else this.go(this.now + (button.dataset.turn === "next" ? 1 : -1));
  }

  onKey(event) {
    if (event.target.matches("input,textarea,select") || event.ctrlKey || event.altKey) return;
    const act = { "+": () => this.scale(1), "=": () => this.scale(1), "-": () => this.scale(-1), 0: () => this.scale(0), Home: () => this.go(1), End: () => this.go(Infinity) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  swipe() {
    let from = null;
    this.pages.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 && !this.zoom ? touches[0] : null), { passive: true });
    this.pages.addEventListener("touchend", ({ changedTouches }) => {
      if (!from) return;
      const across = changedTouches[0].clientX - from.clientX;
      const down = changedTouches[0].clientY - from.clientY;
      if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) this.go(this.now + (across < 0 ? 1 : -1));
    }, { passive: true });
  }
}

/** A page as the viewer expects it, from {url, width, height, points}. */
export function sheet(page, number, total) {
  const image = h("img", { src: page.url, width: page.width, height: page.height, loading: number > 2 ? "lazy" : "eager", decoding: "async", alt: `Trang ${number} trên ${total}` });
  return h("figure", { class: "page", "data-page": number, "data-points": page.points ?? "595x842" }, h("span", { class: "pageno", "aria-hidden": "true" }, `${number}/${total}`), image);
}

export function mount(root) {
  new Viewer(root);
}
