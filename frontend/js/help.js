// "?": the keys that work on this page, read from the page itself.
import { h, icon, visible } from "./kit.js";

const ALWAYS = [
  ["Ctrl K", "Tìm, mở nhanh, ra lệnh"],
  ["/", "Lọc danh sách hoặc tìm"],
  ["J K", "Xuống, lên trong danh sách"],
  ["Shift J", "Xuống và chọn"],
  ["Enter", "Mở mục đang đứng"],
  ["X", "Chọn, bỏ chọn"],
  ["Z", "Hoàn tác việc vừa làm (10 giây)"],
  ["Ctrl Enter", "Lưu và tiếp"],
  ["Esc", "Đóng hộp, trình đơn"],
];

/** The words of a button without its key hint. */
export function labelOf(element) {
  if (element.dataset.label) return element.dataset.label;
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd,svg,.n,.sr").forEach((part) => part.remove());
  return copy.textContent.replace(/\s+/g, " ").trim() || element.getAttribute("aria-label") || element.title;
}

/** The buttons and links of this page that have a key, one per key. */
export function keyed() {
  const found = new Map();
  for (const element of document.querySelectorAll("[data-key]"))
    if (visible(element) && !found.has(element.dataset.key)) found.set(element.dataset.key, element);
  return found;
}

function list(pairs) {
  const items = pairs.flatMap(([keys, words]) => [
    h("dt", {}, ...keys.split(" ").flatMap((key) => [h("kbd", {}, key), " "])),
    h("dd", {}, words),
  ]);
  return h("dl", { class: "meta keys" }, ...items);
}

export function open() {
  const close = h("button", { type: "button", class: "btn ghost icon", "aria-label": "Đóng", onclick: () => dialog.close() }, icon("x"));
  const here = [...keyed()].map(([key, element]) => [key.toUpperCase(), labelOf(element)]);
  const body = h("div", { class: "dlg-b" });
  if (here.length) body.append(h("h3", {}, "Ở trang này"), list(here));
  body.append(h("h3", {}, "Ở mọi trang"), list(ALWAYS), h("p", { class: "muted" }, "Phím đơn không chạy khi đang gõ trong ô. Tắt được trong Cài đặt hiển thị."));
  const dialog = h("dialog", { "aria-labelledby": "help-title", "data-light": true }, h("div", { class: "dlg-h" }, h("h2", { id: "help-title" }, "Phím tắt"), close), body);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
