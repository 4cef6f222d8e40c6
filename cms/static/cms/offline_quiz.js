// Quizzes of a package: marked here, since there is nobody to ask. Nothing is kept.
for (const form of document.querySelectorAll("[data-quiz]")) {
    const told = form.dataset;
    const result = form.querySelector("[data-result]");
    const questions = [...form.querySelectorAll("[data-question]")];

    const show = (element, shown) => {
        if (element) element.hidden = !shown;
    };

    const mark = (question) => {
        const inputs = [...question.querySelectorAll("input")];
        const chosen = inputs.filter((input) => input.checked);
        const right = inputs.every(
            (input) => input.checked === input.hasAttribute("data-right"),
        );
        const verdict = question.querySelector("[data-verdict]");
        verdict.textContent = right
            ? told.textRight
            : chosen.length
              ? told.textWrong
              : told.textNone;
        verdict.classList.toggle("part", !right);
        show(verdict, true);
        show(question.querySelector("[data-why]"), true);
        for (const said of question.querySelectorAll("[data-feedback]"))
            show(
                said,
                chosen.some((input) => input.value === said.dataset.feedback),
            );
        return right;
    };

    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const score = questions.map(mark).filter(Boolean).length;
        const passed = score * 100 >= Number(told.pass) * questions.length;
        const counted = told.textScore
            .replace("[1]", score)
            .replace("[2]", questions.length);
        result.textContent = `${passed ? told.textPassed : told.textFailed} ${counted}`;
        result.classList.toggle("wrong", !passed);
        show(result, true);
    });
    form.addEventListener("reset", () => {
        for (const one of form.querySelectorAll(
            "[data-verdict], [data-why], [data-feedback], [data-result]",
        ))
            show(one, false);
    });
    show(form.querySelector("[data-tools]"), true);
}
