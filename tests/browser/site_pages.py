"""Every page type of the public site, each once: what the tests of pages walk through.

A new page type is one row. Its ``path`` is asked for when the sample site is there,
so it may look in the database; ``content`` puts there what the page needs beyond the
sample documents (it is called once for a site, and rows may share one). A page that
no address leads to at will, as the one for a server's error or a form that was filled
in wrongly, names its ``answer``: what its view says, which nothing turns into 繁體
(that is done to what the server sends), or what the server says to a form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from archive.readers import ANONYMOUS
from cms.languages.prefixes import in_language
from cms.views import errors
from tests.browser import classes_content as held
from tests.browser import registration_content as registering
from tests.browser.cases_content import cases_made
from tests.browser.registration_content import (
    CLOSED,
    FULL,
    OFF,
    OPEN,
    registrations_made,
)
from tests.browser.sample_site import HORIZONTAL, VERTICAL
from tests.browser.site_content import (
    BOOKING,
    catalogue_entry,
    exhibitions_made,
    knowledge_made,
    nothing,
    prose_made,
    sections_made,
    visit_made,
)
from tests.browser.training_content import (
    COURSE,
    LESSON,
    ONLY_QUIZ,
    RECORDS,
    training_made,
)
from tests.browser.week_content import week_made


class Language(StrEnum):
    """By the ``lang`` of its pages."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


LANGUAGES = tuple(Language)
CHINESE_AND_ENGLISH = (Language.SIMPLIFIED, Language.ENGLISH)

Answer = Callable[[str], HttpResponse]


@dataclass(frozen=True, slots=True)
class PageType:
    """``path`` without a language's prefix; ``answer`` takes that path."""

    name: str
    path: Callable[[], str]
    languages: tuple[Language, ...] = LANGUAGES
    status: int = 200
    content: Callable[[], None] = nothing
    answer: Answer | None = None


def at(path: str) -> Callable[[], str]:
    """An address that does not depend on the site's content."""
    return lambda: path


def server_error(path: str) -> HttpResponse:
    return errors.server_error(RequestFactory().get(path))


def unavailable(path: str) -> HttpResponse:
    request = RequestFactory().get(path)
    request.reader = ANONYMOUS  # type: ignore[attr-defined]
    return errors.unavailable(request)


def bad_request(path: str) -> HttpResponse:
    return errors.bad_request(RequestFactory().get(path))


def forbidden(path: str) -> HttpResponse:
    request = RequestFactory().get(path)
    request.reader = ANONYMOUS  # type: ignore[attr-defined]
    return errors.forbidden(request)


def sent(**fields: str) -> Answer:
    """What the server says to a form that comes with these fields."""

    def answer(path: str) -> HttpResponse:
        got = Client().post(path, fields, follow=True)
        assert got.status_code == 200, (path, got.status_code)
        return HttpResponse(got.content)

    return answer


WORD = quote("矛盾糾紛")
RECORD = f"/catalogue/{quote(VERTICAL)}/"
PAPER = "/exhibitions/paper/"
ACROSS = f"/catalogue/{quote(HORIZONTAL)}/"
WEEK = "/publicity-week/"


def coming_week() -> str:
    """Next year's, whatever the year is."""
    return f"{WEEK}{timezone.localdate().year + 1}/"


