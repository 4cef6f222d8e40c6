"""Reads HTML into what may be converted to 繁體 and what must stay to the letter.

Fast, because it stands behind every page of a language: one regular expression cuts
the page into texts and the markup between them, and only markup that may matter is
looked into tag by tag.
"""

import re
from functools import lru_cache
from typing import NamedTuple

LITERAL_START, LITERAL_END = "\ufdd0", "\ufdd1"
"""Around what stays as it is within a text or an attribute: the filter ``literal``."""

# Tags, comments, and elements whose content is no text. Quoted values may hold ">".
_INSIDE = r"[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+"
_CUT = re.compile(
    rf"(<!--.*?-->|<(?:script|style|textarea)\b{_INSIDE}>.*?</(?:script|style|textarea)"
    rf"\s*>|</?[a-zA-Z]{_INSIDE}>|<![^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
# All the markup between two texts that are not ASCII.
_BETWEEN = re.compile(
    rf"((?:<!--.*?-->|<(?:script|style|textarea)\b{_INSIDE}>.*?</(?:script|style|textarea)"
    rf"\s*>|</?[a-zA-Z]{_INSIDE}>|<![^>]*>|[\x00-;=-\x7f]++(?=<|\Z))++)",
    re.DOTALL | re.IGNORECASE,
)
_OPENING = re.compile(rf"<([^\s/>]+)({_INSIDE})>")
_ATTRIBUTE = re.compile(
    r"\s(title|alt|placeholder|aria-label|aria-description|content"
    r"|data-text[\w-]*|data-[\w-]*label)"
    r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\s(lang|translate|class|data-by-hand)"
    r"(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?(?=[\s/]|$)",
    re.IGNORECASE,
)
_LANG = re.compile(r"(\slang\s*=\s*[\"']?)zh-Hans(?=[\s\"'/>])")
_SHOWN_META = re.compile(
    r"=\s*[\"']?(?:description|og:title|og:description|og:site_name|og:image:alt"
    r"|twitter:title|twitter:description)\b",
    re.IGNORECASE,
)
_TEXTS = re.compile(r"<script(?=[^>]*application/json)[^>]*\sid=[\"']?texts[^>]*>")
# A start within stops the search: many without an end, which anybody may send in a
# form, would else be looked at as often as there are of them.
_LITERAL = re.compile(
    f"({LITERAL_START}[^{LITERAL_START}{LITERAL_END}]*+{LITERAL_END})"
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
# Text on both sides of these is one text: a word may run on.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "em",
        "i",
        "ins",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "wbr",
    ]
)
_ONLY_INLINE = re.compile(
    rf"(?:</?(?:a|abbr|b|em|i|ins|mark|s|small|span|strong|sub|sup|u|wbr)(?!\w){_INSIDE}>)+"
)
_HANS, _HANT = ' lang="zh-Hans"', ' lang="zh-Hant"'
_RAW = frozenset(("script", "style", "textarea"))
_VERBATIM = frozenset(["code", "kbd", "samp", "pre"])
_CHINESE = frozenset(("zh-hans", "zh-cn", "zh-hans-cn", "zh"))


# Shorter tags come again and again: what they mean is remembered.
_SHORT = 80


class State(NamedTuple):
    """What becomes of a text: it is converted if it is 简体 and may be changed.

    ``by_hand``: the page is written in 繁體, so that only what is plainly 简体, the
    interface, is converted.
    """

    simplified: bool = True
    changeable: bool = True
    by_hand: bool = False

    @property
    def convert(self) -> bool:
        return self.simplified and self.changeable


class Run(NamedTuple):
    """Pieces that are read as one text, by their places in ``Reading.pieces``."""

    places: list[int]
    by_hand: bool


class _Tag(NamedTuple):
    """``plain``: it neither holds text for readers nor changes the state."""

    name: str
    closes: bool
    plain: bool
    inline: bool
    leaf: bool


