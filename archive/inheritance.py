"""What a unit does not say itself and the units above it say: told once, shown below.

Nothing is copied down: the values are put together when a record is shown, out of
views that the reader has of the units above, so that a closed unit lends nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.elements import ELEMENTS, Obligation
from archive.seen import RecordView


@dataclass(frozen=True, slots=True)
class Inherited:
    """The value of element ``name`` and the record that says it."""

    name: str
    value: str
    reference_code: str
    title: str


def inherited(view: RecordView, above: Iterable[RecordView]) -> tuple[Inherited, ...]:
    """In the order of the elements. ``above``: from the fonds down to the parent."""
    own = {name for name, _value in view.fields}
    nearest_first = list(above)[::-1]
    found: list[Inherited] = []
    for element in ELEMENTS:
        used = element.obligation(view.level) is not Obligation.NOT_USED
        if not element.inherited or not used or element.name in own:
            continue
        for one in nearest_first:
            value = dict(one.fields).get(element.name, "")
            if value:
                found.append(
                    Inherited(element.name, value, one.reference_code, one.title)
                )
                break
    return tuple(found)
