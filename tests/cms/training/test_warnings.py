"""What a trainer is told when the sources of a lesson change."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from archive import corrections
from archive.models import Folio
from cms.evidence.broken import broken
from cms.evidence.changes import Change, warnings_of
from cms.evidence.claims import Flaw
from cms.models import LessonPage, SourceState
from tests.cms.admin.conftest import ClientOf
from tests.cms.collection import Collection
from tests.cms.exhibitions.building import block, exhibition, listed, stop
from tests.cms.training import building
from tests.factories import READING_ROOM, UserFactory, decide

TRAINER = "教师 trainer"


@pytest.fixture
def lesson(held: Collection) -> LessonPage:
    shown = exhibition(stops=[stop(1)], title="所引的展览")
    made: LessonPage = building.lesson(
        building.course(building.curriculum()),
        block("text", "<p>话</p>"),
        building.record(held.public),
        block("records", {"records": listed({"record": held.public.pk, "note": ""})}),
        block("stop", {"page": shown.pk, "number": 1, "note": ""}),
    )
    return made


def reasons(lesson: LessonPage) -> list[tuple[int, Any]]:
    fresh = LessonPage.objects.get(pk=lesson.pk)
    return [(one.block, one.reason) for one in warnings_of(fresh)]


def first_folio(held: Collection) -> Folio:
    return Folio.objects.get(record=held.public, sequence=1)


def test_nothing_is_amiss_after_publication(lesson: LessonPage) -> None:
    assert reasons(lesson) == []
    kept = SourceState.objects.get(page=lesson.pk).digests
    assert len(kept) == 3 and "據實" not in str(kept)


def test_a_corrected_text_is_told_until_it_is_published_anew(
    lesson: LessonPage, held: Collection
) -> None:
    folio = first_folio(held)
    assert folio.transcript is not None
    by = UserFactory.create()
    corrections.correct(folio, f"{folio.transcript.text}\n又一行。", by)
    assert reasons(lesson) == [(2, Change.TEXT)]
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    assert reasons(lesson) == []


def test_quoted_words_that_are_gone_are_a_flaw(
    lesson: LessonPage, held: Collection
) -> None:
    corrections.correct(first_folio(held), "别的字。", UserFactory.create())
    assert reasons(lesson) == [(2, Flaw.NO_WORDS)]


def test_another_scan_is_told(lesson: LessonPage, held: Collection) -> None:
    other = Folio.objects.filter(record=held.staff).first()
    assert other is not None
    Folio.objects.filter(pk=first_folio(held).pk).update(master=other.master_id)
    assert reasons(lesson) == [(2, Change.IMAGE), (3, Change.DESCRIPTION)]


def test_a_closed_record_is_told_without_its_name(
    lesson: LessonPage, held: Collection
) -> None:
    decide([held.public], READING_ROOM)
    found = warnings_of(LessonPage.objects.get(pk=lesson.pk))
    assert [(one.block, one.reason, one.title) for one in found] == [
        (2, Flaw.CLOSED, ""),
        (3, Flaw.CLOSED, ""),
    ]


def test_a_page_that_changed_or_went_is_told(lesson: LessonPage) -> None:
    shown = Page.objects.get(title="所引的展览").specific
    shown.summary = "改了"
    shown.save_revision().publish()
    assert reasons(lesson) == [(4, Change.PAGE)]
    shown.unpublish()
    assert reasons(lesson) == [(4, Change.PAGE_GONE)]


def test_the_form_and_the_report_tell_it(
    lesson: LessonPage, held: Collection, client_of: ClientOf
) -> None:
    user = UserFactory.create(groups=[TRAINER])
    Page.objects.filter(pk=lesson.pk).update(owner=user)
    client = client_of(user=user)
    form = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert "都与发布时一致" in client.get(form).text
    folio = first_folio(held)
    assert folio.transcript is not None
    text = f"{folio.transcript.text}\n又一行。"
    corrections.correct(folio, text, UserFactory.create())
    assert (
        "第 2 块（档案） 《調解須知》：发布之后这一页的文字作了校对"
        in client.get(form).text
    )
    report = client.get(reverse("broken_evidence")).text
    assert "六个问题" in report and "发布之后这一页的文字作了校对" in report
    assert "調解須知" not in report
    assert "六个问题" in client.get(reverse("broken_evidence") + "?kind=lesson").text
    other = client.get(reverse("broken_evidence") + "?kind=exhibition").text
    assert "六个问题" not in other


def test_the_report_goes_through_all_kinds(lesson: LessonPage) -> None:
    assert list(broken()) == []
