"""Names by the first letters of their syllables."""

import pytest

from archive.pinyin import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("枫桥区", "fqq"),
        ("楓橋區", "fqq"),
        ("重庆", "cq"),
        ("“四先四早”工作法", "sxszgzf"),
        ("第3次 Ａ组", "d3caz"),
        ("", ""),
        ("——", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
