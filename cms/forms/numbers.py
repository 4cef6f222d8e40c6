"""Numbers by which people ask how what they sent stands."""

import re
import secrets

# Without 0 O 1 I L, which are read for one another, also over the telephone.
_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def unguessable(length: int) -> str:
    """So many characters at random."""
    return "".join(secrets.choice(_CHARACTERS) for _ in range(length))


def spelt(number: str) -> str:
    """A number of ten characters as it is stored, however somebody typed it."""
    plain = re.sub(r"[^0-9A-Z]", "", number.upper())
    # No longer than any column that holds one.
    return f"{plain[:5]}-{plain[5:]}"[:20]
