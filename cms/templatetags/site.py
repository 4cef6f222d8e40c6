"""Filters and tags of the public templates."""

from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from archive.openness import Access
from archive.seen import RecordView
from cms.description import level_label
from cms.highlight import segments
from cms.languages.prefixes import TRADITIONAL, tag
from cms.languages.translated import language_of_page
from cms.scripts import tag_of_prose, tag_of_script, tag_of_text
from cms.traditional.markup import LITERAL_END, LITERAL_START

register = template.Library()

register.filter("lang_of", tag_of_text)
register.filter("lang_of_prose", tag_of_prose)
register.filter("lang_of_script", tag_of_script)
register.filter("level", level_label)


@register.filter
def marked(text: str, marks: Sequence[tuple[int, int]]) -> SafeString:
    """``text``, escaped, with ``<mark>`` around each of ``marks``."""
    return format_html_join(
        "",
        "{}{}{}",
        (
            (SafeString("<mark>"), part.text, SafeString("</mark>"))
            if part.number
            else ("", part.text, "")
            for part in segments(text, marks)
        ),
    )


@register.filter
def literal(text: str) -> str:
    """``text`` as it is also in 繁體, where ``translate="no"`` cannot stand.

    For a reader's words or a quotation within an attribute or a sentence.
    """
    if get_language() != TRADITIONAL:
        return text
    return f"{LITERAL_START}{text}{LITERAL_END}"


@register.filter
def lang_of_page(page: Page) -> str:
    """The language tag of the words of a page (``cms.languages.translated``)."""
    return tag(language_of_page(page))


@register.filter
def open_in_full(view: RecordView) -> bool:
    """Whether this reader sees more of the record than its catalogue entry."""
    return view.access is Access.FULL


@register.simple_tag
def record_title(view: RecordView) -> SafeString:
    """A record's title in its own script, broken only where it may be."""
    lang = tag_of_text(view.title)
    return format_html('<span lang="{}">{}</span>', lang, with_breaks(view.title))


@register.simple_tag
def record_url(view: RecordView) -> str:
    return reverse("record", args=[view.reference_code])


@register.simple_tag
def page_url(view: RecordView, page: int, q: str = "", at: int = 0) -> str:
    """The viewer at a page; with ``at``, at the match of that number on it."""
    query = {name: value for name, value in (("q", q), ("at", at)) if value}
    tail = f"?{urlencode(query)}" if query else ""
    anchor = f"#box-{at}" if at else ""
    url = reverse("viewer", args=[view.reference_code, page])
    return iri_to_uri(f"{url}{tail}{anchor}")


@register.filter("breakable")
def with_breaks(title: str) -> SafeString:
    """A title with places where it may break: before brackets, after points."""
    parts: list[tuple[str]] = []
    piece = ""
    for char in title:
        if char in "（《“【" and piece:
            parts.append((piece,))
            piece = ""
        piece += char
        if char in "，、：；）》”】—　 的与和及":
            parts.append((piece,))
            piece = ""
    if piece:
        parts.append((piece,))
    return format_html_join(SafeString("<wbr>"), "{}", parts)
