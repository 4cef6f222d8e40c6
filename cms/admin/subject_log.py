"""The history of a concept, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from archive.models import Subject
from archive.subjects.bringing import Report

_LABELS = {"alternatives": gettext_lazy("非正式词")}


def note_changes(
    subject: Subject, changes: dict[str, tuple[Any, Any]], user: Any
) -> None:
    fields = {name: [_text(was), _text(now)] for name, (was, now) in changes.items()}
    if fields:
        data = {"fields": fields}
        log(subject, "archive.subject_edit", user=user, data=data)


def note_merge(subject: Subject, gone: list[str], user: Any) -> None:
    data = {"about": "；".join(gone)}
    log(subject, "archive.subject_merge", user=user, data=data)


def note_import(report: Report, user: Any = None) -> None:
    """Each concept that a file made or changed."""
    written = report.written
    if written is None:
        return
    for action, numbers in (
        ("wagtail.create", written.created),
        ("archive.subject_import", written.changed),
    ):
        for subject in Subject.objects.filter(number__in=numbers):
            log(subject, action, user=user)


class _Changed(LogFormatter):
    label = gettext_lazy("修改主题词")

    def format_message(self, log_entry: Any) -> str:
        parts = [_line(name, *told) for name, told in log_entry.data["fields"].items()]
        return _("修改了%(fields)s") % {"fields": _("；").join(parts)}


class _Merged(LogFormatter):
    label = gettext_lazy("合并主题词")

    def format_message(self, log_entry: Any) -> str:
        return _("并入了“%(about)s”") % {"about": log_entry.data["about"]}


def register(actions: Any) -> None:
    """Make the actions known to Wagtail's log."""
    actions.register_action("archive.subject_edit")(_Changed)
    actions.register_action("archive.subject_merge")(_Merged)
    actions.register_action(
        "archive.subject_import",
        gettext_lazy("导入主题词"),
        gettext_lazy("由导入的文件修改"),
    )


def _line(name: str, before: str, after: str) -> str:
    known: Any = Subject._meta.get_field(name) if name not in _LABELS else None
    field = known.verbose_name if known else _LABELS[name]
    return _("%(field)s（%(before)s → %(after)s）") % {
        "field": field,
        "before": _in_words(name, before) or "—",
        "after": _in_words(name, after) or "—",
    }


def _in_words(name: str, value: str) -> str:
    return (
        str(dict(Subject.Status.choices).get(value, value))
        if name == "status"
        else value
    )


def _text(value: Any) -> str:
    return "；".join(value) if isinstance(value, list) else str(value)
