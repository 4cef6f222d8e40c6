// The button above a sheet that prints it; hidden where nothing would happen.
const button = document.querySelector("[data-print]");
if (button) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
}
