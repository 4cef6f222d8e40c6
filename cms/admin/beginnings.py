"""What a new record begins with: a template of its genre, or another record."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from taggit.models import Tag
from taggit.utils import edit_string_for_tags

from archive import workflow
from archive.links import LINKS
from archive.models import Record
from archive.vocabulary import Level
from cms.models import DescriptionTemplate

# What neighbours in a file usually share; the rest is each one's own.
REPEATED = (
    "repository_code",
    "material",
    "creators",
    "date_original",
    "genre",
    "draft_status",
    "language",
    "extent_medium",
    "creation_method",
    "arrangement",
    "retention_code",
    "subjects",
    "class_numbers",
    "storage_location",
)
# A template may say more: the same title to be completed, a note, a scope.
TEMPLATE_FIELDS = (
    "title",
    "draft_status",
    "genre",
    "creators",
    "extent_medium",
    "creation_method",
    "retention_code",
    "language",
    "subjects",
    "class_numbers",
    "scope_content",
    "arrangement",
    "storage_location",
    "note",
)

_NEXT_LEVEL = {
    Level.FONDS.value: Level.SERIES.value,
    Level.SERIES.value: Level.FILE.value,
    Level.FILE.value: Level.ITEM.value,
}


def beginning(query: QueryDict) -> dict[str, Any]:
    """Initial values of the form of a new record.

    ``parent`` (an id), then ``template`` (an id) or ``copy`` (the id of a record
    whose repeated values, level and title are taken).
    """
    values: dict[str, Any] = {}
    parent = query.get("parent", "")
    if parent.isdecimal():
        values |= {"parent": parent, "level": _usual_level(int(parent))}
    template = _found(DescriptionTemplate, query.get("template", ""))
    if template is not None:
        values |= template.values
        values["level"] = template.level or values.get("level", "")
    model = _found(Record, query.get("copy", ""))
    if model is not None:
        values |= {"level": model.level, "title": model.title, **repeated(model)}
        values.setdefault("parent", model.parent_id)
    return values


def _usual_level(parent: int) -> str:
    """That of the last record below the parent, else the next below its own."""
    below = Record.objects.filter(parent=parent).order_by("-position", "-pk")
    last = below.values_list("level", flat=True).first()
    if last is not None:
        return last
    above = Record.objects.filter(pk=parent).values_list("level", flat=True).first()
    return _NEXT_LEVEL.get(above or "", "")


def repeated(model: Record) -> dict[str, Any]:
    """The values of ``model`` that its neighbours usually share, and its links."""
    values = {name: getattr(model, name) for name in REPEATED}
    for name, link in LINKS.items():
        values[name] = link.read([model.pk]).get(model.pk)
    # The field for tags edits them as one line of text.
    values["tags"] = edit_string_for_tags(model.tags.all())
    return {name: value for name, value in values.items() if value}


def blanks_filled(record: Record, model: Record) -> dict[str, Any]:
    """``repeated`` of ``model`` for those fields that ``record`` has nothing in."""
    now = repeated(record)
    return {name: value for name, value in repeated(model).items() if name not in now}


def waiting_of(record: Record) -> dict[str, Any]:
    """The values that wait for review, as the form edits them."""
    values = dict(workflow.pending(record))
    if "tags" in values:
        tags = Tag.objects.filter(name__in=values["tags"])
        values["tags"] = edit_string_for_tags(tags)
    return values


def previous_of(record: Record) -> Record | None:
    """The one before it below the same parent."""
    at = record.position
    earlier = Q(position__lt=at) | Q(position=at, pk__lt=record.pk)
    return _siblings(record).filter(earlier).last()


def next_of(record: Record) -> Record | None:
    """The one after it below the same parent."""
    at = record.position
    later = Q(position__gt=at) | Q(position=at, pk__gt=record.pk)
    return _siblings(record).filter(later).first()


def _siblings(record: Record) -> QuerySet[Record]:
    siblings = Record.objects.filter(parent_id=record.parent_id)
    return siblings.order_by("position", "pk")


def _found(model: Any, pk: str) -> Any:
    return model.objects.filter(pk=pk).first() if pk.isdecimal() else None
