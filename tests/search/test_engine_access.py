"""Who finds what: audiences, grants and exclusions, the same on both engines."""

from search.engines.base import PUBLIC, READING_ROOM, STAFF, Access, Engine
from tests.search.corpus import document, found
from tests.search.engines import engine

__all__ = ["engine"]


def test_audiences_see_their_own_view(engine: Engine) -> None:
    engine.write(
        [
            document(1, "公开文本", audience_max=PUBLIC),
            document(1, "公开文本 内部附注", audience_min=READING_ROOM),
            document(2, "内部附注", audience_min=STAFF),
        ]
    )
    assert found(engine, "公开文本") == [1]
    assert found(engine, "内部附注") == []
    assert found(engine, "内部附注", access=Access(READING_ROOM)) == [1]
    assert found(engine, "内部附注", access=Access(STAFF)) == [1, 2]


def test_a_grant_lifts_one_record_for_one_reader(engine: Engine) -> None:
    engine.write([document(1, "浅", audience_max=PUBLIC)])
    engine.write([document(1, "浅 深", audience_min=READING_ROOM)])
    engine.write([document(2, "深", audience_min=READING_ROOM)])
    engine.write([document(3, "深", audience_min=STAFF), document(4, "浅")])
    granted = Access(PUBLIC, {READING_ROOM: frozenset({1}), STAFF: frozenset({3})})
    assert found(engine, "深", access=granted) == [1, 3]
    assert found(engine, "浅", access=granted) == [1, 4]
    twice = Access(PUBLIC, {PUBLIC: frozenset({1}), READING_ROOM: frozenset({1})})
    assert found(engine, "浅", access=twice) == [1, 4]
    assert found(engine, "深", access=twice) == [1]


def test_many_grants_are_no_problem(engine: Engine) -> None:
    engine.write([document(1, "甲", audience_min=STAFF), document(50_000, "甲")])
    granted = Access(PUBLIC, {STAFF: frozenset(range(40_000))})
    assert found(engine, "甲", access=granted) == [1, 50_000]


def test_excluded_paths_hide_a_subtree_even_from_those_with_a_grant(
    engine: Engine,
) -> None:
    engine.write(
        [
            document(1, "甲", path="0001"),
            document(2, "甲", path="00010001"),
            document(3, "甲", path="00010001000A"),
            document(4, "甲", path="0002"),
            document(5, "甲", path="0001_001"),
        ]
    )
    access = Access(PUBLIC, {STAFF: frozenset({3})}, ("00010001", "0003"))
    assert found(engine, "甲", access=access) == [1, 4, 5]
    assert found(engine, "甲", access=Access(excluded_paths=("0001",))) == [4]
    assert found(engine, "甲", access=Access(excluded_paths=("",))) == []
    assert found(engine, "甲", access=Access(excluded_paths=("000%",))) == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_excluded_sources_are_hidden_even_from_those_with_a_grant(
    engine: Engine,
) -> None:
    engine.write([document(1, "甲"), document(-1, "甲", path="")])
    engine.write([document(2, "甲", audience_min=STAFF), document(-2, "甲", path="")])
    granted = {STAFF: frozenset({2})}
    assert found(engine, "甲", access=Access(PUBLIC, granted)) == [-1, -2, 1, 2]
    hidden = Access(PUBLIC, granted, excluded=frozenset({-1, 2, 7}))
    assert found(engine, "甲", access=hidden) == [-2, 1]
    both = Access(PUBLIC, granted, ("0001",), frozenset({-1}))
    assert found(engine, "甲", access=both) == [-2, 2]
    everything = Access(STAFF, excluded=frozenset(range(-40_000, 1)))
    assert found(engine, "甲", access=everything) == [1, 2]
