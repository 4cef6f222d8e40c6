"""What is offered while somebody types: found by characters and by pinyin initials.

A model that is searched so keeps two indexed columns beside the name: ``folded``
(``key_of``) and ``initials`` (``archive.pinyin``).
"""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.functions import Length

from archive.fold import fold

MOST = 20
"""As many as are offered at once."""

KEY_LENGTH = 200
INITIALS_LENGTH = 100

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``value`` is what is stored (an id or a name), ``label`` what is chosen.

    ``note`` tells it from its namesakes: a variant name that matched, dates of use,
    a broader term.
    """

    value: str
    label: str
    note: str = ""


def key_of(name: str) -> str:
    """By which spellings of one name are found: folded, without spaces and points.

    ``諸暨縣·枫橋`` → ``诸暨县枫桥``. A name of nothing else keeps them.
    """
    folded = fold(name)
    return "".join(char for char in folded if char.isalnum()) or folded


def found(rows: QuerySet[M], typed: str) -> QuerySet[M]:
    """Those of ``rows`` that are meant, the likeliest first; none for a blank.

    ``typed`` in any script stands anywhere in the name, or is the beginning of its
    initials (``fqq``).
    """
    key = key_of(typed.strip())
    if not key.strip():
        return rows.none()
    whole, first = Q(folded=key), Q(folded__startswith=key)
    wanted = Q(folded__contains=key)
    ranks = [When(whole, then=Value(0)), When(first, then=Value(1))]
    if key.isascii():
        # Both bounds are there for the index, whatever the database's collation.
        last = key.ljust(INITIALS_LENGTH, "z")
        begins = Q(initials__gte=key, initials__lte=last, initials__startswith=key)
        wanted |= begins
        ranks.append(When(begins, then=Value(2)))
    rank = Case(*ranks, default=Value(3), output_field=IntegerField())
    return rows.filter(wanted).order_by(rank, Length("folded"), "folded", "pk")
