"""Texts to index: a corpus on this machine, or the project's own sentences.

The samples are a dozen short documents; for an index of some size their sentences
are put together anew, in a random order that is the same in every run.
"""

import json
import lzma
import random
import re
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from search.engines.base import IndexDocument, document_id
from tests.samples import document

CHARACTERS = 5_600
"""Of a text put together: eight pages of 700."""
SHORTEST = 12
SEED = 1963
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


class Text(NamedTuple):
    """A document's title and its whole text."""

    title: str
    text: str


def load(corpus: Path | None, limit: int) -> list[Text]:
    """At most ``limit`` texts of ``corpus`` (JSON Lines of title and text)."""
    if corpus is None:
        return own(limit)
    open_text = lzma.open if corpus.suffix == ".xz" else open
    with open_text(corpus, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in islice(lines, limit))
        return [Text(row["title"], row["text"]) for row in rows]


def own(limit: int) -> list[Text]:
    """``limit`` texts out of the sample documents' sentences."""
    sentences = [
        sentence.strip()
        for made in document.load_all()
        for sentence in _SENTENCE.findall(made.text)
        if len(sentence.strip()) >= SHORTEST
    ]
    random_order = random.Random(SEED)
    usual = sum(map(len, sentences)) / len(sentences)
    number = min(round(CHARACTERS / usual), len(sentences))
    chosen = (random_order.sample(sentences, number) for _ in range(limit))
    return [Text(f"演示材料 {n}", "".join(text)) for n, text in enumerate(chosen)]


def as_documents(texts: list[Text]) -> list[IndexDocument]:
    """Each text as the public view of a record, with a few facets."""
    return [
        IndexDocument(
            id=document_id(number, 0),
            source_id=number,
            version=1,
            audience_min=0,
            audience_max=2,
            path=f"{number}/",
            reference_code=f"Z001-WS·2020·Y-{number:05}",
            title=title,
            text=text,
            type="item",
            fonds=f"Z{number % 5:03}",
            tags=(f"标签{number % 11}",),
            years=(1950 + number % 70,),
            date_min=f"{1950 + number % 70}-01-01",
            date_max=f"{1950 + number % 70}-12-31",
        )
        for number, (title, text) in enumerate(texts, start=1)
    ]


def queries(texts: list[Text], count: int) -> list[str]:
    """Runs of 1 to 8 Han characters that stand in the texts."""
    random_order = random.Random(SEED)
    found: list[str] = []
    while len(found) < count:
        text = random_order.choice(texts).text
        length = 1 + len(found) % 8
        start = random_order.randrange(max(len(text) - length, 1))
        run = text[start : start + length]
        if re.fullmatch(r"[\u4e00-\u9fff]+", run) and len(run) == length:
            found.append(run)
    return found
