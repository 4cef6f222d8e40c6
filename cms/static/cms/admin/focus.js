// Where the keyboard was before the form was saved, it is again afterwards; the next
// record begins at its title. A form that came back with errors begins at the first.

const form = document.getElementById("w-editor-form");
const KEPT = "archive-focus";

if (form) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  const wrong = form.querySelector("[aria-invalid=true], .w-field--error :is(input, select, textarea)");
  const again = kept && (kept.path === location.pathname ? document.getElementById(kept.id) : null);
  const next = kept && kept.path !== location.pathname ? document.getElementById("id_title") : null;
  const target = kept && (wrong ?? again ?? next);
  // The page may not be laid out yet.
  if (target) requestAnimationFrame(() => target.focus());

  let last = "";
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input, select, textarea") && event.target.id) last = event.target.id;
  });
  form.addEventListener("submit", () => {
    sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, id: last }));
  });
}
