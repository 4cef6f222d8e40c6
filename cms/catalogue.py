"""The tree as one reader sees it: ancestors, children, counts, standing."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from archive.models import Record
from archive.openness import Access, Audience
from archive.readers import ANONYMOUS, Reader
from archive.records import resolve
from archive.seen import RecordView, count_pages, see, visible
from archive.vocabulary import Level

CHILDREN_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a list: how many children and pages this reader may see of it."""

    view: RecordView
    children: int
    pages: int


@dataclass(frozen=True, slots=True)
class Entries:
    """One page of a list. ``total`` counts all that this reader may see."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    page_count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How open a record is to the public; ``style`` names the mark's form."""

    label: str
    style: str


def ancestors(view: RecordView, reader: Reader) -> list[RecordView]:
    """From the fonds down, those that this reader may see."""
    ids = [int(step) for step in view.path.split("/")[:-2]]
    seen = see(ids, reader, pages=False) if ids else {}
    return [seen[one] for one in ids if one in seen]


def children(parent_id: int | None, reader: Reader, page: int = 1) -> Entries:
    """The visible records right below ``parent_id``, or the fonds for None.

    A page past the end is the last one.
    """
    records = visible(reader, Record.objects.filter(parent_id=parent_id))
    paginator = Paginator(
        records.order_by("position", "pk").values_list("pk", flat=True),
        CHILDREN_A_PAGE,
    )
    current = paginator.get_page(page)
    return Entries(
        entries=entries(list(current.object_list), reader),
        total=paginator.count,
        page=current.number,
        page_count=paginator.num_pages,
    )


def newest(reader: Reader, limit: int) -> tuple[Entry, ...]:
    """Files and items that the public may read in full, latest first."""
    ids = Record.objects.filter(
        public_access=Access.FULL, level__in=(Level.FILE, Level.ITEM)
    ).order_by("-created_at", "-pk")
    return entries(list(ids.values_list("pk", flat=True)[:limit]), reader)


def entries(ids: list[int], reader: Reader) -> tuple[Entry, ...]:
    """These records in this order; a constant number of queries."""
    seen = see(ids, reader, pages=False)
    below = visible(reader, Record.objects.filter(parent_id__in=ids))
    child_counts = dict(below.order_by().values_list("parent_id").annotate(Count("pk")))
    page_counts = count_pages(seen, reader)
    return tuple(
        Entry(seen[one], child_counts.get(one, 0), page_counts.get(one, 0))
        for one in ids
        if one in seen
    )


def moved_to(reference_code: str, reader: Reader) -> str | None:
    """Today's code of the visible record that once had ``reference_code``.

    Or of the one that has it in its one spelling. A hidden record is looked for
    with the same queries as one that does not exist.
    """
    record = resolve(reference_code, visible(reader))
    if record is None or record.reference_code == reference_code:
        return None
    return record.reference_code


def standing(view: RecordView, reader: Reader) -> Standing:
    """What the public gets of a record that this reader sees."""
    public = view.access
    if reader.audience_for(view.record_id) is not Audience.PUBLIC:
        seen = see([view.record_id], ANONYMOUS, pages=False).get(view.record_id)
        public = seen.access if seen else Access.NONE
    return {
        Access.FULL: Standing(_("全文开放"), ""),
        Access.CATALOGUE: Standing(_("仅目录开放"), "part"),
        Access.NONE: Standing(_("未向公众开放"), "inner"),
    }[public]
