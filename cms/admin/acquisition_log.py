"""The history of an acquisition, in words.

What changed is kept with its values, but not who gave it and how to reach them: that
must stay erasable.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from archive.acquisitions import Changes
from archive.models import Acquisition

PERSONAL = frozenset({"source_name", "contact", "owner"})


def note(acquisition: Acquisition, action: str, user: Any, **data: Any) -> None:
    """Log ``archive.<action>``."""
    log(acquisition, f"archive.{action}", user=user, data=data)


def note_changes(acquisition: Acquisition, changes: Changes, user: Any) -> None:
    fields = {
        name: [] if name in PERSONAL else [_text(before), _text(after)]
        for name, (before, after) in changes.items()
    }
    if fields:
        note(acquisition, "acquisition_edit", user, fields=fields)


class _Changed(LogFormatter):
    label = gettext_lazy("修改征集登记")

    def format_message(self, log_entry: Any) -> str:
        parts = [_line(name, told) for name, told in log_entry.data["fields"].items()]
        return _("修改了%(fields)s") % {"fields": _("；").join(parts)}


class _Titled(LogFormatter):
    """``message`` has a place for what the entry says it is about."""

    def format_message(self, log_entry: Any) -> str:
        return str(self.message) % {"about": log_entry.data["about"]}


def register(actions: Any) -> None:
    """Make the actions known to Wagtail's log."""
    actions.register_action(
        "archive.acquisition", gettext_lazy("登记征集"), gettext_lazy("登记了此项征集")
    )
    actions.register_action(
        "archive.appraise", gettext_lazy("审核征集"), gettext_lazy("审核通过，可以入藏")
    )
    actions.register_action("archive.acquisition_edit")(_Changed)
    for action, label, message in (
        ("item_add", gettext_lazy("添加征集件"), gettext_lazy("添加了“%(about)s”")),
        ("item_edit", gettext_lazy("修改征集件"), gettext_lazy("修改了“%(about)s”")),
        ("item_remove", gettext_lazy("去除征集件"), gettext_lazy("去除了“%(about)s”")),
        ("accession", gettext_lazy("入藏"), gettext_lazy("入藏为 %(about)s")),
        ("give_back", gettext_lazy("退还"), gettext_lazy("退还，退还日期 %(about)s")),
    ):
        formatter = type("_Log", (_Titled,), {"label": label, "message": message})
        actions.register_action(f"archive.{action}")(formatter)


def _line(name: str, told: list[str]) -> str:
    label = str(getattr(Acquisition._meta.get_field(name), "verbose_name", name))
    if not told:
        return label
    before, after = (_in_words(name, value) or "—" for value in told)
    return _("%(field)s（%(before)s → %(after)s）") % {
        "field": label,
        "before": before,
        "after": after,
    }


def _in_words(name: str, value: str) -> str:
    choices = getattr(Acquisition._meta.get_field(name), "choices", None) or ()
    return str(dict(choices).get(value, value))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
