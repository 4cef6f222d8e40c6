// Zooming, moving and turning the page image; what the server drew stays as it is.
// All geometry is in pixels of the master ("sheet" units); the SVG's viewBox is
// the part of the sheet that is shown.

const stage = document.getElementById("stage");
const sheet = document.getElementById("sheet");
const turned = sheet.querySelector("g");
const image = turned.querySelector("image");
const overview = stage.querySelector(".vnav");
const wide = matchMedia("(min-width: 60rem)");
const paper = { w: sheet.viewBox.baseVal.width, h: sheet.viewBox.baseVal.height };

const ZOOM = 1.35;
const READABLE = 20; // CSS pixels that a marked character should have at least
const DRAG = 5; // CSS pixels before a press becomes a drag

let quarter = 0; // clockwise quarter turns
let scale = 1; // CSS pixels a sheet unit
let centre = { x: paper.w / 2, y: paper.h / 2 };

const size = () => (quarter % 2 ? { w: paper.h, h: paper.w } : paper);
const box = () => ({ w: stage.clientWidth, h: stage.clientHeight });
const pageScale = () => Math.min(box().w / size().w, box().h / size().h);
const widthScale = () => box().w / size().w;
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

function show(newScale, newCentre = centre) {
  const view = box();
  if (!view.w || !view.h) return;
  scale = clamp(newScale, pageScale() * 0.9, Math.max(4, pageScale() * 8));
  const part = { w: view.w / scale, h: view.h / scale };
  const whole = size();
  centre = {
    x: part.w >= whole.w ? whole.w / 2 : clamp(newCentre.x, part.w / 2, whole.w - part.w / 2),
    y: part.h >= whole.h ? whole.h / 2 : clamp(newCentre.y, part.h / 2, whole.h - part.h / 2),
  };
  const corner = { x: centre.x - part.w / 2, y: centre.y - part.h / 2 };
  sheet.setAttribute("viewBox", `${corner.x} ${corner.y} ${part.w} ${part.h}`);
  stage.classList.toggle("zoomed", scale > pageScale() * 1.02);
  sharpen();
  mapView(corner, part);
}

// The first image is enough for a page at a glance; zoomed in, the full one comes.
function sharpen() {
  const loaded = Number(/\/(\d+),\d+\/0\//.exec(image.href.baseVal)?.[1]);
  if (loaded && scale * paper.w * devicePixelRatio > loaded * 1.15 && stage.dataset.full) {
    const full = new Image();
    const address = stage.dataset.full;
    delete stage.dataset.full;
    full.onload = () => image.setAttribute("href", address);
    full.src = address;
  }
}

function mapView(corner, part) {
  const shade = overview.querySelector(".shade");
  const { w, h } = paper;
  const left = clamp(corner.x, 0, w);
  const top = clamp(corner.y, 0, h);
  const right = clamp(corner.x + part.w, 0, w);
  const bottom = clamp(corner.y + part.h, 0, h);
  shade.setAttribute("d", `M0 0h${w}v${h}H0zM${left} ${top}V${bottom}H${right}V${top}z`);
  const partly = (right - left) * (bottom - top) < w * h * 0.98;
  overview.hidden = quarter !== 0 || !partly;
}

// Keeps the point of the sheet that is under (x, y) of the stage where it is.
function zoomAt(factor, x = box().w / 2, y = box().h / 2) {
  const dx = x - box().w / 2;
  const dy = y - box().h / 2;
  const under = { x: centre.x + dx / scale, y: centre.y + dy / scale };
  const target = clamp(scale * factor, pageScale() * 0.9, Math.max(4, pageScale() * 8));
  show(target, { x: under.x - dx / target, y: under.y - dy / target });
}

function move(dx, dy) {
  show(scale, { x: centre.x - dx / scale, y: centre.y - dy / scale });
}

function turn() {
  const whole = size();
  const old = centre;
  quarter = (quarter + 1) % 4;
  const { w, h } = paper;
  const shift = ["0 0", `${h} 0`, `${w} ${h}`, `0 ${w}`][quarter];
  turned.setAttribute("transform", `translate(${shift}) rotate(${quarter * 90})`);
  show(pageScale(), { x: whole.h - old.y, y: old.x });
}

function goTo(number) {
  const match = document.getElementById(`box-${number}`);
  const first = match?.querySelector(".hit");
  if (!first) return false;
  const { x, y, width, height } = first.getBBox();
  const letter = Math.min(width, height);
  const { w, h } = paper;
  const middle = { x: x + width / 2, y: y + height / 2 };
  const at = [
    middle,
    { x: h - middle.y, y: middle.x },
    { x: w - middle.x, y: h - middle.y },
    { x: middle.y, y: w - middle.x },
  ][quarter];
  const readable = Math.min(READABLE / letter, widthScale() * 3);
  show(Math.max(scale, readable, wide.matches ? widthScale() * 0.98 : 0), at);
  for (const other of document.querySelectorAll(".at")) other.classList.remove("at");
  for (const part of document.querySelectorAll(`[data-match="${number}"]`)) part.classList.add("at");
  reveal(document.getElementById(`hit-${number}`));
  return true;
}

// Scrolls an element's own panel to it, never the page.
function reveal(element) {
  const panel = element?.closest(".vt, .ht, .vstrip .pages");
  if (!panel) return;
  const inner = element.getBoundingClientRect();
  const outer = panel.getBoundingClientRect();
  panel.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  panel.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
}

const actions = {
  in: () => zoomAt(ZOOM),
  out: () => zoomAt(1 / ZOOM),
  page: () => show(pageScale()),
  width: () => show(widthScale()),
  turn,
};

const step = (name) => document.querySelector(`[data-step="${name}"]`)?.click();
const keys = {
  "+": actions.in,
  "=": actions.in,
  "-": actions.out,
  0: actions.page,
  r: turn,
  n: () => step("next"),
  p: () => step("previous"),
  ArrowLeft: () => move(60, 0),
  ArrowRight: () => move(-60, 0),
  ArrowUp: () => move(0, 60),
  ArrowDown: () => move(0, -60),
};

function listenToKeys() {
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key] || keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  for (const button of stage.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => actions[button.dataset.do]());
  }
}

