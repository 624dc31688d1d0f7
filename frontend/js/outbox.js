// What this browser keeps while offline: drafts by key, and an outbox whose entries are sent once (idempotency_key of the form).
import { freshCsrf, post } from "./kit.js";


function toast(text, tone = "") {
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone } }));
}

const NAME = "vanthu";
/** In localStorage while something waits, so that other pages need not open the database. */
export const WAITING = "vanthu-outbox";

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts");
      request.result.createObjectStore("outbox", { autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Runs one request on a store; undefined where the browser keeps nothing (private windows). */
async function run(store, mode, make) {
  try {
    const base = await database();
    return await new Promise((resolve, reject) => {
      const request = make(base.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch {
    return undefined;
  }
}

export const drafts = {
  get: (key) => run("drafts", "readonly", (store) => store.get(key)),
  put: (key, value) => run("drafts", "readwrite", (store) => store.put(value, key)),
  remove: (key) => run("drafts", "readwrite", (store) => store.delete(key)),
};

async function entries(user) {
  const [keys, all] = [await run("outbox", "readonly", (store) => store.getAllKeys()), await run("outbox", "readonly", (store) => store.getAll())];
  return (keys ?? []).map((key, at) => ({ key, ...all[at] })).filter((entry) => entry.user === user);
}

export const outbox = {
  /** Keeps an entry {user, url, pairs}; how many wait now. */
  async add(entry) {
    await run("outbox", "readwrite", (store) => store.add(entry));
    localStorage.setItem(WAITING, "1");
    return (await entries(entry.user)).length;
  },

  /** Erases what waits of this user and fits. */
  async forget(user, fits) {
    for (const entry of await entries(user)) if (fits(entry)) await run("outbox", "readwrite", (store) => store.delete(entry.key));
  },

  /** Sends what waits for this user, oldest first; stops at the first that cannot be sent. */
  async flush(user) {
    const waiting = await entries(user);
    if (!waiting.length) {
      localStorage.removeItem(WAITING);
      return;
    }
    let sent = 0;
    for (const entry of waiting) {
      try {
        await freshCsrf();
        const answer = await post(entry.url, new URLSearchParams(entry.pairs));
        if (answer.status >= 500 || answer.status === 401 || answer.status === 403) break;
        await run("outbox", "readwrite", (store) => store.delete(entry.key));
        if (answer.ok) sent += 1;
        else {
          await drafts.put(`${user}:refused:${entry.key}`, { at: Date.now(), values: entry.pairs });
          toast("Một mục gửi sau khi có mạng lại bị máy chủ từ chối. Mở lại trang đó để sửa; nội dung vẫn được giữ.", "danger");
        }
      } catch {
        break;
      }
    }
    if (sent) toast(`Có mạng lại: đã gửi ${sent} mục giữ trên máy này.`);
  },
};
