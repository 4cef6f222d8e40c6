"""Carrying out an import, in few queries however many the rows are.

One batch holds all that it changes. Rows stand for themselves, or all together:
then a single problem leaves nothing behind. A dry run is the run itself, taken back.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from archive import access, records, workflow
from archive.description import CLAIMS
from archive.errors import (
    ArchiveError,
    CycleRefused,
    InvalidRange,
    OpeningRefused,
    TreeTooDeep,
)
from archive.models import Batch, Change, Record

from .plan import Plan, changes_of, plan
from .report import ImportReport, Preview
from .source import Source, Wanted, Wishes, read

logger = logging.getLogger(__name__)

Advance = Callable[[int], object]
User = AbstractBaseUser | None

_CHUNK = 500
_SHOWN = 200
_REMEMBERED = 50  # imports whose columns are looked through
# Also where two that write wait for each other, and the database gives one up.
_REFUSED = (ArchiveError, IntegrityError, DataError, OperationalError)


class ParentMissing(ArchiveError):
    """The parent that a row names could not be made."""

    def __init__(self, code: str) -> None:
        super().__init__(_("上级“%(code)s”没有导入；请先改正上级。") % {"code": code})


def import_table(
    source: Source,
    by: User = None,
    *,
    dry_run: bool = False,
    atomic: bool = False,
    most: int | None = None,
    advance: Advance = lambda rows: None,
) -> ImportReport:
    """Create and update the records that a table describes.

    A row with a new code creates, one with a known code changes what its cells say
    and, where it names another parent, moves the record. ``atomic``: all of the rows
    or none. ``most``: a table with more rows is a problem, and nothing is done.
    ``advance`` is told of rows that are done. Whatever is wrong with a row
    is in the report, never raised.
    """
    report = ImportReport(dry_run=dry_run)
    wishes = read(source, report, most)
    if most is not None and report.rows > most:
        message = _(
            "表中不止 %(most)d 行，网页上一次至多导入这些；请分成几个文件，"
            "或请管理员用命令 manage.py import 导入。"
        )
        report.problem(0, "", message % {"most": most})
        return report
    if not wishes.rows:
        return report
    # Before the transaction: the database takes no other writer meanwhile.
    run = _Run(source, wishes, plan(wishes, report), by, report, advance)
    if not dry_run and not atomic:
        run.carry_out()
        return report
    with transaction.atomic():
        run.carry_out()
        if dry_run or report.problems:
            transaction.set_rollback(True)
            report.batch = None
    if report.problems and not dry_run:
        report.nothing_written()
    return report


def heads_key(heads: Sequence[str]) -> str:
    """By which a mapping is found again for a table with the same heads."""
    text = "\n".join(sorted(head.strip() for head in heads if head.strip()))
    return hashlib.sha256(text.encode()).hexdigest()


def remembered_mapping(heads: Sequence[str]) -> dict[str, str]:
    """What the last import of a table with these heads took its columns for; for a
    head that comes in another company, what one of the last imports took it for.
    """
    imports = Batch.objects.filter(kind=Batch.Kind.IMPORT)
    batch = imports.filter(details__heads_key=heads_key(heads)).first()
    if batch is not None:
        return dict(batch.details.get("mapping", {}))
    wanted = {head.strip() for head in heads}
    known: dict[str, str] = {}
    for details in imports.values_list("details", flat=True)[:_REMEMBERED]:
        for head, attribute in details.get("mapping", {}).items():
            if head in wanted:
                known.setdefault(head, attribute)
    return known


class _Run:
    def __init__(
        self,
        source: Source,
        wishes: Wishes,
        planned: Plan,
        by: User,
        report: ImportReport,
        advance: Advance,
    ) -> None:
        self._source = source
        self._wishes = wishes
        self._by = by
        self._report = report
        self._advance = advance
        self._planned = planned
        self._records: dict[str, Record] = planned.known

    def carry_out(self) -> None:
        self._batch = Batch.objects.create(
            kind=Batch.Kind.IMPORT,
            label=self._source.name[:200],
            by_id=self._by.pk if self._by is not None else None,
        )
        try:
            self._create(self._planned)
            self._update(self._planned)
        finally:
            self._close()
        logger.info("%s imported %s", self._by, self._source.name)

    def _close(self) -> None:
        """What the batch keeps; one without changes leaves no trace."""
        report = self._report
        if not report.created and not report.updated:
            self._batch.delete()
            return
        report.batch = self._batch.pk
        report.previews = previews(self._batch)
        problems = report.as_json()["problems"]
        self._batch.details = {
            "heads_key": heads_key(self._wishes.all_heads),
            "mapping": dict(self._source.mapping),
            "rows": report.rows,
            "created": report.created,
            "updated": report.updated,
            "problem_count": len(problems),
            "problems": problems[:_SHOWN],
        }
        self._batch.save(update_fields=["details"])

    def _create(self, planned: Plan) -> None:
        for parent_code, rows in _families(planned.created):
            parent = self._records.get(parent_code)
            if parent_code and parent is None:
                message = _("上级“%(code)s”没有导入；请先改正上级。")
                for row in rows:
                    self._problem(row, "parent", message % {"code": parent_code})
                continue
            for start in range(0, len(rows), _CHUNK):
                self._create_siblings(parent, rows[start : start + _CHUNK])

    def _create_siblings(self, parent: Record | None, rows: Sequence[Wanted]) -> None:
        values = [{**row.fields, "reference_code": row.reference_code} for row in rows]
        try:
            created = records.create_many(
                parent, values, by=self._by, batch=self._batch
            )
        except _REFUSED as error:
            if len(rows) == 1:
                self._problem(rows[0], _concerned(error), error)
                return
            for row in rows:
                self._create_siblings(parent, [row])
            return
        for record in created:
            self._records[record.reference_code] = record
        self._report.created += len(created)
        self._advance(len(created))

    def _update(self, planned: Plan) -> None:
        staying: list[Wanted] = []
        for row in planned.updated:
            self._notice_claims(row)
            if self._moves(row):
                self._edit([row])
            else:
                staying.append(row)
        for start in range(0, len(staying), _CHUNK):
            self._edit(staying[start : start + _CHUNK])

    def _moves(self, row: Wanted) -> bool:
        if row.parent is None:
            return False
        held = self._records[row.reference_code]
        return held.parent_id != self._parent_id(row.parent)

    def _parent_id(self, code: str) -> int | None:
        parent = self._records.get(code)
        return parent.pk if parent is not None else None

    def _edit(self, rows: Sequence[Wanted]) -> None:
        """Change these records; a row that also moves comes alone."""
        try:
            with transaction.atomic():
                if len(rows) == 1 and self._moves(rows[0]):
                    # Before the record itself, as whoever changes a tree does.
                    access.lock_trees(self._places(rows[0]))
                changed = self._save(self._edits(rows))
                if len(rows) == 1 and self._moves(rows[0]):
                    self._move(rows[0])
                    changed = 1
        except _REFUSED as error:
            if len(rows) == 1:
                self._problem(rows[0], _concerned(error), error)
                return
            for row in rows:
                self._edit([row])
            return
        self._report.updated += changed
        self._report.unchanged += len(rows) - changed
        self._advance(len(rows))

    def _edits(self, rows: Sequence[Wanted]) -> list[tuple[Record, dict[str, Any]]]:
        told = [row for row in rows if "particulars" in row.fields]
        ids = [self._records[row.reference_code].pk for row in told]
        now = workflow.present("particulars", ids)
        held = [self._records[row.reference_code] for row in rows]
        return [
            (one, changes_of(row, one, now.get(one.pk, {})))
            for row, one in zip(rows, held, strict=True)
        ]

    def _places(self, row: Wanted) -> list[Record]:
        """The record, and where it goes."""
        parent = self._records.get(row.parent or "")
        held = self._records[row.reference_code]
        return [held] if parent is None else [held, parent]

    def _save(self, edits: Sequence[tuple[Record, Mapping[str, Any]]]) -> int:
        """Drafts change at once; changes to what is published wait for review."""
        wanted = [(record, changes) for record, changes in edits if changes]
        return workflow.edit_many(wanted, self._by, self._batch)

    def _move(self, row: Wanted) -> None:
        if row.parent and row.parent not in self._records:
            raise ParentMissing(row.parent)
        parent = self._records.get(row.parent or "")
        held = self._records[row.reference_code]
        records.move(held, parent, self._by, self._batch)

    def _notice_claims(self, row: Wanted) -> None:
        held = self._records[row.reference_code]
        for name in CLAIMS:
            if row.fields.get(name, getattr(held, name)) != getattr(held, name):
                message = _("已有的档案没有改变此项：须经初审、审定两人办理。")
                self._report.notice(row.number, self._wishes.head(name), message)

    def _problem(self, row: Wanted, attribute: str, message: object) -> None:
        if isinstance(message, IntegrityError | DataError):
            logger.info("row %d failed", row.number, exc_info=message)
            message = _("数据库不接受这一行；请检查档号和各项长度后重新导入。")
        if isinstance(message, OperationalError):
            logger.warning("row %d failed", row.number, exc_info=message)
            message = _("数据库正忙，这一行没有导入；请过一会儿再导入这个文件。")
        head = self._wishes.head(attribute) or self._wishes.head("reference_code")
        self._report.problem(row.number, head, message)


def _concerned(error: Exception) -> str:
    """The attribute that an error is about; the code stands for the whole row."""
    place = (CycleRefused, OpeningRefused, ParentMissing, TreeTooDeep)
    if isinstance(error, place):
        return "parent"
    return "first_page" if isinstance(error, InvalidRange) else "reference_code"


def _families(rows: Sequence[Wanted]) -> Iterator[tuple[str, list[Wanted]]]:
    """New siblings in the order of the file; parents come before children."""
    families: defaultdict[str, list[Wanted]] = defaultdict(list)
    for row in rows:
        families[row.parent or ""].append(row)
    for parent, siblings in families.items():
        yield parent, sorted(siblings, key=lambda row: row.number)


def previews(batch: Batch, limit: int = _SHOWN) -> list[Preview]:
    """The first updates of a batch."""
    changes = list(
        batch.changes.exclude(action=Change.Action.CREATE).order_by("pk")[:limit]
    )
    ids = {change.record_id for change in changes}
    for change in changes:
        ids |= {change.before.get("parent"), change.after.get("parent")} - {None}
    codes = dict(Record.objects.filter(pk__in=ids).values_list("pk", "reference_code"))
    return [
        Preview(
            codes.get(change.record_id, str(change.record_id)),
            _readable(change.before, codes),
            _readable(change.after, codes),
        )
        for change in changes
    ]


def _readable(values: Mapping[str, Any], codes: Mapping[int, str]) -> dict[str, Any]:
    """The parent by its code instead of its id."""
    if "parent" not in values:
        return dict(values)
    return {**values, "parent": codes.get(values["parent"], "")}