function listenToPointers() {
  const down = new Map();
  let travelled = 0;
  const place = (event) => {
    const frame = stage.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const spread = () => {
    const [a, b] = [...down.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, d: Math.hypot(a.x - b.x, a.y - b.y) || 1 };
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    if (!down.size) travelled = 0;
    down.set(event.pointerId, place(event));
  });
  addEventListener("pointermove", (event) => {
    const old = down.get(event.pointerId);
    if (!old) return;
    const before = down.size === 2 ? spread() : null;
    const now = place(event);
    down.set(event.pointerId, now);
    travelled += Math.hypot(now.x - old.x, now.y - old.y);
    if (before) {
      const after = spread();
      move(after.x - before.x, after.y - before.y);
      zoomAt(after.d / before.d, after.x, after.y);
    } else if (travelled > DRAG) {
      stage.classList.add("dragging");
      move(now.x - old.x, now.y - old.y);
    }
  });
  for (const type of ["pointerup", "pointercancel"]) {
    addEventListener(type, (event) => {
      down.delete(event.pointerId);
      if (!down.size) stage.classList.remove("dragging");
    });
  }
  // A drag that ends on a box is no click on it.
  sheet.addEventListener("click", (event) => {
    if (travelled > DRAG) event.preventDefault();
  });
  sheet.addEventListener("dragstart", (event) => event.preventDefault());
  sheet.addEventListener("dblclick", (event) => zoomAt(ZOOM * ZOOM, place(event).x, place(event).y));
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!wide.matches && !event.ctrlKey) return;
      event.preventDefault();
      zoomAt(Math.exp(-clamp(event.deltaY, -120, 120) / 300), place(event).x, place(event).y);
    },
    { passive: false },
  );
  overview.addEventListener("click", (event) => {
    const frame = overview.getBoundingClientRect();
    show(scale, {
      x: ((event.clientX - frame.left) / frame.width) * paper.w,
      y: ((event.clientY - frame.top) / frame.height) * paper.h,
    });
  });
}

// A match lights up in the text and on the image together.
function linkMatches() {
  for (const part of document.querySelectorAll("[data-match]")) {
    const same = document.querySelectorAll(`[data-match="${part.dataset.match}"]`);
    const light = (on) => () => same.forEach((one) => one.classList.toggle("on", on));
    part.addEventListener("pointerenter", light(true));
    part.addEventListener("pointerleave", light(false));
    part.addEventListener("focusin", light(true));
    part.addEventListener("focusout", light(false));
  }
  for (const link of document.querySelectorAll("mark a")) {
    link.addEventListener("click", (event) => {
      const number = link.hash.slice("#box-".length);
      if (!goTo(number)) return;
      event.preventDefault();
      if (!wide.matches) stage.scrollIntoView({ block: "center" });
    });
  }
}

function start() {
  stage.classList.add("live");
  stage.scrollTop = stage.scrollLeft = 0;
  stage.querySelector(".vtools").hidden = false;
  show(pageScale());
  if (!goTo(/^#box-(\d+)$/.exec(location.hash)?.[1] || stage.dataset.at)) show(pageScale());
  reveal(document.querySelector(".vstrip [aria-current]"));
  if (!wide.matches && location.hash.startsWith("#box-")) {
    document.getElementById("main").scrollIntoView();
  }
  new ResizeObserver(() => show(scale)).observe(stage);
}

listenToKeys();
listenToPointers();
linkMatches();
start();
