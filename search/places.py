"""Places in a search: by number, or by any name that they ever had."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from archive.authorities.naming import PLACES, bearers
from archive.authorities.numbers import NUMBER, resolve
from archive.models import Authority
from search.engines.base import SearchResponse
from search.results import SearchParams

_FACET = "place"


def places_meant(typed: Iterable[str]) -> dict[str, str]:
    """Each value → the number of the place that it means, or itself if none.

    A number may be that of a place merged into another. Of several places with the
    name the one that is called so today counts.
    """
    values = list(typed)
    numbers = resolve(value for value in values if NUMBER.fullmatch(value))
    return {value: _meant(value, numbers) for value in values}


def asked_by_number(params: SearchParams) -> SearchParams:
    """``params`` as the engine is asked, which knows places by their numbers."""
    typed = params.filters.get(_FACET, ())
    if not typed:
        return params
    numbers = tuple(dict.fromkeys(places_meant(typed).values()))
    return replace(params, filters={**params.filters, _FACET: numbers})


def as_found(
    typed: SearchParams, asked: SearchParams, response: SearchResponse
) -> SearchParams:
    """``asked`` where the reader found records of its places, else ``typed``.

    So a name that only closed records are related to is answered with like one that
    nobody ever heard of.
    """
    known = {value for value, _n in response.facets.get(_FACET, ())}
    numbers = asked.filters.get(_FACET, ())
    return asked if set(numbers) <= known else typed


def place_names(numbers: Iterable[str]) -> dict[str, str]:
    """Number → today's name."""
    return {number: place.name for number, place in resolve(numbers).items()}


def _meant(value: str, numbers: Mapping[str, Authority]) -> str:
    if value in numbers:
        return numbers[value].number
    return next((one.number for one in bearers(value, PLACES)), value)
