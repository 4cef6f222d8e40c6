"""Running numbers: what is wrong with them, and fresh ones for those that are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from django.db import transaction

from archive.codes import Scheme, parse_code
from archive.codes.proposals import next_number, propose, template_of
from archive.models import Batch, Record
from archive.tree import Recoding, User, recode_many

_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Numbering:
    """What is wrong with the running numbers below one record.

    Numbers run within what stands before them, so a new year begins with 001 again.
    ``gaps`` are runs of numbers that no child has, ``004`` or ``004–017``, ``lacking``
    numbers in all; where there are several series, with what stands before them.
    ``doubled``, ``unordered`` and ``unnumbered`` are the codes concerned, as are
    ``foreign``, which do not follow the template of the fonds.
    ``wrong``: id and code of those that ``renumbering`` gives fresh numbers, in order.
    """

    count: int
    lacking: int = 0
    gaps: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    unordered: tuple[str, ...] = ()
    unnumbered: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    wrong: tuple[tuple[int, str], ...] = ()

    @property
    def clean(self) -> bool:
        wrong = (self.gaps, self.doubled, self.unordered, self.unnumbered)
        return not any((*wrong, self.foreign))


@dataclass(slots=True)
class _Series:
    """The codes that begin alike, by number in the order of the children."""

    width: int = 0
    before: int = 0
    codes: dict[int, list[str]] = field(default_factory=dict)
    kept: set[int] = field(default_factory=set)

    def add(self, code: str, digits: str) -> tuple[bool, bool]:
        """Whether ``code`` is out of order, and whether its number was another's."""
        number, self.width = int(digits), len(digits)
        unordered, taken = number < self.before, number in self.kept
        self.before = number
        self.codes.setdefault(number, []).append(code)
        if not unordered:
            self.kept.add(number)
        return unordered, taken


def numbering(parent: Record, level: str) -> Numbering:
    """The running numbers of the children of one level, in their order."""
    children = Record.objects.filter(parent=parent, level=level)
    rows = list(children.order_by("position", "pk").values_list("pk", "reference_code"))
    every: dict[str, _Series] = {}
    unordered, unnumbered, wrong = [], [], []
    for pk, code in rows:
        stem, digits = _parted(code)
        if not digits:
            unnumbered.append(code)
            wrong.append((pk, code))
            continue
        disorder, taken = every.setdefault(stem, _Series()).add(code, digits)
        if disorder:
            unordered.append(code)
        if disorder or taken:
            wrong.append((pk, code))
    gaps, lacking = _gaps(every)
    alike = (codes for one in every.values() for codes in one.codes.values())
    return Numbering(
        count=len(rows),
        lacking=lacking,
        gaps=gaps,
        doubled=tuple(chain.from_iterable(one for one in alike if len(one) > 1)),
        unordered=tuple(unordered),
        unnumbered=tuple(unnumbered),
        foreign=_foreign(parent, [code for _pk, code in rows]),
        wrong=tuple(wrong),
    )


def renumbering(
    parent: Record, level: str, report: Numbering | None = None
) -> list[Recoding]:
    """Fresh numbers for the children whose number is doubled, missing or out of order.

    They continue after the highest number ever given in their series: a number that
    was once somebody's is not given again, so gaps stay, and are told. ``report`` is
    the ``numbering`` of now, if the caller has it.
    """
    report = report or numbering(parent, level)
    usual = _parted(propose(parent, level)) if report.unnumbered else ("", "")
    plan: list[Recoding] = []
    following: dict[str, int] = {}
    for pk, code in report.wrong:
        stem, digits = _parted(code)
        if not digits:
            stem, digits = usual
        if not digits:
            continue
        number = following.get(stem) or next_number(stem)
        plan.append(Recoding(pk, code, f"{stem}{number:0{len(digits)}d}"))
        following[stem] = number + 1
    return plan


def renumber(plan: Sequence[Recoding], label: str, by: User) -> Batch:
    """Carry out a plan of ``renumbering``, as one batch."""
    with transaction.atomic():
        batch = Batch.objects.create(
            kind=Batch.Kind.RENUMBER,
            label=label[:200],
            by_id=by.pk if by is not None else None,
        )
        recode_many(plan, by, batch)
    return batch


def _parted(code: str) -> tuple[str, str]:
    """What stands before the number at the end of a code, and the number as written;
    "" where there is none.
    """
    stem = code.rstrip(_DIGITS)
    return stem, code[len(stem) :]


def _gaps(every: Mapping[str, _Series]) -> tuple[tuple[str, ...], int]:
    """The runs of numbers from 1 to the highest of each series; how many numbers."""
    runs: list[str] = []
    lacking = 0
    for stem, one in every.items():
        before = stem if len(every) > 1 else ""
        for number, following in pairwise((0, *sorted(one.codes))):
            first, last = number + 1, following - 1
            if first > last:
                continue
            lacking += last - first + 1
            run = f"{before}{first:0{one.width}d}"
            runs.append(run if first == last else f"{run}–{last:0{one.width}d}")
    return tuple(runs), lacking


def _foreign(parent: Record, codes: Iterable[str]) -> tuple[str, ...]:
    template = template_of(parent)
    if template is None:
        return ()
    scheme = Scheme(template.scheme)
    return tuple(code for code in codes if parse_code(scheme, code) is None)
