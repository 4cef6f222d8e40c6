"""Which Chinese script a text is in, as a language tag for ``lang``."""

from collections.abc import Mapping
from functools import cache

from search.fold import fold

HANS = "zh-Hans"
HANT = "zh-Hant"
_TAGS: Mapping[str, str] = {"hans": HANS, "hant": HANT}
_HAN = "".join(map(chr, range(0x3400, 0xA000)))


def tag_of_script(script: str) -> str:
    """The tag for a page's script (``hans``, ``hant``, or "" when unknown)."""
    return _TAGS.get(script, HANS)


@cache
def _simplified() -> frozenset[str]:
    """The characters that another one folds to."""
    pairs = zip(_HAN, fold(_HAN), strict=True)
    return frozenset(folded for char, folded in pairs if char != folded)


def tag_of_prose(text: str) -> str:
    """``tag_of_text`` for a text that may be in English: it is, without any Han."""
    return tag_of_text(text) if any(char >= _HAN[0] for char in text) else "en"


def tag_of_text(text: str) -> str:
    """Judged by characters that exist in one script only; a tie is 简体."""
    folded = fold(text)
    traditional = sum(
        char != plain and char >= _HAN[0]
        for char, plain in zip(text, folded, strict=True)
    )
    simplified = sum(char in _simplified() for char in text)
    return HANT if traditional > simplified else HANS
