"""Where pages go when a batch is ingested again: nothing twice, nothing lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.folios import NewFolio
from archive.ingest.pages import Places
from archive.models import Folio, MasterFile, Record
from media.values import Master
from tests.archive.ingesting import HEAD, ingest, messages, notices, pages
from tests.archive.pictures import picture

_stored = pytest.mark.usefixtures("db", "data")


@_stored
def test_a_named_file_that_is_missing_keeps_its_place(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    for number, name in enumerate("ac", start=1):
        picture(root / f"{name}.png", number)
    lines = (HEAD, "Z1,案卷,甲,,a.png;b.png；c.png")
    report, code = ingest(root, *lines)
    assert code == 1
    assert [problem["file"] for problem in report["problems"]] == ["b.png"]
    assert pages("Z1") == {1: "a.png", 3: "c.png"}
    picture(root / "b.png", 3)
    report, code = ingest(root, *lines)
    assert (code, report["pages"], report["pages_existing"]) == (0, 1, 2)
    assert pages("Z1") == {1: "a.png", 2: "b.png", 3: "c.png"}
    assert report["notices"] == []


@_stored
def test_a_file_of_a_refused_name_keeps_its_place(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    for number, name in enumerate(("1", "2 秘密", "3"), start=1):
        picture(root / f"Z1/{name}.png", number)
    _, code = ingest(root)
    assert code == 1
    assert pages("Z1") == {1: "Z1/1.png", 3: "Z1/3.png"}
    (root / "Z1/2 秘密.png").rename(root / "Z1/2.png")
    _, code = ingest(root)
    assert code == 0
    assert pages("Z1") == {1: "Z1/1.png", 2: "Z1/2.png", 3: "Z1/3.png"}


@_stored
def test_a_file_that_belongs_between_pages_comes_last_and_is_told(
    tmp_path: Path,
) -> None:
    root = tmp_path / "batch"
    for number in (1, 2, 3, 4):
        picture(root / f"Z1/00{number}.png", number)
    ingest(root)
    before = pages("Z1")
    picture(root / "Z1/002a.png", 5)
    picture(root / "Z1/005.png", 6)
    dry, _ = ingest(root, dry_run=True)
    report, code = ingest(root)
    assert dry["notices"] == report["notices"]
    assert (code, report["pages"], report["pages_existing"]) == (0, 2, 4)
    assert pages("Z1") == {**before, 5: "Z1/005.png", 6: "Z1/002a.png"}
    assert "排在最后（自第 6 页起）：Z1/002a.png" in notices(report)
    report, code = ingest(root)
    assert (code, report["pages"], report["pages_existing"]) == (0, 0, 6)
    assert report["notices"] == []


@_stored
def test_a_renamed_file_is_not_stored_again(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    for number in (1, 2, 3):
        picture(root / f"Z1/{number}.png", number)
    ingest(root)
    before = pages("Z1")
    (root / "Z1/2.png").rename(root / "Z1/0.png")
    report, code = ingest(root)
    assert (code, report["pages"], report["pages_existing"]) == (0, 0, 3)
    assert "Z1/0.png（第 2 页）" in notices(report)
    assert pages("Z1") == before


@_stored
def test_another_image_of_the_same_name_is_refused_with_its_page(
    tmp_path: Path,
) -> None:
    root = tmp_path / "batch"
    for number in (1, 2):
        picture(root / f"Z1/{number}.png", number)
    ingest(root)
    picture(root / "Z1/2.png", 9)
    report, code = ingest(root)
    assert code == 1
    assert [problem["file"] for problem in report["problems"]] == ["Z1/2.png"]
    assert "第 2 页" in messages(report)
    assert Folio.objects.count() == 2


@pytest.mark.parametrize("cell", ["没有*.png", "没有.png", "没有", "../*.png"])
@_stored
def test_a_row_whose_files_are_not_there_makes_no_record(
    tmp_path: Path, cell: str
) -> None:
    lines = (HEAD, f"Z1,案卷,甲,,{cell}", "Z1-1,件,乙,Z1,", "Z2,案卷,只著录,,")
    report, code = ingest(tmp_path, *lines)
    assert code == 1
    assert [(p["row"], p["column"]) for p in report["problems"]] == [
        (2, "文件"),
        (3, "上级档号"),
    ]
    assert Record.objects.get().reference_code == "Z2"


@_stored
def test_equal_pages_of_one_batch_all_stay(tmp_path: Path) -> None:
    root = tmp_path / "batch"
    for name, colour in ((1, 1), (2, 7), (3, 2), (4, 7)):
        picture(root / f"Z1/{name}.png", colour)
    for _ in range(2):
        _, code = ingest(root)
        assert code == 0
        assert len(pages("Z1")) == 4
    assert MasterFile.objects.count() == 3


def page(place: int, name: str, image: str) -> NewFolio:
    master = Master("", image, 1, "PNG", 1, 1, None)
    return NewFolio(master, name, sequence=place)


def folio(new: NewFolio) -> Folio:
    return Folio(
        sequence=new.sequence or 0,
        original_filename=new.filename,
        master=MasterFile(sha256=new.master.sha256),
    )


def after(record: list[Folio], batch: list[NewFolio]) -> list[Folio]:
    return [*record, *map(folio, Places(record, batch).new)]


def contents(record: list[Folio]) -> list[tuple[int, str]]:
    return sorted((one.sequence, one.original_filename) for one in record)


@given(st.lists(st.sets(st.integers(1, 9)), min_size=1, max_size=4))
def test_files_that_arrive_bit_by_bit_end_at_their_places(
    arrivals: list[set[int]],
) -> None:
    record: list[Folio] = []
    good: set[int] = set()
    for arrival in arrivals:
        good |= arrival
        record = after(record, [page(n, f"{n}.png", f"{n}") for n in sorted(good)])
    assert contents(record) == [(n, f"{n}.png") for n in sorted(good)]


@given(
    st.lists(
        st.permutations(range(8)).flatmap(
            lambda order: st.builds(lambda count: order[:count], st.integers(0, 8))
        ),
        max_size=4,
    )
)
def test_no_batch_moves_doubles_or_loses_a_page(batches: list[list[int]]) -> None:
    record: list[Folio] = []
    for batch in batches:
        before = contents(record)
        files = [page(n, f"{f}.png", f"{f}") for n, f in enumerate(batch, start=1)]
        record = after(record, files)
        held = contents(record)
        assert set(before) <= set(held)
        assert len({sequence for sequence, _name in held}) == len(held)
        names = [name for _sequence, name in held]
        assert len(set(names)) == len(names)
        assert {file.filename for file in files} <= set(names)
        assert Places(record, files).present == len(files)


@given(st.integers(1, 6), st.integers(1, 6))
def test_a_batch_of_other_files_continues_the_record(first: int, second: int) -> None:
    record = after([], [page(n, f"a{n}", f"a{n}") for n in range(1, first + 1)])
    record = after(record, [page(n, f"b{n}", f"b{n}") for n in range(1, second + 1)])
    expected = [f"a{n}" for n in range(1, first + 1)]
    expected += [f"b{n}" for n in range(1, second + 1)]
    assert contents(record) == list(enumerate(expected, start=1))


def test_a_file_repaired_before_the_others_of_its_batch_takes_its_gap() -> None:
    record = after([], [page(1, "a", "a")])
    record = after(record, [page(2, "c", "c")])  # "b" was broken
    places = Places(record, [page(1, "b", "b"), page(2, "c", "c")])
    assert [new.sequence for new in places.new] == [2]
    assert places.late == []


def test_pages_that_do_not_fit_stay_together() -> None:
    record = after([], [page(1, "a", "a")])
    record = after(record, [page(n, f"x{n}", f"x{n}") for n in (1, 2)])
    batch = [page(1, "a", "a"), *(page(n, f"b{n}", f"b{n}") for n in range(2, 6))]
    assert [new.sequence for new in Places(record, batch).late] == [4, 5, 6, 7]
