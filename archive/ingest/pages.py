"""Where the pages of a batch go in a record that may have pages already."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf
from operator import itemgetter
from typing import NamedTuple

from archive.folios import NewFolio
from archive.models import Folio


class _Leaf(NamedTuple):
    """What tells a page: of a batch (by its place there) or of the record."""

    place: int
    filename: str
    sha256: str


# By what a page of the batch is one that the record has, surest first.
_SIGNS: tuple[Callable[[_Leaf], object], ...] = (
    itemgetter(1, 2),  # the same file
    itemgetter(0, 2),  # the same image at the same place, its file renamed
    itemgetter(2),  # the same image at another place, its file renamed
    itemgetter(1),  # the same file name, but another image
)


class Places:
    """Sorts a batch into what is new to a record and what it has already.

    ``folios`` are the pages of the record, in any order. The batch is in order;
    ``sequence`` is a page's place in the list of files, from 1, with gaps where
    files are missing. A batch of which the record has nothing continues it, after
    its last page. Afterwards:

    - ``new`` are the pages to be added, with their sequence in the record;
    - ``late`` are those of ``new`` that belong between pages which the record has:
      numbers are cited and never change, so these come last;
    - ``present`` counts the pages that the record has; ``renamed`` are those of
      them whose file has another name and another place there;
    - ``conflicts`` have the file name of a page of the record and are another
      image. Nothing is replaced. With each comes the sequence in the record.
    """

    def __init__(self, folios: Iterable[Folio], batch: Sequence[NewFolio]) -> None:
        held = [_leaf_held(folio) for folio in folios]
        leaves = [_leaf_of(page) for page in batch]
        self._known = _known(leaves, held)
        self._free = _free_places(
            [leaf.place for leaf in leaves],
            {place: leaf.place for place, leaf in self._known.items()},
            {leaf.place for leaf in held},
        )
        taken = (*(leaf.place for leaf in held), *self._free.values())
        self._last = max(taken, default=0)
        self.new: list[NewFolio] = []
        self.late: list[NewFolio] = []
        self.present = 0
        self.renamed: list[tuple[NewFolio, int]] = []
        self.conflicts: list[tuple[NewFolio, int]] = []
        for page, leaf in zip(batch, leaves, strict=True):
            if leaf.place in self._known:
                self._compare(page, leaf, self._known[leaf.place])
            else:
                self._add(page, leaf)

    def _compare(self, page: NewFolio, leaf: _Leaf, held: _Leaf) -> None:
        if leaf.sha256 != held.sha256:
            self.conflicts.append((page, held.place))
            return
        self.present += 1
        if leaf.filename != held.filename and leaf.place != held.place:
            self.renamed.append((page, held.place))

    def _add(self, page: NewFolio, leaf: _Leaf) -> None:
        if leaf.place in self._free:
            self.new.append(replace(page, sequence=self._free[leaf.place]))
            return
        self._last += 1
        page = replace(page, sequence=self._last)
        self.new.append(page)
        self.late.append(page)


def _leaf_of(page: NewFolio) -> _Leaf:
    return _Leaf(page.sequence or 0, page.filename, page.master.sha256)


def _leaf_held(folio: Folio) -> _Leaf:
    return _Leaf(folio.sequence, folio.original_filename, folio.master.sha256)


def _known(batch: Sequence[_Leaf], held: Sequence[_Leaf]) -> dict[int, _Leaf]:
    """By place in the batch, the page that the record has of it; none twice."""
    known: dict[int, _Leaf] = {}
    for sign in _SIGNS:
        claimed = {leaf.place for leaf in known.values()}
        waiting: defaultdict[object, list[_Leaf]] = defaultdict(list)
        for leaf in held:
            if leaf.place not in claimed:
                waiting[sign(leaf)].append(leaf)
        for leaf in batch:
            if leaf.place not in known and waiting[sign(leaf)]:
                known[leaf.place] = waiting[sign(leaf)].pop(0)
    return known


def _free_places(
    batch: Sequence[int], known: Mapping[int, int], taken: Collection[int]
) -> dict[int, int]:
    """The sequence of each unknown page that fits in where it belongs, by place.

    ``known`` gives the sequence of the others, ``taken`` all sequences in use. A
    page fits in if its sequence is free and lies between those of the pages around
    it; after one that does not, none does until the next that is known.
    """
    if known:
        first = min(known)
        anchor, sequence = first, known[first]
    else:
        anchor, sequence = 0, max(taken, default=0)
    limits = _limits(batch, known)
    free: dict[int, int] = {}
    highest, fits = sequence, True
    for place in batch:
        if place in known:
            anchor, sequence, fits = place, known[place], True
        else:
            start = highest if limits[place] == inf else sequence
            wanted = start + place - anchor
            fits = fits and 0 < wanted < limits[place] and wanted not in taken
            if fits:
                free[place] = sequence = wanted
                anchor = place
        highest = max(highest, sequence)
    return free


def _limits(batch: Sequence[int], known: Mapping[int, int]) -> dict[int, float]:
    """By place, the lowest sequence of any known page after it (infinite: none)."""
    limits: dict[int, float] = {}
    limit = inf
    for place in reversed(batch):
        limits[place] = limit
        limit = min(limit, known.get(place, inf))
    return limits
