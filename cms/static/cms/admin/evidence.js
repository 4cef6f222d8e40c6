// Fields of evidence in the editor: <record-choice> names a record by its id, shows its
// title and opens the chooser; <place-choice> takes a point or a region of the page
// that the same block names. Both hold a plain input, which may be typed into as well.
// What the chooser shows comes from the server, as the public sees it.

const STEP = 1; // per cent that an arrow key moves the mark

// The input of the block around `input` that is called `name`: in the block itself or
// in one that holds it (hotspots stand in a list inside the block with the page).
function beside(input, name) {
  const parts = input.name.split("-");
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const wanted = [...parts.slice(0, length), name].join("-");
    const found = input.form?.elements.namedItem(wanted);
    if (found) return found;
  }
  return null;
}

function set(input, value) {
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

class Chooser extends HTMLElement {
  connectedCallback() {
    if (this.button) return;
    this.input = this.querySelector("input");
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button button-small button-secondary";
    this.button.textContent = this.dataset.choose;
    this.button.addEventListener("click", () => this.open());
    this.told = document.createElement("span");
    this.told.className = "choice-told";
    this.told.setAttribute("role", "status");
    this.append(this.button, this.told);
    this.ready();
  }

  ready() {}

  show(url) {
    this.dialog?.remove();
    const dialog = document.createElement("dialog");
    dialog.className = "pick";
    dialog.setAttribute("aria-label", this.dataset.title);
    const head = document.createElement("header");
    const title = document.createElement("h2");
    title.textContent = this.dataset.title;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button-small button-secondary";
    close.textContent = this.dataset.close;
    close.addEventListener("click", () => dialog.close());
    head.append(title, close);
    const body = document.createElement("div");
    body.className = "pick-body";
    dialog.append(head, body);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      this.button.focus();
    });
    this.dialog = dialog;
    this.body = body;
    dialog.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-load]");
      if (!link) return;
      event.preventDefault();
      this.load(new URL(link.getAttribute("href"), this.at));
    });
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      const url = new URL(form.getAttribute("action"), location.href);
      for (const [name, value] of new FormData(form)) url.searchParams.set(name, value);
      this.load(url);
    });
    dialog.showModal();
    return this.load(new URL(url, location.href));
  }

  async load(url) {
    this.body.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.at = url.href;
      this.body.innerHTML = await answer.text();
      this.body.scrollTo(0, 0);
      this.loaded();
      this.body.querySelector("input[type=search], [data-text], a")?.focus();
    } catch {
      const note = document.createElement("p");
      note.setAttribute("role", "alert");
      note.textContent = this.dataset.failed;
      this.body.replaceChildren(note);
    }
    this.body.removeAttribute("aria-busy");
  }

  loaded() {}
}

class RecordChoice extends Chooser {
  ready() {
    this.input.addEventListener("change", () => this.describe());
    // Wagtail fills the field in right after it has drawn it.
    setTimeout(() => this.describe());
  }

  async describe() {
    const value = this.input.value.trim();
    this.told.textContent = "";
    if (!/^\d+$/.test(value)) return;
    const answer = await fetch(`${this.dataset.url}${value}/`);
    if (this.input.value.trim() !== value) return;
    if (answer.ok) {
      const { title, code } = await answer.json();
      this.told.textContent = `${title}　${code}`;
    } else {
      this.told.textContent = this.dataset.closed;
    }
  }

  open() {
    const value = this.input.value.trim();
    const page = beside(this.input, "page")?.value.trim();
    const words = beside(this.input, "words")?.value.trim() ?? "";
    const known = /^\d+$/.test(value) && this.told.textContent !== this.dataset.closed;
    let url = this.dataset.url;
    if (known && /^\d+$/.test(page ?? "")) {
      url += `${value}/${page}/?words=${encodeURIComponent(words)}`;
    } else if (known) {
      url += `${value}/pages/`;
    }
    this.show(url);
  }

