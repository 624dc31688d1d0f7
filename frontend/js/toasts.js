// Toasts: sent by the server into #toasts (template shell/toast.html), or made here. Those with an undo stay 10 s.
import { h, icon } from "./kit.js";

const SECONDS = { undo: 10, plain: 6, danger: 12 };

function life(toast) {
  if (toast.hasAttribute("data-undo")) return SECONDS.undo;
  return toast.matches(".danger,.error") ? SECONDS.danger : SECONDS.plain;
}

function adopt(toast) {
  if (toast.classList.contains("timed")) return;
  toast.classList.add("timed");
  toast.style.setProperty("--toast-time", `${life(toast)}s`);
  toast.addEventListener("animationend", () => toast.remove());
  toast.querySelector("[data-close]")?.addEventListener("click", () => toast.remove());
  toast.querySelector("form")?.addEventListener("htmx:after:request", () => toast.remove());
  if (matchMedia("(prefers-reduced-motion:reduce)").matches) {
    toast.classList.remove("timed");
    toast.classList.add("untimed");
    setTimeout(() => toast.remove(), life(toast) * 1000);
  }
}

/** Shows a sentence. tone: "" or "danger". */
export function toast(text, { tone = "" } = {}) {
  const close = h("button", { type: "button", class: "close", "data-close": true, "aria-label": "Đóng thông báo" }, icon("x"));
  document.getElementById("toasts")?.append(h("div", { class: `toast ${tone}`, "data-toast": true }, h("p", {}, text), close));
}

/** Takes back the newest act that can be undone; false if there is none. */
export function undoLast() {
  const forms = document.querySelectorAll("#toasts [data-undo] form");
  if (!forms.length) return false;
  forms[forms.length - 1].requestSubmit();
  return true;
}

export function startToasts() {
  const region = document.getElementById("toasts");
  if (!region) return;
  region.querySelectorAll("[data-toast]").forEach(adopt);
  new MutationObserver(() => region.querySelectorAll("[data-toast]:not(.timed,.untimed)").forEach(adopt)).observe(region, { childList: true });
  document.addEventListener("toast", ({ detail }) => toast(detail.text ?? detail.value, detail));
}
