// Two versions: side by side scrolling together, or the differences in the text.

export function mount(root) {
  const panes = [...root.querySelectorAll("[data-side]")];
  let leading = null;
  for (const pane of panes) {
    pane.addEventListener("pointerenter", () => (leading = pane));
    pane.addEventListener("focusin", () => (leading = pane));
    pane.addEventListener("scroll", () => {
      if (leading && leading !== pane) return;
      const part = pane.scrollTop / Math.max(1, pane.scrollHeight - pane.clientHeight);
      for (const other of panes) if (other !== pane) other.scrollTop = part * (other.scrollHeight - other.clientHeight);
    });
  }
  document.querySelectorAll("[data-compare-view]").forEach((button) => {
    button.addEventListener("click", () => {
      root.dataset.view = button.dataset.compareView;
      document.querySelectorAll("[data-compare-view]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    });
  });
}
