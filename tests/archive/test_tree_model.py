"""Whatever is done to trees, they are what a plain model says they are.

The model is lists of names: who lies below whom, in which order, with which code and
openness. Stored access must be what the one predicate answers for the model's own
ancestors, and a move or a new number never opens anything.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from archive import access, numbering, records, tree
from archive.errors import ArchiveError, OpeningRefused
from archive.models import Record
from archive.openness import access as answer
from archive.readers import ANONYMOUS
from archive.seen import access_of
from cms.catalogue import children
from tests.factories import (
    CATALOGUE_ONLY,
    PUBLIC,
    READING_ROOM,
    RecordFactory,
    open_record,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PLACES = st.integers(0, 50)
KINDS = (PUBLIC, READING_ROOM, CATALOGUE_ONLY)


class Trees(RuleBasedStateMachine):
    """``below`` is the model: ids in their order, by the id of their parent."""

    def __init__(self) -> None:
        super().__init__()
        self.below: dict[int | None, list[int]] = {}
        self.codes: dict[int, str] = {}
        self.former: dict[str, int] = {}
        self.opened: dict[int, Record] = {}
        self.count = 0

    @initialize()
    def two_fonds(self) -> None:
        for _number in range(2):
            self._made(None, "fonds")

    @property
    def every(self) -> list[int]:
        return list(self.codes)

    @rule(place=PLACES, level=st.sampled_from(["series", "file", "item"]))
    def create(self, place: int, level: str) -> None:
        self._made(self._at(place), level)

    @rule(a=PLACES, b=PLACES, recode=st.booleans())
    def move(self, a: int, b: int, recode: bool) -> None:
        record, parent = self._record(a), self._record(b)
        was = {one.pk: access_of(one) for one in Record.objects.all()}
        try:
            tree.move(record, parent, None, recode=recode)
        except OpeningRefused:
            return
        except ArchiveError:
            assert self._lies_below(parent.pk, record.pk)
            return
        self.below[self._parent_of(record.pk)].remove(record.pk)
        self.below.setdefault(parent.pk, []).append(record.pk)
        for one in Record.objects.all():
            assert access_of(one).strictest(was[one.pk]) == access_of(one)
        self._learn_codes()

    @rule(a=PLACES, b=PLACES)
    def insert(self, a: int, b: int) -> None:
        record, sibling = self._record(a), self._record(b)
        try:
            tree.insert_before(record, sibling, None)
        except ArchiveError:
            apart = self._parent_of(record.pk) != self._parent_of(sibling.pk)
            assert apart or record.pk == sibling.pk
            return
        order = self.below[self._parent_of(record.pk)]
        order.remove(record.pk)
        order.insert(order.index(sibling.pk), record.pk)

    @rule(a=PLACES, code=st.sampled_from(["甲", "甲-1", "乙-007", "丙·1-002"]))
    def give_another_code(self, a: int, code: str) -> None:
        record = self._record(a)
        used = {**{held: pk for pk, held in self.codes.items()}, **self.former}
        try:
            records.set_reference_code(record, code)
        except ArchiveError:
            assert used[code] != record.pk
            return
        self._learn_codes()

    @rule(a=PLACES, level=st.sampled_from(["file", "item"]))
    def renumber(self, a: int, level: str) -> None:
        parent = self._record(a)
        plan = numbering.renumbering(parent, level)
        if plan:
            numbering.renumber(plan, "重编", None)
            self._learn_codes()
            again = numbering.numbering(parent, level)
            assert {one.new for one in plan}.isdisjoint(again.unnumbered)

    @rule(a=PLACES, kind=st.sampled_from(KINDS))
    def open(self, a: int, kind: dict[str, Any]) -> None:
        open_record(self._record(a), **kind)

    @precondition(lambda self: len(self.codes) > 4)
    @rule(a=PLACES)
    def delete(self, a: int) -> None:
        record = self._record(a)
        pk = record.pk
        try:
            records.delete(record)
        except ArchiveError:
            assert self.below.get(pk)
            return
        assert not self.below.get(pk)
        self.below[self._parent_of(pk)].remove(pk)
        self.former[self.codes.pop(pk)] = -1
        self.former = {c: -1 if held == pk else held for c, held in self.former.items()}

    @invariant()
    def order_and_counts_are_those_of_the_model(self) -> None:
        for parent, expected in self.below.items():
            held = Record.objects.filter(parent_id=parent).order_by("position", "pk")
            assert [record.pk for record in held] == expected
        assert Record.objects.count() == len(self.codes)

    @invariant()
    def paths_and_access_are_those_of_the_model(self) -> None:
        held = Record.objects.in_bulk()
        for pk, record in held.items():
            above = self._above(pk)
            assert record.path == "".join(f"{one}/" for one in [*above, pk])
            assert access_of(record) == answer(record, (held[one] for one in above))
        assert list(access.mismatches()) == []

    @invariant()
    def the_public_counts_what_it_may_see(self) -> None:
        for parent, expected in self.below.items():
            seen = Record.objects.filter(pk__in=expected, public_access__gt=0)
            assert children(parent, ANONYMOUS).total == seen.count()

    @invariant()
    def codes_are_unique_and_lead_to_their_record_for_good(self) -> None:
        assert len(set(self.codes.values())) == len(self.codes)
        for pk, code in self.codes.items():
            found = records.resolve(code)
            assert found is not None and found.pk == pk
        for code, pk in self.former.items():
            found = records.resolve(code)
            assert (found.pk if found is not None else -1) == pk

    def _made(self, parent: Record | None, level: str) -> None:
        self.count += 1
        above = parent.reference_code if parent else "Z"
        made = RecordFactory.create(
            parent=parent, level=level, reference_code=f"{above}-{self.count:03d}"[-60:]
        )
        self.codes[made.pk] = made.reference_code
        self.below.setdefault(parent.pk if parent else None, []).append(made.pk)

    def _at(self, place: int) -> Record:
        return self._record(place)

    def _record(self, place: int) -> Record:
        return Record.objects.get(pk=self.every[place % len(self.every)])

    def _parent_of(self, pk: int) -> int | None:
        return next(parent for parent, held in self.below.items() if pk in held)

    def _above(self, pk: int) -> list[int]:
        parent = self._parent_of(pk)
        return [] if parent is None else [*self._above(parent), parent]

    def _lies_below(self, pk: int, top: int) -> bool:
        return pk == top or top in self._above(pk)

    def _learn_codes(self) -> None:
        """Codes after a change that follows rules of its own: none may be reused."""
        now = dict(Record.objects.values_list("pk", "reference_code"))
        for pk, code in now.items():
            was = self.codes[pk]
            if code != was:
                assert self.former.get(code, pk) == pk, "a code was given again"
                self.former.pop(code, None)
                self.former[was] = pk
        self.codes = {pk: now[pk] for pk in self.codes}


class TreesTest(TestCase):
    def test_trees_are_what_a_plain_model_says(self) -> None:
        run_state_machine_as_test(
            _rolled_back(Trees),
            settings=settings(
                max_examples=8,
                stateful_step_count=14,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


def _rolled_back(machine: type[Trees]) -> type[Trees]:
    """Each run of the machine begins with the database as it was."""
    from django.db import transaction

    class RolledBack(machine):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            self._atomic = transaction.atomic()
            self._atomic.__enter__()
            super().__init__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self._atomic.__exit__(None, None, None)

    return RolledBack
