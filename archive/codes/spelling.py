"""Reference codes (档号): one spelling, and what may be one."""

import re
import unicodedata

from archive.errors import InvalidReferenceCode

MAX_LENGTH = 120
MIDDLE_DOT = "·"

_REFUSED = frozenset("/?#%\\")
# Control, invisible and unassigned characters, line and paragraph separators.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Dots that stand for the middle dot wherever they are …
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅", MIDDLE_DOT))
# … and one that does only between two elements.
_FULL_STOP = re.compile(r"(?<=[^\W_])\.(?=[^\W_])")


def normalise(code: str) -> str:
    """``code`` in its one spelling: half-width, with ``·`` between elements.

    Raises ``InvalidReferenceCode`` for what cannot be a code (nothing, more than
    120 characters, ``/ ? # % \\``, control characters, only dots).
    """
    spelled = unicodedata.normalize("NFKC", code).strip().translate(_DOTS)
    spelled = _FULL_STOP.sub(MIDDLE_DOT, spelled)
    if not 0 < len(spelled) <= MAX_LENGTH or not spelled.strip("." + MIDDLE_DOT):
        raise InvalidReferenceCode(code)
    for char in spelled:
        if char in _REFUSED or unicodedata.category(char) in _REFUSED_CATEGORIES:
            raise InvalidReferenceCode(code)
    return spelled
