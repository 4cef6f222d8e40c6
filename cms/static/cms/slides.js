// Slides on the whole screen, one at a time; without it they stand below one another.
for (const deck of document.querySelectorAll("[data-slides]")) {
    const slides = [...deck.querySelectorAll("[data-slide]")];
    const tools = deck.querySelector("[data-slides-tools]");
    if (!tools || !deck.requestFullscreen) continue;

    let at = 0;
    const turn = (to) => {
        at = Math.max(0, Math.min(slides.length - 1, to));
        slides.forEach((slide, index) =>
            slide.classList.toggle("on", index === at),
        );
        slides[at].focus({ preventScroll: true });
    };
    const steps = {
        ArrowRight: 1,
        ArrowDown: 1,
        PageDown: 1,
        " ": 1,
        ArrowLeft: -1,
        ArrowUp: -1,
        PageUp: -1,
    };

    deck.querySelector("[data-slides-open]").addEventListener("click", () =>
        deck.requestFullscreen().then(() => turn(0)),
    );
    deck.addEventListener("keydown", (event) => {
        const step = steps[event.key];
        if (document.fullscreenElement !== deck || !step) return;
        event.preventDefault();
        turn(at + step);
    });
    deck.addEventListener("click", (event) => {
        if (document.fullscreenElement !== deck) return;
        if (event.target.closest("a, button")) return;
        turn(at + (event.clientX < innerWidth / 2 ? -1 : 1));
    });
    tools.hidden = false;
}
