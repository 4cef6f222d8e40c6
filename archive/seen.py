"""A record as an audience sees it: the only form in which one leaves the house."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from archive.authorities.related import RelationView, related
from archive.boxes import unpack
from archive.elements import ELEMENTS
from archive.materials import said
from archive.models import Folio, Record, Transcript
from archive.names import split
from archive.openness import Access, AccessTable, Audience
from archive.readers import Reader
from archive.suggestions import key_of
from archive.vocabulary import Role
from archive.volumes import Part, Parts, folios_of, open_page, parts_of
from media.values import Box

# Raised when what a view shows of an image changes, so that caches let go of it.
IMAGE_VIEW_VERSION = 1


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: image and text; ``boxes_of`` finds the characters' boxes.

    ``image_id`` names the folio and the version of the view, never the master.
    """

    folio_id: int
    sequence: int
    image_id: str
    width: int
    height: int
    text: str
    direction: str
    script: str
    confidence: float | None
    proofread: bool
    transcript_id: int | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """What an audience gets of one record.

    With ``access`` CATALOGUE there are title, reference code and date, and the level,
    which is for the tree and shown to nobody: no pages, no tags, no relations, no
    description. ``creators`` are the document's own words.
    """

    record_id: int
    version: int
    path: str
    access: Access
    level: str
    reference_code: str
    title: str
    date_display: str
    date_min: date | None
    date_max: date | None
    is_demonstration: bool
    fields: tuple[tuple[str, str], ...] = ()
    particulars: tuple[tuple[str, str], ...] = ()
    creators: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    relations: tuple[RelationView, ...] = ()
    pages: tuple[PageView, ...] = ()

    @property
    def creator_headings(self) -> dict[str, str]:
        """Each name of a creator → the heading that it is found under.

        The preferred name of the authority that is linked as creator and was ever
        called so; a name without one is its own heading. Linked creators that the
        document does not name come last.
        """
        linked = [one for one in self.relations if one.role == Role.CREATOR]
        known = {key_of(name): one.today for one in linked for name in one.names}
        headings = {name: known.get(key_of(name), name) for name in self.creators}
        named = set(headings.values())
        return headings | {
            one.today: one.today for one in linked if one.today not in named
        }

    @property
    def text(self) -> str:
        """All pages, joined by a line feed."""
        return "\n".join(page.text for page in self.pages)

    @property
    def last_page(self) -> int:
        """The number of its last page, 0 without pages.

        It is no count of ``pages``: one may be missing or withheld.
        """
        return self.pages[-1].sequence if self.pages else 0


@dataclass(frozen=True, slots=True)
class IndexView:
    """A view and the audiences (lowest, highest) that share it."""

    lowest: Audience
    highest: Audience
    view: RecordView


# Shown with full access, in the order of DA/T 18-2022; the view has a place of its
# own for title, code, level and the date in words.
_OWN_PLACE = ("reference_code", "title", "level", "date_display", "date_original")
DESCRIPTION = tuple(
    field
    for element in ELEMENTS
    if not element.internal
    for field in element.fields
    if field not in _OWN_PLACE
)
STAFF_DESCRIPTION = tuple(one.name for one in ELEMENTS if one.internal)


def access_of(record: Record) -> AccessTable:
    """The stored answer of the predicate for ``record`` under its ancestors."""
    return AccessTable(Access(record.public_access), Access(record.reading_room_access))


def visible(
    reader: Reader, records: QuerySet[Record] | None = None
) -> QuerySet[Record]:
    """The records of which this reader may see at least the catalogue entry."""
    records = Record.objects.all() if records is None else records
    return _at_least(Access.CATALOGUE, reader, records)


def _readable(reader: Reader, records: QuerySet[Record]) -> QuerySet[Record]:
    """Those of which this reader may see everything."""
    return _at_least(Access.FULL, reader, records)


def _at_least(
    answer: Access, reader: Reader, records: QuerySet[Record]
) -> QuerySet[Record]:
    by_audience = {
        Audience.PUBLIC: Q(public_access__gte=answer),
        Audience.READING_ROOM: Q(reading_room_access__gte=answer),
        Audience.STAFF: Q(),
    }
    condition = by_audience[reader.audience]
    if reader.audience is not Audience.STAFF:
        for audience, granted in reader.granted.items():
            condition |= Q(pk__in=granted) & by_audience[audience]
    return records.filter(condition)


def see(
    records: Iterable[int], reader: Reader, *, pages: bool = True
) -> dict[int, RecordView]:
    """These records as ``reader`` sees them; those not visible are left out.

    A constant number of queries. Without ``pages`` the views have none. The
    database itself leaves out what is not visible: a closed record takes as long
    as one that does not exist.
    """
    asked = Record.objects.filter(pk__in=list(records))
    return _see(visible(reader, asked), reader, pages=pages)


