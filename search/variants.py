"""The other way to write a query."""

from functools import cache

from opencc import OpenCC

from search.fold import fold

_DIRECTIONS = ("s2t", "t2s")


def variants(q: str) -> tuple[str, ...]:
    """``q`` in 简体 and in 繁體, as far as that differs from what was typed."""
    written = (_converter(direction).convert(q) for direction in _DIRECTIONS)
    return tuple(dict.fromkeys(other for other in written if other != q))


def also_searched(q: str) -> tuple[str, ...]:
    """Those of ``variants`` that the same search finds: what 已同时检索 tells.

    OpenCC knows words, too: 坐标 becomes 座標, which no fold makes one with 坐标.
    """
    return tuple(other for other in variants(q) if fold(other) == fold(q))


@cache
def _converter(direction: str) -> OpenCC:
    return OpenCC(direction)
