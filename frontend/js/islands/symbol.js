// "2143/KH-VKS-VP" typed or pasted into the number field goes to its two fields. Party form: "129-NQ/BCSĐ".

const STATE = /^\s*(\d{1,6}[a-zA-Z]?)\s*\/\s*(\S.*)$/; // 2143/KH-VKS-VP, 30/2020/NĐ-CP, 1552/BTTTT-THH
const PARTY = /^\s*(\d{1,6})\s*-\s*(\D.*\/.+)$/; // 129-NQ/BCSĐ

/** {number, symbol} of what was typed at once, or null while there is nothing to split. */
export function split(text) {
  const found = STATE.exec(text) ?? PARTY.exec(text);
  return found ? { number: found[1], symbol: found[2].trim().toUpperCase() } : null;
}

export function mount(root) {
  const number = root.querySelector("[data-number]");
  const symbol = root.querySelector("[data-symbol]");
  const move = () => {
    const parts = split(number.value);
    if (!parts) return;
    number.value = parts.number;
    symbol.value = parts.symbol;
    symbol.dispatchEvent(new Event("change", { bubbles: true }));
  };
  number.addEventListener("change", move);
  number.addEventListener("paste", () => setTimeout(move));
  number.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || symbol.value || !/^\d+[a-zA-Z]?$/.test(number.value.trim())) return;
    event.preventDefault(); // the slash moves on to the symbol: the whole is typed without Tab
    symbol.focus();
  });
}
