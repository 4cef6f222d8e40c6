// The button above a sheet that prints it.
document
    .querySelector("[data-print]")
    ?.addEventListener("click", () => window.print());
