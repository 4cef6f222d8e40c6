"""The thesaurus in and out, as a table and as SKOS: nothing lost, nothing half done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Subject, Term
from archive.subjects import skos, store, table
from archive.subjects.bringing import Report
from archive.subjects.seed import plant
from archive.subjects.thesaurus import Concept, Thesaurus, faults
from tests.factories import subject

pytestmark = [pytest.mark.django_db]

FORMATS = ("csv", "ttl", "rdf")


def empty() -> None:
    Subject.objects.update(broader=None)
    Subject.objects.all().delete()
    Term.objects.all().delete()


@pytest.fixture(autouse=True)
def without_the_seed(db: None) -> None:
    empty()


def write(path: Path, suffix: str) -> None:
    if suffix == "csv":
        table.write(path)
    else:
        skos.write(path, suffix)


def read(path: Path, suffix: str) -> Report:
    return table.read(path) if suffix == "csv" else skos.read(path)


def problems(report: Report) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.message) for one in report.problems]


def text(limit: int) -> st.SearchStrategy[str]:
    """Anything that may stand in a label, and what most likely breaks."""
    tricky = st.sampled_from(
        ['；甲"', "=1+1", "'", "[空]", "@zh", "a\\n", "<&>", "\u2028"]
    )
    plain = st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=limit
    )
    return st.one_of(
        plain, st.builds(str.__add__, tricky, plain).map(lambda s: s[:limit])
    )


@st.composite
def thesauri(draw: Any) -> Thesaurus:
    """One that keeps the rules: what would break them is left out."""
    made = Thesaurus()
    for number in draw(
        st.lists(
            st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,5}", fullmatch=True),
            unique=True,
            max_size=6,
        )
    ):
        status = draw(st.sampled_from(Subject.Status.values))
        above = draw(st.sampled_from(["", *made.concepts]))
        wanted = made.copy()
        wanted.put(
            Concept(
                number,
                draw(st.one_of(text(10), st.sampled_from(["", *made.concepts]))),
                draw(text(10)),
                tuple(draw(st.lists(text(10), max_size=3))),
                above,
                draw(text(30)) + draw(st.sampled_from(["", "\n第二行", "\t。"])),
                draw(text(20)),
                status,
            )
        )
        others = draw(st.lists(st.sampled_from(["", *made.concepts]), max_size=2))
        wanted.relate(number, [one for one in others if one])
        if not faults(wanted, wanted.concepts):
            made = wanted
    return made


def put(wanted: Thesaurus) -> None:
    with store.changing() as change:
        change.after = wanted
        change.write()


@pytest.mark.parametrize("suffix", FORMATS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(wanted=thesauri())
def test_what_is_written_is_read_again(
    tmp_path: Path, suffix: str, wanted: Thesaurus
) -> None:
    empty()
    put(wanted)
    assert store.load() == wanted
    path = tmp_path / f"thesaurus.{suffix}"
    write(path, suffix)

    again = read(path, suffix)
    if wanted.concepts:
        assert problems(again) == []
        assert (again.created, again.updated) == (0, 0)
    assert store.load() == wanted

    empty()
    read(path, suffix)
    assert store.load() == wanted


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_seed_survives_the_journey(tmp_path: Path, suffix: str) -> None:
    plant(Subject, Term)
    before = store.load()
    assert len(before.concepts) > 100
    assert faults(before, before.concepts) == []
    write(tmp_path / "x", suffix)
    empty()

    report = read(tmp_path / "x", suffix)

    assert problems(report) == []
    assert report.created == len(before.concepts)
    assert store.load() == before


def test_the_seed_is_the_regulations_and_says_so() -> None:
    plant(Subject, Term)

    tops = list(Subject.objects.filter(broader=None).values_list("label", flat=True))
    assert len(tops) == 14
    assert (tops[0], tops[-1]) == ("党的领导", "共同富裕")
    police = Subject.objects.get(label="枫桥式公安派出所")
    assert "法治" in store.load().labels_down_to(police.number)
    assert all(
        source.startswith("《绍兴市“枫桥经验”传承发展条例（草案送审稿）》第")
        for source in Subject.objects.values_list("source", flat=True)
    )


HEAD = "编号,正式词,非正式词,上位词,相关词,状态\n"


def bring(tmp_path: Path, rows: str | bytes, name: str = "t.csv") -> Report:
    path = tmp_path / name
    content = (HEAD + rows).encode() if isinstance(rows, str) else rows
    path.write_bytes(content)
    return table.read(path)


@pytest.mark.parametrize(
    ("rows", "row", "column", "said"),
    [
        (",甲,,没有的词,,\n", 2, "上位词", "没有“没有的词”"),
        (",甲,,,没有的词,\n", 2, "相关词", "没有“没有的词”"),
        (",甲,,,,\n,乙,調解,,,\n", 3, "非正式词", "“調解”已是“调解”"),
        (",甲,,,,\n,乙,甲,,,\n", 3, "非正式词", "“甲”已是“甲”"),
        (",甲,,,,\n,甲,,,,\n", 3, "正式词", "第 2 行是同一个"),
        ("X1,甲,,,,\nX1,乙,,,,\n", 3, "编号", "第 2 行"),
        ("X1,甲,,乙,,\nX2,乙,,甲,,\n", 2, "上位词", "自己的上位词"),
        (",甲,,甲,,\n", 2, "上位词", "自己的上位词"),
        (",甲,,调解,调解,\n", 2, "相关词", "上下位关系"),
        ('," =cmd(A1)",,,,\n', 2, "正式词", "公式"),
        (f",甲,{'长' * 400_000},,,\n", 2, "非正式词", "100 kB"),
        (f",{'长' * 101},,,,\n", 2, "正式词", "100 字"),
        (",甲\x07,,,,\n", 2, "正式词", "U+0007"),
        ("编号,甲,,,,\n", 2, "编号", "无效"),
        ("X1,,乙,,,\n", 2, "正式词", "请填写正式词"),
        (",甲,,,,也许\n", 2, "状态", "候选、正式、停用"),
        (",（清空）,,,,\n", 2, "正式词", "不能清空"),
        (",甲,,,,,多\n", 2, "", "列数多于表头"),
    ],
)
def test_a_bad_table_is_told_by_row_and_column_and_nothing_is_written(
    tmp_path: Path, rows: str, row: int, column: str, said: str
) -> None:
    subject("调解")
    before = store.load()

    report = bring(tmp_path, rows + ",好词,,,,\n")

    assert (row, column) in [(one[0], one[1]) for one in problems(report)]
    assert any(said in one[2] for one in problems(report))
    assert store.load() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b"\xff\xff\x80\x81", "编码"),
        ("题名\n甲\n".encode(), "不认识这一列"),
        (b"label,label\na,b\n", "重复"),
        ("状态\n正式\n".encode(), "没有“正式词”"),
        (b'label\n"a', "CSV"),
    ],
)
def test_a_file_that_is_no_table_is_told(
    tmp_path: Path, content: bytes, said: str
) -> None:
    report = bring(tmp_path, content)

    assert any(said in one[2] for one in problems(report))
    assert not Subject.objects.exists()


def test_rows_name_each_other_in_any_order_and_in_the_encoding_of_the_office(
    tmp_path: Path,
) -> None:
    content = (
        HEAD + ",枫桥式派出所,,法治,调解,\n,法治,,,,\n,调解,纠纷调解,,,候选\n"
    ).encode("gb18030")
    report = bring(tmp_path, content)

    assert problems(report) == []
    assert report.created == 3
    police = Subject.objects.get(label="枫桥式派出所")
    assert police.broader == Subject.objects.get(label="法治")
    assert [one.label for one in police.related.all()] == ["调解"]


def test_an_empty_cell_changes_nothing_and_a_marked_one_empties(
    tmp_path: Path,
) -> None:
    subject("法治")
    law = subject("派出所", broader="法治", alternatives=["某所"])

    bring(tmp_path, f"{law.number},公安派出所,,,,\n")
    assert Subject.objects.get(pk=law.pk).broader is not None
    assert store.load().concepts[law.number].alternatives == ("某所", "派出所")

    bring(tmp_path, f"{law.number},,[空],[空],,\n")
    assert Subject.objects.get(pk=law.pk).broader is None
    assert store.load().concepts[law.number].alternatives == ()


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEAD + ",甲,,,,\n", encoding="utf-8")

    report = table.read(path, dry_run=True)

    assert report.created == 1
    assert not Subject.objects.exists()


TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/t/> .
ex:law a skos:Concept ;
    skos:prefLabel "法治"@zh-Hans, "法治國"@zh-Hant, "Law"@en, "Recht"@de ;
    skos:narrower ex:police ; skos:definition "……"@zh .
ex:police a skos:Concept ; skos:prefLabel "派出所" ; skos:altLabel "警所"@zh .
"""


