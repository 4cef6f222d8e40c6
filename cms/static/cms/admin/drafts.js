// A draft that saves itself, and misses nothing.
//
// Wagtail takes what the form holds for saved at two moments: two seconds after the
// form opens, and when the answer to a saving comes. What was typed before the first,
// or while the second was on its way, it would keep only after a further change. Here
// such a change is told like any other.

const IGNORED =
  /^(csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*)$/;

/** What of a form is compared; `set` are the fields that the server has just set. */
function content(data, set = {}) {
  return JSON.stringify(
    [...data]
      .filter(([name]) => !IGNORED.test(name) && !(name in set))
      .map(([name, value]) =>
        value instanceof File ? [name, value.name, value.size] : [name, value],
      ),
  );
}

function tell(form) {
  form.dispatchEvent(
    new CustomEvent("w-unsaved:add", {
      bubbles: true,
      cancelable: true,
      detail: { type: "edits" },
    }),
  );
}

const sent = new WeakMap();
const found = new WeakMap();
const watched = new WeakSet();

// What the form held before a person did the first thing on the page. Choosers and
// blocks write into it by script, as the setting up does, so it is not for the kind of
// a change to say whose it is.
for (const kind of ["keydown", "pointerdown", "click", "beforeinput"]) {
  document.addEventListener(
    kind,
    ({ isTrusted }) => {
      if (!isTrusted) return;
      for (const form of document.querySelectorAll("form[data-controller~=w-unsaved]")) {
        if (watched.has(form) || found.has(form)) continue;
        found.set(form, content(new FormData(form)));
      }
    },
    { capture: true },
  );
}

document.addEventListener("w-unsaved:watch-edits", ({ target: form }) => {
  watched.add(form);
  const before = found.get(form);
  if (found.delete(form) && before !== content(new FormData(form))) tell(form);
});

document.addEventListener("w-autosave:save", ({ target: form, detail }) => {
  sent.set(form, detail.formData);
});

document.addEventListener("w-autosave:success", ({ target: form, detail }) => {
  const data = sent.get(form);
  if (!data || !sent.delete(form)) return;
  const set = detail.response.field_updates ?? {};
  if (content(data, set) !== content(new FormData(form), set)) tell(form);
});
