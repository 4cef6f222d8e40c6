"""Six cases and a collection of four of them, on the sample records.

Invented and labelled so. Their evidence needs the text of the samples: to be made
after recognition. Pages that are there already are left alone.
"""

from typing import Any
from uuid import uuid4

from django.db import transaction
from wagtail.models import Page

from archive.models import Record, Subject
from archive.subjects.found import called
from cms.demonstration import case_texts
from cms.demonstration.case_texts import CASES, Shown, Told
from cms.models import (
    CaseCollectionPage,
    CaseIndexPage,
    CaseMethod,
    CasePage,
    DisputeType,
)


def add() -> list[Page]:
    """Make what is missing; the pages made."""
    index = CaseIndexPage.objects.first()
    if index is None:
        return []
    made: list[Page] = []
    with transaction.atomic():
        records = dict(Record.objects.values_list("reference_code", "pk"))
        for told in CASES:
            if not _below(index, told.slug):
                made.append(_publish(index, _case(told, records), told.subjects))
        if not _below(index, case_texts.COLLECTION_SLUG):
            made.append(_publish(index, _collection(index), ()))
    return made


def _below(index: CaseIndexPage, slug: str) -> bool:
    return bool(index.get_children().filter(slug=slug).exists())


def _publish(index: CaseIndexPage, page: Any, subjects: tuple[str, ...]) -> Page:
    page.locale, page.is_demonstration = index.locale, True
    index.refresh_from_db()
    index.add_child(instance=page)
    if subjects:
        page.subjects = _concepts(subjects)
    page.save_revision().publish()
    made: Page = page
    return made


def _concepts(labels: tuple[str, ...]) -> list[Subject]:
    return [one for label in labels if (one := called(label)) is not None]


def _case(told: Told, records: dict[str, int]) -> CasePage:
    dispute, _made = DisputeType.objects.get_or_create(name=told.dispute)
    page: Any = CasePage(
        title=told.title,
        slug=told.slug,
        summary=told.summary,
        dispute=dispute,
        duration=told.duration,
        outcome=told.outcome,
        outcome_text=told.outcome_text,
    )
    page.methods = [
        CaseMethod(method=way, mediation=which, sort_order=order)
        for order, (way, which) in enumerate(told.methods)
    ]
    page.parties = [
        _block("party", {"role": role, "alias": alias}) for role, alias in told.parties
    ]
    page.background = [_block("text", f"<p>{told.background}</p>")]
    page.steps = [
        _block(
            "step",
            {
                "when": step.when,
                "title": step.title,
                "text": step.text,
                "evidence": _listed([_shown(one, records) for one in step.evidence]),
            },
        )
        for step in told.steps
    ]
    page.lessons = [_block("lesson", lesson) for lesson in told.lessons]
    page.cited = [
        *(_block("passage", _shown(one, records)) for one in told.passages),
        *_cards(told, records),
    ]
    made: CasePage = page
    return made


def _cards(told: Told, records: dict[str, int]) -> list[dict[str, Any]]:
    cards = [{"record": records.get(code), "note": note} for code, note in told.records]
    return [_block("records", {"records": _listed(cards)})] if cards else []


def _collection(index: CaseIndexPage) -> CaseCollectionPage:
    ids = dict(index.get_children().values_list("slug", "pk"))
    page = CaseCollectionPage(
        title=case_texts.COLLECTION_TITLE,
        slug=case_texts.COLLECTION_SLUG,
        summary=case_texts.COLLECTION_SUMMARY,
    )
    page.introduction = [_block("text", case_texts.COLLECTION_INTRODUCTION)]
    page.cases = [
        _block("case", ids[slug]) for slug in case_texts.COLLECTED if slug in ids
    ]
    return page


def _shown(one: Shown, records: dict[str, int]) -> dict[str, Any]:
    return {
        "record": records.get(one.record),
        "page": one.page,
        "words": one.words,
        "label": one.label,
    }


def _block(kind: str, value: Any) -> dict[str, Any]:
    # With an id, by which a translation finds it.
    return {"type": kind, "value": value, "id": str(uuid4())}


def _listed(values: list[Any]) -> list[dict[str, Any]]:
    return [_block("item", value) for value in values]
