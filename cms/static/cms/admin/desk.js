// The scan beside the form: turning pages, zooming, and putting recognised words
// into the field that was left last. Everything works from the keyboard.

const desk = document.querySelector("[data-desk]");
const scan = document.getElementById("scan-beside");
const toggle = document.querySelector("[data-desk-toggle]");
const part = (name) => scan.querySelector(`[data-${name}]`);
const [pages, view, image, words, insert, status] = [
  "page", "view", "image", "words", "insert", "status",
].map(part);
const REMEMBERED = "archive-scan-beside";

let zoom = 1;
let field = null; // the text field that had the focus last
let asked = 0;

async function show() {
  const turn = ++asked;
  try {
    const answer = await fetch(scan.dataset.address.replace(/0\/$/, `${pages.value}/`));
    if (!answer.ok) throw new Error(answer.statusText);
    const page = await answer.json();
    if (turn !== asked) return; // another page was asked for meanwhile
    image.src = page.image;
    image.alt = `${pages.value}`;
    words.value = words.defaultValue = page.text || scan.dataset.noText;
    words.setSelectionRange(0, 0);
    words.classList.toggle("vertical", page.direction === "v");
    part("edit").href = page.edit;
    status.textContent = "";
    view.scrollTo(0, 0);
  } catch {
    status.textContent = scan.dataset.error;
  }
}

function turn(step) {
  const to = pages.selectedIndex + step;
  if (to < 0 || to >= pages.length) return;
  pages.selectedIndex = to;
  show();
}

function open(wanted) {
  scan.hidden = !wanted;
  desk.classList.toggle("beside", wanted);
  toggle.setAttribute("aria-expanded", String(wanted));
  localStorage.setItem(REMEMBERED, wanted ? "1" : "");
  if (wanted && !image.hasAttribute("src")) show();
}

function selected() {
  const chosen = words.value.slice(words.selectionStart, words.selectionEnd);
  return words.hidden ? "" : chosen.replace(/\s*\n\s*/g, "");
}

function tell(wanted) {
  words.hidden = !wanted;
  part("text").setAttribute("aria-pressed", String(wanted));
}

// From the form to the words of the page and back, to select them by keyboard.
function goToWords() {
  if (document.activeElement === words) {
    (field ?? toggle).focus();
    return;
  }
  open(true);
  tell(true);
  words.focus();
}

function fill() {
  const text = selected();
  if (!text || !field) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

toggle.addEventListener("click", () => open(scan.hidden));
pages.addEventListener("change", show);
insert.addEventListener("click", fill);
scan.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.step) turn(Number(button.dataset.step));
  if (button?.dataset.zoom) {
    zoom = Math.min(4, Math.max(0.5, zoom * Number(button.dataset.zoom)));
    image.style.width = `${zoom * 100}%`;
  }
  if (button && "text" in button.dataset) tell(words.hidden);
});
for (const event of ["select", "keyup", "mouseup", "focus"]) {
  words.addEventListener(event, () => {
    insert.disabled = !(field && selected());
  });
}
// A text that is read-only has no cursor to select with: this one refuses input instead.
words.addEventListener("beforeinput", (event) => event.preventDefault());
words.addEventListener("input", () => {
  words.value = words.defaultValue; // input methods cannot be refused
});
words.addEventListener("keydown", (event) => {
  if (event.key === "Escape") goToWords();
});
desk.addEventListener("focusout", (event) => {
  if (event.target.matches(".archive-desk-form input[type=text], .archive-desk-form textarea")) {
    field = event.target;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing || !event.altKey || event.ctrlKey || event.metaKey) return;
  const act = {
    PageUp: () => turn(-1),
    PageDown: () => turn(1),
    KeyI: fill,
    KeyT: goToWords,
    KeyN: () => document.querySelector("[data-desk-next]")?.click(),
  }[event.code];
  if (act) {
    event.preventDefault();
    act();
  }
});
open(localStorage.getItem(REMEMBERED) === "1" || new URLSearchParams(location.search).has("beside"));
