"""Facet values with the words that a reader knows them by."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.models import Record
from archive.readers import Reader
from archive.seen import visible
from archive.subjects.found import labels_in_english
from archive.vocabulary import Level
from search.engines.base import FacetValues, SearchResponse
from search.places import place_names
from search.results import Facet, FacetValue
from search.stories import CATALOGUE, stories

SHOWN = (
    "section",
    "type",
    "fonds",
    "decade",
    "year",
    "creator",
    "place",
    "subject",
    "tag",
)


def labelled(
    response: SearchResponse, selected: Mapping[str, tuple[str, ...]], reader: Reader
) -> tuple[Facet, ...]:
    """The facets in the order of ``SHOWN``; a chosen value is listed even at 0."""
    names = _names()
    facets = response.facets
    labels = {
        "section": _sections(),
        "type": _kinds(),
        "fonds": _fonds_labels([value for value, _n in facets["fonds"]], reader),
        "decade": {value: _decade(value) for value, _n in facets["decade"]},
        "subject": _subject_labels([value for value, _n in facets["subject"]]),
        # Of places that the reader found records of; of others nobody is told.
        "place": place_names([value for value, _n in facets["place"]]),
    }
    return tuple(
        Facet(
            name,
            names[name],
            _values(facets[name], labels.get(name, {}), selected.get(name, ())),
            name in response.approximate,
        )
        for name in SHOWN
    )


def by_section(
    counts: FacetValues, selected: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    """Those with hits, in the order of the site: records before everything else."""
    labels = _sections()
    places = {value: place for place, value in enumerate(labels)}
    ordered = sorted(counts, key=lambda one: places.get(one[0], len(places)))
    return _values(tuple(ordered), labels, selected)


def _sections() -> dict[str, str]:
    return {CATALOGUE: _("馆藏"), **stories().sections()}


def _kinds() -> dict[str, str]:
    """What records and pages are: one facet, as no kind of page is a level."""
    levels = {value: str(label) for value, label in Level.choices}
    return {**stories().kinds(), **levels}


def _names() -> dict[str, str]:
    return {
        "section": _("栏目"),
        "type": _("类型"),
        "fonds": _("全宗"),
        "decade": _("年代"),
        "year": _("年份"),
        "creator": _("责任者"),
        "place": _("地点"),
        "subject": _("主题词"),
        "tag": _("标签"),
    }


def _values(
    counts: FacetValues, labels: Mapping[str, str], selected: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    known = dict(counts)
    absent = [(value, 0) for value in selected if value not in known]
    return tuple(
        FacetValue(value, labels.get(value, value), count, value in selected)
        for value, count in (*counts, *absent)
    )


def _decade(first_year: str) -> str:
    return _("%(year)s 年代") % {"year": first_year}


def _subject_labels(values: list[str]) -> dict[str, str]:
    """English ones for who reads English; the values themselves are Chinese."""
    chinese = (get_language() or "").startswith("zh")
    return {} if chinese or not values else labels_in_english(values)


def _fonds_labels(codes: list[str], reader: Reader) -> dict[str, str]:
    fonds = visible(reader, Record.objects.filter(reference_code__in=codes))
    return {
        code: f"{code}　{title}"
        for code, title in fonds.values_list("reference_code", "title")
    }
