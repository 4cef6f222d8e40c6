"""Folding, as the whole of search uses it: see ``archive.fold``, where names that
are stored under their folded form need it, too.
"""

from archive.fold import (
    FOLD_VERSION,
    TABLE,
    UNICODE_SIZE,
    CodePoints,
    decode,
    encode,
    fold,
)

__all__ = [
    "FOLD_VERSION",
    "TABLE",
    "UNICODE_SIZE",
    "CodePoints",
    "decode",
    "encode",
    "fold",
]
