"""Exhibitions in lists, and their chapters, stops, codes and evidence as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Any

import segno
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from cms.blocks.pictures import folio_scan
from cms.blocks.sources import claims_in, prefetch_renditions, sources_in
from cms.evidence.claims import Evidence, Sources
from cms.scans import Scan

if TYPE_CHECKING:
    from cms.models.exhibitions import ExhibitionPage


class Status(Enum):
    """Where today lies to an exhibition's dates."""

    COMING = "coming"
    CURRENT = "current"
    PERMANENT = "permanent"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Hero:
    """Part of a page of a record, as the picture of an exhibition."""

    found: Evidence
    scan: Scan


@dataclass(frozen=True, slots=True)
class Card:
    """An exhibition in a list; without ``hero`` its cover stands in."""

    page: ExhibitionPage
    hero: Hero | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """``number`` counts from 1."""

    number: int
    title: str
    content: Any


@dataclass(frozen=True, slots=True)
class Stop:
    """``position`` counts from 1 in the order of the visit; ``number`` is printed."""

    position: int
    number: int
    title: str
    place: str
    minutes: int | None
    short: str
    full: Any
    picture: Any
    evidence: tuple[tuple[Evidence, str], ...]
    audio: Any


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code of a stop: the whole address, and the drawing as inline SVG."""

    stop: Stop
    address: str
    svg: SafeString


@dataclass(frozen=True, slots=True)
class Cited:
    """One page that is cited as evidence, and how to cite it."""

    number: int
    evidence: Evidence
    citation: str


def status_of(page: ExhibitionPage, today: date) -> Status:
    if page.kind == page.Kind.PERMANENT:
        return Status.PERMANENT
    if page.closes and page.closes < today:
        return Status.PAST
    if page.opens and page.opens > today:
        return Status.COMING
    return Status.CURRENT


def listing(pages: Sequence[ExhibitionPage]) -> dict[str, Any]:
    """``current`` and ``coming``, and ``past`` by year, the latest first.

    A constant number of queries, with the pictures of all.
    """
    today = timezone.localdate()
    sources = sources_in(*(page.hero for page in pages))
    prefetch_renditions([page.cover for page in pages if page.cover])
    by_status: dict[Status, list[Card]] = {status: [] for status in Status}
    for page in pages:
        card = Card(page, hero_of(page, sources))
        by_status[status_of(page, today)].append(card)
    past = sorted(
        by_status[Status.PAST],
        key=lambda card: (card.page.archived_under, card.page.closes or date.min),
        reverse=True,
    )
    return {
        "current": by_status[Status.CURRENT] + by_status[Status.PERMANENT],
        "coming": sorted(by_status[Status.COMING], key=lambda card: card.page.opens),
        "past": [
            (year, list(group))
            for year, group in groupby(past, key=lambda card: card.page.archived_under)
        ],
    }


def hero_of(page: ExhibitionPage, sources: Sources) -> Hero | None:
    """The page of a record that stands at the head, if the public may see it."""
    for child in page.hero:
        found = sources.evidence(child.block.claim(child.value))
        if found is not None:
            region = child.block.region_of(child.value)
            return Hero(found, folio_scan(region, found.page))
    return None


def chapters_of(page: ExhibitionPage) -> list[Chapter]:
    return [
        Chapter(number, child.value["title"], child.value["content"])
        for number, child in enumerate(page.chapters, start=1)
    ]


def stops_of(page: ExhibitionPage, sources: Sources) -> list[Stop]:
    """The stops in order, each with the evidence that still stands."""
    return [
        _stop(position, child.value, sources)
        for position, child in enumerate(page.stops, start=1)
    ]


def _stop(position: int, value: Any, sources: Sources) -> Stop:
    evidence = []
    for bound in value["evidence"].bound_blocks:
        found = sources.evidence(bound.block.claim(bound.value))
        if found is not None:
            evidence.append((found, bound.value["label"]))
    return Stop(
        position=position,
        number=value["number"],
        title=value["title"],
        place=value["place"],
        minutes=value["minutes"],
        short=value["short"],
        full=value["full"],
        picture=value.bound_blocks["picture"],
        evidence=tuple(evidence),
        audio=value["audio"],
    )


def codes_of(page: ExhibitionPage, request: HttpRequest) -> list[Code]:
    """A code for each stop; whoever reads it comes to the stop on this very site."""
    codes = []
    for stop in stops_of(page, Sources()):
        address = request.build_absolute_uri(page.address(request, "stop", stop.number))
        codes.append(Code(stop, address, code_of(address)))
    return codes


def code_of(address: str) -> SafeString:
    """A QR code as SVG without measures of its own; a quarter of it may be dirty."""
    made = segno.make(address, error="q", micro=False)
    drawing = made.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None)
    drawing = drawing.replace("<svg ", '<svg aria-hidden="true" ', 1)
    # Of our own address, drawn by segno: modules as one path, nothing of it is text.
    return SafeString(drawing)


def citations(page: ExhibitionPage, request: HttpRequest) -> list[Cited]:
    """Every page that the exhibition cites, once, in order of its first place."""
    found: dict[tuple[int, int], Evidence] = {}
    for claim in claims_in(page.chapters, page.stops):
        evidence = page.sources.evidence(claim)
        if evidence is not None:
            found.setdefault((claim.record, claim.page), evidence)
    return [
        Cited(number, evidence, _cite(evidence, request))
        for number, evidence in enumerate(found.values(), start=1)
    ]


def _cite(evidence: Evidence, request: Any) -> str:
    # Views know models, models must not know views when they are loaded.
    from cms.views.catalogue import citation_texts, source_of

    source = source_of(request, evidence.view, evidence.page.sequence)
    return citation_texts(source)["citation_2025"]
