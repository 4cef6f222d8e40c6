"""What FTS5 gets to index, and how a phrase is asked for.

A column holds the bigrams of a field in order (``枫_桥 桥_经``) and after them each
distinct token once. A phrase of two or more tokens is a phrase of bigrams, many
times quicker than one of single characters; one token is a term. No token holds an
underscore, so bigrams and tokens never meet in a phrase.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from search.fold import decode, encode
from search.tokens import spell

TERMS_VERSION = 1
"""Raise it when ``column`` changes: old rows can then not be deleted any more."""

_SPACE = ord(" ")
_UNDERSCORE = ord("_")


def column(words: str) -> str:
    """The terms of a field from ``tokens.engine_text`` of it."""
    if not words:
        return ""
    distinct = " ".join(dict.fromkeys(words.split(" ")))
    return f"{bigrams(words)} {distinct}"


def bigrams(words: str) -> str:
    """``a b c`` → ``a_b b_c``; "" when there are fewer than two words.

    Each bigram is the stretch of ``words`` from the start of a word to the end of
    the next: they are gathered from there at once.
    """
    codes = decode(words)
    spaces = np.flatnonzero(codes == _SPACE).astype(np.int32)
    if not spaces.size:
        return ""
    starts = np.concatenate((np.zeros(1, np.int32), spaces[:-1] + 1))
    ends = np.append(spaces[1:], np.int32(codes.size))
    lengths = ends - starts + 1
    after = np.cumsum(lengths, dtype=np.int32)
    shifts = np.repeat(starts - (after - lengths), lengths)
    places = np.arange(after[-1], dtype=np.int32) + shifts
    # The place behind the last word does not exist; it becomes a space anyway.
    gathered = codes.take(places, mode="clip")
    gathered[after - lengths + spaces - starts] = _UNDERSCORE
    gathered[after - 1] = _SPACE
    return encode(gathered[:-1])


def phrase_term(phrase: Sequence[str]) -> str:
    """The FTS5 expression for the tokens one after the other."""
    spelled = [spell(token) for token in phrase]
    terms = ["_".join(pair) for pair in pairwise(spelled)] or spelled
    return f'"{" ".join(terms)}"'
