// Relations to people, organisations and places as rows of role and name. The text
// area below holds what is sent, as in a table: 名称〔关系·规范号〕；…
// A name typed as creator or person that exactly one authority bears is offered.

const ENTRY = /^(.*)〔([^〔〕·]*)(?:·([^〔〕·]*))?〕\s*$/;

for (const text of document.querySelectorAll("textarea[data-relations]")) {
  const roles = JSON.parse(text.dataset.relations);
  const words = JSON.parse(text.dataset.relationWords);
  const rows = document.createElement("div");
  rows.className = "archive-relations";
  const add = document.createElement("button");
  add.type = "button";
  add.className = "button button-small button-secondary";
  add.textContent = words.add;
  text.before(rows, add);
  text.hidden = true;

  // What each row holds: { row, role, name, number }.
  let held = [];

  function write() {
    text.value = held
      .filter((one) => one.name.value.trim())
      .map((one) => {
        const role = roles.find((other) => other.value === one.role.value);
        const number = one.number ? `·${one.number}` : "";
        return `${one.name.value.trim()}〔${role.label}${number}〕`;
      })
      .join("；");
    text.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function addRow(name, role, number) {
    const one = {
      row: document.createElement("div"),
      role: document.createElement("select"),
      name: document.createElement("input"),
      number,
    };
    one.row.className = "archive-relation";
    one.role.setAttribute("aria-label", words.role);
    for (const other of roles) one.role.add(new Option(other.label, other.value));
    one.role.value = role || roles[0].value;
    one.name.type = "text";
    one.name.autocomplete = "off";
    one.name.value = name;
    one.name.setAttribute("aria-label", words.name);
    const told = document.createElement("span");
    told.className = "archive-quiet";
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button button-small button-secondary";
    remove.textContent = words.remove;

    const tell = () => { told.textContent = one.number; };
    const ask = () => {
      const chosen = roles.find((other) => other.value === one.role.value);
      one.name.dataset.suggestUrl = chosen.url;
    };
    const mean = (found) => {
      one.number = found;
      tell();
      write();
    };
    remove.addEventListener("click", () => {
      const at = held.indexOf(one);
      held = held.filter((other) => other !== one);
      one.row.remove();
      write();
      (held[at]?.name ?? add).focus();
    });
    one.role.addEventListener("change", () => { ask(); write(); });
    one.name.addEventListener("input", () => mean(""));
    one.name.addEventListener("suggest:chosen", (event) => mean(event.detail.value));
    one.name.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
      event.preventDefault(); // the form is not finished yet
      addRow("", one.role.value, "").name.focus();
    });
    ask();
    tell();
    one.row.append(one.role, one.name, told, remove);
    rows.append(one.row);
    held.push(one);
    return one;
  }

  add.addEventListener("click", () => addRow("", "", "").name.focus());
  for (const entry of text.value.split(/[;；]/)) {
    if (!entry.trim()) continue;
    const found = ENTRY.exec(entry.trim());
    const role = roles.find((one) => one.label === found?.[2]);
    if (role) addRow(found[1], role.value, found[3] ?? "");
    else addRow(entry.trim(), "", "");
  }

  for (const field of document.querySelectorAll("[data-offers]")) {
    const offers = document.createElement("div");
    offers.className = "archive-offers";
    offers.setAttribute("aria-live", "polite");
    (field.closest(".archive-suggest") ?? field).after(offers);
    const role = roles.find((one) => one.value === field.dataset.offers);
    let turn = 0;

    const related = (number) =>
      held.some((one) => one.number === number && one.role.value === role.value);

    async function offer() {
      const asked = ++turn;
      const query = new URLSearchParams({ q: field.value, role: role.value });
      const answer = field.value.trim()
        ? await fetch(`${text.dataset.namedUrl}?${query}`)
          .then((response) => (response.ok ? response.json() : null))
          .catch(() => null)
        : null;
      if (asked !== turn) return;
      offers.replaceChildren();
      for (const one of answer?.found ?? []) {
        if (related(one.number)) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button button-small button-secondary";
        button.textContent = `${words.link}${role.label}：${one.label}`;
        button.addEventListener("click", () => {
          addRow(one.name, role.value, one.number);
          write();
          button.remove();
          field.focus();
        });
        offers.append(button);
      }
    }
    field.addEventListener("change", offer);
    offer();
  }
}
