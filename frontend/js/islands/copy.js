// A button that puts a text (data-copy) on the clipboard and says so; without a clipboard the text is selected.
export function mount(button) {
  const word = button.querySelector("span") ?? button;
  const before = word.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      word.textContent = "Đã chép";
    } catch {
      getSelection().selectAllChildren(document.querySelector("#symbol") ?? button);
      word.textContent = "Bấm Ctrl+C để chép";
    }
    setTimeout(() => (word.textContent = before), 2500);
  });
}
