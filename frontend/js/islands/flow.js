// One document after the other: the form is sent without a page load, the next one is fetched beforehand.
import { h, say } from "../kit.js";

/** What is found by typing (a select with data-chip="#group") becomes one more chip of that group, chosen. */
function addChip(select, { id, label }) {
  const group = document.querySelector(select.dataset.chip);
  let chip = group.querySelector(`input[value="${CSS.escape(id)}"]`);
  if (!chip) {
    chip = h("input", { type: "radio", name: select.dataset.name, value: id, "data-label": label });
    group.lastElementChild.before(h("label", { class: "chip" }, chip, h("span", {}, label)));
  }
  chip.checked = true;
  chip.dispatchEvent(new Event("change", { bubbles: true }));
  chip.parentElement.scrollIntoView({ block: "nearest", inline: "nearest" });
  select.value = "";
  select.dispatchEvent(new CustomEvent("combobox:refresh"));
  select.closest("dialog")?.close();
}

/** On a phone toasts lie above the bar with the buttons, whose height changes with what is opened in it. */
function makeRoomForToasts(bar) {
  const measure = () => document.documentElement.style.setProperty("--flow-bar", `${bar.offsetHeight}px`);
  new ResizeObserver(measure).observe(bar);
  measure();
}

/** Mounts on the .flow element; its form carries hx-post, hx-target="#flow" hx-select="#flow" hx-swap="outerHTML". */
export function mount(root) {
  const heading = root.querySelector("h1");
  if (heading) say(heading.textContent);
  const next = root.dataset.nextImage;
  if (next) new Image().src = next;
  root.addEventListener("combobox:chosen", ({ target, detail }) => target.dataset.chip && addChip(target, detail));
  root.querySelector(".flow-doc")?.scrollTo(0, 0);
  const bar = root.querySelector(".flow-bar");
  if (bar) makeRoomForToasts(bar);
}
