"""The predicate over every combination of values there is."""

from collections.abc import Iterator
from itertools import product
from types import SimpleNamespace

import pytest

from archive.models import Record
from archive.openness import (
    OPENNESS_FIELDS,
    STAFF_ONLY,
    Access,
    AccessTable,
    Audience,
    Openness,
    access,
    own_access,
)
from archive.vocabulary import Clearance, Disclosure, OpenStatus, Secrecy

# One that is missing, one that nobody knows, one that must never be taken.
STRANGE = ["", "unheard-of", "秘密"]
CLEARANCES = [*Clearance.values, *STRANGE]
DIMENSIONS: list[list[str] | list[bool]] = [
    [*OpenStatus.values, *STRANGE],
    [*Secrecy.values, *STRANGE],
    [*Disclosure.values, *STRANGE],
    CLEARANCES,
    CLEARANCES,
    CLEARANCES,
    [True, False],
]


def every_openness() -> Iterator[Openness]:
    for values in product(*DIMENSIONS):
        yield Openness(*values)  # type: ignore[arg-type]


def is_known(one: Openness) -> bool:
    return all(getattr(one, name) not in STRANGE for name in OPENNESS_FIELDS)


def satisfies_the_formula(one: Openness) -> bool:
    """standards, section 3, word for word."""
    return (
        one.secrecy == "public"
        and one.open_status == "open"
        and one.disclosure_status != "withheld"
        and one.publication_right == "cleared"
        and one.personal_information == "cleared"
        and one.copyright_status == "cleared"
    )


def test_every_combination_has_an_answer_that_never_falls_with_the_audience() -> None:
    count = 0
    for one in every_openness():
        table = own_access(one)
        assert table.public <= table.reading_room <= table.staff == Access.FULL
        count += 1
    assert count == 7 * 5 * 7 * 6**3 * 2


def test_the_public_gets_the_whole_exactly_by_the_formula() -> None:
    for one in every_openness():
        full = own_access(one).public is Access.FULL
        on_request = one.disclosure_status == "on_request"
        expected = is_known(one) and satisfies_the_formula(one) and not on_request
        assert full == expected, one


def test_the_reading_room_needs_no_publication_right_and_no_copyright() -> None:
    for one in every_openness():
        expected = (
            is_known(one)
            and one.secrecy == "public"
            and one.open_status == "open"
            and one.disclosure_status != "withheld"
            and one.personal_information == "cleared"
        )
        assert (own_access(one).reading_room is Access.FULL) == expected, one


def test_what_is_not_known_or_not_reviewed_or_internal_is_for_staff_only() -> None:
    for one in every_openness():
        closed = one.open_status == "unreviewed" or one.secrecy == "internal"
        if closed or not is_known(one):
            assert own_access(one) == STAFF_ONLY, one


def test_a_catalogue_entry_is_seen_only_where_it_was_approved() -> None:
    for one in every_openness():
        table = own_access(one)
        if Access.CATALOGUE in (table.public, table.reading_room):
            assert one.catalogue_approved, one


TABLES = [
    AccessTable(public, room)
    for public, room in product(Access, Access)
    if public <= room
]


@pytest.mark.parametrize("table", TABLES)
def test_views_cover_each_audience_that_sees_anything_once(table: AccessTable) -> None:
    covered = [
        audience
        for lowest, highest, answer in table.distinct_views
        for audience in Audience
        if lowest <= audience <= highest and table.of(audience) is answer
    ]
    assert covered == [a for a in Audience if table.of(a) is not Access.NONE]


def test_a_record_is_never_more_open_than_any_ancestor() -> None:
    openings = [
        Openness("open", "public", "active", "cleared", "cleared", "cleared", False),
        Openness("open", "public", "on_request", "cleared", "cleared", "cleared", True),
        Openness("controlled", "public", "active", "cleared", "unknown", "", True),
        Openness(
            "controlled", "public", "active", "unknown", "unknown", "unknown", True
        ),
        Openness(
            "unreviewed", "public", "active", "cleared", "cleared", "cleared", True
        ),
    ]
    for own, parent, grandparent in product(openings, repeat=3):
        table = access(own, [parent, grandparent])
        tables = [own_access(one) for one in (own, parent, grandparent)]
        for audience in Audience:
            assert table.of(audience) == min(one.of(audience) for one in tables)
        assert access(own, [grandparent, parent]) == table


def test_a_new_record_is_for_staff_only() -> None:
    assert access(Record(), []) == STAFF_ONLY


def test_values_that_are_no_text_at_all_are_for_staff_only() -> None:
    fields = dict.fromkeys(OPENNESS_FIELDS, None)
    assert access(SimpleNamespace(**fields), []) == STAFF_ONLY
