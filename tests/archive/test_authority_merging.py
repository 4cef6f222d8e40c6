"""Merging authorities: nothing is lost, nothing is doubled."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import batches, records
from archive.authorities import registry
from archive.authorities.merging import merge
from archive.authorities.numbers import resolve
from archive.authorities.registry import Name
from archive.errors import CannotMerge
from archive.links import LINKS, today
from archive.models import Authority, Batch, Change, FormerNumber, OutboxRow, Relation
from tests.factories import RecordFactory, authority, former

pytestmark = pytest.mark.django_db


def related(record: Any) -> list[list[str]]:
    return LINKS["authorities"].read([record.pk]).get(record.pk, [])


def test_names_numbers_and_relations_go_to_the_survivor_each_once() -> None:
    kept = authority("样本乡政府", note="说明")
    gone = authority(
        "样本乡人民政府", former("样本公社", "1958-1983"), history="沿革", note="另说"
    )
    both = [[kept.number, "creator"], [gone.number, "creator"]]
    first = RecordFactory.create(authorities=both)
    second = RecordFactory.create(authorities=[[gone.number, "recipient"]])
    other = RecordFactory.create()
    OutboxRow.objects.all().delete()

    survivor = merge(kept, [gone])

    assert related(first) == [[kept.number, "creator"]]
    assert related(second) == [[kept.number, "recipient"]]
    assert [(name.name, name.kind) for name in survivor.names.all()] == [
        ("样本乡政府", "preferred"),
        ("样本乡人民政府", "variant"),
        ("样本公社", "former"),
    ]
    assert (survivor.history, survivor.note) == ("沿革", "说明")
    assert resolve([gone.number])[gone.number] == kept
    assert FormerNumber.objects.get().was == gone.pk
    indexed = set(OutboxRow.objects.values_list("source_id", flat=True))
    assert indexed == {first.pk, second.pk}
    assert other.pk not in indexed


def test_the_places_below_go_along_and_no_place_comes_to_lie_in_itself() -> None:
    county = authority("样本县", kind="place")
    again = authority("樣本縣", kind="place", broader=county)
    village = authority("样本村", kind="place", broader=again)

    survivor = merge(county, [again])

    village.refresh_from_db()
    assert village.broader == survivor
    assert survivor.broader is None


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_chain_of_merges_every_number_leads_to_the_last(order: int) -> None:
    one, two, three = (authority(name) for name in ("甲社", "乙社", "丙社"))
    for kept, gone in [(two, three), (one, two)][::order]:
        if Authority.objects.filter(pk=gone.pk).exists():
            merge(resolve([kept.number])[kept.number], [gone])
    left = Authority.objects.get(names__name="甲社")
    numbers = [two.number] + [three.number] * (order == 1)
    assert set(resolve(numbers).values()) == {left}


def test_kinds_are_not_mixed_and_one_is_too_few() -> None:
    person, office = authority("张某", kind="person"), authority("某局")
    for others in ([], [person], [office]):
        with pytest.raises(CannotMerge):
            merge(person, others)
    registry.delete(office)
    with pytest.raises(CannotMerge):
        merge(person, [office])
    assert Authority.objects.count() == 1


def test_a_batch_is_undone_and_a_change_restored_after_a_merge() -> None:
    kept, gone = authority("甲社"), authority("乙社")
    record = RecordFactory.create(authorities=[[gone.number, "creator"]])
    batch = Batch.objects.create(kind="edit", label="test")
    wanted = [[gone.number, "recipient"]]
    records.edit(record, {"authorities": wanted}, None, batch)
    merge(kept, [gone])

    assert batches.preview(batch).lost == []
    assert batches.undo(batch, None).restored == 1
    assert related(record) == [[kept.number, "creator"]]
    change = Change.objects.filter(batch=batch).get()
    assert today([change.after]) == [{"authorities": [[kept.number, "recipient"]]}]
    records.edit(record, change.after, None)
    assert related(record) == [[kept.number, "recipient"]]


_STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("link"),
            st.integers(0, 2),
            st.integers(0, 4),
            st.sampled_from(["creator", "recipient", "mentioned"]),
        ),
        st.tuples(st.just("merge"), st.integers(0, 4), st.integers(0, 4), st.just("")),
    ),
    max_size=12,
)


@given(_STEPS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_any_links_and_merges_every_link_leads_to_a_living_authority(
    db: None, steps: list[tuple[str, int, int, str]]
) -> None:
    held = [RecordFactory.create() for _ in range(3)]
    numbers = [authority(f"样本{n}社").number for n in range(5)]
    leads = list(range(5))
    expected: set[tuple[int, int, str]] = set()
    for step, i, j, role in steps:
        if step == "link":
            wanted = [*related(held[i]), [numbers[j], role]]
            records.edit(held[i], {"authorities": wanted}, None)
            expected.add((i, leads[j], role))
        elif leads[i] != leads[j]:
            kept, gone = leads[i], leads[j]
            found = resolve([numbers[i], numbers[j]])
            merge(found[numbers[i]], [found[numbers[j]]])
            leads = [kept if one == gone else one for one in leads]
            expected = {
                (r, kept if one == gone else one, role) for r, one, role in expected
            }
    at = {record.pk: i for i, record in enumerate(held)}
    mine = Relation.objects.filter(record__in=held).select_related("authority")
    rows = [
        (at[row.record_id], numbers.index(row.authority.number), row.role)
        for row in mine
    ]
    assert len(rows) == len(set(rows))
    assert set(rows) == expected
    found = resolve(numbers)
    assert [found[number].number for number in numbers] == [
        numbers[lead] for lead in leads
    ]
    kept_names = {row.name for one in found.values() for row in one.names.all()}
    assert kept_names == {f"样本{n}社" for n in range(5)}


def test_names_that_say_the_same_are_kept_once() -> None:
    kept = authority("甲社", Name("乙社", "former", dates_original="1950-1958"))
    gone = authority("乙社", Name("甲社", "variant"))
    names = [name.name for name in merge(kept, [gone]).names.all()]
    assert names == ["甲社", "乙社"]