  loaded() {
    const button = this.body.querySelector("[data-pick]");
    if (!button) return;
    const text = this.body.querySelector("[data-text]");
    const chosen = this.body.querySelector("[data-chosen]");
    let words = "";
    const look = () => {
      const { selectionStart, selectionEnd, value } = text;
      words = value.slice(selectionStart, selectionEnd).replace(/\s*\n\s*/g, "").trim();
      chosen.textContent = words || chosen.dataset.none;
    };
    chosen.textContent = chosen.dataset.none;
    for (const sign of ["select", "keyup", "pointerup", "focus"]) {
      text?.addEventListener(sign, look);
    }
    button.addEventListener("click", () => {
      set(this.input, button.dataset.pick);
      set(beside(this.input, "page"), button.dataset.page);
      if (words) set(beside(this.input, "words"), words);
      this.dialog.close();
    });
  }
}

class PlaceChoice extends Chooser {
  open() {
    const record = beside(this.input, "record")?.value.trim() ?? "";
    const page = beside(this.input, "page")?.value.trim() ?? "";
    if (!/^\d+$/.test(record) || !/^\d+$/.test(page)) {
      this.told.textContent = this.dataset.first;
      return;
    }
    this.told.textContent = "";
    this.show(`${this.dataset.url}${record}/${page}/`);
  }

  loaded() {
    const image = this.body.querySelector("[data-image]");
    if (!image) return;
    this.body.querySelector(".pick-page").classList.add("pick-place");
    for (const one of this.body.querySelectorAll(".pick-text, .pick-back")) one.hidden = true;
    image.tabIndex = 0;
    image.setAttribute("role", "application");
    image.setAttribute("aria-label", this.dataset.title);
    image.focus();
    const mark = document.createElement("div");
    mark.className = "pick-mark";
    image.append(mark);
    const region = this.dataset.kind === "region";
    const known = this.input.value.split(/[,，]/).map(Number);
    let from = null;
    let point = { x: known[0] || 50, y: known[1] || 50 };

    const draw = (a, b = a) => {
      const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
      Object.assign(mark.style, {
        left: `${x}%`,
        top: `${y}%`,
        width: `${Math.abs(a.x - b.x)}%`,
        height: `${Math.abs(a.y - b.y)}%`,
      });
    };
    const at = (event) => {
      const box = image.getBoundingClientRect();
      const inside = (value) => Math.min(100, Math.max(0, value));
      return {
        x: inside(((event.clientX - box.left) / box.width) * 100),
        y: inside(((event.clientY - box.top) / box.height) * 100),
      };
    };
    const short = (value) => String(Math.round(value * 10) / 10);
    const done = (numbers) => {
      set(this.input, numbers.map(short).join(","));
      this.dialog.close();
    };
    const take = (where) => {
      if (!region) return done([where.x, where.y]);
      if (!from) {
        from = where;
        return draw(from);
      }
      const [w, h] = [Math.abs(where.x - from.x), Math.abs(where.y - from.y)];
      if (w < STEP || h < STEP) return undefined;
      return done([Math.min(where.x, from.x), Math.min(where.y, from.y), w, h]);
    };

    image.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      if (region && !from) {
        from = at(event);
        draw(from);
        image.setPointerCapture(event.pointerId);
      }
    });
    image.addEventListener("pointermove", (event) => {
      point = at(event);
      if (region && from) draw(from, point);
      else if (!region) draw(point);
    });
    image.addEventListener("pointerup", (event) => take(at(event)));
    image.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? STEP * 5 : STEP;
      const moves = {
        ArrowLeft: [-step, 0],
        ArrowRight: [step, 0],
        ArrowUp: [0, -step],
        ArrowDown: [0, step],
      };
      const move = moves[event.key];
      if (move) {
        point = {
          x: Math.min(100, Math.max(0, point.x + move[0])),
          y: Math.min(100, Math.max(0, point.y + move[1])),
        };
        draw(from ?? point, point);
      } else if (event.key === "Enter") take(point);
      else return;
      event.preventDefault();
    });
    draw(point);
  }
}

customElements.define("record-choice", RecordChoice);
customElements.define("place-choice", PlaceChoice);
