"""The demonstration's cases: labelled, anonymous, made once, on real evidence."""

from typing import Any

import pytest
from wagtail.models import Page

from archive.models import Record
from cms import sections
from cms.blocks.sources import claims_in
from cms.cases import collecting
from cms.demonstration import case_english, case_texts, cases, knowledge
from cms.demonstration.translations import add as translate_all
from cms.editing import checks
from cms.models import CaseCollectionPage, CasePage
from tests.factories import RecordFactory
from tests.remembered import remembered

SHOWN = [
    *(one for told in case_texts.CASES for one in told.passages),
    *(one for told in case_texts.CASES for step in told.steps for one in step.evidence),
]
CODES = {one.record for one in SHOWN}


@pytest.fixture
def shown(db: None, embedded_index: Any) -> None:
    remembered("demonstration of cases", make)


def make() -> None:
    sections.provide()
    knowledge.add()
    for code in CODES:
        RecordFactory.create(parent=None, reference_code=code)
    cases.add()


def test_six_cases_and_a_collection_are_labelled(shown: None) -> None:
    pages = CasePage.objects.live()
    assert pages.count() == len(case_texts.CASES) == 6
    assert not pages.filter(is_demonstration=False).exists()
    (book,) = CaseCollectionPage.objects.live()
    assert book.is_demonstration
    slugs = [one.slug for one in collecting.cases_of(book)]
    assert slugs == list(case_texts.COLLECTED)


def test_every_case_is_on_a_subject_and_has_its_evidence(shown: None) -> None:
    codes = set(Record.objects.values_list("pk", flat=True))
    for page in CasePage.objects.all():
        assert page.subjects.exists(), page.title
        assert page.methods.exists(), page.title
        claims = list(claims_in(page.steps, page.cited))
        assert claims, page.title
        assert all(one.record in codes and one.words for one in claims)


def test_nobody_can_be_found_in_them(shown: None) -> None:
    for page in CasePage.objects.all():
        page.full_clean()
        assert page.place == "某县"
        assert checks.check(page).personal == ()


def test_a_second_run_changes_nothing(shown: None) -> None:
    before = list(Page.objects.values_list("pk", "latest_revision_created_at"))
    cases.add()
    assert list(Page.objects.values_list("pk", "latest_revision_created_at")) == before


def test_one_of_them_is_in_english(shown: None) -> None:
    translate_all()
    english = CasePage.objects.get(locale__language_code="en", alias_of=None)
    original = CasePage.objects.get(slug=case_english.SLUG, locale=1)
    assert english.translation_key == original.translation_key
    said = [child.value["title"] for child in english.steps]
    assert said[0] == "Heard and registered"
    text = str(english.steps.raw_data[0]["value"]["text"]) + english.summary
    assert all(ord(char) < 0x3400 for char in text)
    assert english.methods.count() == original.methods.count()