def turtle(tmp_path: Path, content: str | bytes, name: str = "t.ttl") -> Report:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return skos.read(path)


def test_skos_of_other_houses_is_read_and_what_has_no_place_is_told(
    tmp_path: Path,
) -> None:
    report = turtle(tmp_path, TURTLE)

    assert problems(report) == []
    now = store.load()
    assert now.concepts["police"].broader == "law"
    assert now.concepts["law"].label == "法治"
    assert now.concepts["law"].label_en == "Law"
    assert now.concepts["law"].alternatives == ("法治國",)
    notices = " ".join(one.message for one in report.notices)
    assert "Recht" in notices
    assert {"skos:definition", "skos:prefLabel"} <= {
        one.column for one in report.notices
    }


BOMB = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="urn:x"><skos:prefLabel>&b;</skos:prefLabel></skos:Concept>
</rdf:RDF>"""
OUTSIDE = BOMB.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/hostname">')


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (BOMB, "t.rdf", "DOCTYPE"),
        (BOMB.encode("utf-16"), "t.rdf", "DOCTYPE"),
        (BOMB, "t.ttl", "DOCTYPE"),
        (OUTSIDE, "t.rdf", "DOCTYPE"),
        ("<rdf:RDF", "t.rdf", "不是完好的"),
        ("法治 a skos:Concept", "t.ttl", "不是完好的"),
        (TURTLE[:-20], "t.ttl", "不是完好的"),
        (TURTLE.encode("gb18030"), "t.ttl", "UTF-8"),
        ("", "t.ttl", "没有主题词"),
        (
            TURTLE.replace("skos:narrower ex:police", "skos:broader ex:none"),
            "t.ttl",
            "none",
        ),
        (TURTLE.replace("派出所", ""), "t.ttl", "正式词"),
        (TURTLE.replace('"派出所"', '"Police"@en'), "t.ttl", "@zh"),
        (TURTLE.replace('"警所"', '"法治"'), "t.ttl", "已是“法治”"),
        (TURTLE + "ex:police skos:broader ex:two .", "t.ttl", "2 个上位词"),
        (TURTLE + "ex:law skos:broader ex:police .", "t.ttl", "自己的上位词"),
        (TURTLE + 'ex:law skos:notation "a", "b" .', "t.ttl", "几个编号"),
    ],
)
def test_a_bad_skos_file_is_told_and_nothing_is_written(
    tmp_path: Path, content: str | bytes, name: str, said: str
) -> None:
    report = turtle(tmp_path, content, name)

    assert any(said in one[2] for one in problems(report))
    assert not Subject.objects.exists()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(where=st.integers(0, 5000), what=st.binary(max_size=4), cut=st.integers(0, 40))
@pytest.mark.parametrize("suffix", ["ttl", "rdf"])
def test_a_damaged_file_is_a_problem_and_never_a_crash(
    tmp_path: Path, suffix: str, where: int, what: bytes, cut: int
) -> None:
    path = tmp_path / f"seed.{suffix}"
    if not path.exists():
        subject("法治", label_en="Law", source="《某书》")
        subject("派出所", broader="法治", alternatives=["警所"], related=[])
        skos.write(path, suffix)
        (tmp_path / "good").write_bytes(path.read_bytes())
    good = (tmp_path / "good").read_bytes()
    where %= len(good)
    path.write_bytes(good[:where] + what + good[where + cut :])
    reading: Callable[..., Report] = skos.read

    report = reading(path, dry_run=True)

    assert report.problems or report.rows
