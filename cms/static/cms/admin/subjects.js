// Tells, below the subjects of a record, which of the names typed are in the thesaurus
// and where each stands, and which are free keywords. Words come from the server.

const field = document.querySelector("[data-subjects-url]");

if (field) {
  const told = document.createElement("ul");
  told.className = "archive-subjects";
  told.id = "subjects-understood";
  told.setAttribute("aria-live", "polite");
  (field.closest(".archive-suggest") ?? field).insertAdjacentElement("afterend", told);
  field.setAttribute("aria-describedby", told.id);
  let waiting = 0;
  let asked = 0;

  const line = (one) => {
    const item = document.createElement("li");
    item.className = one.known ? "archive-known" : "archive-quiet";
    const name = document.createElement("span");
    name.textContent = one.name;
    const said = document.createElement("small");
    said.textContent = one.said;
    item.append(name, " ", said);
    return item;
  };

  async function ask() {
    const turn = ++asked;
    const address = `${field.dataset.subjectsUrl}?text=${encodeURIComponent(field.value)}`;
    const answer = await fetch(address)
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
    if (turn !== asked) return; // more was typed meanwhile
    told.replaceChildren(...(answer?.names ?? []).map(line));
  }

  field.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  });
  field.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  });
  if (field.value) ask();
}
