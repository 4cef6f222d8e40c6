"""The log of changes: written by the services that change records, in the same
transaction; read by whoever shows, compares, restores or undoes.

Values are plain JSON under the names that ``records.edit`` accepts, so that
``before`` of a change can be given back to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from archive.models import Batch, Change

Values = Mapping[str, Any]

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Noted:
    """A change to be logged: record id, what was done, values before and after."""

    record_id: int
    action: Change.Action
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)


def note(
    changes: Iterable[Noted], by: AbstractBaseUser | None, batch: Batch | None
) -> None:
    """Add to the log; the caller is in the transaction of the changes."""
    Change.objects.bulk_create(
        (
            Change(
                record_id=one.record_id,
                action=one.action,
                before=dict(one.before),
                after=dict(one.after),
                by_id=by.pk if by is not None else None,
                batch=batch,
            )
            for one in changes
        ),
        batch_size=_CHUNK,
    )
