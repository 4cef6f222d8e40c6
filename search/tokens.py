"""The only tokeniser: both engines, queries, marks and IIIF search use these tokens.

A token is, in the folded text, one of

- a run of Latin letters, or a run of the digits 0-9; of a run of more than 64
  the first 64, the rest is skipped;
- any other letter, ideograph or number letter (〇, Ⅳ) by itself.

Everything else (white space, punctuation, line and page breaks, combining marks,
symbols, circled and raised numbers) stands between tokens and is skipped.
What counts as a letter is frozen at Unicode 3.2, plus all ideographs, so that
a newer Python does not change the tokens of an old index.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import ucd_3_2_0

import numpy as np
import numpy.typing as npt

from search.fold import FOLD_VERSION, TABLE, UNICODE_SIZE, CodePoints, decode, encode

LONGEST: Final = 64

LATIN: Final = "a-zß-öø-ÿĀ-ʯḀ-ỿ"
"""Latin letters after folding, as the inside of a regular expression's class."""

_IDEOGRAPHS: Final = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0x20000, 0x2FFFD),
    (0x30000, 0x323AF),
)
_LETTERS: Final = ("Ll", "Lm", "Lo", "Lt", "Lu", "Nd", "Nl")
# Letters to Unicode that Elasticsearch's standard tokenizer drops; so do we.
_NOT_LETTERS: Final = (*range(0x1369, 0x1372), 0x1885, 0x1886, 0x3006)

# Ideographs younger than the Unicode 12.1 of that tokenizer.
_YOUNG_RANGES: Final = (
    (0x4DB6, 0x4DBF),
    (0x9FF0, 0x9FFF),
    (0x2A6D7, 0x2A6FF),
    (0x2B735, 0x2B73F),
    (0x2B81E, 0x2B81F),
    (0x2CEA2, 0x2CEAF),
    (0x2EBE1, 0x2F7FF),
    (0x2FA1E, 0x2FFFD),
    (0x30000, 0x323AF),
)

TOKENS_VERSION: Final = f"1-{FOLD_VERSION}"
"""Names fold table and tokeniser: an index made under another must be made anew."""

_GAP, _LATIN, _DIGIT, _LONE, _YOUNG = range(5)
_LATIN_LETTER: Final = re.compile(f"[{LATIN}]")
_END_OF_LATIN: Final = 0x1F00


class Token(NamedTuple):
    """A token and where it stands: ``start`` to ``end`` in code points."""

    text: str
    start: int
    end: int


def _blanked_table() -> CodePoints:
    """Code point → folded code point, or a space where it is part of no token."""
    is_token = np.zeros(UNICODE_SIZE, dtype=bool)
    for code in range(0x10000):
        is_token[code] = ucd_3_2_0.category(chr(code)) in _LETTERS
    is_token[list(_NOT_LETTERS)] = False
    for first, last in _IDEOGRAPHS:
        is_token[first : last + 1] = True
    table = np.where(is_token[TABLE], TABLE, np.uint32(ord(" "))).astype("<u4")
    table.flags.writeable = False
    return table


def _kinds_table() -> npt.NDArray[np.uint8]:
    """Blanked code point → gap, lone character, Latin letter or digit."""
    kinds = np.full(UNICODE_SIZE, _LONE, dtype=np.uint8)
    kinds[ord(" ")] = _GAP
    for code in range(ord("0"), ord("9") + 1):
        kinds[code] = _DIGIT
    for first, last in _YOUNG_RANGES:
        kinds[first : last + 1] = _YOUNG
    for code in range(ord("a"), _END_OF_LATIN):
        if _LATIN_LETTER.match(chr(code)):
            kinds[code] = _LATIN
    return kinds


_BLANKED: Final = _blanked_table()
_KINDS: Final = _kinds_table()
_TOKEN: Final = re.compile(
    rf"[^ 0-9{LATIN}]"
    rf"|(?<![{LATIN}])[{LATIN}]{{1,{LONGEST}}}"
    rf"|(?<![0-9])[0-9]{{1,{LONGEST}}}"
)


def blank(text: str) -> str:
    """The folded text with every character that is in no token made a space.

    As long as ``text``. Tokens stand in it bare, so that a search for them
    needs no more than spaces between.
    """
    return encode(_BLANKED[decode(text)])


def tokens(text: str) -> list[Token]:
    """The tokens of a text, folded, with their places in ``text``."""
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(blank(text))]


def engine_text(text: str) -> str:
    """The tokens of a text as an engine gets them: spelled, one space between.

    The same as joining what ``tokens`` gives, and ten times faster.
    """
    codes = _BLANKED[decode(text)]
    kinds = _KINDS[codes]
    before = np.concatenate((np.zeros(1, np.uint8), kinds[:-1]))
    # A token starts at every lone character and where the kind of run changes.
    kept = kinds != _GAP
    starts = (kinds >= _LONE) | ((kinds != before) & kept)
    if not kept.any():
        return ""
    if (kinds == _YOUNG).any() or _has_long_run(kinds, starts):
        return " ".join(spell(token.text) for token in tokens(text))
    # Where each character goes when a space precedes every start.
    places = np.cumsum(kept.astype(np.int32) + starts)
    spaced = np.full(places[-1] + 1, ord(" "), dtype="<u4")
    spaced[places[kept]] = codes[kept]
    return encode(spaced[2:])


def _has_long_run(kinds: npt.NDArray[np.uint8], starts: npt.NDArray[np.bool_]) -> bool:
    in_run = starts[(kinds == _LATIN) | (kinds == _DIGIT)]
    lengths = np.diff(np.flatnonzero(in_run), append=in_run.size)
    return bool((lengths > LONGEST).any())


def spell(token: str) -> str:
    """A token as the engines know it: a young ideograph becomes a word, ``u30edd``.

    No token of ours mixes letters and digits, so such words are free for this.
    """
    first = ord(token[0])
    return f"u{first:x}" if _KINDS[first] == _YOUNG else token


def phrase_pattern(phrase: Sequence[str]) -> re.Pattern[str]:
    """A regular expression that finds the tokens one after the other.

    For ``blank(text)``; a match runs from the first token's start to the last one's
    end. It finds the same places as a comparison of token lists.
    """
    parts = [_token_pattern(phrase[0])]
    for previous, token in pairwise(phrase):
        # Of a token cut off at 64 characters the rest of the run is skipped.
        kind = _kind(previous)
        rest = f"[{kind}]*" if kind and len(previous) == LONGEST else ""
        parts.append(f"{rest} *{_token_pattern(token)}")
    return re.compile("".join(parts))


def _token_pattern(token: str) -> str:
    kind = _kind(token)
    if kind is None:
        return re.escape(token)
    end = "" if len(token) == LONGEST else f"(?![{kind}])"
    return f"(?<![{kind}]){token}{end}"


def _kind(token: str) -> str | None:
    """The class that a run's characters come from; None for a lone character."""
    if "0" <= token[0] <= "9":
        return "0-9"
    return LATIN if _LATIN_LETTER.match(token) else None