def see_one(
    reference_code: str, reader: Reader, *, pages: bool = True
) -> RecordView | None:
    """The record of this code with its pages, or None as if it did not exist."""
    asked = Record.objects.filter(reference_code=reference_code)
    seen = _see(visible(reader, asked), reader, pages=pages)
    return next(iter(seen.values()), None)


def _see(
    records: QuerySet[Record], reader: Reader, *, pages: bool
) -> dict[int, RecordView]:
    audiences = {record: reader.audience_for(record.pk) for record in records}
    full = (
        record
        for record, audience in audiences.items()
        if access_of(record).of(audience) is Access.FULL
    )
    shelf = _load(full, pages=pages)
    house = reader.audience is Audience.STAFF

    def of(part: Part) -> Access:
        return part.access.of(reader.audience_for(part.record_id))

    views = (
        _view(
            record,
            audience,
            house=house,
            relations=shelf.relations.get(record.pk, ()),
            pages=shelf.pages(record, of),
        )
        for record, audience in audiences.items()
    )
    return {view.record_id: view for view in views if view is not None}


def index_views(records: Iterable[int]) -> dict[int, list[IndexView]]:
    """Each record's distinct views; an empty list for one that no one may see.

    Audiences with the same access have a view each where an item withholds pages of
    its volume from some of them.
    """
    views: dict[int, list[IndexView]] = {}
    shelf = _load(Record.objects.filter(pk__in=list(records)), pages=True)
    for record in shelf.records:
        views[record.pk] = []
        for lowest, highest, pages in _page_views(record, shelf):
            view = _view(
                record,
                lowest,
                house=_of_house(lowest),
                relations=shelf.relations.get(record.pk, ()),
                pages=pages,
            )
            if view is not None:
                views[record.pk].append(IndexView(lowest, highest, view))
    return views


def _page_views(
    record: Record, shelf: "_Shelf"
) -> Iterator[tuple[Audience, Audience, list[Folio]]]:
    """The distinct views of ``access_of``, parted where they have other pages."""
    for lowest, highest, _access in access_of(record).distinct_views:
        run: list[tuple[Audience, Audience, list[Folio]]] = []
        for audience in list(Audience)[lowest : highest + 1]:
            pages = shelf.pages(record, _at(audience))
            if run and run[-1][2] == pages:
                run[-1] = (run[-1][0], audience, pages)
            else:
                run.append((audience, audience, pages))
        yield from run


def _at(audience: Audience) -> Callable[[Part], Access]:
    return lambda part: part.access.of(audience)


def _of_house(audience: Audience) -> bool:
    return audience is Audience.STAFF


def count_pages(records: Iterable[int], reader: Reader) -> dict[int, int]:
    """How many pages ``see`` would show of each; none where there are none.

    A constant number of queries; only divided volumes and items are gone through
    page by page.
    """
    asked = visible(reader, Record.objects.filter(pk__in=list(records)))
    full = [
        record
        for record in asked
        if access_of(record).of(reader.audience_for(record.pk)) is Access.FULL
    ]
    house = reader.audience is Audience.STAFF
    folios = Folio.objects.all() if house else Folio.objects.filter(quarantined=False)
    ranged = folios_of(full, folios)
    volumes = {record.pk for record in full}
    parts = parts_of({*volumes, *(one.parent_id or 0 for one in full)})
    own = folios.filter(record_id__in=volumes - parts.keys()).order_by()
    counts = dict(own.values_list("record_id").annotate(Count("pk")))
    divided = folios.filter(record_id__in=volumes & parts.keys())
    held: dict[int, list[Folio]] = {**ranged}
    for folio in divided:
        held.setdefault(folio.record_id, []).append(folio)

    def of(part: Part) -> Access:
        return part.access.of(reader.audience_for(part.record_id))

    for record_id, pages in held.items():
        shown = [
            folio
            for folio in pages
            if open_page(parts.get(folio.record_id, ()), folio.sequence, of)
        ]
        counts[record_id] = len(shown)
    return counts


def count_pages_below(parents: Iterable[int], reader: Reader) -> dict[int, int]:
    """How many pages ``reader`` may see of all scans that the children of each have.

    One query; pages of a volume that its items hold are the volume's, not theirs.
    """
    of_children = Folio.objects.filter(record__parent__in=list(parents))
    if reader.audience is not Audience.STAFF:
        children = Record.objects.filter(parent__in=list(parents))
        full = _readable(reader, children).values("pk")
        of_children = of_children.filter(quarantined=False, record__in=full)
    counted = of_children.order_by().values_list("record__parent")
    return dict(counted.annotate(Count("pk")))


