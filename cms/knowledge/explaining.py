"""Terms of the glossary as tap targets in running text.

On each page the first place where a term stands becomes a button; what it opens
(``term_notes``) stands once at the end of the page. Both are plain HTML: a browser
without popovers shows the explanations below the text.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Any, Final

from django.apps import apps
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from archive.names import split

CLOSED: Final = frozenset(
    (
        *("a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "q"),
        *("cite", "code", "pre", "summary", "label", "script", "style"),
        *("textarea", "select", "option"),
    )
)
"""In these a term stays as it is: a link or button, a heading, somebody's words."""


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term with all its names; ``page`` is that of the glossary."""

    page: Any
    names: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return f"term-{self.page.pk}"


class Explainer:
    """What is explained on one page: first occurrences, in the order of the text.

    ``locale_id`` is that of the page, ``without`` are ids of terms that it says
    nothing about. One query, when the first text is seen.
    """

    def __init__(
        self, locale_id: int | None, without: Collection[int | None] = ()
    ) -> None:
        self._locale_id = locale_id
        self._without = without
        self._used: dict[int, KnownTerm] = {}

    @property
    def used(self) -> list[KnownTerm]:
        return list(self._used.values())

    def text(self, text: str) -> SafeString:
        """Plain text, escaped, with its terms."""
        return SafeString(self._marked(text, quoted=False))

    def html(self, html: str) -> SafeString:
        """A fragment of HTML, otherwise unchanged."""
        if not self._by_name:
            return SafeString(html)
        reader = _Fragment(self)
        reader.feed(html)
        reader.close()
        return SafeString("".join(reader.parts))

    def _marked(self, text: str, *, quoted: bool) -> str:
        """``quoted``: the text is escaped already."""
        done = _as_it_is if quoted else escape
        pattern = _pattern(tuple(self._by_name))
        if pattern is None:
            return done(text)
        parts = []
        position = 0
        for match in pattern.finditer(text):
            term = self._by_name[match[0]]
            if term.page.pk in self._used:
                continue
            self._used[term.page.pk] = term
            parts.append(done(text[position : match.start()]))
            parts.append(
                f'<button type="button" class="term" popovertarget="{term.anchor}">'
                f"{done(match[0])}</button>"
            )
            position = match.end()
        parts.append(done(text[position:]))
        return "".join(parts)

    @cached_property
    def _by_name(self) -> dict[str, KnownTerm]:
        known = known_terms(self._locale_id)
        return {
            name: term
            for term in known
            if term.page.pk not in self._without
            for name in term.names
        }


def known_terms(locale_id: int | None) -> list[KnownTerm]:
    """The terms that everybody may read in this language; one query."""
    model: Any = apps.get_model("cms", "TermPage")
    pages = model.objects.live().public().filter(locale_id=locale_id, alias_of=None)
    return [
        KnownTerm(page, (page.title, *split(page.variants)))
        for page in pages.select_related("locale").order_by("title")
    ]


def _as_it_is(text: str) -> str:
    return text


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """The longest name first; a name in Latin letters only as a whole word."""
    if not names:
        return None
    ordered: Iterable[str] = sorted(set(filter(None, names)), key=len, reverse=True)
    return re.compile("|".join(map(_bounded, ordered)))


def _bounded(name: str) -> str:
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
    return f"{before}{re.escape(name)}{after}"


class _Fragment(HTMLParser):
    """Copies HTML to the letter, but for the text outside of ``CLOSED``."""

    def __init__(self, explainer: Explainer) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._explainer = explainer
        self._closed: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.parts.append(self.get_starttag_text() or "")
        if tag in CLOSED:
            self._closed.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")
        if tag in self._closed:
            while self._closed.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        marked = data if self._closed else self._explainer._marked(data, quoted=True)
        self.parts.append(marked)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")
