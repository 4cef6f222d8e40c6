"""Every route of the URL conf, and how to make addresses of the admin's."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

_CONVERTED = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_REGEX_PARTS = re.compile(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)|\([^()]*\)")


def routes() -> list[str]:
    """The full pattern of each view, as written in the URL conf."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route)
        else:
            yield route


def address(route: str, number: int, text: str) -> str:
    """A route with ``number`` and ``text`` put in for its arguments."""
    fill = {
        "int": str(number),
        "uuid": "00000000-0000-0000-0000-000000000000",
        "path": text,
    }
    filled = _CONVERTED.sub(lambda m: fill.get(m["kind"] or "str", text), route)
    filled = _REGEX_PARTS.sub(str(number), filled)
    return "/" + re.sub(r"\\(.)", r"\1", filled).replace("^", "").replace("$", "")
