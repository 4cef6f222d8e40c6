"""What a unit does not say itself and the units above it say: told once, shown below.

Nothing is copied down: the values are put together when a record is shown, out of
views that the reader has of the units above, so that a closed unit lends nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.elements import ELEMENTS, Element, Obligation
from archive.models import Record
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
    for element in _inherited_at(view.level):
        if element.name in own:
            continue
        for one in nearest_first:
            value = dict(one.fields).get(element.name, "")
            if value:
                found.append(
                    Inherited(element.name, value, one.reference_code, one.title)
                )
                break
    return tuple(found)


def told_above(record: Record, parent: Record | None) -> tuple[Inherited, ...]:
    """What the units from ``parent`` up say for this record, open or not: for whoever
    describes it. One query. ``record`` may be one that is not saved yet.
    """
    ids = [*parent.ancestor_ids, parent.pk] if parent is not None else []
    held = Record.objects.in_bulk(ids) if ids else {}
    nearest_first = [held[pk] for pk in reversed(ids) if pk in held]
    found: list[Inherited] = []
    for element in _inherited_at(record.level):
        if getattr(record, element.name):
            continue
        for one in nearest_first:
            value = getattr(one, element.name)
            if value:
                found.append(
                    Inherited(element.name, value, one.reference_code, one.title)
                )
                break
    return tuple(found)


def _inherited_at(level: str) -> list[Element]:
    return [
        element
        for element in ELEMENTS
        if element.inherited and element.obligation(level) is not Obligation.NOT_USED
    ]
