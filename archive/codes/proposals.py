"""The next free code below a record."""

import re
from dataclasses import replace

from archive.models import CodeTemplate, FormerReferenceCode, Record, Tombstone
from archive.vocabulary import Level

from .schemes import Scheme, format_code, from_stored

_LAST_NUMBER = re.compile(r"(.*?)(\d+)")
_LOOKED_AT = 50
_WIDTHS = {Level.ITEM.value: 3, Level.FILE.value: 3}


def propose(parent: Record | None, level: str) -> str:
    """The next code for a new ``level`` below ``parent``; "": nothing suggests one.

    It continues the number of the last sibling of that level, and skips what was
    ever used: former codes and codes of deleted records are never given again.
    """
    if parent is None or level not in _WIDTHS:
        return ""
    template = template_of(parent)
    model = _last_sibling(parent, level)
    if model is not None:
        match = _LAST_NUMBER.fullmatch(model.reference_code)
        if match is None:
            return ""
        return _next(match[1], int(match[2]), len(match[2]))
    prefix = _prefix(parent, level, template)
    return _next(prefix, 0, _width(level, template)) if prefix else ""


def template_of(record: Record) -> CodeTemplate | None:
    """The template of the fonds that the record belongs to."""
    root = record.ancestor_ids[0] if record.ancestor_ids else record.pk
    return CodeTemplate.objects.filter(fonds_id=root).first()


def _last_sibling(parent: Record, level: str) -> Record | None:
    siblings = Record.objects.filter(parent=parent, level=level)
    return siblings.order_by("-position", "-pk").first()


def _prefix(parent: Record, level: str, template: CodeTemplate | None) -> str:
    """What stands before the number: the parent's code, as far as it is one."""
    if parent.level == Level.FILE or template is None:
        return f"{parent.reference_code}-"
    stored = parent.code_components
    if stored:
        components = replace(from_stored(stored), file="", item="")
        return f"{format_code(Scheme(template.scheme), components)}-"
    return f"{parent.reference_code}-"


def _width(level: str, template: CodeTemplate | None) -> int:
    if template is None:
        return _WIDTHS[level]
    return template.file_width if level == Level.FILE else template.item_width


def next_number(prefix: str, after: int = 0) -> int:
    """The first number past ``after`` and past all that ever followed ``prefix``."""
    return max((after, *map(int, _numbers(prefix)))) + 1


def _next(prefix: str, after: int, width: int) -> str:
    return f"{prefix}{next_number(prefix, after):0{width}d}"


def _numbers(prefix: str) -> list[str]:
    """The highest numbers after ``prefix``, of codes in use and of codes given up."""
    found: list[str] = []
    for codes in (
        Record.objects.values_list("reference_code", flat=True),
        FormerReferenceCode.objects.values_list("code", flat=True),
        Tombstone.objects.values_list("reference_code", flat=True),
    ):
        name = codes.query.values_select[0]
        # A number is all that may follow: what lies below such a code is no sibling.
        pattern = rf"^{re.escape(prefix)}[0-9]+$"
        like = codes.filter(
            **{f"{name}__startswith": prefix, f"{name}__regex": pattern}
        )
        for code in like.order_by(f"-{name}")[:_LOOKED_AT]:
            found.append(code[len(prefix) :])
    return found
