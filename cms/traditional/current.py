"""The converter with the house's own wordings, as they are now in the database.

``archive.generation`` tells when something on the site has changed, in whatever
process; then the wordings are read again. So no page is made, or kept by the page
cache, with a wording that was changed before.
"""

from dataclasses import dataclass, field

from django.db import DatabaseError

from archive import generation
from cms.models import TraditionalWording
from cms.traditional.converter import Converter


@dataclass(slots=True)
class _Kept:
    """``read``: the generation in which ``words`` were read."""

    read: str | None = None
    words: dict[str, str] = field(default_factory=dict)
    converter: Converter = field(default_factory=Converter)


_kept = _Kept()


def converter() -> Converter:
    """With today's wordings, or the last known ones where the database is down."""
    try:
        now = generation.current()
        # None: so much is changing that nobody can tell.
        if now is None or now != _kept.read:
            rows = TraditionalWording.objects.values_list("simplified", "traditional")
            _keep(dict(rows))
            _kept.read = now
    except DatabaseError:
        pass  # An error page comes in 繁體, too.
    return _kept.converter


def _keep(words: dict[str, str]) -> None:
    if words != _kept.words:
        _kept.words, _kept.converter = words, Converter(words)