PAGE_TYPES = (
    PageType("home", at("/")),
    PageType("search", at(f"/search/?q={WORD}")),
    PageType("search-all", at("/search/")),
    PageType("search-nothing", at("/search/?q=" + quote("无此词语"))),
    PageType("search-too-deep", at("/search/?page=99999"), status=400),
    PageType(
        "search-unavailable",
        at(f"/search/?q={WORD}"),
        languages=CHINESE_AND_ENGLISH,
        answer=unavailable,
    ),
    PageType("catalogue", at("/catalogue/")),
    PageType("fonds", at("/catalogue/T001/")),
    PageType("record", at(RECORD)),
    PageType("entry", at("/catalogue/T001-X/"), content=catalogue_entry),
    PageType("viewer-vertical", at(f"{RECORD}1/?q={WORD}")),
    PageType("viewer-horizontal", at(f"{ACROSS}1/?q={WORD}")),
    PageType("viewer-plain", at(f"{RECORD}2/")),
    PageType("style", at("/style/")),
    PageType("style-kiosk", at("/style/?kiosk"), languages=(Language.SIMPLIFIED,)),
    PageType("standard", at("/about/"), content=prose_made),
    PageType("contact", at("/contact/"), content=sections_made),
    PageType("privacy", at("/privacy/"), content=sections_made),
    PageType("accessibility", at("/accessibility/"), content=sections_made),
    PageType("knowledge", at("/knowledge/"), content=knowledge_made),
    PageType("regulation", at("/knowledge/regulation/"), content=knowledge_made),
    PageType("subjects", at("/knowledge/subjects/"), content=knowledge_made),
    PageType("subject", at("/knowledge/subjects/grid/"), content=knowledge_made),
    PageType("outputs", at("/knowledge/outputs/"), content=knowledge_made),
    PageType("output", at("/knowledge/outputs/online-report/"), content=knowledge_made),
    PageType("glossary", at("/knowledge/glossary/"), content=knowledge_made),
    PageType(
        "term", at("/knowledge/glossary/fu-mian-qing-dan/"), content=knowledge_made
    ),
    PageType("chronicle", at("/knowledge/chronicle/"), content=knowledge_made),
    PageType("news", at("/news/"), content=knowledge_made),
    PageType("news-item", at("/news/glossary-opens/"), content=knowledge_made),
    PageType("exhibitions", at("/exhibitions/"), content=exhibitions_made),
    PageType("exhibition", at(PAPER), content=exhibitions_made),
    PageType("exhibition-past", at("/exhibitions/old/"), content=exhibitions_made),
    PageType("stops", at(f"{PAPER}visit/"), content=exhibitions_made),
    PageType("stop", at(f"{PAPER}visit/1/"), content=exhibitions_made),
    PageType("codes", at(f"{PAPER}qr/"), content=exhibitions_made),
    PageType("booklet", at(f"{PAPER}booklet/"), content=exhibitions_made),
    PageType("kiosk", at(f"{PAPER}kiosk/"), content=exhibitions_made),
    PageType("kiosk-chapter", at(f"{PAPER}kiosk/chapter/1/"), content=exhibitions_made),
    PageType("kiosk-stop", at(f"{PAPER}kiosk/stop/1/"), content=exhibitions_made),
    PageType("cases", at("/cases/"), content=cases_made),
    PageType("cases-found", at(f"/cases/?q={WORD}"), content=cases_made),
    PageType("case", at("/cases/water/"), content=cases_made),
    PageType("case-collection", at("/cases/book/"), content=cases_made),
    PageType("training", at("/training/"), content=training_made),
    PageType("curriculum", at(RECORDS), content=training_made),
    PageType("course", at(COURSE), content=training_made),
    PageType("lesson", at(LESSON), content=training_made),
    PageType("quiz", at(ONLY_QUIZ), content=training_made),
    PageType("quiz-done", at(ONLY_QUIZ), content=training_made, answer=sent(number="")),
    PageType("classes", at("/training/classes/"), content=held.classes_made),
    PageType("class", lambda: held.of_class(held.COMING), content=held.classes_made),
    PageType("class-past", lambda: held.of_class(held.PAST), content=held.classes_made),
    PageType("class-off", lambda: held.of_class(held.OFF), content=held.classes_made),
    PageType(
        "curriculum-classes", at("/training/of-classes/"), content=held.classes_made
    ),
    PageType("registration-mine-class", held.of_learner, content=held.classes_made),
    PageType("certificates", at("/certificates/"), content=held.classes_made),
    PageType(
        "certificates-wrong",
        at("/certificates/"),
        content=held.classes_made,
        answer=sent(code=""),
    ),
    PageType(
        "certificate", at(f"/certificates/{held.VALID}/"), content=held.classes_made
    ),
    PageType(
        "certificate-revoked",
        at(f"/certificates/{held.REVOKED}/"),
        content=held.classes_made,
    ),
    PageType("certificate-unknown", at("/certificates/NONE/"), status=404),
    PageType("teachers", at("/training/teachers/"), content=training_made),
    PageType("points", at("/training/points/"), content=training_made),
    PageType("week", at("/publicity-week/"), content=week_made),
    PageType("programme", at(f"{WEEK}2026/"), content=week_made),
    PageType("programme-coming", coming_week, content=week_made),
    PageType("programme-by-place", at(f"{WEEK}2026/by-place/"), content=week_made),
    PageType("event", at(f"{WEEK}2026/registers/"), content=week_made),
    PageType("honours", at(f"{WEEK}honours/"), content=week_made),
    PageType("honours-year", at(f"{WEEK}honours/2025/"), content=week_made),
    PageType("visit", at("/visit/"), content=visit_made),
    PageType("booking", at("/visit/booking/"), content=visit_made),
    PageType(
        "booking-wrong", at("/visit/booking/"), content=visit_made, answer=sent(unit="")
    ),
    PageType("booked", at(f"/visit/booking/done/{BOOKING}/"), content=visit_made),
    PageType("booking-answer", at("/visit/booking/answer/"), content=visit_made),
    PageType(
        "registration",
        lambda: registering.of("registration", OPEN),
        content=registrations_made,
    ),
    PageType(
        "registration-wrong",
        lambda: registering.of("registration", OPEN),
        content=registrations_made,
        answer=sent(name=""),
    ),
    PageType(
        "registration-full",
        lambda: registering.of("registration", FULL),
        content=registrations_made,
    ),
    PageType(
        "registration-closed",
        lambda: registering.of("registration", CLOSED),
        content=registrations_made,
    ),
    PageType(
        "registration-off",
        lambda: registering.of("registration", OFF),
        content=registrations_made,
    ),
    PageType(
        "registration-done",
        lambda: registering.registered("registration-done", OPEN, 1),
        content=registrations_made,
    ),
    PageType(
        "registration-find", at("/registration/mine/"), content=registrations_made
    ),
    PageType(
        "registration-mine",
        lambda: registering.registered("registration-mine", OPEN, 1),
        content=registrations_made,
    ),
    PageType(
        "registration-mine-waiting",
        lambda: registering.registered("registration-mine", FULL, 4),
        content=registrations_made,
    ),
    PageType(
        "registration-group",
        lambda: registering.of("registration-group", OPEN),
        content=registrations_made,
    ),
    PageType("registration-group-done", registering.group, content=registrations_made),
    PageType(
        "check-in",
        lambda: registering.registered("check-in", OPEN, 1),
        content=registrations_made,
    ),
    PageType("takedown", at("/takedown/")),
    PageType("takedown-wrong", at("/takedown/"), answer=sent(about="")),
    # What a program gets that fills in every field: the same as anybody.
    PageType("takedown-received", at("/takedown/"), answer=sent(homepage="x")),
    PageType(
        "bad-request",
        at("/bad-request/"),
        languages=CHINESE_AND_ENGLISH,
        answer=bad_request,
    ),
    PageType(
        "forbidden", at("/forbidden/"), languages=CHINESE_AND_ENGLISH, answer=forbidden
    ),
    PageType("not-found", at("/no-such-page/"), status=404),
    PageType(
        "server-error",
        at("/server-error/"),
        languages=CHINESE_AND_ENGLISH,
        answer=server_error,
    ),
)


def furnish() -> None:
    """Make what the page types need, on a site with the sample documents."""
    for content in dict.fromkeys(kind.content for kind in PAGE_TYPES):
        content()


def address(kind: PageType, language: Language) -> str:
    """Where a page is read in that language."""
    return in_language(kind.path(), language.lower())


def answer(kind: PageType, language: Language) -> HttpResponse:
    """What the server answers, without a browser."""
    path = address(kind, language)
    if kind.answer is not None:
        with translation.override(language.lower()):
            return kind.answer(path)
    got = Client().get(path)
    assert got.status_code == kind.status, (path, got.status_code)
    return HttpResponse(got.content, status=got.status_code)
