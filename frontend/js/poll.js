// Freshness: counts of the menu every 45 s, a region with data-fresh every 45 s or data-poll seconds. Only while visible.
import { say } from "./kit.js";
import htmx from "htmx.org";

const USUAL = 45;
const JITTER = 0.2; // of the interval, so that an office does not ask in one beat
const SLOWEST = 8; // times the interval, after failures

function setCount(name, { n, hot }) {
  for (const mark of document.querySelectorAll(`[data-count="${CSS.escape(name)}"]`)) {
    mark.hidden = !n;
    mark.classList.toggle("hot", Boolean(hot));
    const unit = Object.assign(document.createElement("span"), { className: "sr", textContent: ` ${mark.dataset.unit ?? "việc"}` });
    mark.replaceChildren(String(n || ""), ...(n ? [unit] : []));
  }
}

/** Asks again and again; `get` says the address, `use` takes an answer that is new. */
class Poller {
  constructor(url, seconds, use, alive = () => true) {
    Object.assign(this, { url, seconds, use, alive, etag: null, failures: 0 });
    this.plan();
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.missed) this.tick();
    });
  }

  plan() {
    const slower = Math.min(2 ** this.failures, SLOWEST);
    const wait = this.seconds * slower * (1 + JITTER * (Math.random() * 2 - 1));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tick(), wait * 1000);
  }

  async tick() {
    if (!this.alive()) return;
    this.missed = document.hidden;
    if (!document.hidden) await this.ask();
    this.plan();
  }

  async ask() {
    try {
      const answer = await fetch(this.url, { headers: { "HX-Request": "true", ...(this.etag ? { "If-None-Match": this.etag } : {}) }, cache: "no-store" });
      this.failures = answer.status < 500 ? 0 : this.failures + 1;
      if (answer.status === 401 || answer.status === 403 || answer.redirected) this.alive = () => false;
      if (answer.status !== 200 || answer.redirected) return;
      this.etag = answer.headers.get("ETag");
      await this.use(answer);
    } catch {
      this.failures += 1;
    }
  }
}

const watched = new WeakSet();
function watch(region) {
  if (watched.has(region)) return;
  watched.add(region);
  const seconds = Number(region.dataset.poll) || USUAL;
  const poller = new Poller(region.dataset.fresh, seconds, async (answer) => {
    const text = await answer.text();
    if (region.contains(document.activeElement) && document.activeElement.matches("input,textarea,select")) return;
    await htmx.swap({ text, target: region, sourceElement: region, swap: region.dataset.swap ?? "innerMorph" });
    if (region.dataset.say) say(region.dataset.say);
  }, () => region.isConnected);
  region.addEventListener("fresh", () => poller.tick()); // something happened of which this page knows
}

export function startPolling() {
  const { counts } = document.body.dataset;
  if (counts) {
    new Poller(counts, USUAL, async (answer) => {
      const data = await answer.json();
      for (const [name, value] of Object.entries(data.counts)) setCount(name, typeof value === "number" ? { n: value } : value);
    });
  }
  document.querySelectorAll("[data-fresh]").forEach(watch);
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-fresh]").forEach(watch));
}
