"""Pinyin initials, for finding a name by the first letters of its syllables."""

import unicodedata

from pypinyin import Style, lazy_pinyin


def initials(text: str) -> str:
    """``枫桥区`` → ``fqq``: lower-case letters and digits, nothing else.

    Han give the first letter of their (first, in context) reading; letters and
    digits stand for themselves.
    """
    spelled = unicodedata.normalize("NFKC", text)
    letters = lazy_pinyin(spelled, style=Style.FIRST_LETTER)
    return "".join(
        char for char in "".join(letters).lower() if char.isascii() and char.isalnum()
    )
