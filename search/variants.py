"""The other way to write a query: what 已同时检索 tells the reader."""

from functools import cache

from opencc import OpenCC

_DIRECTIONS = ("s2t", "t2s")


def variants(q: str) -> tuple[str, ...]:
    """``q`` in 简体 and in 繁體, as far as that differs from what was typed."""
    written = (_converter(direction).convert(q) for direction in _DIRECTIONS)
    return tuple(dict.fromkeys(other for other in written if other != q))


@cache
def _converter(direction: str) -> OpenCC:
    return OpenCC(direction)
