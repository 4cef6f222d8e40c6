"""Golden citations."""

import json
from dataclasses import replace
from datetime import date

import pytest

from cms import citation
from cms.citation import Source

ITEM = Source(
    reference_code="Y001-WS·1953·Y-003-002",
    title="調解須知（附記錄兩則）",
    creators=("样本调解委员会",),
    first=date(1953, 1, 1),
    last=date(1953, 12, 31),
    place="诸暨",
    holder="“枫桥经验”陈列馆",
    url="https://archive.example/catalogue/X/",
    accessed=date(2026, 11, 18),
)


def test_the_edition_of_2025_has_full_width_punctuation() -> None:
    assert citation.gbt7714(ITEM) == (
        "样本调解委员会. 調解須知（附記錄兩則）：Y001-WS·1953·Y-003-002[A/OL]. "
        "诸暨：“枫桥经验”陈列馆，1953[2026-11-18]. "
        "https://archive.example/catalogue/X/."
    )


def test_the_edition_of_2015_has_half_width_punctuation() -> None:
    assert citation.gbt7714(ITEM, "2015") == (
        "样本调解委员会. 調解須知（附記錄兩則）: Y001-WS·1953·Y-003-002[A/OL]. "
        "诸暨: “枫桥经验”陈列馆, 1953[2026-11-18]. "
        "https://archive.example/catalogue/X/."
    )


def test_a_page_follows_the_date() -> None:
    assert "陈列馆，1953：3[2026-11-18]" in citation.gbt7714(replace(ITEM, page=3))


def test_without_creators_the_title_comes_first() -> None:
    text = citation.gbt7714(replace(ITEM, creators=()))
    assert text.startswith("調解須知（附記錄兩則）：Y001")


def test_more_than_three_creators_are_three_and_others() -> None:
    text = citation.gbt7714(replace(ITEM, creators=("甲", "乙", "丙", "丁")))
    assert text.startswith("甲，乙，丙，等. ")


def test_without_date_and_place_nothing_is_made_up() -> None:
    text = citation.gbt7714(replace(ITEM, first=None, last=None, place=""))
    assert "[A/OL]. “枫桥经验”陈列馆[2026-11-18]. " in text


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(1963, 11, 20), date(1963, 11, 20), "1963-11-20"),
        (date(1963, 11, 1), date(1963, 11, 30), "1963-11"),
        (date(1963, 12, 1), date(1963, 12, 31), "1963-12"),
        (date(1963, 1, 1), date(1965, 12, 31), "1963/1965"),
        (date(1963, 11, 2), date(1964, 1, 3), "1963-11-02/1964-01-03"),
        (date(1963, 11, 20), None, "1963-11-20"),
    ],
)
def test_dates_are_written_as_precisely_as_they_are_known(
    first: date, last: date | None, written: str
) -> None:
    text = citation.gbt7714(replace(ITEM, first=first, last=last))
    assert f"陈列馆，{written}[" in text


def test_ris() -> None:
    assert citation.ris(replace(ITEM, page=3)).split("\r\n") == [
        "TY  - UNPB",
        "AU  - 样本调解委员会",
        "TI  - 調解須知（附記錄兩則）",
        "CN  - Y001-WS·1953·Y-003-002",
        "PY  - 1953",
        "DA  - 1953",
        "PB  - “枫桥经验”陈列馆",
        "CY  - 诸暨",
        "SP  - 3",
        "UR  - https://archive.example/catalogue/X/",
        "Y2  - 2026/11/18",
        "ER  - ",
        "",
    ]


def test_a_line_break_in_a_title_does_not_end_a_ris_field() -> None:
    assert "TI  - 甲 TY - BOOK\r\n" in citation.ris(
        replace(ITEM, title="甲\r\nTY  - BOOK")
    )


def test_bibtex() -> None:
    assert citation.bibtex(ITEM) == (
        "@misc{Y001-WS-1953-Y-003-002,\n"
        "  author = {{样本调解委员会}},\n"
        "  title = {{調解須知（附記錄兩則）}},\n"
        "  year = {1953},\n"
        "  number = {Y001-WS·1953·Y-003-002},\n"
        "  publisher = {{“枫桥经验”陈列馆}},\n"
        "  address = {诸暨},\n"
        "  url = {https://archive.example/catalogue/X/},\n"
        "  urldate = {2026-11-18},\n"
        "}\n"
    )


def test_braces_in_a_title_stay_balanced_in_bibtex() -> None:
    text = citation.bibtex(replace(ITEM, title="甲}{乙\\"))
    assert "  title = {{甲)(乙/}},\n" in text
    assert text.count("{") == text.count("}")


def test_csl_json() -> None:
    assert json.loads(citation.csl_json(replace(ITEM, page=3))) == [
        {
            "id": "Y001-WS·1953·Y-003-002",
            "type": "document",
            "title": "調解須知（附記錄兩則）",
            "author": [{"literal": "样本调解委员会"}],
            "archive": "“枫桥经验”陈列馆",
            "archive_location": "Y001-WS·1953·Y-003-002",
            "archive-place": "诸暨",
            "URL": "https://archive.example/catalogue/X/",
            "accessed": {"date-parts": [[2026, 11, 18]]},
            "issued": {"date-parts": [[1953]]},
            "page": "3",
        }
    ]


def test_a_range_of_dates_has_two_ends_in_csl_json() -> None:
    source = replace(ITEM, last=date(1955, 12, 31))
    (item,) = json.loads(citation.csl_json(source))
    assert item["issued"] == {"date-parts": [[1953], [1955]]}
