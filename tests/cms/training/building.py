"""A curriculum with courses and lessons, on the records of a collection."""

from datetime import date
from typing import Any

from wagtail.models import Page, Site

from archive.models import Record
from cms.models import (
    CoursePage,
    CurriculumPage,
    LessonPage,
    StandardPage,
    TrainingIndexPage,
)
from tests.cms.exhibitions.building import (
    WORDS,
    block,
    document,
    every_block,
    exhibition,
    image,
    listed,
    proof,
    stop,
    video,
)

NOTE = "教师备注鹮"
HOW = "怎样读鹇"
PDF = b"%PDF-1.4 slides"


def index() -> TrainingIndexPage:
    found: TrainingIndexPage | None = TrainingIndexPage.objects.first()
    if found is not None:
        return found
    home = Site.objects.get(is_default_site=True).root_page
    made: TrainingIndexPage = home.add_child(
        instance=TrainingIndexPage(title="学习培训", slug="training")
    )
    return made


def add(parent: Page, page: Any) -> Any:
    """``page`` as its editor's form would store it, published."""
    parent.refresh_from_db()
    made = parent.add_child(instance=page)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def curriculum(title: str = "记录与归档", slug: str = "records", **fields: Any) -> Any:
    return add(index(), CurriculumPage(title=title, slug=slug, **fields))


def course(
    parent: Page, title: str = "怎样登记", slug: str = "register", **fields: Any
) -> Any:
    return add(parent, CoursePage(title=title, slug=slug, **fields))


def lesson(
    parent: Page,
    *content: dict[str, Any],
    title: str = "六个问题",
    slug: str = "six",
    **fields: Any,
) -> Any:
    page = LessonPage(title=title, slug=slug, **fields)
    page.content = list(content)
    return add(parent, page)


def record(
    of: Record, words: str = WORDS, page: int = 1, **more: Any
) -> dict[str, Any]:
    return block("record", {**proof(of, page, words), "note": HOW, **more})


def answer(text: str, right: bool = False, feedback: str = "") -> dict[str, Any]:
    return {"text": text, "right": right, "feedback": feedback}


def single(text: str = "先做什么？") -> dict[str, Any]:
    answers = (answer("听", True, "正是"), answer("写", feedback="还早"))
    return block(
        "single",
        {"text": text, "answers": listed(*answers), "explanation": "先听后写。"},
    )


def multiple(text: str = "记什么？") -> dict[str, Any]:
    answers = (answer("时间", True), answer("地点", True), answer("猜测"))
    return block(
        "multiple", {"text": text, "answers": listed(*answers), "explanation": ""}
    )


def truth(text: str = "可以事后补记。", is_true: bool = False) -> dict[str, Any]:
    return block(
        "truth",
        {
            "text": text,
            "is_true": is_true,
            "when_true": "不可以",
            "when_false": "对，当场记",
            "explanation": "事后补记，容易失实。",
        },
    )


def quiz(*questions: dict[str, Any], pass_mark: int = 60) -> dict[str, Any]:
    asked = list(questions) or [single(), multiple(), truth()]
    value = {"title": "随堂测验", "pass_mark": pass_mark, "questions": asked}
    return block("quiz", value)


def slides() -> dict[str, Any]:
    picture = {"image": image().pk, "alt_text": "课件第一页", "decorative": False}
    return block(
        "slides",
        {
            "title": "第一讲课件",
            "document": document("slides.pdf", PDF).pk,
            "slides": listed({"image": picture, "note": "第一页的话"}),
        },
    )


def discussion() -> dict[str, Any]:
    questions = listed("遇到不愿说话的一方怎么办？")
    return block("discussion", {"title": "讨论", "minutes": 20, "questions": questions})


def material(title: str = "空白样页") -> dict[str, Any]:
    return block(
        "material",
        {
            "document": document("blank.pdf", PDF).pk,
            "title": title,
            "version": "第 1 版",
            "date": str(date(2026, 11, 1)),
            "licence": "free",
        },
    )


def notes(text: str = NOTE) -> list[dict[str, Any]]:
    return [block("heading", text), block("text", f"<p>{text}</p>")]


def every_lesson_block(of: Record, words: str = WORDS) -> list[dict[str, Any]]:
    """Each block that a lesson may have; ``words`` are on page 1 of the record."""
    shown = exhibition(stops=[stop(3, title="第三站", evidence=[])], slug="walk")
    kept = [
        one
        for one in every_block(of, words)
        if one["type"] in ("detail", "pair", "quotation", "records")
    ]
    return [
        block("text", "<p>本讲的话。</p><ul><li>一项</li></ul>"),
        block("heading", "小标题"),
        slides(),
        record(of, words),
        *kept,
        block("stop", {"page": shown.pk, "number": 3, "note": "看这里"}),
        block("video", video()),
        discussion(),
        quiz(),
    ]


def full(of: Record, words: str = WORDS, **fields: Any) -> CurriculumPage:
    """Two courses, three lessons, everything filled in, and notes to each lesson."""
    made: CurriculumPage = curriculum(
        summary="学会登记。",
        aims="能够据实登记。",
        audience="基层调解员",
        prerequisites="无",
        completion="测验合格",
        materials=[material()],
        **fields,
    )
    first = course(made, summary="登记一行字。", form="含实物观摩")
    lesson(
        first,
        *every_lesson_block(of, words),
        summary="六问。",
        hours=3,
        trainer_notes=notes(),
        materials=[material("练习")],
    )
    lesson(
        first,
        block("text", "<p>不增减。</p>"),
        title="据实",
        slug="true",
        hours="1.5",
        trainer_notes=notes(),
    )
    second = course(made, title="归档", slug="filing", completion="交一份记录")
    lesson(second, quiz(), title="整理成卷", slug="volume", hours=2)
    return made


def case_like(title: str = "两户共渠") -> Any:
    """A page that stands for a case where the case's own model is not needed."""
    home = Site.objects.get(is_default_site=True).root_page
    return add(home, StandardPage(title=title, slug="case-like"))
