"""The next free code below a record."""

import re
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Collate

from archive.models import CodeTemplate, FormerReferenceCode, Record, Tombstone
from archive.models.prefixes import after
from archive.vocabulary import Level

from .schemes import Scheme, format_code, from_stored

_LAST_NUMBER = re.compile(r"(.*?)(\d+)")
_LOOKED_AT = 50
Codes = QuerySet[Any, str]
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
    highest = _highest(prefix, "[0-9]+")
    # Texts sort 1000 before 999: a series may have outgrown its width.
    while highest.startswith("9"):
        wider = _highest(prefix, f"[0-9]{{{len(highest) + 1}}}")
        if not wider:
            break
        highest = wider
    return max(after, int(highest or 0)) + 1


def _next(prefix: str, after: int, width: int) -> str:
    return f"{prefix}{next_number(prefix, after):0{width}d}"


def _highest(prefix: str, digits: str) -> str:
    """The highest number after ``prefix``, of codes in use and of codes given up.

    ``digits`` is the expression that it matches; "" where there is none.
    """
    found: list[str] = []
    for codes in (
        Record.objects.values_list("reference_code", flat=True),
        FormerReferenceCode.objects.values_list("code", flat=True),
        Tombstone.objects.values_list("reference_code", flat=True),
    ):
        # A number is all that may follow: what lies below such a code is no sibling.
        name = codes.query.values_select[0]
        pattern = rf"^{re.escape(prefix)}{digits}$"
        like = _beginning(codes, name, prefix).filter(**{f"{name}__regex": pattern})
        found += [code[len(prefix) :] for code in like[:_LOOKED_AT]]
    return max(found, key=int, default="")


def _beginning(codes: Codes, name: str, prefix: str) -> Codes:
    """The codes with this prefix, backwards in the order of code points.

    PostgreSQL has an index for that order; the order of the database may be another,
    in which the codes with a prefix do not even lie together.
    """
    if connection.vendor != "postgresql":
        return codes.filter(**{f"{name}__startswith": prefix}).order_by(f"-{name}")
    ordered: Codes = codes.annotate(ordered=Collate(name, "C")).order_by("-ordered")
    return ordered.filter(ordered__gte=prefix, ordered__lt=after(prefix))
