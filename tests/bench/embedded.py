"""The embedded engine against raw SQL on the same schema.

The raw insert makes the same terms from the same texts by the shortest means and
finds all other rows ready; batches, transactions and pragmas are the same. How fast
SQLite alone is, with the terms ready too, stands beside it. The raw query gives the
same total, facets and hits from the fewest statements.
"""

import re
import sqlite3
import time
import zlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from search.engines.base import Access, IndexDocument, SearchRequest
from search.engines.embedded import EmbeddedEngine, schema
from search.engines.embedded.answering import RANKED_AT_MOST
from search.engines.embedded.matching import heading_expression, match_expression
from search.query import Node, parse
from search.tokens import blank
from tests.bench import texts
from tests.bench.rounds import alternate, p95
from tests.bench.table import Row, rate_row, time_row

BATCH = 100
QUERIES = 200
FACETS = ("type", "fonds")
INSERT_GOAL, QUERY_GOAL = 0.7, 1.2
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "cache_size = -32768")
TOKEN = re.compile(r"[0-9]+|[a-z]+|\S")
WORDS = "words_1 (rowid, title, text, code)"

FIND = """
    INSERT INTO temp.found SELECT doc FROM documents_1
    WHERE doc IN (SELECT rowid FROM words_1 WHERE words_1 MATCH ?)
    AND audience_min <= 0 AND audience_max >= 0
"""
COUNT_FACETS = """
    SELECT facet, value, hits FROM (
        SELECT value_id, count(*) AS hits
        FROM temp.found JOIN document_facets_1 USING (doc) GROUP BY value_id
    ) JOIN facet_values_1 USING (value_id) WHERE facet IN ('type', 'fonds')
"""
HITS = """
    SELECT source_id, coalesce(score, 0.0) FROM temp.found
    JOIN documents_1 USING (doc)
    LEFT JOIN (SELECT rowid AS doc, {score} AS score
               FROM words_1 WHERE words_1 MATCH ? LIMIT -1) USING (doc)
    ORDER BY 2 DESC, date_min IS NULL, date_min DESC, reference_code, id LIMIT 20
"""
RANKED = HITS.format(score="-bm25(words_1, 10.0, 1.0, 10.0)")
HEADINGS = HITS.format(score="1.0")


def run(given: list[texts.Text], rounds: int) -> list[Row]:
    documents = texts.as_documents(given)
    with TemporaryDirectory() as folder:
        filled = Path(folder) / "filled.sqlite3"
        ours_insert(filled, documents)
        return [
            *insert_rows(Path(folder), filled, documents, rounds),
            *query_rows(filled, given, rounds),
        ]


def insert_rows(
    folder: Path, filled: Path, documents: list[IndexDocument], rounds: int
) -> list[Row]:
    ready = ready_batches(filled, documents)
    made = iter(folder / f"{number}.sqlite3" for number in count())
    seconds = alternate(
        {
            "ours": lambda: ours_insert(next(made), documents),
            "raw": lambda: raw_insert(next(made), map(with_terms, ready)),
            "ready": lambda: raw_insert(next(made), ready),
        },
        rounds,
    )
    name, args = "embedded insert", (len(documents), "records/s", seconds["ours"])
    return [
        rate_row(name, *args, seconds["raw"], INSERT_GOAL),
        rate_row(f"{name}: SQLite alone", *args, seconds["ready"], None),
    ]


def ours_insert(path: Path, documents: list[IndexDocument]) -> None:
    engine = EmbeddedEngine(path)
    engine.prepare()
    for start in range(0, len(documents), BATCH):
        engine.write(documents[start : start + BATCH])
    engine.close()


@dataclass(frozen=True, slots=True)
class Batch:
    """What belongs to some documents, as rows: table → rows.

    ``first`` is the number of the first of ``documents`` in the index.
    """

    first: int
    documents: list[IndexDocument]
    rows: dict[str, list[tuple[Any, ...]]]


