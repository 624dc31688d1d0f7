// htmx, set up for a strict Content-Security-Policy and for Django's CSRF protection.
import { csrfToken } from "./kit.js";
import htmx from "htmx.org";
import { toast } from "./toasts.js";

htmx.config.history = "reload"; // never keep pages of documents; Back asks the server
htmx.config.defaultTimeout = 30000;
htmx.config.defaultSettleDelay = 0; // settling copies style attributes, which the policy forbids

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = csrfToken();
});

// 422 (a form with its errors) is swapped; any other refusal is told in a toast, and what was typed stays.
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  const status = ctx.response?.status ?? 200;
  if (status < 400 || status === 422 || ctx.hx?.retarget) return;
  event.preventDefault();
  const sentence = new DOMParser().parseFromString(ctx.text ?? "", "text/html").querySelector("[data-sentence]");
  toast(sentence?.textContent.trim() || "Máy chủ gặp lỗi, chưa làm được. Thử lại; nếu vẫn lỗi, báo Văn phòng.", { tone: "danger" });
});

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.error?.name === "AbortError") return;
  toast("Mất kết nối với máy chủ. Chưa làm được; thử lại khi có mạng.", { tone: "danger" });
});

export default htmx;
