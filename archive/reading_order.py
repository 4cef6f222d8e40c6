"""Records in the order in which the tree is read: from the top down."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from archive.models import Record

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Ordered:
    """``roots`` counts the records of each tree by the id of its root."""

    ids: Sequence[int]
    roots: dict[int, int]


@dataclass(slots=True)
class _Children:
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    positions: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, pk: int, position: int) -> None:
        self.ids.append(pk)
        self.positions.append(position)

    def last_first(self) -> list[int]:
        pairs = sorted(zip(self.positions, self.ids, strict=True), reverse=True)
        return [pk for _position, pk in pairs]


def in_order(records: QuerySet[Record]) -> Ordered:
    """Parents before their children, siblings by their position.

    Also where what lies between is not among ``records``: the items of one file
    stand together, the files in their order. Ids alone are held in memory.
    """
    below: defaultdict[int, _Children] = defaultdict(_Children)
    roots: defaultdict[int, int] = defaultdict(int)
    wanted: set[int] = set()
    stems: set[str] = set()
    rows = records.order_by("pk").values_list("pk", "parent_id", "position", "path")
    for pk, parent, position, path in rows.distinct().iterator(chunk_size=5000):
        wanted.add(pk)
        below[parent or 0].add(pk, position)
        stems.add(path[: -len(f"{pk}/")])
        roots[int(path.partition("/")[0])] += 1
    above = {int(step) for stem in stems for step in stem.split("/")[:-1]}
    for pk, holder, position in _places(above - wanted):
        below[holder].add(pk, position)
    ordered = array("q")
    waiting = below[0].last_first()
    while waiting:
        pk = waiting.pop()
        if pk in wanted:
            ordered.append(pk)
        if pk in below:
            waiting.extend(below[pk].last_first())
    return Ordered(ordered, dict(roots))


def _places(ids: Iterable[int]) -> Iterable[tuple[int, int, int]]:
    """Id, parent (0: none) and position of each."""
    asked = sorted(ids)
    for start in range(0, len(asked), _CHUNK):
        rows = Record.objects.filter(pk__in=asked[start : start + _CHUNK])
        for pk, parent, position in rows.values_list("pk", "parent_id", "position"):
            yield pk, parent or 0, position
