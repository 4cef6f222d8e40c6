// The preview as wide as the chosen screen, scaled down where the desk is narrower.

const frame = document.querySelector(".editing-frame iframe");
const buttons = document.querySelectorAll(".editing-widths [data-width]");

function show(width) {
    const room = frame.parentElement.clientWidth;
    const scale = Math.min(1, room / width);
    frame.width = width;
    frame.style.transform = `scale(${scale})`;
    frame.style.height = `${frame.parentElement.clientHeight / scale}px`;
    for (const button of buttons) {
        button.setAttribute("aria-pressed", String(Number(button.dataset.width) === width));
    }
}

for (const button of buttons) {
    button.addEventListener("click", () => show(Number(button.dataset.width)));
}
if (frame) show(390);
