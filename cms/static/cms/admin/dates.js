// Tells, below the date as written, what the system makes of it; asks where the text
// leaves several years open. Words come from the server, in the reader's language.

const field = document.querySelector("[data-dates-url]");
const edtf = document.getElementById("id_date_edtf");

if (field && edtf) {
  const told = document.createElement("div");
  told.className = "archive-date";
  told.id = "date-understood";
  told.setAttribute("aria-live", "polite");
  field.insertAdjacentElement("afterend", told);
  field.setAttribute("aria-describedby", told.id);
  let waiting = 0;
  let asked = 0;
  // The EDTF follows the text until a person writes one.
  let own = false;
  edtf.addEventListener("input", (event) => {
    own = event.isTrusted && edtf.value !== "";
  });

  const line = (text, name) => {
    const paragraph = document.createElement("p");
    paragraph.className = name;
    paragraph.textContent = text;
    told.append(paragraph);
  };

  const choice = (one) => {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "date-candidate"; // of no field of the form
    radio.value = one.edtf;
    radio.checked = edtf.value === one.edtf;
    radio.addEventListener("change", () => {
      edtf.value = one.edtf;
      edtf.dispatchEvent(new Event("input", { bubbles: true }));
    });
    label.append(radio, one.label);
    told.append(label);
  };

  async function ask(typed = true) {
    const turn = ++asked;
    const address = `${field.dataset.datesUrl}?text=${encodeURIComponent(field.value)}`;
    const answer = await fetch(address).then((response) => response.json()).catch(() => null);
    if (turn !== asked) return; // more was typed meanwhile
    told.replaceChildren();
    if (!answer) return;
    if (answer.said) line(answer.said, "archive-quiet");
    if (answer.problem) line(answer.problem, "archive-failed");
    if (answer.ask) line(answer.ask, "");
    // What was chosen for another text does not hold for this one; an EDTF of a
    // person's own stays where the text cannot be read.
    if (!typed) own = Boolean(edtf.value && answer.problem);
    else if (!(own && answer.problem) && document.activeElement !== edtf) {
      edtf.value = answer.candidates.length ? "" : answer.edtf;
      own = false;
    }
    answer.candidates.forEach(choice);
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(), 300);
  });
  if (field.value) ask(false);
}
