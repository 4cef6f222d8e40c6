"""The query language: what a reader types → a tree of phrases.

- white space between words means AND; ``AND``, ``OR``, ``NOT`` in capitals and
  brackets combine, NOT before AND before OR;
- a word may hold several tokens (``枫桥经验``, ``1963年11月20日``): it is found as
  they stand, one after the other, whatever stands between them;
- quotation marks (" “” 「」 『』) make a phrase of what they hold, white space too;
- ``-word``, ``-"phrase"`` and ``-(…)`` exclude;
- full-width spaces, brackets, signs and letters are taken as their half-width forms.

Nothing a reader types is an error. A mark that has no partner and an operator that
has nothing to combine are passed over. Exclusion alone (``-甲``) is allowed: it
finds everything else.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from search.tokens import tokens

MAX_CHARACTERS: Final = 2_000
MAX_TOKENS: Final = 256
MAX_PHRASES: Final = 64
MAX_DEPTH: Final = 8
"""Brackets nested deeper are passed over: the parsers of SQLite and FTS5 and
Elasticsearch's limit on nested clauses all have to hold what is left."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens (folded) that stand one after the other; at least one."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of ``parts`` (two or more)."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``parts`` (two or more)."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but ``part``."""

    part: "Node"


Node = Phrase | And | Or | Not


class Problem(Enum):
    """Why a query has no tree. The search page has a sentence for each."""

    EMPTY = "empty"
    """No letter, digit or ideograph in it: it finds nothing."""
    TOO_LONG = "too_long"
    """More than ``MAX_CHARACTERS``, ``MAX_TOKENS`` or ``MAX_PHRASES``."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: either ``node`` or ``problem`` is set.

    A query with a problem finds nothing; never search for ``None`` in its place.
    """

    node: Node | None
    problem: Problem | None = None


def parse(text: str) -> Query:
    """Parse what a reader typed; never raises."""
    if len(text) > MAX_CHARACTERS:
        return Query(None, Problem.TOO_LONG)
    lexemes = list(_lexemes(text))
    phrases = [lexeme for lexeme in lexemes if isinstance(lexeme, Phrase)]
    if not phrases:
        return Query(None, Problem.EMPTY)
    length = sum(len(phrase.tokens) for phrase in phrases)
    if len(phrases) > MAX_PHRASES or length > MAX_TOKENS:
        return Query(None, Problem.TOO_LONG)
    return Query(_Parser(lexemes).whole())


def positive_phrases(node: Node) -> tuple[Phrase, ...]:
    """The phrases that make a text match, not those that keep it out; each once."""
    return tuple(dict.fromkeys(_positive(node)))


def _positive(node: Node) -> Iterable[Phrase]:
    match node:
        case Phrase():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _positive(part)
        case Not():
            return


class _Sign(Enum):
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    MINUS = "-"
    OPEN = "("
    CLOSE = ")"


_Lexeme = Phrase | _Sign

_LEXEME: Final = re.compile(
    r"""
      "(?P<straight>[^"]*)" | ＂(?P<wide>[^＂]*)＂
    | “(?P<curly>[^”]*)”    | 「(?P<corner>[^」]*)」 | 『(?P<double>[^』]*)』
    | (?P<open>[(（])       | (?P<close>[)）]) | (?P<stray>["＂“”「」『』])
    | (?P<word>[^\s"＂“”「」『』()（）]+)
    """,
    re.VERBOSE,
)
_QUOTED: Final = ("straight", "wide", "curly", "corner", "double")
_MINUS: Final = "-－−"
_OPERATORS: Final = {sign.value: sign for sign in (_Sign.AND, _Sign.OR, _Sign.NOT)}


def _lexemes(text: str) -> Iterable[_Lexeme]:
    end_of_last = -1
    for match in _LEXEME.finditer(text):
        kind = match.lastgroup
        starts_word = match.start() != end_of_last
        if kind in _QUOTED:
            yield from _phrase(match.group(kind))
        elif kind == "open":
            yield _Sign.OPEN
        elif kind == "close":
            yield _Sign.CLOSE
        elif kind == "word":
            yield from _word(match, starts_word)
        # What follows an opening bracket is at the start of a word, too.
        end_of_last = -1 if kind == "open" else match.end()


def _word(match: re.Match[str], starts_word: bool) -> Iterable[_Lexeme]:
    word = match.group()
    operator = _OPERATORS.get(unicodedata.normalize("NFKC", word))
    if operator is not None:
        yield operator
        return
    if starts_word and word[0] in _MINUS:
        followed = match.end() < len(match.string)
        if len(word) > 1 or (followed and not match.string[match.end()].isspace()):
            yield _Sign.MINUS
    yield from _phrase(word)


def _phrase(text: str) -> Iterable[Phrase]:
    found = tuple(token.text for token in tokens(text))
    if found:
        yield Phrase(found)


class _Parser:
    """Recursive descent over the lexemes; passes over what does not fit."""

    def __init__(self, lexemes: list[_Lexeme]) -> None:
        self._lexemes = lexemes
        self._next = 0

    def whole(self) -> Node | None:
        """The whole query; a closing bracket too many ends nothing."""
        parts: list[Node] = []
        while self._next < len(self._lexemes):
            part = self._alternatives(depth=0)
            if part is not None:
                parts.append(part)
            self._take(_Sign.CLOSE)
        return _combined(And, parts)

    def _alternatives(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while True:
            part = self._conjunction(depth)
            if part is not None:
                parts.append(part)
            if not self._take(_Sign.OR):
                return _combined(Or, parts)

    def _conjunction(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while self._peek() not in (None, _Sign.OR, _Sign.CLOSE):
            part = self._unary(depth)
            if part is not None:
                parts.append(part)
        return _combined(And, parts)

    def _unary(self, depth: int) -> Node | None:
        negative = False
        while (lexeme := self._peek()) in (_Sign.NOT, _Sign.MINUS, _Sign.AND):
            self._next += 1
            negative ^= lexeme is not _Sign.AND
        node = self._primary(depth)
        return Not(node) if negative and node is not None else node

    def _primary(self, depth: int) -> Node | None:
        lexeme = self._peek()
        if isinstance(lexeme, Phrase):
            self._next += 1
            return lexeme
        if not self._take(_Sign.OPEN):
            return None
        if depth >= MAX_DEPTH:
            return None
        inner = self._alternatives(depth + 1)
        self._take(_Sign.CLOSE)
        return inner

    def _peek(self) -> _Lexeme | None:
        at_end = self._next >= len(self._lexemes)
        return None if at_end else self._lexemes[self._next]

    def _take(self, sign: _Sign) -> bool:
        taken = self._peek() is sign
        self._next += taken
        return taken


def _combined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """The parts under one node: nested ones of its kind opened, repeats dropped."""
    flat: dict[Node, None] = {}
    for part in parts:
        for inner in part.parts if isinstance(part, kind) else (part,):
            flat[inner] = None
    if len(flat) < 2:
        return next(iter(flat), None)
    return kind(tuple(flat))
