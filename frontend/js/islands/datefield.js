// Dates typed the short way (22/11, 22112026, 22, +7) become dd/mm/yyyy; a button opens the browser's own calendar.
import { h, icon } from "../kit.js";

const DAY = 24 * 60 * 60 * 1000;
const two = (number) => String(number).padStart(2, "0");
const written = (day) => `${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()}`;

/** The date that was meant, or null. Years of two figures are 20yy; what is missing is taken from today. */
export function understand(text, today = new Date()) {
  const typed = text.trim().toLowerCase();
  if (["hôm nay", "hn", "t"].includes(typed)) return today;
  const ahead = /^\+(\d{1,3})$/.exec(typed);
  if (ahead) return new Date(today.getTime() + Number(ahead[1]) * DAY);
  const run = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(typed);
  const parts = run ? run.slice(1) : /^(\d{1,2})(?:[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?)?$/.exec(typed)?.slice(1);
  if (!parts) return null;
  const [day, month = today.getMonth() + 1, year = today.getFullYear()] = parts.map((part) => (part === undefined ? undefined : Number(part)));
  const made = new Date(year < 100 ? 2000 + year : year, month - 1, day);
  return made.getDate() === day && made.getMonth() === month - 1 ? made : null;
}

export function mount(input) {
  input.inputMode = "numeric";
  input.placeholder ||= "dd/mm/yyyy";
  input.addEventListener("blur", () => {
    const day = understand(input.value);
    if (!day || written(day) === input.value) return;
    input.value = written(day);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const calendar = h("input", { type: "date", tabindex: "-1", "aria-hidden": "true" });
  const button = h("button", { type: "button", tabindex: "-1", "aria-label": "Chọn ngày trên lịch", title: "Chọn ngày" }, icon("cal"));
  const holder = h("span", { class: "with-btn" });
  input.before(holder);
  holder.append(input, calendar, button);
  button.addEventListener("click", () => {
    const day = understand(input.value);
    if (day) calendar.value = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
    calendar.showPicker?.();
  });
  calendar.addEventListener("change", () => {
    if (!calendar.value) return;
    const [year, month, day] = calendar.value.split("-").map(Number);
    input.value = written(new Date(year, month - 1, day));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}
