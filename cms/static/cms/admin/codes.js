// Below the reference code: the next free one, and what is wrong with the one typed.

const field = document.querySelector("[data-codes-url]");

if (field) {
  const told = document.createElement("div");
  told.className = "archive-date";
  told.id = "code-told";
  told.setAttribute("aria-live", "polite");
  field.insertAdjacentElement("afterend", told);
  field.setAttribute("aria-describedby", told.id);
  const value = (name) => document.querySelector(`[name="${name}"]`)?.value ?? "";
  let waiting = 0;
  let asked = 0;

  const line = (text, name) => {
    const paragraph = document.createElement("p");
    paragraph.className = name;
    paragraph.textContent = text;
    told.append(paragraph);
    return paragraph;
  };

  async function ask() {
    const turn = ++asked;
    const query = new URLSearchParams({
      parent: value("parent"),
      level: value("level"),
      code: field.value,
      record: field.dataset.record ?? "",
    });
    const answer = await fetch(`${field.dataset.codesUrl}?${query}`)
      .then((response) => response.json())
      .catch(() => null);
    if (turn !== asked) return; // more was typed meanwhile
    told.replaceChildren();
    if (!answer) return;
    if (answer.problem) line(answer.problem, "archive-failed");
    if (answer.note) line(answer.note, "archive-quiet");
    if (answer.proposal && answer.proposal !== field.value) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = field.dataset.take;
      button.addEventListener("click", () => {
        field.value = answer.proposal;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      line(`${answer.told} `, "archive-quiet").append(button);
    }
  }

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  };
  field.addEventListener("input", soon);
  // The chooser of the parent sets its field without an event of its own.
  field.addEventListener("focus", soon);
  document.querySelector("[name=level]")?.addEventListener("change", soon);
  ask();
}
