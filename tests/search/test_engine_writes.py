"""Writing, replacing and deleting: the same on both engines."""

from search.engines.base import PUBLIC, READING_ROOM, STAFF, Access, Engine, Tombstone
from tests.search.corpus import document, found, search
from tests.search.engines import engine

__all__ = ["engine"]


def test_written_again_a_document_is_found_by_its_new_words_only(
    engine: Engine,
) -> None:
    engine.write([document(1, "旧的文字", tags=("旧",)), document(2, "旧的")])
    engine.write([document(1, "新的文字", tags=("新",), version=2)])
    assert found(engine, "旧的") == [2]
    assert found(engine, "新的文字") == [1]
    assert search(engine, "的", facets=("tag",)).facets["tag"] == (("新", 1),)
    assert engine.count() == 2


def test_deleted_documents_are_gone(engine: Engine) -> None:
    engine.write([document(1, "甲", tags=("丁",)), document(2, "甲")])
    engine.write([], [Tombstone("1:0", 2)])
    assert found(engine, "甲") == [2]
    assert search(engine, None, facets=("tag",)).facets["tag"] == ()
    assert engine.count() == 1
    assert engine.documents() == [("2:0", 1)]


def test_deleting_a_record_takes_all_its_views(engine: Engine) -> None:
    engine.write([document(1, "甲", audience_max=PUBLIC), document(2, "甲")])
    engine.write([document(1, "甲", audience_min=READING_ROOM)])
    engine.delete_sources([(1, 5)])
    assert found(engine, "甲") == [2]
    assert found(engine, "甲", access=Access(STAFF)) == [2]
    engine.write([document(1, "甲", version=4)])
    assert found(engine, "甲") == [2]


def test_a_late_write_loses(engine: Engine) -> None:
    engine.write([document(1, "新", version=5)])
    engine.write([document(1, "旧", version=4), document(2, "旧")])
    assert found(engine, "旧") == [2]
    assert found(engine, "新") == [1]


def test_a_write_that_is_late_for_a_deletion_loses(engine: Engine) -> None:
    engine.write([], [Tombstone("1:0", 5)])
    engine.write([document(1, "甲", version=4)])
    assert found(engine, "甲") == []
    engine.write([document(1, "甲", version=6)])
    assert found(engine, "甲") == [1]


def test_a_late_deletion_loses(engine: Engine) -> None:
    engine.write([document(1, "甲", version=5)])
    engine.write([], [Tombstone("1:0", 4)])
    assert found(engine, "甲") == [1]


def test_writing_a_batch_twice_changes_nothing(engine: Engine) -> None:
    batch = [document(1, "甲", tags=("乙",)), document(2, "甲")]
    for _ in range(3):
        engine.write(batch, [Tombstone("3:0", 1)])
    assert found(engine, "甲") == [1, 2]
    assert engine.documents() == [("1:0", 1), ("2:0", 1)]
    assert search(engine, "甲", facets=("tag",)).facets["tag"] == (("乙", 1),)


def test_documents_are_walked_in_order_of_their_ids(engine: Engine) -> None:
    engine.write([document(n, version=n) for n in (1, 2, 9, 10, 11)])
    expected = [("10:0", 10), ("11:0", 11), ("1:0", 1), ("2:0", 2), ("9:0", 9)]
    assert engine.documents() == expected
    first = engine.documents(limit=2)
    assert first == expected[:2]
    assert engine.documents(after_id=first[-1].id, limit=2) == expected[2:4]
    assert engine.documents(after_id="9:0") == []
