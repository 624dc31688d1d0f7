// The government's signing program on this computer: one WebSocket per document, one text frame each way.
// The server hands out the calls under tickets, the program fetches and returns the files itself; what counts is what
// the server then shows of each document.
import { h, post, say } from "../kit.js";

const PATIENCE = 10 * 60 * 1000; // a signer reads, chooses the certificate, types the PIN

/** One call. Gives {signed: true}, or {words} that say what happened; {missing: true} when nobody listens. */
function call(address, frame) {
  return new Promise((resolve) => {
    let opened = false;
    let socket;
    try {
      socket = new WebSocket(address);
    } catch {
      resolve({ missing: true });
      return;
    }
    const late = setTimeout(() => {
      resolve({ words: "Chương trình ký không trả lời sau 10 phút. Đóng cửa sổ ký còn mở rồi ký lại." });
      socket.close();
    }, PATIENCE);
    socket.addEventListener("open", () => {
      opened = true;
      socket.send(frame);
    });
    socket.addEventListener("message", ({ data }) => {
      resolve(understood(data));
      socket.close();
    });
    socket.addEventListener("close", () => {
      clearTimeout(late);
      resolve(opened ? { words: "Chương trình ký đã đóng mà chưa ký. Bấm Ký tiếp để ký lại văn bản này." } : { missing: true });
    });
  });
}

function understood(data) {
  try {
    const { Status, Message } = JSON.parse(data);
    if (Status === 0) return { signed: true };
    return { words: `Chưa ký được: ${Message || "chương trình ký không nói lý do"}` };
  } catch {
    return { words: "Chương trình ký trả lời không đọc được. Cập nhật chương trình ký, hoặc chọn cách ký khác." };
  }
}

class Agent {
  constructor(root) {
    this.root = root;
    this.status = root.querySelector("[data-agent-status]");
    this.help = root.querySelector("[data-agent-missing]");
    this.button = root.querySelector("[data-agent-start]");
    this.button.addEventListener("click", () => this.run());
    if (root.dataset.start !== undefined) {
      history.replaceState(null, "", location.pathname); // coming back to the page calls nobody
      this.run();
    }
  }

  async run() {
    this.button.disabled = true;
    this.help.hidden = true;
    window.addEventListener("beforeunload", stay);
    try {
      await this.signAll();
    } catch {
      this.tell("Mất kết nối tới máy chủ. Kiểm tra mạng rồi bấm Ký tiếp.", "danger");
    } finally {
      window.removeEventListener("beforeunload", stay);
      this.button.disabled = false;
      this.button.lastChild.textContent = " Ký tiếp";
    }
  }

  async signAll() {
    const answer = await post(this.root.dataset.calls, new FormData());
    const told = await answer.json();
    if (!answer.ok) {
      this.tell(told.message ?? told.detail ?? "Tải lại trang để xem kết quả từng văn bản.", "danger");
      return;
    }
    for (const [place, { title, path, frame }] of told.calls.entries()) {
      this.tell(`Đang ký ${place + 1}/${told.calls.length}: ${title}`);
      const result = await call(this.root.dataset.address + path, frame);
      document.getElementById("progress")?.dispatchEvent(new Event("fresh"));
      if (result.missing) this.help.hidden = false;
      if (!result.signed) {
        this.tell(result.words ?? "Không gọi được chương trình ký trên máy này.", "danger");
        return;
      }
    }
    this.tell("Đã ký xong các văn bản trên máy này.", "ok");
    this.root.dataset.done = "";
  }

  tell(words, tone = "info") {
    this.status.replaceChildren(h("span", { class: `badge wrap ${tone}` }, words));
    say(words);
  }
}

function stay(event) {
  event.preventDefault(); // a document is under way
}

export function mount(root) {
  new Agent(root);
}
