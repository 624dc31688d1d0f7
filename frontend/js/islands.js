// Loads what an element asks for with data-island="name", when it appears. Each is a function of the element.
const fields = () => import("./islands/fields.js");
const papers = () => import("./islands/papers.js");
const LOADERS = {
  agent: async () => (await import("./islands/agent.js")).mount,
  autosave: async () => (await import("./islands/autosave.js")).mount,
  combobox: async () => (await fields()).combobox,
  compare: async () => (await papers()).compare,
  copy: async () => (await import("./islands/copy.js")).mount,
  datefield: async () => (await fields()).datefield,
  doc: async () => (await papers()).doc,
  flow: async () => (await import("./islands/flow.js")).mount,
  place: async () => (await papers()).place,
  sentence: async () => (await fields()).sentence,
  suggest: async () => (await import("./islands/suggest.js")).mount,
  symbol: async () => (await fields()).symbol,
  upload: async () => (await papers()).upload,
};
const mounted = new WeakSet();

async function mount(element) {
  if (mounted.has(element)) return;
  mounted.add(element);
  for (const name of element.dataset.island.split(/\s+/)) {
    const load = LOADERS[name];
    if (!load) {
      console.error(`Unknown island: ${name}`);
      continue;
    }
    const enhance = await load();
    if (element.isConnected) enhance(element);
  }
}

function scan(root) {
  if (root.matches?.("[data-island]")) mount(root);
  root.querySelectorAll?.("[data-island]").forEach(mount);
}

/** Mounts the islands of the page and of everything that is added later. */
export function startIslands() {
  scan(document);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(scan);
  }).observe(document.body, { childList: true, subtree: true });
}
