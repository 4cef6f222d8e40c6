"""What is particular to the embedded engine: its file, threads and processes."""

import multiprocessing
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Tombstone
from search.engines.embedded import EmbeddedEngine, schema
from search.engines.embedded.terms import bigrams, column, phrase_term
from search.errors import SearchUnavailable
from search.tokens import engine_text
from tests.search.corpus import document, found, request, search


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index" / "search.sqlite3"


@pytest.fixture
def engine(path: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(path)
    yield engine
    engine.close()


def test_an_index_never_made_is_unavailable_and_not_empty(
    engine: EmbeddedEngine, path: Path
) -> None:
    for call in (engine.ping, engine.count, engine.documents, engine.tokens_version):
        with pytest.raises(SearchUnavailable):
            call()
    with pytest.raises(SearchUnavailable):
        search(engine, "甲")
    assert not path.exists()
    with pytest.raises(SearchUnavailable):
        engine.write([document(1, "甲")])
    engine.prepare()
    engine.write([document(1, "甲")])
    assert found(engine, "甲") == [1]


def test_an_empty_file_is_unavailable(engine: EmbeddedEngine, path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(SearchUnavailable):
        search(engine, "甲")


@pytest.mark.parametrize("content", [b"not a database" * 1_000, b"\0" * 8_192])
def test_a_corrupt_file_is_unavailable(
    engine: EmbeddedEngine, path: Path, content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(SearchUnavailable):
        search(engine, "甲")
    with pytest.raises(SearchUnavailable):
        engine.ping()
    with pytest.raises(SearchUnavailable):
        engine.write([document(1, "甲")])


def test_damage_in_the_middle_of_the_file_is_unavailable(path: Path) -> None:
    writer = EmbeddedEngine(path)
    writer.prepare()
    writer.write([document(n, "枫桥经验" * 500) for n in range(1, 50)])
    writer.close()
    damaged = bytearray(path.read_bytes())
    damaged[4_096:] = b"\xff" * (len(damaged) - 4_096)
    path.write_bytes(damaged)
    reader = EmbeddedEngine(path)
    with pytest.raises(SearchUnavailable):
        search(reader, "枫桥")
    reader.close()


def test_a_place_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    engine = EmbeddedEngine(tmp_path / "file" / "search.sqlite3")
    with pytest.raises(SearchUnavailable):
        engine.prepare()


def test_a_file_that_is_replaced_is_read_anew(
    engine: EmbeddedEngine, path: Path, tmp_path: Path
) -> None:
    engine.prepare()
    engine.write([document(1, "甲")])
    assert found(engine, "甲") == [1]
    other = EmbeddedEngine(tmp_path / "other.sqlite3")
    other.prepare()
    other.write([document(2, "甲")])
    other.close()
    engine.close()
    (tmp_path / "other.sqlite3").replace(path)
    assert found(engine, "甲") == [2]


def test_an_index_of_another_schema_asks_to_be_made_anew(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(schema, "SCHEMA_VERSION", "0")
        engine.prepare()
        engine.write([document(1, "甲")])
    with pytest.raises(SearchUnavailable, match="reindex"):
        search(engine, "甲")
    engine.finish_rebuild(engine.begin_rebuild())
    assert found(engine, "甲") == []


def test_deleted_words_leave_the_file(engine: EmbeddedEngine, path: Path) -> None:
    engine.prepare()
    engine.write([document(n, "枫桥经验" * 9) for n in range(1, 9)])
    engine.write([], [Tombstone(f"{n}:0", 2) for n in range(1, 9)])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, words_1, row)"
        )
        assert connection.execute("SELECT count(*) FROM temp.v").fetchone() == (0,)
        connection.execute("INSERT INTO words_1 (words_1) VALUES ('integrity-check')")


def test_a_write_that_fails_leaves_nothing_behind(engine: EmbeddedEngine) -> None:
    engine.prepare()
    engine.write([document(1, "甲")])
    broken = document(2, "甲", version=10**30)
    with pytest.raises(OverflowError):
        engine.write([document(3, "甲"), broken])
    assert found(engine, "甲") == [1]


def test_many_threads_read_and_write_at_once(engine: EmbeddedEngine) -> None:
    engine.prepare()
    failures: list[Exception] = []

    def work(number: int) -> None:
        try:
            for round_ in range(5):
                engine.write([document(number, "甲乙", version=round_)])
                assert number in found(engine, "甲乙")
        except (SearchUnavailable, AssertionError) as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert engine.count() == 8


def test_readers_do_not_wait_for_a_writer(engine: EmbeddedEngine, path: Path) -> None:
    engine.prepare()
    engine.write([document(1, "甲")])
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(found, engine, "甲").result(timeout=5) == [1]


def _write_in_a_child(engine: EmbeddedEngine, number: int) -> None:
    for round_ in range(5):
        engine.write([document(number, "甲", version=round_)])
        assert number in found(engine, "甲")


def test_processes_share_the_index_after_a_fork(engine: EmbeddedEngine) -> None:
    engine.prepare()
    engine.write([document(1, "甲")])
    assert found(engine, "甲") == [1]
    context = multiprocessing.get_context("fork")
    children = [
        context.Process(target=_write_in_a_child, args=(engine, n)) for n in range(2, 6)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * 4
    assert found(engine, "甲") == [1, 2, 3, 4, 5]


def test_more_hits_than_are_ranked_put_headings_first(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.prepare()
    monkeypatch.setattr("search.engines.embedded.answering.RANKED_AT_MOST", 2)
    engine.write([document(1, "会议"), document(2, "会议会议")])
    engine.write([document(3, "会议", title="会议"), document(4, "会议")])
    hits = engine.search(request("会议", sort="relevance")).hits
    assert [(hit.source_id, hit.score) for hit in hits] == [
        (3, 1.0),
        (1, 0.0),
        (2, 0.0),
        (4, 0.0),
    ]


@given(st.lists(st.text(alphabet="枫桥a1", min_size=1, max_size=3), max_size=8))
def test_bigrams_are_the_pairs_of_neighbours(words: list[str]) -> None:
    pairs = ["_".join(pair) for pair in pairwise(words)]
    assert bigrams(" ".join(words)) == " ".join(pairs)


def test_a_column_holds_bigrams_then_each_token_once() -> None:
    assert column(engine_text("枫桥枫桥")) == "枫_桥 桥_枫 枫_桥 枫 桥"
    assert column("枫").split() == ["枫"]
    assert column("") == ""


def test_a_phrase_becomes_a_phrase_of_bigrams() -> None:
    assert phrase_term(["枫"]) == '"枫"'
    assert phrase_term(["枫", "桥"]) == '"枫_桥"'
    assert phrase_term(["1963", "年", "𰻝"]) == '"1963_年 年_u30edd"'
