"""Moving with codes, inserting, numbering."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import access, numbering, records, tree
from archive.codes import Scheme
from archive.codes.proposals import propose
from archive.errors import ArchiveError, CodeOffTemplate, CodesTaken, NotSiblings
from archive.models import Change, CodeTemplate, OutboxRow, Record
from tests.factories import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def made(code: str, parent: Record | None = None, level: str = "file") -> Record:
    record: Record = RecordFactory.create(
        parent=parent, reference_code=code, level=level
    )
    return record


def codes(parent: Record | None) -> list[str]:
    children = Record.objects.filter(parent=parent).order_by("position", "pk")
    return list(children.values_list("reference_code", flat=True))


@pytest.fixture
def fonds() -> Record:
    return made("Z109", level="fonds")


def test_codes_follow_a_moved_subtree_and_the_old_ones_lead_there(
    fonds: Record,
) -> None:
    here, there = made("Z109-WS", fonds, "series"), made("Z109-KJ", fonds, "series")
    file = made("Z109-WS-001", here)
    item = made("Z109-WS-001-001", file, "item")
    odd = made("旧号七", file, "item")
    assert [(one.old, one.new) for one in tree.recodings(file, there)] == [
        ("Z109-WS-001", "Z109-KJ-001"),
        ("Z109-WS-001-001", "Z109-KJ-001-001"),
    ]
    OutboxRow.objects.all().delete()
    tree.move(file, there, None)
    assert codes(there) == ["Z109-KJ-001"]
    assert codes(file) == ["Z109-KJ-001-001", "旧号七"]
    assert records.resolve("Z109-WS-001-001") == item
    told = set(OutboxRow.objects.values_list("source_id", flat=True))
    assert {file.pk, item.pk, odd.pk} <= told
    actions = Change.objects.filter(record=item).values_list("action", flat=True)
    assert "recode" in actions


def test_a_code_that_is_taken_there_gets_the_next_number(fonds: Record) -> None:
    here, there = made("Z109-WS", fonds, "series"), made("Z109-KJ", fonds, "series")
    file = made("Z109-WS-001", here)
    made("Z109-KJ-001", there)
    made("Z109-KJ-002", there)
    tree.move(file, there, None)
    assert codes(there) == ["Z109-KJ-001", "Z109-KJ-002", "Z109-KJ-003"]


def test_a_conflict_below_leaves_everything_as_it_was(fonds: Record) -> None:
    here, there = made("Z109-WS", fonds, "series"), made("Z109-KJ", fonds, "series")
    file = made("Z109-WS-001", here)
    made("Z109-WS-001-001", file, "item")
    made("Z109-KJ-001-001", fonds, "item")
    with pytest.raises(CodesTaken, match="Z109-KJ-001-001"):
        tree.move(file, there, None)
    assert codes(here) == ["Z109-WS-001"]
    assert not Change.objects.filter(action="move").exists()


def test_moving_without_recoding_keeps_the_codes(fonds: Record) -> None:
    here, there = made("Z109-WS", fonds, "series"), made("Z109-KJ", fonds, "series")
    file = made("Z109-WS-001", here)
    tree.move(file, there, None, recode=False)
    assert codes(there) == ["Z109-WS-001"]


def test_a_record_is_put_between_two_others_in_few_statements(fonds: Record) -> None:
    files = [made(f"Z109-{n:03d}", fonds) for n in range(1, 31)]
    with CaptureQueriesContext(connection) as captured:
        tree.insert_before(files[29], files[1], None)
    assert len(captured) < 16
    expected = [1, 30, *range(2, 30)]
    assert codes(fonds) == [f"Z109-{n:03d}" for n in expected]
    with pytest.raises(NotSiblings):
        tree.insert_before(files[0], fonds, None)


def test_siblings_that_share_a_place_stay_in_order(fonds: Record) -> None:
    files = [made(f"Z109-{n:03d}", fonds) for n in range(1, 5)]
    Record.objects.filter(parent=fonds).update(position=0)
    tree.insert_before(files[3], files[1], None)
    assert codes(fonds) == ["Z109-001", "Z109-004", "Z109-002", "Z109-003"]


def test_the_next_number_is_proposed_and_none_is_used_twice(fonds: Record) -> None:
    series = made("Z109-WS", fonds, "series")
    assert propose(series, "file") == "Z109-WS-001"
    first = made("Z109-WS-001", series)
    second = made("Z109-WS-002", series)
    made("Z109-WS-002-009", second, "item")
    assert propose(series, "file") == "Z109-WS-003"
    records.delete(made("Z109-WS-007", series))
    records.set_reference_code(first, "Z109-WS-005")
    assert propose(series, "file") == "Z109-WS-008"
    assert propose(second, "item") == "Z109-WS-002-010"
    assert propose(None, "fonds") == propose(fonds, "series") == ""


def test_the_template_of_the_fonds_gives_the_width_and_may_be_strict(
    fonds: Record,
) -> None:
    template = CodeTemplate.objects.create(
        fonds=fonds, scheme=Scheme.DAT22, item_width=4
    )
    series = made("Z109-WS·2011-Y", fonds, "series")
    assert propose(series, "item") == "Z109-WS·2011-Y-0001"
    made("随便一个号", series, "item")
    template.strict = True
    template.save()
    with pytest.raises(CodeOffTemplate, match="件号"):
        made("Z109-WS·2011-Y-1", series, "item")
    good = made("Z109-WS·2011-Y-BGS-0001", series, "item")
    assert good.code_components["unit"] == "BGS"
    with pytest.raises(CodeOffTemplate):
        records.set_reference_code(good, "另一个号")
    good.refresh_from_db()
    assert good.reference_code == "Z109-WS·2011-Y-BGS-0001"


def test_components_are_stored_and_follow_the_code(fonds: Record) -> None:
    record = made("K021-ZP·2019·D30-025-005", fonds, "item")
    assert Record.objects.get(pk=record.pk).code_components["file"] == "025"
    records.set_reference_code(record, "K021-ZP·2019·D30-026-005")
    assert Record.objects.get(pk=record.pk).code_components["file"] == "026"


def test_gaps_doubles_and_disorder_are_reported(fonds: Record) -> None:
    for code in ("A-001", "A-003", "A-002", "A-03", "无号", "A-006"):
        made(code, fonds)
    CodeTemplate.objects.create(fonds=fonds, scheme=Scheme.LEGACY)
    report = numbering.numbering(fonds, "file")
    assert (report.count, report.gaps, report.lacking) == (6, ("004–005",), 2)
    assert report.doubled == ("A-003", "A-03")
    assert report.unordered == ("A-002",)
    assert report.unnumbered == ("无号",)
    assert len(report.foreign) == 6
    assert not report.clean


def test_numbers_begin_again_with_each_year(fonds: Record) -> None:
    stem = "Z109-KJ·{}·Y-{}"
    for year, number in ((2024, "001"), (2024, "003"), (2026, "001"), (2026, "01")):
        made(stem.format(year, number), fonds)
    report = numbering.numbering(fonds, "file")
    assert report.gaps == ("Z109-KJ·2024·Y-002",)
    assert report.doubled == ("Z109-KJ·2026·Y-001", "Z109-KJ·2026·Y-01")
    (one,) = numbering.renumbering(fonds, "file")
    assert (one.old, one.new) == ("Z109-KJ·2026·Y-01", "Z109-KJ·2026·Y-02")


def test_a_number_that_is_a_date_is_not_counted_up_to(fonds: Record) -> None:
    made("Z109-20111231", fonds)
    report = numbering.numbering(fonds, "file")
    assert (len(report.gaps), report.lacking) == (1, 20111230)


def test_wrong_numbers_are_given_anew_as_one_batch(fonds: Record) -> None:
    for code in ("Z109-001", "Z109-003", "Z109-002", "无号", "Z109-004"):
        made(code, fonds)
    plan = numbering.renumbering(fonds, "file")
    batch = numbering.renumber(plan, "整理编号", None)
    assert codes(fonds) == ["Z109-001", "Z109-003", "Z109-005", "Z109-006", "Z109-004"]
    assert batch.changes.count() == 2
    assert records.resolve("无号") is not None


def test_many_codes_are_changed_in_few_statements(fonds: Record) -> None:
    files = [made(f"Z109-{n:03d}", fonds) for n in range(1, 61)]
    plan = [tree.Recoding(one.pk, one.reference_code, f"N-{one.pk}") for one in files]
    with CaptureQueriesContext(connection) as captured:
        tree.recode_many(plan, None, None)
    assert len(captured) < 25


class RandomTrees(TestCase):
    """Whatever is done to a tree, it stays one, in the order that was asked for."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["create", "move", "insert"]),
                st.integers(0, 30),
                st.integers(0, 30),
            ),
            min_size=3,
            max_size=14,
        )
    )
    def test_paths_order_and_counts_are_those_of_a_plain_list(
        self, steps: list[tuple[str, int, int]]
    ) -> None:
        every = [made("R-0", level="fonds"), made("R-1", level="fonds")]
        children: dict[int | None, list[int]] = {None: [one.pk for one in every]}
        for number, (step, a, b) in enumerate(steps):
            one, other = every[a % len(every)], every[b % len(every)]
            for record in (one, other):
                record.refresh_from_db()
            try:
                self.take(step, number, one, other, every, children)
            except ArchiveError:
                continue
        for parent, expected in children.items():
            found = Record.objects.filter(parent_id=parent).order_by("position", "pk")
            assert [record.pk for record in found] == expected
        self.check_paths(every)

    def take(
        self,
        step: str,
        number: int,
        one: Record,
        other: Record,
        every: list[Record],
        children: dict[int | None, list[int]],
    ) -> None:
        if step == "create":
            new = made(f"{one.reference_code}-{number + 100}", one)
            every.append(new)
            children.setdefault(one.pk, []).append(new.pk)
            return
        was = one.parent_id
        if step == "move":
            tree.move(one, other, None)
            children[was].remove(one.pk)
            children.setdefault(other.pk, []).append(one.pk)
            return
        tree.insert_before(one, other, None)
        order = children[was]
        order.remove(one.pk)
        order.insert(order.index(other.pk), one.pk)

    def check_paths(self, every: Sequence[Record]) -> None:
        for record in Record.objects.filter(pk__in=[one.pk for one in every]):
            above = record.parent.path if record.parent else ""
            assert record.path == f"{above}{record.pk}/"
        assert list(access.mismatches()) == []
