"""The texts of the collection and the catalogue that describes them."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest

from tests.samples import area, document, layout, looks
from tests.samples.document import Document
from tests.samples.errors import DocumentError, LayoutError

DOCUMENTS = document.load_all()
by_slug = pytest.mark.parametrize("made", DOCUMENTS, ids=lambda made: made.slug)
RECORDS = Path(__file__).with_name("records.csv")
TITLES = "同志|先生|女士|小姐|主任|书记|書記|村长|村長|组长|組長|法官|律师|律師"
SURNAMES = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何罗羅高林郑鄭梁谢謝"
# Characters that only the other script writes, from words the texts use.
ONLY_HANS = "调档纠纷记阅览规则众书页号为这说时间处签写样张员会议"
ONLY_HANT = "調檔糾紛記閱覽規則眾書頁號為這說時間處簽寫樣張員會議"


def shown(text: str) -> str:
    return "".join(text.split())


def records() -> list[dict[str, str]]:
    with RECORDS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@by_slug
def test_a_document_has_between_one_and_three_thousand_characters(
    made: Document,
) -> None:
    assert 1000 <= len(shown(made.text)) <= 3000


@by_slug
def test_every_page_says_that_it_is_demonstration_material(made: Document) -> None:
    for page in layout.paginate(made):
        text = "".join(glyph.char for glyph in page.lines[-1].glyphs)
        assert text.startswith(("演示材料，非历史文献", "演示材料，非歷史文獻"))


@by_slug
def test_the_set_pages_hold_the_document_s_text_and_nothing_else(
    made: Document,
) -> None:
    set_text = "".join(
        glyph.char
        for page in layout.paginate(made)
        for line in page.lines
        if line.role != "notice"
        for glyph in line.glyphs
    )
    assert shown(set_text) == shown(made.text)


@by_slug
def test_nothing_is_set_outside_the_text_area_of_its_page(made: Document) -> None:
    here = area.of(made)
    deep = (here.depth, here.measure)
    across, down = deep if made.direction == "v" else deep[::-1]
    for page in layout.paginate(made):
        for line in page.lines:
            if line.role == "notice":
                continue
            for glyph in line.glyphs:
                assert glyph.x >= here.left - 1 and glyph.y >= here.top - 1
                assert glyph.x <= here.left + across - glyph.kind.size / 4
                assert glyph.y + glyph.kind.size <= here.top + down + made.size * 0.5


@by_slug
def test_a_text_is_written_in_one_script(made: Document) -> None:
    foreign = ONLY_HANT if made.script == "hans" else ONLY_HANS
    assert not set(foreign) & set(made.text)


@by_slug
def test_a_document_has_a_look_for_every_page(made: Document) -> None:
    assert len(made.looks) == len(layout.paginate(made))


@by_slug
def test_no_text_holds_what_looks_like_a_person(made: Document) -> None:
    text = shown(made.text)
    assert not re.search(f"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}({TITLES})", text)
    assert not re.search(f"[{SURNAMES}](?:某|氏)", text)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert not re.search(r"(?<!\d)\d{15,18}[\dXx]?(?!\d)", text)


def test_every_look_appears_in_each_of_the_three_layouts() -> None:
    seen: dict[tuple[str, str], set[str]] = {}
    for made in DOCUMENTS:
        seen.setdefault((made.script, made.direction), set()).update(made.looks)
    assert set(seen) == {("hans", "h"), ("hant", "h"), ("hant", "v")}
    for found in seen.values():
        assert found == set(looks.LOOKS)


def test_the_words_of_the_main_search_stand_in_both_scripts() -> None:
    assert any("矛盾纠纷" in made.text for made in DOCUMENTS)
    assert any("矛盾糾紛" in made.text for made in DOCUMENTS if made.direction == "v")
    for word in ("1963年11月20日", "二〇二六年十月九日", "PDF/A", "TIFF", "300 dpi"):
        assert any(word in made.text for made in DOCUMENTS), word
    for word in ("SHA-256", "ISO 8601", "四先四早", "群众", "自治"):
        assert any(word in made.text for made in DOCUMENTS), word


def test_traditional_texts_keep_apart_what_simplified_ones_merge() -> None:
    text = "".join(made.text for made in DOCUMENTS if made.script == "hant")
    for word in ("乾燥", "幹事", "果乾", "裡", "之後", "數隻", "只許", "複製", "回覆"):
        assert word in text, word
    for wrong in ("干事", "干燥", "里面", "以后", "復制", "隻有", "乾部"):
        assert wrong not in text, wrong


def test_the_texts_are_in_composed_form() -> None:
    for made in DOCUMENTS:
        assert unicodedata.is_normalized("NFC", made.text)


def test_every_document_is_described_once_with_its_number_of_pages() -> None:
    described = {row["文件"]: row for row in records() if row["文件"]}
    assert len(described) == len([row for row in records() if row["著录层级"] == "件"])
    assert set(described) == {f"{made.slug}/*" for made in DOCUMENTS}
    for made in DOCUMENTS:
        row = described[f"{made.slug}/*"]
        assert f"，{len(layout.paginate(made))}页，" in row["载体形态"]
        assert row["题名"].partition("（")[0] in made.text


def test_every_row_hangs_under_one_that_came_before_it() -> None:
    known: set[str] = set()
    for row in records():
        assert row["档号"] not in known
        if row["著录层级"] == "全宗":
            assert re.fullmatch(r"[A-Z]\d{3}", row["档号"]) and not row["上级档号"]
        else:
            assert row["上级档号"] in known
            assert row["档号"].startswith(row["上级档号"])
        known.add(row["档号"])


def test_item_codes_follow_the_standard_and_say_that_they_are_no_history() -> None:
    pattern = re.compile(
        r"[A-Z]\d{3,4}-[A-Z0-9]{1,12}(?:·[A-Z0-9]{1,12}){0,6}(?:-\d{3,4})?-\d{3,5}"
    )
    for row in records():
        assert row["密级"] == "公开" and "并非历史文献" in row["附注"]
        if row["著录层级"] in ("案卷", "件"):
            assert pattern.fullmatch(row["档号"])


def test_a_broken_document_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text("script: hans\n\n# 题名\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"broken\.md"):
        document.load(broken)


def test_a_title_that_is_too_long_is_refused(tmp_path: Path) -> None:
    source = (document.FOLDER / "reading-room-rules.md").read_text(encoding="utf-8")
    long = tmp_path / "long.md"
    long.write_text(source.replace("# 阅览室规则", "# " + "规则" * 30), "utf-8")
    with pytest.raises(LayoutError, match="long"):
        layout.paginate(document.load(long))
