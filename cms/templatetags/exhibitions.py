"""Tags and filters of exhibition pages."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.blocks.story import CITE_MARK
from cms.evidence.claims import Evidence

register = template.Library()

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
_DIGITS = "〇一二三四五六七八九"
_HREF = re.compile(r'\shref="([^"]*)"')
# What only a link may have, or what is said of it as a link.
_OF_A_LINK = re.compile(
    r'\s(?:(?:xlink:)?href|download|target|rel|tabindex|aria-label)(?:="[^"]*")?'
)


@register.simple_tag(takes_context=True)
def route(context: Context, page: Any, name: str, *args: Any) -> str:
    """The address of a route of an exhibition (``visit``, ``stop`` 3 …)."""
    address: str = page.address(context.get("request"), name, *args)
    return address


@register.filter
def ordinal(number: int) -> str:
    """A small number as Chinese writes it; figures in English."""
    if get_language() == "en" or not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


@register.filter
def cited(html: Any, evidence: Iterable[tuple[int, Evidence, str]]) -> SafeString:
    """Rich text with ``[1]`` made a mark that leads to the first piece of evidence.

    A mark whose evidence is gone goes with it.
    """
    by_number = {number: found for number, found, _label in evidence}

    def mark(match: re.Match[str]) -> str:
        found = by_number.get(int(match[1]))
        if found is None:
            return ""
        return format_html(
            '<sup class="cite-mark"><a href="{}" aria-label="{}">[{}]</a></sup>',
            found.url,
            _("证据 %(n)s") % {"n": match[1]},
            match[1],
        )

    # Rich text that Wagtail has cleaned, and marks that are escaped above.
    return SafeString(CITE_MARK.sub(mark, str(html)))


@register.filter
def inward(html: str, base: str) -> SafeString:
    """Links that do not stay below ``base`` or on the page become plain text.

    What a screen in the hall shows: nobody gets out of the exhibition by a touch.
    """

    def kept(match: re.Match[str]) -> str:
        attributes, inner = match.groups()
        href = _HREF.search(attributes)
        if href is not None and href[1].startswith((base, "#")):
            return match[0]
        rest = _OF_A_LINK.sub("", attributes)
        drawn = "<svg" not in inner and ("<image" in inner or "<circle" in inner)
        tag = "g" if drawn else "span"
        return f"<{tag}{rest}>{inner}</{tag}>"

    # The same HTML with less in it.
    return SafeString(_LINK.sub(kept, html))
