"""Making an index anew while people search and write: the same on both engines."""

import pytest

from search.engines.base import Engine, Tombstone
from search.errors import RebuildSuperseded, SearchUnavailable
from search.tokens import TOKENS_VERSION
from tests.search.corpus import document, found
from tests.search.engines import engine

__all__ = ["engine"]


def test_readers_see_the_old_index_until_the_swap(engine: Engine) -> None:
    engine.write([document(1, "旧")])
    generation = engine.begin_rebuild()
    engine.write([document(1, "新")], generation=generation)
    assert found(engine, "旧") == [1]
    assert found(engine, "新") == []
    engine.finish_rebuild(generation)
    assert found(engine, "旧") == []
    assert found(engine, "新") == [1]


def test_what_is_written_during_a_rebuild_goes_to_both(engine: Engine) -> None:
    engine.write([document(1, "甲"), document(2, "甲"), document(3, "甲")])
    generation = engine.begin_rebuild()
    engine.write([document(1, "乙", version=2)], [Tombstone("2:0", 2)])
    assert found(engine, "甲") == [3]
    assert found(engine, "乙") == [1]
    # The rebuild comes late with what it read before.
    old = [document(1, "甲"), document(2, "甲"), document(3, "甲")]
    engine.write(old, generation=generation)
    engine.finish_rebuild(generation)
    assert found(engine, "甲") == [3]
    assert found(engine, "乙") == [1]
    assert engine.count() == 2


def test_what_is_not_written_again_is_gone_after_the_swap(engine: Engine) -> None:
    engine.write([document(1, "甲"), document(2, "甲")])
    generation = engine.begin_rebuild()
    engine.write([document(2, "甲")], generation=generation)
    engine.finish_rebuild(generation)
    assert engine.documents() == [("2:0", 1)]


def test_an_abandoned_rebuild_leaves_no_trace(engine: Engine) -> None:
    engine.write([document(1, "甲")])
    generation = engine.begin_rebuild()
    engine.write([document(2, "乙")], generation=generation)
    engine.abandon_rebuild(generation)
    engine.abandon_rebuild(generation)
    assert found(engine, None) == [1]
    engine.write([document(3, "丙")])
    assert found(engine, None) == [1, 3]
    with pytest.raises(RebuildSuperseded):
        engine.finish_rebuild(generation)


def test_a_second_rebuild_supersedes_an_unfinished_one(engine: Engine) -> None:
    engine.write([document(1, "甲")])
    first = engine.begin_rebuild()
    second = engine.begin_rebuild()
    with pytest.raises(RebuildSuperseded):
        engine.write([document(1, "甲")], generation=first)
    with pytest.raises(RebuildSuperseded):
        engine.finish_rebuild(first)
    engine.abandon_rebuild(first)
    engine.write([document(2, "甲")], generation=second)
    engine.finish_rebuild(second)
    assert found(engine, "甲") == [2]


def test_a_live_index_is_not_abandoned_and_not_finished_twice(engine: Engine) -> None:
    generation = engine.begin_rebuild()
    engine.write([document(1, "甲")], generation=generation)
    engine.finish_rebuild(generation)
    engine.abandon_rebuild(generation)
    assert found(engine, "甲") == [1]
    with pytest.raises(RebuildSuperseded):
        engine.finish_rebuild(generation)


def test_the_index_knows_the_tokens_it_was_made_under(engine: Engine) -> None:
    assert engine.tokens_version() == TOKENS_VERSION


def test_an_index_that_was_never_made_is_not_an_empty_one(bare_engine: Engine) -> None:
    for ask in (
        bare_engine.ping,
        bare_engine.count,
        lambda: found(bare_engine, None),
        lambda: bare_engine.write([document(1, "甲")]),
    ):
        with pytest.raises(SearchUnavailable):
            ask()
    generation = bare_engine.begin_rebuild()
    bare_engine.write([document(1, "甲")], generation=generation)
    with pytest.raises(SearchUnavailable):
        found(bare_engine, None)
    bare_engine.finish_rebuild(generation)
    assert found(bare_engine, "甲") == [1]
