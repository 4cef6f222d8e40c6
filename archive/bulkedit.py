"""The same change to many records, looked at before it is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import records
from archive.description import EDITABLE, check
from archive.errors import ArchiveError
from archive.links import LINKS
from archive.models import Batch, Record, Review
from archive.names import split

# One title or one level for many records would be a slip, not a wish.
FIELDS = tuple(
    field.name
    for field in Record._meta.concrete_fields
    if field.name in EDITABLE - {"level", "is_demonstration"}
    and isinstance(field, (models.CharField, models.TextField))
    and not field.choices
)


class Action(models.TextChoices):
    """What is done to the text of a field, or to the tags."""

    SET = "set", gettext_lazy("改为")
    FILL = "fill", gettext_lazy("仅填空白")
    PREFIX = "prefix", gettext_lazy("在前面加")
    SUFFIX = "suffix", gettext_lazy("在后面加")
    REPLACE = "replace", gettext_lazy("查找并替换")
    CLEAR = "clear", gettext_lazy("清空")
    ADD_TAGS = "add_tags", gettext_lazy("加标签")
    REMOVE_TAGS = "remove_tags", gettext_lazy("去标签")


TAG_ACTIONS = (Action.ADD_TAGS, Action.REMOVE_TAGS)


@dataclass(frozen=True, slots=True)
class Operation:
    """``field`` is one of ``FIELDS``, or ``tags`` for the actions on tags.

    ``value`` is the text, or tag names separated by semicolons; ``find`` what
    REPLACE looks for, exactly as written.
    """

    field: str
    action: Action
    value: str = ""
    find: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One record as it is and as it would be; ``problem`` if it cannot be."""

    record: Record
    before: str
    after: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """Those that would change, those that cannot, and how many stay as they are."""

    lines: tuple[Line, ...]
    problems: tuple[Line, ...]
    unchanged: int


class NothingToFind(ArchiveError):
    """Replacing needs something to look for."""

    def __init__(self) -> None:
        super().__init__(_("请填写要查找的文字。"))


class ValueMissing(ArchiveError):
    """The action needs a value."""

    def __init__(self, action: Action) -> None:
        super().__init__(
            _("“%(action)s”需要填写内容；要去掉原有内容，请用“清空”。")
            % {"action": action.label}
        )


class BulkEditRefused(ArchiveError):
    """Some of the records cannot be changed so; none was."""

    def __init__(self, preview: Preview) -> None:
        first = preview.problems[0]
        super().__init__(
            _("有 %(n)d 条档案不能这样改，没有改动任何一条。第一条：%(code)s，%(why)s")
            % {
                "n": len(preview.problems),
                "code": first.record.reference_code,
                "why": first.problem,
            }
        )


def preview(chosen: Iterable[Record], operation: Operation) -> Preview:
    """What ``apply`` would do; nothing is written. Raises what is wrong with it."""
    _check(operation)
    chosen = list(chosen)
    now = _values(chosen, operation.field)
    lines: list[Line] = []
    problems: list[Line] = []
    for record in chosen:
        before = now[record.pk]
        after = _after(before, operation)
        if after == before:
            continue
        problem = _problem(operation.field, after)
        line = Line(record, _shown(before), _shown(after), problem)
        (problems if problem else lines).append(line)
    unchanged = len(chosen) - len(lines) - len(problems)
    return Preview(tuple(lines), tuple(problems), unchanged)


def apply(
    chosen: Iterable[Record],
    operation: Operation,
    by: AbstractBaseUser,
    edit_many: Callable[..., int] = records.edit_many,
) -> Batch | None:
    """Change the records in one batch, or none: ``BulkEditRefused``.

    None where all are as wanted already. ``edit_many`` is the service that writes.
    """
    chosen = list(chosen)
    with transaction.atomic():
        # What is worked out from a value holds only as long as nobody changes it.
        records.hold(record.pk for record in chosen)
        looked = preview(chosen, operation)
        if looked.problems:
            raise BulkEditRefused(looked)
        if not looked.lines:
            return None
        batch = Batch.objects.create(
            kind=Batch.Kind.EDIT, label=describe(operation)[:200], by_id=by.pk
        )
        now = _values(chosen, operation.field)
        edits = (
            (one.record, {operation.field: _after(now[one.record.pk], operation)})
            for one in looked.lines
        )
        edit_many(edits, by, batch)
    return batch


def describe(operation: Operation) -> str:
    """The operation in words, for a preview and for the list of batches."""
    field = _field_label(operation.field)
    words = {
        Action.SET: _("%(field)s改为“%(value)s”"),
        Action.FILL: _("%(field)s空白的填“%(value)s”"),
        Action.PREFIX: _("%(field)s前面加“%(value)s”"),
        Action.SUFFIX: _("%(field)s后面加“%(value)s”"),
        Action.REPLACE: _("%(field)s中“%(find)s”换成“%(value)s”"),
        Action.CLEAR: _("清空%(field)s"),
        Action.ADD_TAGS: _("加标签“%(value)s”"),
        Action.REMOVE_TAGS: _("去标签“%(value)s”"),
    }[operation.action]
    return words % {
        "field": field,
        "value": operation.value,
        "find": operation.find,
    }


def _field_label(name: str) -> str:
    if name in LINKS:
        return _("标签")
    return str(getattr(Record._meta.get_field(name), "verbose_name", name))


def _check(operation: Operation) -> None:
    needs_value = operation.action not in (Action.CLEAR, Action.REPLACE)
    if needs_value and not operation.value.strip():
        raise ValueMissing(operation.action)
    if operation.action is Action.REPLACE and not operation.find:
        raise NothingToFind
    if operation.action in TAG_ACTIONS:
        LINKS["tags"].checked(split(operation.value))


def _values(chosen: list[Record], field: str) -> dict[int, Any]:
    """The present value of each, read anew: a list may be hours old.

    What waits to be published counts as present: it is what the change is made to.
    """
    ids = [record.pk for record in chosen]
    values: dict[int, Any] = {pk: [] for pk in ids}
    if field in LINKS:
        values |= LINKS[field].read(ids)
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        if field not in LINKS:
            rows = Record.objects.filter(pk__in=chunk)
            values.update(rows.values_list("pk", field))
        reviews = Review.objects.filter(record__in=chunk, values__has_key=field)
        for pk, waiting in reviews.values_list("record", "values"):
            values[pk] = waiting[field]
    return values


def _after(before: Any, operation: Operation) -> Any:
    value = operation.value
    match operation.action:
        case Action.SET:
            return value
        case Action.FILL:
            return before or value
        case Action.PREFIX:
            return f"{value}{before}"
        case Action.SUFFIX:
            return f"{before}{value}"
        case Action.REPLACE:
            return before.replace(operation.find, value)
        case Action.CLEAR:
            return ""
        case Action.ADD_TAGS:
            return sorted({*before, *split(value)})
        case Action.REMOVE_TAGS:
            return sorted(set(before) - set(split(value)))


def _problem(field: str, value: Any) -> str:
    if field in LINKS:
        return ""
    try:
        check(field, value)
    except ArchiveError as error:
        return str(error)
    if field == "title" and not value.strip():
        return _("题名不能为空。")
    return ""


def _shown(value: Any) -> str:
    return "；".join(value) if isinstance(value, list) else str(value)
