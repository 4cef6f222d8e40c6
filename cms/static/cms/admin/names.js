// Further rows in the form of an authority's names; without it two blank ones do.

for (const names of document.querySelectorAll("[data-names]")) {
  const total = names.querySelector(`[name="${names.dataset.names}-TOTAL_FORMS"]`);
  const template = names.querySelector("template");
  const add = names.querySelector("[data-add]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = document.createElement("div");
    row.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const added = row.firstElementChild;
    add.before(added);
    added.querySelector("input").focus();
  });
}
