"""Golden citations of outputs."""

import json
from dataclasses import replace
from datetime import date

from cms import publications
from cms.publications import Publication

PAPER = Publication(
    kind="paper",
    title="三张清单怎样减负",
    authors=("演示作者丙",),
    first=date(2025, 11, 1),
    last=date(2025, 11, 30),
    container="演示学刊",
    volume="12",
    issue="6",
    pages="12-27",
    key="output-7",
)
BOOK = Publication(
    kind="book",
    title="网格工作手册",
    authors=("演示编写组",),
    first=date(2024, 1, 1),
    last=date(2024, 12, 31),
    place="演示城",
    publisher="演示出版社",
    pages="186",
    isbn="978-0-306-40615-7",
    key="output-8",
)
REPORT = Publication(
    kind="report",
    title="网上求助的回应时间",
    authors=("演示作者丁",),
    first=date(2026, 3, 5),
    last=date(2026, 3, 5),
    place="演示城",
    publisher="演示研究室",
    number="演示报告 2026-02",
    url="https://archive.example/o/",
    accessed=date(2026, 11, 18),
    key="output-9",
)


def test_a_paper_in_the_edition_of_2025() -> None:
    assert publications.gbt7714(PAPER) == (
        "演示作者丙. 三张清单怎样减负[J]. 演示学刊，2025，12（6）：12-27."
    )


def test_a_paper_in_the_edition_of_2015() -> None:
    assert publications.gbt7714(PAPER, "2015") == (
        "演示作者丙. 三张清单怎样减负[J]. 演示学刊, 2025, 12(6): 12-27."
    )


def test_an_issue_without_a_volume_follows_the_year() -> None:
    text = publications.gbt7714(replace(PAPER, volume=""))
    assert "演示学刊，2025（6）：12-27." in text


def test_a_doi_comes_last() -> None:
    text = publications.gbt7714(replace(PAPER, doi="10.1000/182"), "2015")
    assert text.endswith(": 12-27. DOI:10.1000/182.")


def test_a_book() -> None:
    assert publications.gbt7714(BOOK) == (
        "演示编写组. 网格工作手册[M]. 演示城：演示出版社，2024：186."
    )


def test_a_report_that_is_read_online_has_its_day_of_access() -> None:
    assert publications.gbt7714(REPORT) == (
        "演示作者丁. 网上求助的回应时间：演示报告 2026-02[R/OL]. "
        "演示城：演示研究室，2026-03-05[2026-11-18]. https://archive.example/o/."
    )


def test_more_than_three_authors_are_three_and_others() -> None:
    text = publications.gbt7714(replace(PAPER, authors=("甲", "乙", "丙", "丁")))
    assert text.startswith("甲，乙，丙，等. ")


def test_ris_names_the_kind_and_both_ends_of_the_pages() -> None:
    assert publications.ris(PAPER).split("\r\n") == [
        "TY  - JOUR",
        "AU  - 演示作者丙",
        "TI  - 三张清单怎样减负",
        "JO  - 演示学刊",
        "PY  - 2025",
        "VL  - 12",
        "IS  - 6",
        "SP  - 12",
        "EP  - 27",
        "ER  - ",
        "",
    ]


def test_bibtex_keeps_braces_out_of_its_fields() -> None:
    text = publications.bibtex(replace(REPORT, title="甲{乙}"))
    assert text.startswith("@techreport{output-9,\n")
    assert "title = {{甲(乙)}}" in text
    assert "institution = {{演示研究室}}" in text


def test_csl_json_has_the_date_in_parts() -> None:
    (item,) = json.loads(publications.csl_json(PAPER))
    assert item["type"] == "article-journal"
    assert item["issued"] == {"date-parts": [[2025, 11]]}
    assert item["container-title"] == "演示学刊"
