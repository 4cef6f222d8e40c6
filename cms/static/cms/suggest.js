// Suggestions below a search field (data-suggest: where to ask): the ARIA combobox
// pattern. Each is a place to go to; the field stays a field, and what is typed in it
// is searched for as ever. Without this script nothing is missing but the list.

const PAUSE = 150;

function attach(field, number) {
  const form = field.form;
  const list = document.createElement("ul");
  list.id = `suggestions-${number}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestLabel);
  list.hidden = true;
  form.append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);

  let offered = [];
  let active = -1;
  let waiting = 0;
  let question = null; // what is being asked; another one takes its place

  function close() {
    clearTimeout(waiting);
    question?.abort();
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

  function option(one, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const text = document.createElement("span");
    text.textContent = one.text;
    text.lang = one.lang;
    const kind = document.createElement("small");
    kind.textContent = [one.note, one.label].filter(Boolean).join(" · ");
    item.append(text, " ", kind);
    // The field would lose the focus before the click is over.
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => location.assign(one.url));
    return item;
  }

  async function ask() {
    const typed = field.value.trim();
    if (!typed) return close();
    question?.abort();
    const asked = (question = new AbortController());
    const address = `${field.dataset.suggest}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(address, { signal: asked.signal })
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
    if (asked !== question || asked.signal.aborted) return;
    if (document.activeElement !== field) return;
    close();
    offered = answer?.suggestions ?? [];
    if (!offered.length) return;
    list.append(...offered.map(option));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  }

  field.addEventListener("input", (event) => {
    if (!event.isComposing) soon();
  });
  field.addEventListener("compositionend", soon);
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
  field.addEventListener("keydown", (event) => {
    // Keys of an input method are its own (229: Safari tells of the last one late).
    if (event.isComposing || event.keyCode === 229) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) {
        if (event.key === "ArrowDown") ask();
        return;
      }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = offered.length + 1; // one of them is the text itself
      mark(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      location.assign(offered[active].url);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
}

document.querySelectorAll("[data-suggest]").forEach(attach);
