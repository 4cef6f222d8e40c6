"""The history of an authority, in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from archive.authorities.registry import Changes, Name, kept_names
from archive.models import Authority
from archive.vocabulary import NameKind

_TEXTS = ("dates_original", "history", "sources", "note")


def note_changes(authority: Authority, changes: Changes, user: Any) -> None:
    """Log what an edit changed, with the values."""
    fields = {
        name: [_text(before), _text(after)] for name, (before, after) in changes.items()
    }
    if fields:
        data = {"fields": fields}
        log(authority, "archive.authority_edit", user=user, data=data)


def merged_states(authorities: Iterable[Authority]) -> list[dict[str, Any]]:
    """All that is said of authorities that are about to be merged."""
    return [
        {
            "number": one.number,
            "names": [_text([name]) for name in kept_names(one)],
            **{name: getattr(one, name) for name in _TEXTS if getattr(one, name)},
        }
        for one in authorities
    ]


def note_merge(survivor: Authority, states: Sequence[Any], user: Any) -> None:
    """Log on the survivor what was merged into it, as it was."""
    data = {"merged": list(states)}
    log(survivor, "archive.authority_merge", user=user, data=data)


class _Changed(LogFormatter):
    label = gettext_lazy("修改规范记录")

    def format_message(self, log_entry: Any) -> str:
        parts = [_line(name, *told) for name, told in log_entry.data["fields"].items()]
        return _("修改了%(fields)s") % {"fields": _("；").join(parts)}


class _Merged(LogFormatter):
    label = gettext_lazy("合并规范记录")

    def format_message(self, log_entry: Any) -> str:
        told = [
            f"{one['names'][0]}（{one['number']}）" for one in log_entry.data["merged"]
        ]
        return _("并入了%(names)s") % {"names": _("、").join(told)}


def register(actions: Any) -> None:
    """Make the actions known to Wagtail's log."""
    actions.register_action("archive.authority_edit")(_Changed)
    actions.register_action("archive.authority_merge")(_Merged)


def _line(name: str, before: str, after: str) -> str:
    label = _("名称") if name == "names" else _label(name)
    return _("%(field)s（%(before)s → %(after)s）") % {
        "field": label,
        "before": before or "—",
        "after": after or "—",
    }


def _label(name: str) -> str:
    return str(getattr(Authority._meta.get_field(name), "verbose_name", name))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_name, value))
    return "" if value is None else str(value)


def _name(one: Name) -> str:
    """Name, dates and, of all but the preferred one, the kind."""
    told = [one.dates_original] if one.dates_original else []
    if one.kind != NameKind.PREFERRED:
        told.append(str(NameKind(one.kind).label))
    return f"{one.name}（{'，'.join(told)}）" if told else one.name
