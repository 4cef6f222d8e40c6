"""Nothing of learners, and of classes that are not shown, gets out.

As in ``test_leaks``: every address is asked before and after they are planted, and the
answers are the same, byte for byte.
"""

from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms import sections
from cms.languages.prefixes import CODES as LANGUAGES
from cms.languages.prefixes import DEFAULT, in_language
from cms.metadata.sitemaps import KINDS
from cms.models import Certificate, LessonPage, QuizPass, TrainingClass, VisitCount
from cms.training import attendance, certificates
from cms.visits import counting
from search.drain import drain
from search.engines.base import Engine
from tests.cms.classes.building import curriculum, enrol, session, training_class
from tests.cms.leaking import Answer, ask, pages_of_each_kind
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HIDDEN = "隐鹮不见"


@pytest.fixture
def shown(embedded_index: Engine) -> TrainingClass:
    """A class to come that everyone may see, and one that is over."""
    sections.provide()
    page = curriculum()
    training_class(page, -20, number="第一期")
    made = training_class(page)
    _settle()
    return made


def _settle() -> None:
    while drain():
        pass
    cache.clear()
    caches["pages"].clear()


def _addresses(one: TrainingClass) -> list[str]:
    pages = [page.get_url() for page in pages_of_each_kind()]
    read = [
        *pages,
        "/training/classes/",
        f"/training/class/{one.pk}/",
        "/certificates/",
        f"/search/?q={HIDDEN}",
        "/search/?q=登记",
        f"/suggest/?q={HIDDEN[:2]}",
    ]
    others = [
        in_language(url, language)
        for url in read
        for language in LANGUAGES
        if language != DEFAULT
    ]
    slugs = [page.slug for page in Page.objects.live().filter(depth=3)]
    return [
        *read,
        *others,
        f"/training/class/{one.pk}/class.ics",
        *(f"/feeds/{slug}.atom" for slug in (*slugs, "all", "records")),
        *(f"/sitemap-{kind}-1.xml" for kind in KINDS),
        "/sitemap.xml",
        f"/api/v1/search?q={HIDDEN}",
        "/api/v1/search?q=登记",
        "/robots.txt",
    ]


def _asked(one: TrainingClass) -> dict[str, Answer]:
    return {url: ask(url) for url in _addresses(one)}


def test_learners_change_nothing_but_the_seats(shown: TrainingClass) -> None:
    """Whoever waits or left; marks, quizzes and certificates of those who came."""
    before = _asked(shown)
    by = UserFactory.create()
    enrol(shown, HIDDEN, unit=HIDDEN, contact=HIDDEN, status="cancelled")
    old = TrainingClass.objects.get(number="第一期")
    (learner,) = enrol(old, HIDDEN, unit=HIDDEN, contact=HIDDEN)
    for row in old.sessions.all():
        attendance.mark_present(old, row.pk, by)
    lesson = LessonPage.objects.first()
    QuizPass.objects.create(registration=learner, lesson=lesson, quiz="x", score=90)
    made = certificates.issue(old, learner, HIDDEN, by)
    certificates.revoke(made, HIDDEN, by)
    certificates.issue(old, learner, HIDDEN, by)
    _settle()

    assert [url for url, answer in before.items() if ask(url) != answer] == []
    for code in Certificate.objects.values_list("code", flat=True):
        assert not [url for url in before if ask(url).tells(code)]


def test_classes_that_are_not_shown_change_nothing(shown: TrainingClass) -> None:
    before = _asked(shown)
    day = timezone.localdate() + timedelta(days=5)
    fields = {"note": HIDDEN, "place": HIDDEN, "teachers_text": HIDDEN}
    page = shown.curriculum
    assert page is not None
    training_class(
        page,
        5,
        number=HIDDEN,
        is_published=False,
        sessions=[session(day, "09:00", "10:00", HIDDEN)],
        **fields,
    )
    draft = curriculum(HIDDEN, "hidden-draft")
    training_class(draft, 5, number=HIDDEN, **fields)
    for below in draft.get_descendants(inclusive=True):
        below.unpublish()
    barred = curriculum(HIDDEN, "hidden-barred")
    PageViewRestriction.objects.create(page=barred, restriction_type="login")
    training_class(barred, 5, number=HIDDEN, **fields)
    _settle()

    changed = [url for url, answer in before.items() if ask(url) != answer]
    assert changed == []
    for one in TrainingClass.objects.filter(number=HIDDEN):
        missing = ask("/training/class/999999/")
        hidden = ask(f"/training/class/{one.pk}/")
        assert (missing.status, hidden.status) == (404, 404)
        assert not hidden.tells(HIDDEN)
        assert not ask(f"/training/class/{one.pk}/class.ics").tells(HIDDEN)
        # Nor can anybody sign up for what is not shown.
        assert ask(f"/registration/{one.occasion.uid}/").status == 404


def test_a_certificate_is_read_by_its_code_only(shown: TrainingClass) -> None:
    old = TrainingClass.objects.get(number="第一期")
    (learner,) = enrol(old, HIDDEN)
    for row in old.sessions.all():
        attendance.mark_present(old, row.pk, UserFactory.create())
    made = certificates.issue(old, learner, "样本馆", UserFactory.create())
    _settle()

    read = ask(f"/certificates/{made.code}/")
    assert read.tells(HIDDEN)
    for other in (str(made.pk), str(made.serial), learner.number, HIDDEN):
        assert not ask(f"/certificates/{other}/").tells(HIDDEN)
        assert ask(f"/certificates/{other}.pdf").status == 404
    counting.flush()
    assert not VisitCount.objects.filter(path__contains="certificates/").exists()
