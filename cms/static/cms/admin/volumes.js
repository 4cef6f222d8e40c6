// Dividing a volume by keyboard: arrows go from page to page, B and E give the page
// to the current item as its first or last, N begins an item there.

const root = document.querySelector("[data-volume]");
const ranges = root.querySelector("[data-ranges]");
const begin = root.querySelector("[data-begin]");
const dialog = root.querySelector("[data-dialog]");
const pages = [...root.querySelectorAll("[data-page]")];
const items = [...root.querySelectorAll("[data-item]")];

let current = 0; // of items
let changed = false;

const input = (item, which) => item.querySelector(`[data-${which}]`);
const number = (field) => Number(field?.value.trim());

function holds(item, page) {
  const [first, last] = [number(input(item, "first")), number(input(item, "last"))];
  return first > 0 && first <= page && page <= last;
}

// What the fields say now, not what was saved.
function mark() {
  for (const page of pages) {
    const names = items
      .filter((item) => holds(item, Number(page.dataset.page)))
      .map((item) => item.dataset.item);
    page.classList.toggle("unheld", !names.length);
    page.classList.toggle("shared", names.length > 1);
    page.querySelector("[data-holders]").textContent = names.join("、") || "—";
  }
}

function choose(index, scroll = true) {
  if (!items.length) return;
  current = Math.min(items.length - 1, Math.max(0, index));
  for (const item of items) item.removeAttribute("aria-current");
  items[current].setAttribute("aria-current", "true");
  if (scroll) items[current].scrollIntoView({ block: "nearest" });
  const held = items[current].dataset.item;
  for (const page of pages) {
    const names = page.querySelector("[data-holders]").textContent.split("、");
    page.classList.toggle("current", names.includes(held));
  }
}

function give(which, page) {
  if (!items.length) return;
  const item = items[current];
  input(item, which).value = page.dataset.page;
  const other = input(item, which === "first" ? "last" : "first");
  if (!other.value) other.value = page.dataset.page;
  changed = true;
  mark();
  choose(which === "last" ? current + 1 : current);
}

function start(page) {
  if (!begin) return;
  begin.closest("details").open = true;
  begin.elements.page.value = page.dataset.page;
  begin.elements.title.focus();
}

function enlarge(page) {
  const image = dialog.querySelector("img");
  image.src = page.dataset.large;
  image.alt = page.querySelector("span").textContent;
  dialog.showModal();
}

function go(page) {
  if (!page) return;
  for (const one of pages) one.tabIndex = one === page ? 0 : -1;
  page.focus();
}

// The page above or below: the nearest in the row before or after.
function beside(page, step) {
  const columns = pages.filter((one) => one.offsetTop === pages[0].offsetTop).length;
  return pages[pages.indexOf(page) + step * columns];
}

root.addEventListener("click", (event) => {
  const page = event.target.closest("[data-page]");
  if (page) enlarge(page);
});
root.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-item]");
  if (item) choose(items.indexOf(item));
});
ranges.addEventListener("input", () => {
  changed = true;
  mark();
});
// What was given out and not yet saved is saved with the new item.
begin?.addEventListener("submit", () => {
  for (const field of ranges.querySelectorAll("[data-item] input")) {
    const copy = document.createElement("input");
    Object.assign(copy, { type: "hidden", name: field.name, value: field.value });
    begin.append(copy);
  }
});
for (const form of [ranges, begin]) {
  form?.addEventListener("submit", () => (changed = false));
}
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
    event.preventDefault();
    ranges.querySelector("[data-save]")?.click();
    return;
  }
  const page = event.target.closest?.("[data-page]");
  if (!page || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = pages.indexOf(page);
  const act = {
    ArrowLeft: () => go(pages[at - 1]),
    ArrowRight: () => go(pages[at + 1]),
    ArrowUp: () => go(beside(page, -1)),
    ArrowDown: () => go(beside(page, 1)),
    Home: () => go(pages[0]),
    End: () => go(pages.at(-1)),
    KeyB: () => give("first", page),
    KeyE: () => give("last", page),
    KeyN: () => start(page),
    KeyJ: () => choose(current + 1),
    KeyK: () => choose(current - 1),
  }[event.code];
  if (act) {
    event.preventDefault();
    act();
  }
});
mark();
choose(items.findIndex((item) => !input(item, "first").value), false);
