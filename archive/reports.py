"""What still wants a person's eye in the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from archive.dates import UNDATED
from archive.models import Folio, Record
from archive.vocabulary import Certainty, Level

MAX_GROUPS = 200


@dataclass(frozen=True, slots=True)
class Alike:
    """Records that may be the same thing; ``why`` is ``title`` or ``image``."""

    why: str
    records: tuple[Record, ...]


def scanned(records: QuerySet[Record], yes: bool = True) -> QuerySet[Record]:
    """Those with pages of their own, or those without."""
    pages = Exists(Folio.objects.filter(record=OuterRef("pk")))
    return records.filter(pages if yes else ~pages)


def undescribed(records: QuerySet[Record]) -> QuerySet[Record]:
    """Scanned; called by its code still, or with neither date, creator nor scope."""
    bare = Q(date_original="", date_edtf="", creators="", scope_content="")
    return scanned(records).filter(Q(title=F("reference_code")) | bare)


def unread_dates(records: QuerySet[Record]) -> QuerySet[Record]:
    """Those whose date was kept as written and cannot be searched by."""
    return records.filter(date_edtf="").exclude(date_original__in=("", *UNDATED))


def open_dates(records: QuerySet[Record]) -> QuerySet[Record]:
    """Those whose date may be one of several, as 癸卯年: nobody has chosen yet."""
    return records.filter(
        date_edtf__startswith="[", date_certainty=Certainty.UNCERTAIN.value
    )


def duplicates() -> list[Alike]:
    """Files and items with title, date and creators in common, or with an image.

    At most ``MAX_GROUPS`` of each kind; a constant number of queries.
    """
    return [*_same_description(), *_same_image()]


def _same_description() -> Iterable[Alike]:
    described = Record.objects.filter(level__in=(Level.FILE, Level.ITEM)).order_by()
    shared = ("title", "date_original", "creators")
    groups = (
        described.exclude(date_original="", creators="")
        .values_list(*shared)
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .order_by("-times", *shared)[:MAX_GROUPS]
    )
    wanted: dict[tuple[str, ...], list[Record]] = {
        tuple(group[:3]): [] for group in groups
    }
    titles = [key[0] for key in wanted]
    for record in described.filter(title__in=titles).order_by("reference_code"):
        key = (record.title, record.date_original, record.creators)
        if key in wanted:
            wanted[key].append(record)
    return (Alike("title", tuple(group)) for group in wanted.values())


def _same_image() -> Iterable[Alike]:
    groups = (
        Folio.objects.order_by()
        .values_list("master")
        .annotate(times=Count("record", distinct=True))
        .filter(times__gt=1)
        .order_by("-times", "master")[:MAX_GROUPS]
    )
    masters = [master for master, _times in groups]
    pairs = Folio.objects.filter(master__in=masters).values_list("master", "record")
    held: dict[int, set[int]] = {}
    for master, record in pairs:
        held.setdefault(master, set()).add(record)
    records = Record.objects.in_bulk({pk for pks in held.values() for pk in pks})
    # A volume scanned twice shares every page: told once.
    groups_of = {frozenset(pks): None for pks in held.values()}
    for pks in groups_of:
        together = sorted((records[pk] for pk in pks), key=_code)
        yield Alike("image", tuple(together))


def _code(record: Record) -> str:
    return record.reference_code
