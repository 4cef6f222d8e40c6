// Shows the particulars of the chosen kind of material only.

for (const groups of document.querySelectorAll("[data-particulars]")) {
    const chosen = document.getElementById(groups.dataset.particulars);
    const show = () => {
        for (const group of groups.querySelectorAll("[data-material]")) {
            group.hidden = group.dataset.material !== chosen.value;
        }
    };
    chosen.addEventListener("change", show);
    show();
}
