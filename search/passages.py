"""Where quoted words stand on one page each, for quotations that name their page."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from archive.seen import PageView, boxes_of
from search.fold import fold
from search.locate import find
from search.marks import line_boxes
from search.query import Phrase
from search.results import Mark
from search.tokens import tokens

MOST_TOKENS = 200
"""A passage is a passage: the viewer's query language takes no more."""

_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """Words as somebody quoted them, and the page on which they are said to stand."""

    words: str
    page: PageView


def marks_of(passages: Sequence[Passage]) -> list[tuple[Mark, ...]]:
    """For each passage the places of its words on its page, with boxes; one query.

    Nothing where the words do not stand there. Letters are compared as search
    compares them (简 and 繁 alike); punctuation and line ends do not count.
    """
    places = [_spans(passage) for passage in passages]
    boxes = boxes_of(
        passage.page for passage, spans in zip(passages, places, strict=True) if spans
    )
    return [
        tuple(
            Mark(
                start,
                end,
                line_boxes(
                    passage.page.text,
                    boxes.get(passage.page.folio_id, ()),
                    start,
                    end,
                ),
            )
            for start, end in spans
        )
        for passage, spans in zip(passages, places, strict=True)
    ]


def stands(passage: Passage) -> bool:
    """Whether the words stand on the page."""
    return bool(_spans(passage))


def nearest(passage: Passage) -> str:
    """What on the page is most like the words, "" where nothing is."""
    text = passage.page.text
    matcher = difflib.SequenceMatcher(
        None, fold(text), fold(passage.words), autojunk=False
    )
    found = matcher.find_longest_match()
    if found.size < 2:
        return ""
    start = max(0, found.a - found.b - 2)
    end = min(len(text), start + len(passage.words) + _CONTEXT)
    return "".join(text[start:end].split())


def _spans(passage: Passage) -> tuple[tuple[int, int], ...]:
    asked = tuple(token.text for token in tokens(passage.words))
    if not asked or len(asked) > MOST_TOKENS:
        return ()
    found = find(Phrase(asked), [passage.page.text])
    return found[0].spans if found else ()
