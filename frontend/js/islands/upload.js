// Files dragged or chosen go to staging at once, with progress; their page images appear beside the form when ready.
import { csrfToken, getJson, h, icon } from "../kit.js";
import { sheet } from "./doc.js";

const SECRET = "secret_documents_stay_out"; // the form that holds such a file erases itself
const WAIT = 900; // milliseconds between two looks at a file that is being read

const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`);

/** POST with progress; resolves to the parsed JSON, rejects with an Error whose message is the server's sentence. */
function send(url, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Error("Mất kết nối khi tải. Bấm Tải lại khi có mạng.")));
    request.addEventListener("load", () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = {};
      }
      if (request.status < 300) resolve(answer);
      else reject(Object.assign(new Error(answer.message ?? "Máy chủ không nhận được tệp. Thử lại; nếu vẫn lỗi, báo Văn phòng."), { code: answer.code }));
    });
    request.send(body);
  });
}

class Upload {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("input[type=file]");
    this.pages = root.dataset.pages && document.querySelector(root.dataset.pages);
    this.limit = Number(root.dataset.max) || Infinity;
    this.name = root.dataset.name ?? "uploads";
    this.list = root.parentElement.querySelector(".uploading") ?? h("ul", { class: "uploading" });
    if (!this.list.isConnected) root.after(this.list);
    this.input.removeAttribute("name");
    this.input.addEventListener("change", () => this.take(this.input.files));
    this.dropOn(root);
    if (this.pages) this.dropOn(this.pages);
  }

  dropOn(place) {
    let depth = 0;
    const mark = (step) => {
      depth = Math.max(0, depth + step);
      this.root.classList.toggle("over", depth > 0);
    };
    place.addEventListener("dragenter", () => mark(1));
    place.addEventListener("dragleave", () => mark(-1));
    place.addEventListener("dragover", (event) => event.preventDefault());
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      depth = 0;
      mark(0);
      this.take(event.dataTransfer.files);
    });
  }

  take(files) {
    const chosen = this.input.multiple ? [...files] : [...files].slice(0, 1);
    if (!this.input.multiple) this.list.replaceChildren();
    for (const file of chosen) this.upload(file);
    this.input.value = "";
  }

  row(file) {
    const progress = h("progress", { max: 1, value: 0, "aria-label": `Đang tải ${file.name}` });
    const words = h("p", { role: "status" }, `${size(file.size)} · đang tải`);
    const remove = h("button", { type: "button", class: "btn ghost icon sm", "aria-label": `Bỏ ${file.name}` }, icon("x"));
    const item = h("li", {}, icon("file"), h("span", { class: "name" }, file.name), remove, progress, words);
    remove.addEventListener("click", () => this.remove(item));
    this.list.append(item);
    return { item, progress, words };
  }

  remove(item) {
    item.remove();
    if (this.pages && this.shown === item) this.showWaiting();
    this.root.dispatchEvent(new CustomEvent("upload:removed", { bubbles: true }));
  }

  async upload(file) {
    const row = this.row(file);
    if (file.size > this.limit) {
      this.refuse(row, `Tệp quá ${size(this.limit)} (đang là ${size(file.size)}). Quét lại 200 dpi, đen trắng, hoặc tách thành hai tệp.`);
      return;
    }
    try {
      const kept = await send(this.root.dataset.url, file, (part) => (row.progress.value = part));
      row.item.append(h("input", { type: "hidden", name: this.name, value: kept.id }));
      row.item.dispatchEvent(new Event("change", { bubbles: true })); // kept with what is typed
      row.progress.removeAttribute("value");
      row.words.textContent = `${size(file.size)} · đang đọc tệp`;
      await this.follow(row, kept, file);
    } catch (error) {
      this.refuse(row, error.message);
      if (error.code === SECRET) this.root.dispatchEvent(new CustomEvent("upload:secret", { bubbles: true }));
    }
  }

  /** Looks at the status address until the file is ready or refused. */
  async follow(row, kept, file) {
    let state = kept;
    while (row.item.isConnected && state.state !== "ready") {
      if (state.state === "refused") throw new Error(state.message);
      await new Promise((resolve) => setTimeout(resolve, WAIT));
      state = await getJson(kept.status_url);
    }
    if (!row.item.isConnected) return;
    row.progress.remove();
    row.words.textContent = `${size(file.size)}${state.pages?.length ? ` · ${state.pages.length} trang` : ""} · đã tải`;
    if (this.pages && state.pages?.length) this.show(row.item, state);
    this.root.dispatchEvent(new CustomEvent("upload:ready", { bubbles: true, detail: state }));
  }

  refuse(row, sentence) {
    row.item.classList.add("bad");
    row.item.querySelector("input[type=hidden]")?.remove();
    row.progress.remove();
    row.words.setAttribute("role", "alert");
    row.words.textContent = sentence;
  }

  show(item, { id, pages }) {
    this.waiting ??= this.pages.querySelector(".waiting");
    this.shown = item;
    this.pages.dataset.upload = id;
    this.pages.replaceChildren(...pages.map((page, index) => sheet(page, index + 1, pages.length)));
  }

  showWaiting() {
    this.shown = null;
    if (this.waiting) this.pages.replaceChildren(this.waiting);
  }
}

export function mount(root) {
  new Upload(root);
}
