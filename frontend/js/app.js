// The core that every page loads. Pages work without it; nothing here holds the truth of any data.
import "./htmx.js";
import { startForms } from "./forms.js";
import { startIslands } from "./islands.js";
import { startKeeping } from "./keeping.js";
import { startKeys } from "./keys.js";
import { startMenus } from "./menus.js";
import { startPolling } from "./poll.js";
import { startRows } from "./rows.js";
import { startToasts } from "./toasts.js";

startIslands();
startToasts();
startMenus();
startForms();
startRows();
startKeys();
startPolling();
startKeeping();

// What was kept while offline goes out when the connection is back; loaded only where it can be needed.
async function flushOutbox() {
  const { user } = document.body.dataset;
  if (!user || !navigator.onLine) return;
  (await import("./outbox.js")).outbox.flush(user);
}
addEventListener("online", flushOutbox);
if (localStorage.getItem("vanthu-outbox")) flushOutbox();
