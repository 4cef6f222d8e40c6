// How far an import is, while the answer to its form is on the way. A large table is
// checked as soon as its page is there.

const form = document.querySelector("[data-progress-url]");
const told = form.querySelector(".archive-progress");
const bar = told.querySelector("progress");
const words = told.querySelector("span");

async function ask() {
  const answer = await fetch(form.dataset.progressUrl).then((response) => response.json()).catch(() => null);
  if (!answer?.done) return;
  bar.max = form.dataset.rows;
  bar.value = answer.done;
  words.textContent = told.dataset.done
    .replace("{done}", answer.done)
    .replace("{rows}", form.dataset.rows);
}

form.addEventListener("submit", () => {
  told.hidden = false;
  told.scrollIntoView({ block: "center" });
  words.textContent = told.dataset.busy;
  setInterval(ask, 700);
  // Once the form has been sent, with the button that sent it.
  setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
});
// Gone back to, the page can be sent again.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

if ("start" in form.dataset) form.requestSubmit(form.querySelector("[name=check]"));