def ready_batches(filled: Path, documents: list[IndexDocument]) -> list[Batch]:
    """The rows that the engine made, cut into its batches."""
    batches = []
    with closing(sqlite3.connect(filled)) as connection:
        values = connection.execute("SELECT * FROM facet_values_1").fetchall()
        for start in range(0, len(documents), BATCH):
            rows = {
                f"{table}_1": connection.execute(
                    f"SELECT * FROM {table}_1 WHERE doc > ? AND doc <= ?",
                    (start, start + BATCH),
                ).fetchall()
                for table in ("documents", "tokens", "document_facets")
            }
            rows["facet_values_1"] = [] if start else values
            part = documents[start : start + BATCH]
            batches.append(with_terms(Batch(start + 1, part, rows)))
    return batches


def with_terms(batch: Batch) -> Batch:
    """The batch with its terms made anew by the shortest means."""
    words: list[tuple[Any, ...]] = []
    kept: list[tuple[Any, ...]] = []
    for number, document in enumerate(batch.documents, start=batch.first):
        texts = (document.title, document.text, document.reference_code)
        found = [TOKEN.findall(blank(text)) for text in texts]
        columns = (
            " ".join((*map("_".join, pairwise(tokens)), *dict.fromkeys(tokens)))
            for tokens in found
        )
        words.append((number, *columns))
        fields = "\n".join(" ".join(tokens) for tokens in found)
        kept.append((number, zlib.compress(fields.encode(), 1)))
    rows = {**batch.rows, "tokens_1": kept, WORDS: words}
    return replace(batch, rows=rows)


def raw_insert(path: Path, batches: Iterable[Batch]) -> None:
    """All rows, a batch in a transaction."""
    with closing(connect(path)) as connection:
        schema.create(connection)
        for batch in batches:
            connection.execute("BEGIN IMMEDIATE")
            for table, rows in batch.rows.items():
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    connection.executemany(
                        f"INSERT INTO {table} VALUES ({marks})", rows
                    )
            connection.execute("COMMIT")


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def query_rows(filled: Path, given: list[texts.Text], rounds: int) -> list[Row]:
    """p50 and p95 over all queries and rounds, and whether the answers agree."""
    nodes = [
        node
        for text in texts.queries(given, QUERIES)
        if (node := parse(text).node) is not None
    ]
    engine = EmbeddedEngine(filled)
    ours: list[float] = []
    raw: list[float] = []
    same = True
    with closing(connect(filled)) as connection:
        connection.execute("CREATE TEMP TABLE found (doc INTEGER PRIMARY KEY)")
        for turn in range(rounds):
            mine: list[float] = []
            theirs: list[float] = []
            for node in nodes:
                same &= compare(engine, connection, node, turn, mine, theirs)
            ours.append(p95(mine))
            raw.append(p95(theirs))
    engine.close()
    answered = "yes" if same else "no"
    return [
        Row("embedded query: same answers", answered, goal="yes", met=same),
        time_row("embedded query p95", ours, raw, QUERY_GOAL),
    ]


def compare(
    engine: EmbeddedEngine,
    connection: sqlite3.Connection,
    node: Node,
    turn: int,
    ours: list[float],
    raw: list[float],
) -> bool:
    """Ask both, the first in turn; note their seconds; whether they agree."""
    answers: dict[str, tuple[int, list[int]]] = {}
    for name in ("ours", "raw") if turn % 2 else ("raw", "ours"):
        began = time.perf_counter()
        if name == "ours":
            request = SearchRequest(node, Access(), facets=FACETS)
            response = engine.search(request)
            ours.append(time.perf_counter() - began)
            records = [hit.source_id for hit in response.hits]
            answers[name] = response.total, records
        else:
            answers[name] = raw_query(connection, node)
            raw.append(time.perf_counter() - began)
    return answers["ours"] == answers["raw"]


def raw_query(connection: sqlite3.Connection, node: Node) -> tuple[int, list[int]]:
    expression, heading = match_expression(node), heading_expression(node)
    connection.execute("BEGIN")
    connection.execute("DELETE FROM temp.found")
    total = connection.execute(FIND, (expression,)).rowcount
    connection.execute(COUNT_FACETS).fetchall()
    few = total <= RANKED_AT_MOST
    order = (RANKED, expression) if few else (HEADINGS, heading)
    hits = connection.execute(order[0], (order[1],)).fetchall()
    connection.execute("ROLLBACK")
    return total, [record for record, _ in hits]
