"""The form of a class and its timetable, and what it refuses."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Any

from django import forms
from django.db import transaction
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale

from cms.models import CurriculumPage
from cms.training import telling


class ClassForm(WagtailAdminModelForm):
    """A class is stored whole, with its timetable, or not at all."""

    curriculum: Any = forms.ModelChoiceField(
        label=gettext_lazy("培训方案"),
        queryset=CurriculumPage.objects.none(),
        error_messages={"required": gettext_lazy("请选择培训方案。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["curriculum"]
        # The Chinese originals: translations have no classes of their own.
        field.queryset = CurriculumPage.objects.filter(
            locale=Locale.get_default()
        ).order_by("title")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("最后一天不能早于第一天。"))
        rows = self.formsets.get("sessions")
        if rows is not None:
            self._check_deletions(rows)
            _check_rows([row for row in rows.forms if _counts(row)], first, last)
        return cleaned

    def _check_deletions(self, rows: Any) -> None:
        """Calendars forget only what they are told is cancelled."""
        if not self.initial.get("is_published"):
            return
        for row in rows.forms:
            if row.instance.pk and _goes(row):
                told = {"title": row.instance.title}
                self.add_error(
                    None,
                    _("“%(title)s”已经公布，请勾选“取消”，不要删除。") % told,
                )

    def save(self, commit: bool = True) -> Any:
        with transaction.atomic():
            telling.have_occasion(self.instance)
            saved = super().save(commit)
            telling.tell(saved)
        return saved


def _goes(row: Any) -> bool:
    """Whether the row was deleted from the form."""
    # Asked for its errors, a form reads what it was sent.
    return not row.errors and bool(row.cleaned_data.get(DELETION_FIELD_NAME))


def _counts(row: Any) -> bool:
    """Whether a row is filled in and stays, and is understood so far."""
    if not row.has_changed() and not row.instance.pk:
        return False
    return bool(row.is_valid()) and not _goes(row)


def _check_rows(rows: list[Any], first: date | None, last: date | None) -> None:
    """Each row by itself, then each with the others; errors go to the rows."""
    for row in rows:
        given = row.cleaned_data
        if given["ends"] <= given["begins"]:
            row.add_error("ends", _("结束要晚于开始。"))
        if first and last and not first <= given["day"] <= last:
            told = {"first": first.isoformat(), "last": last.isoformat()}
            row.add_error(
                "day", _("不在班次的日期之内（%(first)s 至 %(last)s）。") % told
            )
    held = [row for row in rows if not row.errors and _held(row)]
    for one, other in _overlapping(held):
        told = {
            "title": one.cleaned_data["title"],
            "begins": f"{one.cleaned_data['begins']:%H:%M}",
            "ends": f"{one.cleaned_data['ends']:%H:%M}",
        }
        other.add_error(
            "begins",
            _("与同一天的“%(title)s”（%(begins)s–%(ends)s）时间重叠。") % told,
        )


def _held(row: Any) -> bool:
    return not row.cleaned_data.get("is_cancelled")


def _overlapping(rows: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Pairs of rows that are held at the same time, in their order."""
    return [
        (one, other)
        for one, other in combinations(rows, 2)
        if one.cleaned_data["day"] == other.cleaned_data["day"]
        and one.cleaned_data["begins"] < other.cleaned_data["ends"]
        and other.cleaned_data["begins"] < one.cleaned_data["ends"]
    ]
