// The hall's own screen: after a time without a touch it goes back to the start, and
// says so before. Every page of the exhibition loads this; without it nothing is lost
// but the way back by itself.

const WARNING = 15; // seconds between the announcement and the way back

const { start, idle } = document.body.dataset;
const patience = Math.max(Number(idle) || 90, WARNING + 5);
const notice = document.querySelector("[data-idle-notice]");
const text = document.querySelector("[data-idle-text]");

let since = Date.now();
let shown = false;

function show(left) {
  const told = text.dataset.text.replace("{n}", String(left));
  // Told once at length, then every five seconds: a screen reader is not to be flooded.
  if (!shown || left % 5 === 0) text.textContent = told;
  notice.hidden = false;
  shown = true;
}

function stay() {
  since = Date.now();
  if (!shown) return;
  notice.hidden = true;
  text.textContent = "";
  shown = false;
}

function back() {
  const here = location.pathname === new URL(start, location.href).pathname;
  if (here && !location.hash && !location.search) {
    // Already at the start: only put things as they were.
    for (const open of document.querySelectorAll("details[open]")) open.open = false;
    scrollTo(0, 0);
    stay();
  } else {
    location.replace(start);
  }
}

// While the announcement stands a hand on its way to the button must not take it away.
function sign(event) {
  if (shown && (event.type === "pointermove" || notice.contains(event.target))) return;
  stay();
}

for (const type of ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart"]) {
  addEventListener(type, sign, { passive: true, capture: true });
}
document.querySelector("[data-idle-stay]").addEventListener("click", stay);

setInterval(() => {
  const playing = [...document.querySelectorAll("audio, video")].some((one) => !one.paused);
  if (playing) return stay();
  const left = Math.ceil(patience - (Date.now() - since) / 1000);
  if (left <= 0) back();
  else if (left <= WARNING) show(left);
}, 500);

// No menu of the browser under a long touch.
addEventListener("contextmenu", (event) => event.preventDefault());
