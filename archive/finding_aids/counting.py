"""How many items and pages there are, as far as a reader may see them."""

from collections.abc import Iterable, Sequence

from django.db.models import Count

from archive.models import Record
from archive.readers import Reader
from archive.seen import count_pages, count_pages_below, visible
from archive.vocabulary import Level


def items_of(files: Iterable[int], reader: Reader) -> dict[int, int]:
    """How many items lie directly below each; one query."""
    below = Record.objects.filter(parent_id__in=list(files), level=Level.ITEM)
    counted = visible(reader, below).order_by().values_list("parent_id")
    return dict(counted.annotate(Count("pk")))


def pages_of_files(files: Sequence[int], reader: Reader) -> dict[int, int]:
    """The scans of each file or, where it has none, those of its items."""
    return {**count_pages_below(files, reader), **count_pages(files, reader)}
