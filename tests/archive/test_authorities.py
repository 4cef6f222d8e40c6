"""Authority records: names, numbers, places, and who may be deleted."""

from datetime import date

import pytest

from archive import records
from archive.authorities import registry
from archive.authorities.naming import bearers, name_at, suggest
from archive.authorities.registry import Name
from archive.errors import (
    ArchiveError,
    AuthorityInUse,
    BroaderRefused,
    InvalidName,
    InvalidValue,
    RoleUnfit,
    UnknownField,
    ValueTooLong,
)
from archive.models import Authority, FormerNumber, OutboxRow
from tests.factories import RecordFactory, authority, former

pytestmark = pytest.mark.django_db


def town() -> Authority:
    return authority(
        "样本市枫桥镇",
        former("样本专区枫桥区", "1949年5月—1983年"),
        Name("枫镇", "variant", dates_original="1960-1970"),
        kind="place",
        used="1983—",
    )


def test_numbers_follow_one_another_and_none_is_given_twice() -> None:
    first, second = authority("甲机构"), authority("乙机构")
    assert (first.number, second.number) == ("G000001", "G000002")
    registry.delete(second)
    assert authority("丙机构").number == "G000003"
    assert FormerNumber.objects.get().number == "G000002"


def test_the_name_in_use_on_a_day_is_found() -> None:
    names = list(town().names.all())
    assert name_at(names, date(1963, 11, 20)) == "样本专区枫桥区"
    assert name_at(names, date(1949, 1, 1)) == "样本市枫桥镇"
    assert name_at(names, date(2003, 1, 1)) == "样本市枫桥镇"
    assert name_at(names, None) == "样本市枫桥镇"
    # In the year of the change both are right; the newer one is told.
    assert name_at(names, date(1983, 6, 1)) == "样本市枫桥镇"


def test_dates_that_cannot_be_read_are_kept_as_written() -> None:
    made = authority("甲机构", former("旧机构", "老辈人说的时候"))
    kept = made.names.get(name="旧机构")
    assert kept.dates_original == "老辈人说的时候"
    assert (kept.date_min, kept.date_max) == (None, None)


@pytest.mark.parametrize("typed", ["枫桥", "楓橋", "样本专区", "ybs", "YBZQ"])
def test_a_name_of_any_time_is_suggested_by_characters_and_initials(typed: str) -> None:
    place = town()
    authority("别处", kind="place")
    assert [one.value for one in suggest(typed)] == [place.number]


def test_a_suggestion_tells_what_it_is_called_today() -> None:
    town()
    (found,) = suggest("专区")
    assert found.label == "样本专区枫桥区"
    assert "今作样本市枫桥镇" in found.note
    assert "G000001" in found.note


def test_the_likeliest_comes_first_and_the_kinds_are_kept_apart() -> None:
    authority("大枫桥社")
    authority("枫桥", kind="person")
    authority("枫桥镇", kind="place")
    assert [one.label for one in suggest("枫桥")] == ["枫桥", "枫桥镇", "大枫桥社"]
    assert [one.label for one in suggest("枫桥", ("place",))] == ["枫桥镇"]
    assert suggest("") == suggest(" ") == []
    assert suggest("_") == suggest("%") == []


def test_bearers_are_those_called_exactly_so_the_present_ones_first() -> None:
    old = authority("新名", former("枫桥局"))
    new = authority("楓橋局")
    assert bearers("枫桥局") == [new, old]
    assert bearers("枫桥") == []


@pytest.mark.parametrize(
    ("names", "error"),
    [
        ([], InvalidName),
        ([Name("甲", "former")], InvalidName),
        ([Name("甲"), Name("乙")], InvalidName),
        ([Name("  ")], InvalidName),
        ([Name("甲；乙")], InvalidName),
        ([Name("甲〔乙〕")], InvalidName),
        ([Name("甲\x00")], InvalidName),
        ([Name("甲"), Name("乙", "nickname")], InvalidValue),
        ([Name("长" * 201)], ValueTooLong),
    ],
)
def test_names_that_cannot_be_are_refused_and_nothing_is_made(
    names: list[Name], error: type[ArchiveError]
) -> None:
    with pytest.raises(error):
        registry.create("person", names)
    assert not Authority.objects.exists()


def test_fields_are_checked() -> None:
    for fields, error in (
        ({"kind": "ghost"}, InvalidValue),
        ({"number": "G9"}, UnknownField),
        ({"dates_original": "年" * 201}, ValueTooLong),
        ({"note": "\x00"}, InvalidValue),
    ):
        with pytest.raises(error):
            registry.edit(authority(), **fields)  # type: ignore[arg-type]


def test_places_lie_in_places_and_never_in_themselves() -> None:
    county, village = authority("县", kind="place"), authority("村", kind="place")
    registry.edit(village, broader=county)
    for one, fields in (
        (county, {"broader": village}),
        (county, {"broader": county}),
        (county, {"kind": "organisation"}),
        (authority("局"), {"broader": county}),
        (village, {"broader": authority("所")}),
    ):
        with pytest.raises(BroaderRefused):
            registry.edit(one, **fields)
        one.refresh_from_db()
    assert county.broader is None


def test_another_name_is_indexed_for_all_records_concerned() -> None:
    made = authority("甲机构")
    link = [[made.number, "creator"]]
    concerned = RecordFactory.create(authorities=link)
    RecordFactory.create()
    OutboxRow.objects.all().delete()
    changes = registry.edit(made, [Name("乙机构"), former("甲机构")], note="改名")
    assert changes["note"] == ("", "改名")
    assert [name.name for name in changes["names"][1]] == ["乙机构", "甲机构"]
    assert [row.source_id for row in OutboxRow.objects.all()] == [concerned.pk]
    made.refresh_from_db()
    assert str(made) == "乙机构（G000001）"
    OutboxRow.objects.all().delete()
    assert registry.edit(made, registry.kept_names(made), note="改名") == {}
    assert not OutboxRow.objects.exists()


def test_a_kind_that_its_relations_do_not_fit_is_refused() -> None:
    made = authority("甲机构")
    RecordFactory.create(authorities=[[made.number, "creator"]])
    registry.edit(made, kind="person")
    with pytest.raises(RoleUnfit):
        registry.edit(made, kind="place")


def test_only_what_nothing_refers_to_is_deleted() -> None:
    county, village = authority("县", kind="place"), authority("村", kind="place")
    registry.edit(village, broader=county)
    record = RecordFactory.create(authorities=[[village.number, "place"]])
    for used in (county, village):
        with pytest.raises(AuthorityInUse):
            registry.delete(used)
    records.edit(record, {"authorities": []}, None)
    registry.delete(village)
    registry.delete(county)
    assert not Authority.objects.exists()
