"""Codes put together and taken apart after DA/T 22-2015 and DA/T 13-2022."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.codes import (
    Components,
    Scheme,
    components_of,
    format_code,
    normalise,
    parse_code,
    problem_of,
)
from archive.codes.schemes import from_stored

# The examples of the standards, and the patterns that were checked against them.
EXAMPLES = [
    (
        Scheme.DAT22,
        "Z109-WS·2011-Y-BGS-0001",
        "fonds category year retention unit item",
    ),
    (
        Scheme.DAT13_ITEM,
        "Z109-WS·2011·Y·办公室-0001",
        "fonds category year retention unit item",
    ),
    (Scheme.DAT13_ITEM, "Z008-WS·2019·Y-037", "fonds category year retention item"),
    (
        Scheme.DAT13_VOLUME,
        "J019-ZY·JC·CC·2019·D30-001-001",
        "fonds category subdivisions year retention file item",
    ),
    (
        Scheme.DAT13_VOLUME,
        "K021-ZP·2019·D30-025-005",
        "fonds category year retention file item",
    ),
    (
        Scheme.DAT13_VOLUME,
        "X032-KJ·JJ·02-005-054",
        "fonds category subdivisions file item",
    ),
    (Scheme.LEGACY, "C038-001-002-003", "fonds catalogue file item"),
]
DAT22 = re.compile(
    r"^[A-Z0-9]{1,2}\d{2,4}-[A-Z]{2}(?:·[A-Z0-9]{2,4}){0,3}·(?:1[89]|20)\d{2}"
    r"-(?:Y|D\d{1,3})(?:-[A-Z0-9\u4e00-\u9fff]{1,12})?-\d{4,5}$"
)
DAT13 = re.compile(
    r"^[A-Z]\d{3,4}-[A-Z0-9\u4e00-\u9fff]{1,12}"
    r"(?:·[A-Z0-9\u4e00-\u9fff]{1,12}){0,6}(?:-\d{3,4})?-\d{3,5}$"
)

FONDS = st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True)
CATEGORY = st.sampled_from(["WS", "KJ", "ZY", "ZP", "SW"])
SUBDIVISIONS = st.lists(st.sampled_from(["JJ", "CC", "02", "TJ"]), max_size=2)
YEAR = st.integers(1800, 2099).map(str)
RETENTION = st.sampled_from(["Y", "D30", "D10"])
UNIT = st.sampled_from(["", "BGS", "办公室", "调解股"])
SHORT = st.integers(1, 999).map("{:03d}".format)
LONG = st.integers(1, 9999).map("{:04d}".format)


@st.composite
def coded(draw: st.DrawFn) -> tuple[Scheme, Components]:
    scheme = draw(st.sampled_from(list(Scheme)))
    if scheme is Scheme.LEGACY:
        fonds, catalogue, file, item = (
            draw(one) for one in (FONDS, SHORT, SHORT, SHORT)
        )
        return scheme, Components(fonds, catalogue=catalogue, file=file, item=item)
    volume = scheme is Scheme.DAT13_VOLUME
    return scheme, Components(
        draw(FONDS),
        category=draw(CATEGORY),
        subdivisions=tuple(draw(SUBDIVISIONS)),
        year=draw(YEAR),
        retention=draw(RETENTION),
        unit=draw(UNIT),
        file=draw(SHORT) if volume else "",
        item=draw(st.just("") | SHORT) if volume else draw(LONG),
    )


@pytest.mark.parametrize(("scheme", "code", "given"), EXAMPLES)
def test_the_examples_of_the_standards(scheme: Scheme, code: str, given: str) -> None:
    found = parse_code(scheme, code)
    assert found is not None
    assert format_code(scheme, found) == code
    stored = components_of(code)
    assert set(stored) == {"scheme", *given.split()}
    assert stored["scheme"] == scheme.value
    assert from_stored(stored) == found


@settings(max_examples=300, deadline=None)
@given(coded())
def test_a_code_taken_apart_is_what_it_was_put_together_of(
    made: tuple[Scheme, Components],
) -> None:
    scheme, components = made
    code = format_code(scheme, components)
    assert parse_code(scheme, code) == components
    assert normalise(code) == code
    assert problem_of(scheme, code) == ""
    if scheme is Scheme.DAT22:
        assert DAT22.match(code)
    else:
        assert DAT13.match(code) or scheme is Scheme.LEGACY


@pytest.mark.parametrize("dot", "•・.‧")
def test_dots_of_all_kinds_are_one(dot: str) -> None:
    assert normalise(f"Z109-WS{dot}2011-Y-BGS-0001") == "Z109-WS·2011-Y-BGS-0001"


@pytest.mark.parametrize(
    ("scheme", "code", "segment"),
    [
        (Scheme.DAT22, "全宗-WS·2011-Y-0001", "全宗号"),
        (Scheme.DAT22, "Z109-文书·2011-Y-0001", "门类代码"),
        (Scheme.DAT22, "Z109-WS·11-Y-0001", "年度"),
        (Scheme.DAT22, "Z109-WS·2011-永久-0001", "保管期限"),
        (Scheme.DAT22, "Z109-WS·2011-Y-01", "件号"),
        (Scheme.DAT13_VOLUME, "K021-ZP·2019·D30-2", "案卷号"),
        (Scheme.LEGACY, "C038-1-002", "目录号"),
        (Scheme.LEGACY, "C038-001-002-003-004", "多出"),
    ],
)
def test_the_segment_that_is_wrong_is_named(
    scheme: Scheme, code: str, segment: str
) -> None:
    assert parse_code(scheme, code) is None
    assert segment in problem_of(scheme, code)


def test_what_follows_no_scheme_has_no_components() -> None:
    assert components_of("旧档一号") == {}


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(list(Scheme)),
    st.lists(
        st.sampled_from(
            ["Z109", "C038", "WS", "JJ", "2019", "Y", "D30", "D3", "办公室"]
        )
        | st.sampled_from(["-", "·", "-", "·", "001", "0001", "12345", "02"]),
        min_size=3,
        max_size=14,
    ).map("".join),
)
def test_whatever_can_be_taken_apart_is_put_together_again(
    scheme: Scheme, code: str
) -> None:
    found = parse_code(scheme, code)
    if found is None:
        assert problem_of(scheme, code)
        return
    assert format_code(scheme, found) == code
    assert from_stored(components_of(code, scheme.value)) == found
