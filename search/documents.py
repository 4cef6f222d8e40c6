"""Records as index documents, one for each distinct view; and the pages beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from archive.models import Record, Tombstone
from archive.openness import Access
from archive.seen import IndexView, RecordView, index_views
from archive.subjects.found import index_values
from archive.vocabulary import AuthorityKind
from search.engines import base
from search.engines.base import IndexDocument, document_id
from search.stories import CATALOGUE, parted, stories

# A date range is listed year by year in the facet up to this many years.
MAX_YEARS = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """What the engine is to write, and which documents are to go."""

    documents: tuple[IndexDocument, ...]
    deletes: tuple[base.Tombstone, ...]
    deleted: tuple[tuple[int, int], ...]


def batch_for(source_ids: Iterable[int]) -> Batch:
    """The current state of these sources, those deleted since included.

    A constant number of queries.
    """
    records, pages = parted(source_ids)
    batch = _records(records)
    if not pages:
        return batch
    documents, deletes = stories().documents(pages)
    return replace(
        batch,
        documents=(*batch.documents, *documents),
        deletes=(*batch.deletes, *deletes),
    )


def _records(ids: list[int]) -> Batch:
    if not ids:
        return Batch((), (), ())
    views = index_views(ids)
    fonds = _fonds_codes(view for each in views.values() for view in each)
    subjects = _subjects(view.view for each in views.values() for view in each)
    documents = []
    deletes = []
    for record_id, record_views in views.items():
        written = set()
        for view in record_views:
            documents.append(_document(view, fonds, subjects))
            written.add(int(view.lowest))
        version = record_views[-1].view.version
        deletes += [
            base.Tombstone(document_id(record_id, audience), version)
            for audience in base.AUDIENCES
            if audience not in written
        ]
    gone = Tombstone.objects.filter(record_id__in=set(ids) - set(views))
    return Batch(
        tuple(documents),
        tuple(deletes),
        tuple(gone.values_list("record_id", "version")),
    )


def _document(
    index_view: IndexView,
    fonds: dict[int, str],
    subjects: dict[str, tuple[str, ...]],
) -> IndexDocument:
    view = index_view.view
    full = view.access is Access.FULL
    return IndexDocument(
        id=document_id(view.record_id, index_view.lowest),
        source_id=view.record_id,
        version=view.version,
        audience_min=index_view.lowest,
        audience_max=index_view.highest,
        path=view.path,
        reference_code=view.reference_code,
        title=view.title,
        text=view.text,
        section=CATALOGUE,
        # A catalogue entry is title, date and reference code, and nothing else.
        type=view.level if full else "",
        fonds=fonds[_root(view)],
        tags=view.tags,
        years=years(view.date_min, view.date_max),
        subjects=subjects.get(_subjects_text(view), ()),
        creators=tuple(dict.fromkeys(view.creator_headings.values())),
        places=_places(view),
        date_min=view.date_min.isoformat() if view.date_min else None,
        date_max=view.date_max.isoformat() if view.date_max else None,
    )


def _subjects_text(view: RecordView) -> str:
    return dict(view.fields).get("subjects", "")


def _subjects(views: Iterable[RecordView]) -> dict[str, tuple[str, ...]]:
    """What is found under a concept is found under what lies above it; by text."""
    return index_values({_subjects_text(view) for view in views})


def _places(view: RecordView) -> tuple[str, ...]:
    """Numbers: the place stays found when its name changes."""
    numbers = (one.number for one in view.relations if one.kind == AuthorityKind.PLACE)
    return tuple(dict.fromkeys(numbers))


def _root(view: RecordView) -> int:
    return int(view.path.partition("/")[0])


def _fonds_codes(views: Iterable[IndexView]) -> dict[int, str]:
    roots = {_root(each.view) for each in views}
    return dict(Record.objects.filter(pk__in=roots).values_list("pk", "reference_code"))


def years(first: date | None, last: date | None) -> tuple[int, ...]:
    """Every year from one day to another, as the facet lists them."""
    ends = [day.year for day in (first, last) if day is not None]
    if not ends:
        return ()
    return tuple(range(ends[0], min(ends[-1], ends[0] + MAX_YEARS) + 1))
