"""Facet values with the words that a reader knows them by."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from archive.models import Record
from archive.readers import Reader
from archive.seen import visible
from archive.vocabulary import Level
from search.engines.base import FacetValues
from search.results import Facet, FacetValue

SHOWN = ("type", "fonds", "year", "tag")


def labelled(
    facets: Mapping[str, FacetValues],
    selected: Mapping[str, tuple[str, ...]],
    reader: Reader,
) -> tuple[Facet, ...]:
    """``facets`` in the order of ``SHOWN``; a chosen value is listed even at 0."""
    names = {"type": _("层级"), "fonds": _("全宗"), "year": _("年份"), "tag": _("标签")}
    labels = {
        "type": {value: str(label) for value, label in Level.choices},
        "fonds": _fonds_labels([value for value, _n in facets["fonds"]], reader),
    }
    return tuple(
        Facet(
            name,
            names[name],
            _values(facets[name], labels.get(name, {}), selected.get(name, ())),
        )
        for name in SHOWN
    )


def _values(
    counts: FacetValues, labels: Mapping[str, str], selected: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    known = dict(counts)
    absent = [(value, 0) for value in selected if value not in known]
    return tuple(
        FacetValue(value, labels.get(value, value), count, value in selected)
        for value, count in (*counts, *absent)
    )


def _fonds_labels(codes: list[str], reader: Reader) -> dict[str, str]:
    fonds = visible(reader, Record.objects.filter(reference_code__in=codes))
    return {
        code: f"{code}　{title}"
        for code, title in fonds.values_list("reference_code", "title")
    }
