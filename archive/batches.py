"""Undoing a batch: an import, an edit, a move, a renumbering of many records.

What it changed is put back where it is still as the batch left it; what it created
is taken back. Nothing is overwritten that came later, unless a person says so. What was
published since is put back by two people, as everything that is published is changed.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import access, records, tree, workflow
from archive.errors import ArchiveError
from archive.models import Batch, Change, FormerReferenceCode, Record
from archive.removal import take_back
from archive.undoing import Finding, Restore, Undoing, undoing
from archive.vocabulary import DescriptionStatus

logger = logging.getLogger(__name__)

_CHUNK = 500

__all__ = ["AlreadyUndone", "Finding", "UndoRefused", "Undoing", "Undone"]
__all__ += ["preview", "undo"]


class AlreadyUndone(ArchiveError):
    """A batch is undone once."""

    def __init__(self) -> None:
        super().__init__(_("这个批次已经撤销过；其余的修改请逐件处理。"))


class UndoRefused(ArchiveError):
    """All was asked for, and not all can be undone; ``findings`` say what."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            _(
                "有 %(n)d 处不能撤销或会丢失后来的工作，什么都没有撤销。"
                "请查看清单，改为“只撤销可以撤销的”，或确认放弃后来的修改。"
            )
            % {"n": len(findings)}
        )


@dataclass(slots=True)
class Undone:
    """How many records were taken back and restored, and what was left; ``waits``:
    values of published descriptions wait for review.
    """

    removed: int = 0
    restored: int = 0
    waits: bool = False
    left: list[Finding] = field(default_factory=list)


def preview(batch: Batch) -> Undoing:
    """What undoing would do, what would be lost, what cannot be undone."""
    return undoing(batch)


def undo(
    batch: Batch,
    by: AbstractBaseUser | None,
    *,
    overwrite: bool = False,
    partial: bool = False,
) -> Undone:
    """Undo the batch in one transaction.

    ``overwrite``: also what was changed since, which is lost then. Without
    ``partial`` everything is undone or, with ``UndoRefused``, nothing; with it,
    what can be undone is. Raises ``AlreadyUndone``, and ``PagesWouldOpen`` where what
    was created keeps pages of a volume from somebody.
    """
    with transaction.atomic():
        held = Batch.objects.select_for_update().get(pk=batch.pk)
        if held.undone_at is not None:
            raise AlreadyUndone
        access.lock_trees(_tops(held))
        found = undoing(held, overwrite=overwrite)
        blocked = [*found.impossible, *(() if overwrite else found.lost)]
        if blocked and not partial:
            raise UndoRefused(blocked)
        done = Undone(left=blocked)
        _restore_all(found.restored, by, done, partial=partial)
        done.waits = any(map(_waits, found.restored))
        take_back(found.removed, by)
        done.removed = len(found.removed)
        held.undone_by_id = by.pk if by is not None else None
        held.undone_at = timezone.now()
        held.details["left"] = [one.as_json() for one in done.left]
        held.save(update_fields=["undone_by", "undone_at", "details"])
    logger.info("%s undid batch %d", by, batch.pk)
    batch.refresh_from_db()
    return done


def _tops(batch: Batch) -> list[Record]:
    """The roots of the trees in which it changed more than descriptions."""
    placed = (Change.Action.CREATE, Change.Action.MOVE, Change.Action.RECODE)
    paths = Record.objects.filter(
        changes__batch=batch, changes__action__in=placed
    ).values_list("path", flat=True)
    roots = {int(path.partition("/")[0]) for path in paths.iterator()}
    return list(Record.objects.filter(pk__in=roots))


def _restore_all(
    restored: Sequence[Restore],
    by: AbstractBaseUser | None,
    done: Undone,
    *,
    partial: bool,
) -> None:
    """Values alone in few queries, what also has another place or code one by one."""
    plain = [one for one in restored if not one.moves and not one.code]
    for start in range(0, len(plain), _CHUNK):
        chunk = plain[start : start + _CHUNK]
        try:
            _give_back(chunk, by)
        except ArchiveError:
            for one in chunk:
                _restore(one, by, done, partial=partial)
        else:
            done.restored += len(chunk)
    # The last change first: it may stand in the way of the one before.
    for one in reversed(restored):
        if one.moves or one.code:
            _restore(one, by, done, partial=partial)


def _restore(
    one: Restore, by: AbstractBaseUser | None, done: Undone, *, partial: bool
) -> None:
    """Give a record its old values, place and code; all of them or none."""
    try:
        with transaction.atomic():
            _give_back([one], by)
            if one.moves:
                parent = one.parent_id and Record.objects.get(pk=one.parent_id)
                records.move(one.record, parent or None, by)
                if one.position is not None:
                    tree.set_position(one.record, one.position)
            if one.code:
                _recode(one.record, one.code, by)
    except (ArchiveError, Record.DoesNotExist) as error:
        if not partial:
            raise UndoRefused([_failed(one, error)]) from error
        done.left.append(_failed(one, error))
    else:
        done.restored += 1


def _give_back(restored: Sequence[Restore], by: AbstractBaseUser | None) -> None:
    """Old values: what was published since waits for review like any other change.

    But for tags, which are the house's order (docs/decisions/0011).
    """
    with transaction.atomic():
        tags = [(one, one.values["tags"]) for one in restored if "tags" in one.values]
        records.edit_many([(one.record, {"tags": value}) for one, value in tags], by)
        others = [(one.record, _without_tags(one.values)) for one in restored]
        workflow.edit_many([pair for pair in others if pair[1]], by)
        for one in restored:
            workflow.put_back(one.record, one.waiting, by)


def _waits(one: Restore) -> bool:
    published = one.record.description_status == DescriptionStatus.PUBLISHED
    return published and bool(_without_tags(one.values))


def _without_tags(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "tags"}


def _recode(record: Record, code: str, by: AbstractBaseUser | None) -> None:
    """The code that the batch gave was a mistake: nobody will look for it."""
    mistaken = record.reference_code
    records.set_reference_code(record, code, by)
    FormerReferenceCode.objects.filter(record=record, code=mistaken).delete()


def _failed(one: Restore, error: Exception) -> Finding:
    if isinstance(error, Record.DoesNotExist):
        message = _("原来的上级已不存在；请先移到别处。")
    else:
        message = str(error)
    return Finding(one.record.pk, one.record.reference_code, message)