def boxes_of(pages: Iterable[PageView]) -> dict[int, list[Box | None]]:
    """By folio id, a box for each code point of each page's text, in one query."""
    folios = {page.transcript_id: page.folio_id for page in pages}
    rows = Transcript.objects.filter(pk__in=[pk for pk in folios if pk is not None])
    packed_boxes = rows.values_list("pk", "boxes")
    return {folios[pk]: unpack(bytes(packed)) for pk, packed in packed_boxes}


def image_source(image_id: str, reader: Reader) -> Folio | None:
    """The folio behind an image identifier, if ``reader`` may see its image."""
    folio_id, _, version = image_id.partition("-")
    if version != str(IMAGE_VIEW_VERSION) or not folio_id.isascii():
        return None
    if not folio_id.isdecimal() or len(folio_id) > 18:
        return None
    folio = (
        Folio.objects.select_related("record", "master")
        .filter(pk=int(folio_id))
        .first()
    )
    if folio is None:
        return None
    if not _may_see(folio, reader):
        return None
    if folio.quarantined and reader.audience is not Audience.STAFF:
        return None
    return folio


def _may_see(folio: Folio, reader: Reader) -> bool:
    """Through its record, or through an item that it belongs to; never against one."""
    parts = parts_of([folio.record_id]).get(folio.record_id, ())
    holding = [part for part in parts if part.holds(folio.sequence)]
    answers = {part.access.of(reader.audience_for(part.record_id)) for part in holding}
    if answers:
        return answers == {Access.FULL}
    audience = reader.audience_for(folio.record_id)
    return access_of(folio.record).of(audience) is Access.FULL


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Records with tags and relations, their pages, and how volumes are divided."""

    records: list[Record]
    relations: Mapping[int, tuple[RelationView, ...]]
    ranged: Mapping[int, list[Folio]]
    parts: Parts

    def pages(self, record: Record, of: Callable[[Part], Access]) -> list[Folio]:
        """Its pages, without those that an item holding them withholds."""
        return [
            folio
            for folio in self.ranged.get(record.pk, ())
            if open_page(self.parts.get(folio.record_id, ()), folio.sequence, of)
        ]


def _load(records: Iterable[Record], *, pages: bool) -> _Shelf:
    """The records with all that a full view needs, in a constant number of queries."""
    loaded = list(records)
    prefetch_related_objects(loaded, "tags")
    relations = related(loaded)
    if not pages:
        return _Shelf(loaded, relations, {}, {})
    folios = Folio.objects.select_related("master", "transcript").defer(
        "transcript__boxes"
    )
    prefetch_related_objects(
        loaded, Prefetch("folios", queryset=folios.order_by("sequence"))
    )
    own = {record.pk: list(record.folios.all()) for record in loaded}
    without = [record for record in loaded if not own[record.pk]]
    ranged = {**own, **folios_of(without, folios)}
    divided = {folio.record_id for held in ranged.values() for folio in held}
    return _Shelf(loaded, relations, ranged, parts_of(divided))


def _view(
    record: Record,
    audience: Audience,
    *,
    house: bool,
    relations: tuple[RelationView, ...],
    pages: Iterable[Folio],
) -> RecordView | None:
    """The record at ``audience``, with those of ``pages`` that are not in quarantine.

    Quarantined pages, and where things are kept, are for people of the ``house``:
    a reader whom a grant lifted to the audience of staff does not get them.
    """
    answer = access_of(record).of(audience)
    if answer is Access.NONE:
        return None
    catalogue_entry = RecordView(
        record_id=record.pk,
        version=record.version,
        path=record.path,
        access=answer,
        level=record.level,
        reference_code=record.reference_code,
        title=record.title,
        date_display=record.date_display or record.date_original,
        date_min=record.date_min,
        date_max=record.date_max,
        is_demonstration=record.is_demonstration,
    )
    if answer is Access.CATALOGUE:
        return catalogue_entry
    names = (*DESCRIPTION, *STAFF_DESCRIPTION) if house else DESCRIPTION
    values = ((name, getattr(record, name)) for name in names)
    return replace(
        catalogue_entry,
        fields=tuple((name, str(value)) for name, value in values if value),
        particulars=tuple(said(record.material, record.particulars, house=house)),
        creators=tuple(split(record.creators)),
        tags=tuple(sorted(tag.name for tag in record.tags.all())),
        relations=relations,
        pages=tuple(_page(folio) for folio in pages if house or not folio.quarantined),
    )


def _page(folio: Folio) -> PageView:
    transcript = folio.transcript
    return PageView(
        folio_id=folio.pk,
        sequence=folio.sequence,
        image_id=f"{folio.pk}-{IMAGE_VIEW_VERSION}",
        width=folio.master.width,
        height=folio.master.height,
        text=transcript.text if transcript else "",
        direction=transcript.direction if transcript else "",
        script=transcript.script if transcript else "",
        confidence=transcript.confidence if transcript else None,
        proofread=transcript.is_correction if transcript else False,
        transcript_id=transcript.pk if transcript else None,
    )
