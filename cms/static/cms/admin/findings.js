// Asks again what the checks find, after each saving of the draft by itself.

const shown = document.getElementById("editing-findings");
let turn = 0;

async function renew(pk) {
    // A new page has an address only once it was saved.
    const address = shown.dataset.address.replace("/0/", `/${pk}/`);
    if (address.includes("/0/")) return;
    const mine = ++turn;
    const answer = await fetch(address);
    // A sign-in page or an error would be no finding.
    if (!answer.ok || answer.redirected) return;
    const found = await answer.text();
    // An older answer may come after a newer one.
    if (mine === turn) shown.innerHTML = found;
}

if (shown) {
    document.addEventListener("w-autosave:success", (event) => {
        renew(event.detail?.response?.pk ?? 0);
    });
}
