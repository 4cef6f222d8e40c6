"""Where in a record's pages the words of a query stand, and snippets around them.

Works on the reader's own view of the text, by the same tokens as the engines, so
a mark never shows what the reader may not see, and the search page, the viewer and
IIIF Content Search agree. All offsets are in code points.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from search.query import Node, Phrase, positive_phrases
from search.tokens import blank, phrase_pattern

Span = tuple[int, int]


class PageMatch(NamedTuple):
    """The words on one page.

    ``page`` counts from 0; ``spans`` are [start, end) in the page's text, in order
    and apart from one another; ``phrases`` says how many different ones are there.
    """

    page: int
    spans: tuple[Span, ...]
    phrases: int


class Snippet(NamedTuple):
    """A stretch of a page with the words marked.

    ``page`` counts from 0; ``marks`` are [start, end) in ``text``, which has no line
    breaks: between Han they are dropped, elsewhere they are one space.
    """

    page: int
    text: str
    marks: tuple[Span, ...]


def find(node: Node, pages: Sequence[str]) -> list[PageMatch]:
    """The pages on which a phrase of the query stands, with all its places.

    Only what the query asks for, not what it excludes. A phrase may run over the
    end of a line or of a page; then its parts are marked on both pages.
    """
    starts = [0, *accumulate(len(page) + 1 for page in pages)]
    text = blank("\n".join(pages))
    spans: dict[int, list[Span]] = defaultdict(list)
    phrases: dict[int, set[Phrase]] = defaultdict(set)
    for phrase in positive_phrases(node):
        for start, end in occurrences(phrase, text):
            for page, span in _on_pages(start, end, starts, text):
                spans[page].append(span)
                phrases[page].add(phrase)
    return [
        PageMatch(page, merged(spans[page]), len(phrases[page]))
        for page in sorted(spans)
    ]


def occurrences(phrase: Phrase, blanked: str) -> Iterator[Span]:
    """Every place of the phrase in ``tokens.blank`` of a text, overlapping too."""
    pattern = phrase_pattern(phrase.tokens)
    match = pattern.search(blanked)
    while match is not None:
        yield match.span()
        match = pattern.search(blanked, match.start() + 1)


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap or touch made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _on_pages(
    start: int, end: int, starts: Sequence[int], text: str
) -> Iterator[tuple[int, Span]]:
    """A span of the joined text as spans of pages, without blank edges."""
    page = bisect_right(starts, start) - 1
    while starts[page] < end:
        first = max(start, starts[page])
        last = min(end, starts[page + 1] - 1)
        part = text[first:last]
        kept = part.strip(" ")
        if kept:
            first += len(part) - len(part.lstrip(" "))
            offset = first - starts[page]
            yield page, (offset, offset + len(kept))
        page += 1


_SENTENCE_END: Final = re.compile(r"[。！？；!?;]|\n\s*\n")
_BREAK: Final = re.compile(r"[^\S\n]*\n\s*")
# Ideographs, kana, Hangul, and the punctuation set with them.
_WITHOUT_SPACES: Final = re.compile(
    r"[\u2010-\u2027\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
    r"\U00020000-\U000323af]"
)


def snippet(match: PageMatch, text: str, width: int = 60) -> Snippet:
    """The stretch of a page's ``text`` around its densest marks."""
    start, end = _window(match.spans, text, width)
    shown, places = _on_one_line(text[start:end])
    marks = [
        (places[max(first, start) - start], places[min(last, end) - start])
        for first, last in match.spans
        if first < end and last > start
    ]
    return Snippet(match.page, shown, merged(marks))


def _window(spans: Sequence[Span], text: str, width: int) -> Span:
    """Where to cut: round the most marks, at the ends of sentences if they are near."""
    first, last = _densest(spans, width)
    spare = max(0, width - (last - first))
    start = max(0, first - spare // 2)
    end = min(len(text), max(last, start + width))
    sentences = [m.end() for m in _SENTENCE_END.finditer(text, start, first)]
    if sentences:
        # The sentence that holds the first mark begins inside the window.
        start = sentences[-1]
        end = min(len(text), max(last, start + width))
    ends = [m.end() for m in _SENTENCE_END.finditer(text, last, end)]
    while text[start].isspace():
        start += 1
    return start, ends[-1] if ends else end


def _densest(spans: Sequence[Span], width: int) -> Span:
    """The run of marks that fits into ``width`` and marks the most characters."""
    best, most, left, marked = spans[0], 0, 0, 0
    for start, end in spans:
        marked += end - start
        while end - spans[left][0] > width and spans[left][0] < start:
            marked -= spans[left][1] - spans[left][0]
            left += 1
        if marked > most:
            best, most = (spans[left][0], end), marked
    return best


def _on_one_line(text: str) -> tuple[str, list[int]]:
    """The text without line breaks, and for each old offset the new one."""
    parts: list[str] = []
    places: list[int] = []
    length = last = 0
    for match in _BREAK.finditer(text):
        kept = text[last : match.start()]
        glue = "" if _joins(text, match.start(), match.end()) else " "
        parts += [kept, glue]
        places += range(length, length + len(kept))
        length += len(kept)
        places += [length] * (match.end() - match.start())
        length += len(glue)
        last = match.end()
    parts.append(text[last:])
    places += range(length, length + len(text) - last + 1)
    return "".join(parts), places


def _joins(text: str, start: int, end: int) -> bool:
    """Whether a break goes without a trace: at an edge, or beside Han."""
    if start == 0 or end == len(text):
        return True
    beside = text[start - 1], text[end]
    return any(_WITHOUT_SPACES.fullmatch(character) for character in beside)
