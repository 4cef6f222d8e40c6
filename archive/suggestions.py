"""What is offered while somebody types."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``value`` is what is stored (an id or a name), ``label`` what is chosen.

    ``note`` tells it from its namesakes: a variant name that matched, dates of use,
    a broader term.
    """

    value: str
    label: str
    note: str = ""
