// Menus are <details class="menu">: closed by Escape, by a click elsewhere, and when another opens. Dialogs open from [data-dialog].

function closeAll(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

/** Tabs that do not fit scroll: the chosen one comes to their middle. */
function showTab(tab) {
  const tabs = tab.parentElement;
  tabs.scrollLeft = tab.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
}

export function startMenus() {
  document.querySelectorAll(".tabs [aria-current]").forEach(showTab);
  document.addEventListener("click", (event) => {
    const menu = event.target.closest("details.menu");
    closeAll(menu);
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      const dialog = document.querySelector(opener.dataset.dialog);
      dialog?.showModal();
      dialog?.querySelector("textarea,select:not([hidden]),input:not([type=hidden],[type=checkbox],[type=radio])")?.focus();
    }
    const unfold = event.target.closest("[data-open-details]");
    if (unfold) {
      const details = document.querySelector(unfold.dataset.openDetails);
      details.open = !details.open;
      if (details.open) details.querySelector("textarea,input")?.focus();
    }
    if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement && event.target.hasAttribute("data-light")) event.target.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });
}
