"""What other people changed in a record while its form was open.

The form remembers the last change in the log when it was made. What was changed
since, and not touched in this form, stays as the others left it; what both changed
is said at its field, and is overwritten only by saving once more.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from archive.description import label
from archive.models import Change, Record
from cms.admin.differences import shown


class _Mark(forms.IntegerField):
    """A number that is sent along, and never a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class OthersWorkMixin:
    """A form of a record that does not undo what others save meanwhile."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    initial: dict[str, Any]
    instance: Record
    data: Any

    def add_marks(self) -> None:
        """``seen_change``: the last change that the form shows; ``told_change``: the
        last that its user was told of.
        """
        for name in ("seen_change", "told_change"):
            self.fields[name] = _Mark(required=False)
        changes = Change.objects.filter(record=self.instance.pk)
        if self.instance.pk is not None:
            last = changes.aggregate(last=Max("pk"))["last"]
            self.initial["seen_change"] = last or 0

    def heed_others(self) -> None:
        """For ``clean``, once all values are there."""
        seen = self.cleaned_data.pop("seen_change", None)
        told = self.cleaned_data.pop("told_change", None) or 0
        self.left: set[str] = set()
        if seen is None or self.instance.pk is None:
            return
        since = Change.objects.filter(record=self.instance.pk, pk__gt=seen)
        since = since.select_related("by").order_by("pk")
        before: dict[str, Any] = {}
        last: dict[str, Change] = {}
        for change in since:
            before = {**change.before, **before}
            last |= dict.fromkeys(change.after, change)
        newest = 0
        for name in self.changed_data:
            if name not in last or name not in self.cleaned_data:
                continue
            change, typed = last[name], _plain(self.cleaned_data[name])
            if typed == before.get(name):
                self.left.add(name)
                self.cleaned_data[name] = self._now(name, change)
            elif typed != change.after[name] and change.pk > told:
                self.add_error(self._place(name), _told(name, change))  # type: ignore[attr-defined]
                newest = max(newest, *(one.pk for one in last.values()))
        if newest:
            self.data = self.data.copy()
            self.data[self.add_prefix("told_change")] = str(newest)  # type: ignore[attr-defined]

    @property
    def changed_data(self) -> list[str]:
        """Without what stays as others left it."""
        changed: list[str] = super().changed_data  # type: ignore[misc]
        left = getattr(self, "left", ())
        return [name for name in changed if name not in left]

    def _now(self, name: str, change: Change) -> Any:
        value = change.after[name]
        return Record.objects.filter(pk=value).first() if name == "parent" else value

    def _place(self, name: str) -> str | None:
        """Where the message stands; particulars have no field of that name."""
        return name if name in self.fields else None


def _plain(value: Any) -> Any:
    """A cleaned value as the log of changes has it."""
    if isinstance(value, Record):
        return value.pk
    if isinstance(value, str) or not isinstance(value, Iterable):
        return value
    return value if isinstance(value, dict) else _sorted(value)


def _sorted(values: Iterable[Any]) -> list[Any]:
    """Tags have no order of their own; pairs of a relation come in theirs."""
    found = list(values)
    return sorted(found) if all(isinstance(one, str) for one in found) else found


def _told(name: str, change: Change) -> str:
    message = _(
        "%(who)s于 %(at)s 把%(field)s改成了“%(value)s”。"
        "要以您填写的为准，请再保存一次；否则请改成一致。"
    )
    value = shown(name, change.after[name])[:200]
    at = date_format(localtime(change.at), "Y-m-d H:i")
    who = str(change.by) if change.by is not None else _("后台处理")
    return message % {"who": who, "at": at, "field": label(name), "value": value}
