"""The list of cases: words looked for, and what narrows them; nonsense is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from archive.models import Subject
from cms.cases import collecting
from cms.cases.facets import NAMES, Facet, Row, choice, facets_of, narrowed
from cms.languages import translated
from cms.searchquery import words
from search.errors import SearchUnavailable
from search.pages_found import pages_found, places_in
from search.results import StoryHit

CASES_A_PAGE: Final = 12
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A case in the list, and where the words stand in it."""

    case: Any
    hit: StoryHit | None


@dataclass(frozen=True, slots=True)
class Listed:
    """``is_down``: words were asked for and search does not answer.

    ``kept`` is the query string without the page, ``chosen`` the facets in force.
    """

    q: str
    entries: tuple[Entry, ...]
    page: Page[Any]
    facets: tuple[Facet, ...]
    chosen: tuple[tuple[str, str], ...]
    kept: str
    notice: str = ""
    is_down: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.chosen)


def listed(query: QueryDict) -> Listed:
    """A constant number of queries, and one or two questions to the search engine."""
    q = words(query)
    rows = _rows()
    asked = {name: query.get(name, "")[:_LONGEST] for name in NAMES}
    chosen = choice(rows, asked)
    found, notice, is_down = rows, "", False
    if q:
        try:
            answer = pages_found(q, kind="case")
        except SearchUnavailable:
            is_down = True
        else:
            notice = answer.notice
            found = _in_order(rows, answer.page_ids)
    ids = [row.pk for row in narrowed(found, chosen)]
    page = Paginator(ids, CASES_A_PAGE).get_page(query.get("page"))
    pairs = tuple(chosen.items())
    return Listed(
        q=q,
        entries=_entries(list(page.object_list), "" if is_down else q),
        page=page,
        facets=facets_of(rows, found, chosen, q),
        chosen=pairs,
        kept=urlencode([*([("q", q)] if q else []), *pairs]),
        notice=notice,
        is_down=is_down,
    )


def _rows() -> list[Row]:
    """All cases, the newest first, with what they are narrowed by; three queries."""
    cases = list(
        collecting.originals()
        .prefetch_related("subjects")
        .only("pk", "translation_key", "place", "year", "dispute")
        .order_by("-first_published_at", "-pk")
    )
    above = _above({one.path for case in cases for one in case.subjects.all()})
    return [
        Row(
            pk=case.pk,
            key=str(case.translation_key),
            dispute=(case.dispute.pk, case.dispute.label, case.dispute.position),
            methods=tuple((one.method, one.mediation) for one in case.methods.all()),
            place=case.place,
            year=case.year,
            subjects=tuple(
                dict.fromkeys(
                    over
                    for one in case.subjects.all()
                    for over in above.get(one.path, ())
                )
            ),
        )
        for case in cases
    ]


def _above(paths: set[str]) -> Mapping[str, list[Subject]]:
    """Each concept's path → it and what is broader; one query."""
    from archive.models.subjects import PATH_STEP

    wanted = {
        path[:end]
        for path in paths
        for end in range(PATH_STEP, len(path) + 1, PATH_STEP)
    }
    known = {one.path: one for one in Subject.objects.filter(path__in=wanted)}
    return {
        path: [
            known[path[:end]]
            for end in range(PATH_STEP, len(path) + 1, PATH_STEP)
            if path[:end] in known
        ]
        for path in paths
    }


def _in_order(rows: list[Row], ids: tuple[int, ...]) -> list[Row]:
    """Those found, as search has them; a translation stands for its original."""
    model = collecting.case_model()
    pages = model.objects.filter(pk__in=ids).values_list("pk", "translation_key")
    keys = {pk: str(key) for pk, key in pages}
    by_key = {row.key: row for row in rows}
    order = dict.fromkeys(keys[pk] for pk in ids if pk in keys)
    return [by_key[key] for key in order if key in by_key]


def _entries(ids: list[int], q: str) -> tuple[Entry, ...]:
    found = {case.pk: case for case in collecting.originals().filter(pk__in=ids)}
    cases = [found[pk] for pk in ids if pk in found]
    shown = translated.readable(cases, "dispute", "methods")
    hits = places_in(q, [case.pk for case in shown]) if q else {}
    return tuple(Entry(case, hits.get(case.pk)) for case in shown)
