"""Numbers by which people ask how what they sent stands."""

import secrets

# Without 0 O 1 I L, which are read for one another, also over the telephone.
_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def unguessable(length: int) -> str:
    """So many characters at random."""
    return "".join(secrets.choice(_CHARACTERS) for _ in range(length))
