"""Does the index hold what the database says it should?"""

from collections.abc import Iterator
from dataclasses import dataclass

from archive.models import Record
from archive.seen import access_of
from search.engines.base import Engine, document_id
from search.stories import stories

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Ids of index documents that are missing, left over or out of date."""

    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    stale: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.stale)


def compare(index: Engine) -> Difference:
    """Every document of ``index`` against every view of every record, and every page.

    Rows still in the outbox show up as differences: drain first.
    """
    expected = dict(_expected())
    held = dict(_held(index))
    return Difference(
        missing=tuple(sorted(expected.keys() - held.keys())),
        surplus=tuple(sorted(held.keys() - expected.keys())),
        stale=tuple(
            sorted(
                key
                for key in expected.keys() & held.keys()
                if expected[key] != held[key]
            )
        ),
    )


def _expected() -> Iterator[tuple[str, int]]:
    for record in Record.objects.only(
        "version", "public_access", "reading_room_access"
    ).iterator(_CHUNK):
        for lowest, _, _ in access_of(record).distinct_views:
            yield document_id(record.pk, lowest), record.version
    yield from stories().expected()


def _held(index: Engine) -> Iterator[tuple[str, int]]:
    after = ""
    while entries := index.documents(after, _CHUNK):
        yield from entries
        after = entries[-1].id
