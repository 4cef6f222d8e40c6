"""Hits over time, as bars that narrow the search: decades first, then years."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms import searchquery
from search.service import FacetValue, Results

HEIGHT = 60
"""Of the highest bar."""

_MOST_BARS = 10
_LOWEST = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A decade or a year; one without hits has no height and no ``url``."""

    name: str
    label: str = ""
    url: str = ""
    height: int = 0
    selected: bool = False

    @property
    def top(self) -> int:
        return HEIGHT - self.height


def bars(results: Results) -> tuple[Bar, ...]:
    """The hits by year where they fit, else by decade; () for fewer than two bars.

    Periods without hits in between have a bar, too: it is an axis of time.
    """
    facets = {facet.name: facet.values for facet in results.facets}
    decades = {int(value.value): value for value in facets["decade"] if value.count}
    chosen = {first for first, value in decades.items() if value.selected}
    years = {
        int(value.value): value
        for value in facets["year"]
        if value.count and (not chosen or _decade_of(value) in chosen)
    }
    if _length(years, 1) <= _MOST_BARS:
        return _drawn(results, "year", years, 1)
    return _drawn(results, "decade", decades, 10)


def _decade_of(year: FacetValue) -> int:
    return int(year.value) // 10 * 10


def _length(values: Mapping[int, FacetValue], step: int) -> int:
    return (max(values) - min(values)) // step + 1 if values else 0


def _drawn(
    results: Results, name: str, values: Mapping[int, FacetValue], step: int
) -> tuple[Bar, ...]:
    if len(values) < 2:
        return ()
    highest = max(value.count for value in values.values())
    return tuple(
        _bar(results, name, values[first], highest)
        if first in values
        else Bar(str(first))
        for first in range(min(values), max(values) + 1, step)
    )


def _bar(results: Results, name: str, value: FacetValue, highest: int) -> Bar:
    labels = {
        "decade": _("%(year)s 年代，%(count)d 件"),
        "year": _("%(year)s 年，%(count)d 件"),
    }
    return Bar(
        name=value.value,
        label=labels[name] % {"year": value.value, "count": value.count},
        url=searchquery.toggled(results.params, name, value.value),
        height=max(_LOWEST, round(value.count / highest * HEIGHT)),
        selected=value.selected,
    )