class Reading:
    """``pieces``, joined, are the page; those of ``runs`` may be rewritten.

    So may those of ``texts``, JSON made for readers: scripts of the type
    ``application/json`` whose ``id`` begins with ``texts``.
    """

    def __init__(self, html: str) -> None:
        self.pieces: list[str] = []
        self.runs: list[Run] = []
        self.texts: list[int] = []
        self._state = State()
        # Elements that are open within the one that changed the state, each with the
        # state outside of it: short, for most of a page is in none.
        self._open: list[tuple[str, State]] = []
        self._run: list[int] = []
        cut = _BETWEEN.split(html)
        pieces, literals = self.pieces, LITERAL_START in html
        add = pieces.append
        for text, markup in zip(cut[::2], cut[1::2], strict=False):
            if self._open or literals:
                self._text(text)
            elif text:
                self._run.append(len(pieces))
                add(text)
            if self._open or not markup.isascii() or _may_change(markup):
                self._markup(markup)
                continue
            if self._run and not _ONLY_INLINE.fullmatch(markup):
                self._end_run()
            add(markup.replace(_HANS, _HANT) if _HANS in markup else markup)
        if cut[-1]:
            self._text(cut[-1])
        self._end_run()

    def _markup(self, markup: str) -> None:
        """Tag by tag."""
        cut = _CUT.split(markup)
        for text, tag in zip(cut[::2], cut[1::2], strict=False):
            if text:
                self._text(text)
            known = _known(tag) if len(tag) < _SHORT else _look(tag)
            if not known.inline and self._run:
                self._end_run()
            self._tag(tag, known)
        if cut[-1]:
            self._text(cut[-1])

    def _text(self, text: str) -> None:
        if text.isascii():
            if text:
                self._end_run()
                self.pieces.append(text)
        elif LITERAL_START in text:
            for index, part in enumerate(_LITERAL.split(text)):
                if index % 2:
                    self._end_run()
                    self.pieces.append(part)
                elif not part.isascii():
                    # A start that has no end in it is a character like any other.
                    self._read(part)
                elif part:
                    self._text(part)
        else:
            self._read(text)

    def _read(self, text: str) -> None:
        if self._state.convert:
            self._run.append(len(self.pieces))
        self.pieces.append(text)

    def _end_run(self) -> None:
        if self._run:
            self.runs.append(Run(self._run, self._state.by_hand))
            self._run = []

    def _tag(self, tag: str, known: _Tag) -> None:
        name, state = known.name, self._state
        if known.plain:
            self.pieces.append(tag)
        elif name in _RAW:
            self._raw(tag, name)
            return
        else:
            state = _state_of(name, tag, state)
            self._add(tag, name, state)
        if known.closes:
            self._close(name)
        elif not known.leaf and (self._open or state != self._state):
            self._enter(name, state)

    def _enter(self, name: str, state: State) -> None:
        if name == "html":
            return  # Says what language the page will be in.
        if state != self._state:
            self._end_run()
        self._open.append((name, self._state))
        self._state = state

    def _close(self, name: str) -> None:
        """Back to the state outside of the innermost open ``name``, if there is one."""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == name:
                state = self._open[depth][1]
                if state != self._state:
                    self._end_run()
                    self._state = state
                del self._open[depth:]
                return

    def _add(self, tag: str, name: str, state: State) -> None:
        """A tag, in pieces where a value in it is text for readers."""
        if state.convert and "zh-Hans" in tag:
            tag = _LANG.sub(r"\1zh-Hant", tag)
        if (
            tag.isascii()
            or not state.convert
            or (name == "meta" and not _SHOWN_META.search(tag))
            or tag[1] == "!"
        ):
            self.pieces.append(tag)
            return
        position = 0
        for match in _ATTRIBUTE.finditer(tag):
            if (match[1].lower() == "content") is not (name == "meta"):
                continue
            start, end = match.span(2 if match[2] is not None else 3)
            self.pieces.append(tag[position:start])
            self._value(tag[start:end], state)
            position = end
        self.pieces.append(tag[position:])

    def _value(self, value: str, state: State) -> None:
        for index, part in enumerate(_LITERAL.split(value)):
            if part and not index % 2 and not part.isascii():
                self.runs.append(Run([len(self.pieces)], state.by_hand))
            self.pieces.append(part)

    def _raw(self, whole: str, name: str) -> None:
        """An element whose content stays, but for the texts of scripts."""
        opening = _OPENING.match(whole)
        is_texts = _TEXTS.match(whole) is not None and self._state.convert
        if opening is None or not (is_texts or name == "textarea"):
            self.pieces.append(whole)
            return
        tag, end = opening[0], whole.rindex("</")
        self._add(tag, name, _state_of(name, tag, self._state))
        if is_texts:
            self.texts.append(len(self.pieces))
        self.pieces += [whole[len(tag) : end], whole[end:]]


def _may_change(markup: str) -> bool:
    """Cheap signs that a tag may change what becomes of the text in it.

    Written out, which is several times as fast as an expression or a loop.
    """
    return (
        "code" in markup
        or "translate" in markup
        or "data-by-hand" in markup
        or "<script" in markup
        or "<style" in markup
        or "<textarea" in markup
        or "<pre" in markup
        or "<kbd" in markup
        or "<samp" in markup
        or markup.count(" lang=") != markup.count(_HANS)
    )


def _look(tag: str) -> _Tag:
    closes = tag[1] == "/"
    name = tag[2:-1].strip() if closes else tag[1:].split(None, 1)[0].rstrip(">/")
    name = name.lower()
    return _Tag(
        name,
        closes,
        plain=tag[1] in "/!"
        or (tag.isascii() and not _may_change(tag) and _HANS not in tag),
        inline=name in _INLINE,
        leaf=name in _VOID or tag[1] == "!" or tag.endswith("/>"),
    )


_known = lru_cache(4096)(_look)


@lru_cache(4096)
def _state_of(name: str, tag: str, outside: State) -> State:
    """What ``lang``, ``translate`` and the class ``code`` make of the state."""
    state = outside
    if name in _VERBATIM:
        state = state._replace(changeable=False)
    for found in _STATE.finditer(tag[1 + len(name) : -1]):
        key = found[1].lower()
        value = found[2] or found[3] or found[4] or ""
        if key == "lang":
            state = state._replace(simplified=value.lower() in _CHINESE)
        elif key == "translate":
            state = state._replace(
                changeable=state.changeable and value.lower() != "no"
            )
        elif key == "data-by-hand":
            state = state._replace(by_hand=True)
        elif "code" in value.split():
            state = state._replace(changeable=False)
    return state
