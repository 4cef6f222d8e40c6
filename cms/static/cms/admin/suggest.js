// Suggestions while typing, for every text field with data-suggest-url: the ARIA
// combobox pattern, by keyboard alone. The field stays a text field; anything may be
// typed. data-suggest-multiple: the name after the last semicolon is completed;
// data-suggest-numbered: the value is written behind the label.
// What was chosen is told by the event "suggest:chosen" (detail: value, label, note).

const PAUSE = 200;
const SEPARATOR = /[;；]\s*/g;
const attached = new WeakSet();
let made = 0;

// Where the name that is being typed begins.
function start(field) {
  if (!("suggestMultiple" in field.dataset)) return 0;
  let from = 0;
  for (const found of field.value.matchAll(SEPARATOR)) {
    from = found.index + found[0].length;
  }
  return from;
}

function attach(field) {
  if (attached.has(field)) return;
  attached.add(field);
  const list = document.createElement("ul");
  list.id = `suggestions-${++made}`;
  list.className = "archive-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() || field.getAttribute("aria-label") || "");
  list.hidden = true;
  const holder = document.createElement("div");
  holder.className = "archive-suggest";
  const focused = document.activeElement === field;
  field.before(holder);
  holder.append(field, list);
  if (focused) field.focus(); // moving it took the focus away
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);

  let offered = [];
  let active = -1;
  let waiting = 0;
  let turn = 0;
  let choosing = false;

  function close() {
    clearTimeout(waiting);
    turn += 1; // an answer on its way is no longer wanted
    list.hidden = true;
    list.replaceChildren();
    offered = [];
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function choose(one) {
    const numbered = "suggestNumbered" in field.dataset;
    const text = numbered ? `${one.label}（${one.value}）` : one.label;
    field.value = field.value.slice(0, start(field)) + text;
    close();
    choosing = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.dispatchEvent(new CustomEvent("suggest:chosen", { bubbles: true, detail: one }));
    choosing = false;
    field.focus();
  }

  function option(one, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const label = document.createElement("span");
    label.textContent = one.label;
    item.append(label);
    if (one.note) {
      const note = document.createElement("small");
      note.textContent = one.note;
      item.append(" ", note);
    }
    // The field would lose the focus before the click is over.
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(one));
    return item;
  }

  async function ask() {
    const typed = field.value.slice(start(field)).trim();
    if (!typed) return close();
    const asked = ++turn;
    const address = `${field.dataset.suggestUrl}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(address)
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
    if (asked !== turn || document.activeElement !== field) return;
    const marked = offered[active]?.value;
    close();
    offered = answer?.suggestions ?? [];
    if (!offered.length) return;
    list.append(...offered.map(option));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(offered.findIndex((one) => one.value === marked));
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  }

  field.addEventListener("input", (event) => {
    if (!choosing && !event.isComposing) soon();
  });
  field.addEventListener("compositionend", soon);
  field.addEventListener("blur", close);
  // First of all: what is done with a key here is not for others to do again.
  field.addEventListener("keydown", (event) => {
    // Keys of an input method are its own (229: Safari tells of the last one late).
    if (event.isComposing || event.keyCode === 229) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) {
        if (event.key === "ArrowDown" && event.altKey) ask();
        return;
      }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = offered.length + 1; // one of them is the text itself
      mark(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(offered[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }, { capture: true });
}

document.querySelectorAll("[data-suggest-url]").forEach(attach);
// Fields that are added later are met when they are first entered.
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-suggest-url]")) attach(event.target);
});
