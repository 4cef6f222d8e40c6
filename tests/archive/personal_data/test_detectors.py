"""The detectors find what leads to a person, and leave alone what does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.personal_data import Finding, Kind, find
from archive.personal_data.numbers import check_digit, passes_luhn

ZHUJI = ("330681", "330625")
BEFORE = st.text("当事人电话，。 的", max_size=8)


def kinds(text: str) -> list[tuple[Kind, str, bool]]:
    return [(one.kind, one.found, one.doubtful) for one in find(text)]


def resident_id(area: str, born: date, serial: int) -> str:
    body = f"{area}{born:%Y%m%d}{serial:03}"
    return body + check_digit(body)


def test_the_check_digit_is_that_of_the_standard() -> None:
    """The example of GB 11643-1999, annex."""
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@pytest.mark.parametrize("area", ZHUJI)
def test_numbers_of_zhuji_and_of_1963_are_sound(area: str) -> None:
    number = resident_id(area, date(1963, 7, 15), 1)
    assert kinds(f"身份证{number}。") == [(Kind.RESIDENT_ID, number, False)]


@given(
    area=st.sampled_from((*ZHUJI, "110105", "330602", "810000")),
    born=st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    serial=st.integers(0, 999),
    before=BEFORE,
)
def test_every_sound_id_is_found(
    area: str, born: date, serial: int, before: str
) -> None:
    number = resident_id(area, born, serial)
    assert kinds(f"{before}{number}，") == [(Kind.RESIDENT_ID, number, False)]


@given(
    born=st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    serial=st.integers(0, 999),
    last=st.sampled_from("0123456789X"),
)
def test_an_id_with_a_wrong_check_digit_is_flagged_not_dropped(
    born: date, serial: int, last: str
) -> None:
    right = resident_id(ZHUJI[0], born, serial)
    number = right[:17] + last
    (found,) = [one for one in find(number) if one.kind is Kind.RESIDENT_ID]
    assert found.found == number
    assert found.doubtful is (last != right[17])


@given(born=st.dates(date(1900, 1, 1), date(1999, 12, 31)), n=st.integers(0, 999))
def test_ids_of_fifteen_digits(born: date, n: int) -> None:
    number = f"330625{born:%y%m%d}{n:03}"
    found = [one for one in find(f"证号：{number}") if one.kind is Kind.RESIDENT_ID]
    assert [one.found for one in found] == [number]


@pytest.mark.parametrize(
    "text", ["33068119630231001X", "330681196302310014", "99068119630715001X"]
)
def test_a_day_or_an_area_that_is_none_is_doubtful(text: str) -> None:
    assert [one.doubtful for one in find(text)] == [True]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("电话13957512345。", Kind.MOBILE, "13957512345"),
        ("电话 +86 139-5751-2345", Kind.MOBILE, "+86 139-5751-2345"),
        ("电话１３９５７５１２３４５", Kind.MOBILE, "１３９５７５１２３４５"),
        ("电话0575-87012345转12", Kind.LANDLINE, "0575-87012345转12"),
        ("（0575）87012345", Kind.LANDLINE, "（0575）87012345"),
        ("车牌浙D·12345", Kind.PLATE, "浙D·12345"),
        ("浙DF12345一辆", Kind.PLATE, "浙DF12345"),
        ("写信到 a.b+c@mail.example.cn。", Kind.EMAIL, "a.b+c@mail.example.cn"),
        ("卡号6222 0212 3456 7890 128", Kind.BANK_CARD, "6222 0212 3456 7890 128"),
    ],
)
def test_each_kind_of_number(text: str, kind: Kind, found: str) -> None:
    assert [(one.kind, one.found) for one in find(text)] == [(kind, found)]


def luhn(body: str) -> str:
    return next(body + d for d in "0123456789" if passes_luhn(body + d))


@given(st.integers(10**14, 10**15 - 1))
def test_a_card_called_so_is_certain_and_one_by_luhn_alone_is_not(n: int) -> None:
    number = luhn(f"6{n}"[:15])
    called = [one for one in find(f"账户{number}") if one.kind is Kind.BANK_CARD]
    alone = [one for one in find(f"货号{number}") if one.kind is Kind.BANK_CARD]
    assert [one.doubtful for one in called] == [False]
    assert [one.doubtful for one in alone] == [True]


def test_a_card_with_an_error_is_flagged_where_it_is_called_one() -> None:
    wrong = luhn("622202123456789")[:-1]
    wrong += next(d for d in "0123456789" if not passes_luhn(wrong + d))
    assert kinds(f"银行卡{wrong}") == [(Kind.BANK_CARD, wrong, True)]
    assert kinds(f"货号{wrong}") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("当事人王强说他不愿意。", ["王强"]),
        ("原告：张小明，被告：李红。", ["张小明", "李红"]),
        ("证人欧阳建国到场", ["欧阳建国"]),
        ("当事人李四、王五和赵小六到场", ["李四", "王五", "赵小六"]),
        ("調解員陳國強主持", ["陳國強"]),
    ],
)
def test_names_after_the_words_for_people(text: str, found: list[str]) -> None:
    assert [one.found for one in find(text) if one.kind is Kind.NAME] == found


@pytest.mark.parametrize(
    "text",
    [
        "当事人张某说，证人李某甲在场。",
        "当事人甲户、乙户，调解员某甲。",
        "调解员方面认为，村民曾经来过，邻居常说此事。",
        "当事人于第二日到场，村民田间劳作。",
        "调解员孙氏主持，原告王××未到。",
        "编号2025-03-017，档号Y001-WS·1953·Y-003-002。",
        "2025年6月18日，第11日，四十日后回访。",
        "王安石变法，李白的诗。",
        "浙ABCDEF是一串字母，订单号 20251118。",
        "第400-123次，1234567890个。",
    ],
)
def test_what_leads_to_nobody_is_passed_over(text: str) -> None:
    assert find(text) == ()


@given(st.text(max_size=200))
def test_any_text_is_read_and_findings_do_not_overlap(text: str) -> None:
    found = find(text)
    assert all(text[one.start : one.end] == one.found for one in found)
    ends = [one.end for one in found[:-1]]
    assert all(end <= one.start for end, one in zip(ends, found[1:], strict=True))


def test_a_finding_says_where_it_stands() -> None:
    (found,) = find("请拨13957512345。")
    assert found == Finding(Kind.MOBILE, 2, 13, "13957512345")
