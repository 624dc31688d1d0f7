// One document after the other: the form is sent without a page load, the next one is fetched beforehand.
import { say } from "../kit.js";

/** Mounts on the .flow element; its form carries hx-post, hx-target="#flow" hx-select="#flow" hx-swap="outerHTML". */
export function mount(root) {
  const heading = root.querySelector("h1");
  if (heading) say(heading.textContent);
  const next = root.dataset.nextImage;
  if (next) new Image().src = next;
  root.querySelector(".flow-doc")?.scrollTo(0, 0);
}
