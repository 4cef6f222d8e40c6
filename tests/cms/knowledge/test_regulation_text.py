"""The parser of the regulation, on made-up text and on the institution's own file."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from cms.checks import check_regulation
from cms.knowledge.articles import articles
from cms.knowledge.numerals import written
from cms.knowledge.regulation_text import (
    Paragraph,
    RegulationUnreadable,
    parse,
    supplied,
)

REAL = os.environ.get("REGULATION_FILE", "")

MADE_UP = """样例规定
（草案）

第一章 总则
第一条【目的】 为试读而写。
   第二条【职责】　办公室负责下列事项：
（一）甲事；
（二）乙事。
办公室每年报告一次。第三条规定的除外。
第二章 附则
第四条 没有条名的一条。
[bookmark: _GoBack]第五条【空】
"""


def test_articles_have_their_titles_paragraphs_and_items() -> None:
    found = parse(MADE_UP)
    assert found.head == ("样例规定", "（草案）")
    assert [one.number for one in found.articles] == [1, 2, 4, 5]
    second = found.of(2)
    assert second is not None
    assert (second.title, second.chapter) == ("职责", "第一章 总则")
    assert second.paragraphs == (
        Paragraph("办公室负责下列事项：", ("（一）甲事；", "（二）乙事。")),
        Paragraph("办公室每年报告一次。第三条规定的除外。"),
    )


def test_a_gap_in_the_numbers_stays_a_gap() -> None:
    assert parse(MADE_UP).of(3) is None


def test_an_article_without_title_or_without_text_is_one() -> None:
    found = parse(MADE_UP)
    fourth, fifth = found.of(4), found.of(5)
    assert fourth is not None
    assert fifth is not None
    assert (fourth.title, fourth.paragraphs[0].text) == ("", "没有条名的一条。")
    assert (fifth.title, fifth.paragraphs) == ("空", ())


def test_an_article_named_at_the_beginning_of_a_sentence_begins_none() -> None:
    found = parse("第一条【甲】甲。\n第二条规定的事项除外。\n")
    assert [one.number for one in found.articles] == [1]
    assert found.articles[0].paragraphs[1].text == "第二条规定的事项除外。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有以"),
        ("只有一段话。", "没有以"),
        ("第二条【甲】甲\n第一条【乙】乙", "排在"),
        ("第二条【甲】甲\n第二条【乙】乙", "排在"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(RegulationUnreadable, match=told):
        parse(text)


WORDS = st.text("甲乙丙丁，。；", min_size=1, max_size=20)


@given(
    st.dictionaries(
        st.integers(1, 200),
        st.tuples(WORDS, st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=3)))),
        min_size=1,
    )
)
def test_whatever_is_written_in_the_form_is_read_to_the_letter(
    law: dict[int, tuple[str, list[tuple[str, list[str]]]]],
) -> None:
    lines = ["题名"]
    for number, (title, paragraphs) in sorted(law.items()):
        lines.append(f"第{written(number)}条【{title}】")
        for text, items in paragraphs:
            lines.append(f"　　{text}")
            lines += [f"（{written(n)}）{one}" for n, one in enumerate(items, 1)]
    found = parse("\r\n".join(lines))
    read = {
        one.number: (
            one.title,
            [(each.text, list(each.items)) for each in one.paragraphs],
        )
        for one in found.articles
    }
    assert read == {
        number: (
            title,
            [
                (text, [f"（{written(n)}）{one}" for n, one in enumerate(items, 1)])
                for text, items in paragraphs
            ],
        )
        for number, (title, paragraphs) in law.items()
    }


@given(st.text(max_size=200))
def test_no_text_is_more_than_refused(text: str) -> None:
    try:
        found = parse(text)
    except RegulationUnreadable:
        return
    assert found.articles


def test_without_a_file_there_is_no_text(settings: Settings) -> None:
    settings.REGULATION_FILE = ""
    assert supplied() is None
    assert check_regulation(None) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("第一条【甲】甲".encode("gb18030"), "UTF-8"),
        (b"\xe7" * 3_000_000, "过大"),
        (None, "找不到文件"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_at_the_start(
    settings: Settings, tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "regulation.txt"
    if content is not None:
        path.write_bytes(content)
    settings.REGULATION_FILE = str(path)
    with pytest.raises(RegulationUnreadable, match=told):
        supplied()
    (warning,) = check_regulation(None)
    assert told in warning.msg


def test_a_file_that_changed_is_read_again(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "regulation.txt"
    settings.REGULATION_FILE = str(path)
    path.write_text("第一条【甲】甲", encoding="utf-8-sig")
    first = supplied()
    path.write_text("第一条【甲】甲改", encoding="utf-8")
    second = supplied()
    assert first is not None
    assert second is not None
    assert second.articles[0].paragraphs[0].text == "甲改"


@pytest.mark.skipif(not REAL, reason="REGULATION_FILE is not set")
def test_the_institutions_own_file_has_the_articles_that_we_summarise() -> None:
    found = parse(Path(REAL).read_text(encoding="utf-8"))
    ours = {one.number: one.title for one in articles() if not one.is_missing}
    assert {one.number: one.title for one in found.articles} == ours
    assert found.of(26) is None
    fourth = found.of(4)
    assert fourth is not None
    assert [len(one.items) for one in fourth.paragraphs] == [6, 0]


@pytest.mark.skipif(not REAL, reason="REGULATION_FILE is not set")
def test_none_of_our_summaries_is_a_piece_of_the_text() -> None:
    text = Path(REAL).read_text(encoding="utf-8")
    for one in articles():
        pieces = [one.summary[at : at + 16] for at in range(len(one.summary) - 15)]
        assert not [piece for piece in pieces if piece in text]
