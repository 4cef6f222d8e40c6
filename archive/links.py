"""What a record is linked to, as values: tags, and whatever else has its own table.

To ``archive.records`` a link is a field like any other: created, edited, logged and
given back under its name. The value is plain JSON in a canonical order, the same for
the same links.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from archive import names
from archive.authorities import relations
from archive.errors import ArchiveError, InvalidValue, ValueTooLong
from archive.models import TaggedRecord

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Link:
    """One kind of link.

    ``checked`` gives any accepted value its canonical form (raises ``InvalidValue``
    or ``ValueTooLong``); ``read`` gives the value of each record that has links, by
    id; ``write`` replaces the links of each record by the given (canonical) value.

    In a table the column is headed ``label``; ``to_cell`` writes a canonical value
    as the text of a cell, from which ``from_cell`` reads the same value again.
    ``to_cells``, ``from_cells`` (by cell the value, or the error) and ``checked_all``
    do it for many, in few queries. ``today`` gives values of the history as they read
    now: what they name may have become part of another.
    """

    checked: Callable[[Any], list[Any]]
    read: Callable[[Sequence[int]], dict[int, list[Any]]]
    write: Callable[[Mapping[int, list[Any]]], None]
    label: "StrPromise"
    to_cell: Callable[[list[Any]], str]
    from_cell: Callable[[str], list[Any]]
    to_cells: Callable[[Sequence[list[Any]]], list[str]] | None = None
    from_cells: (
        Callable[[Iterable[str]], Mapping[str, list[Any] | ArchiveError]] | None
    ) = None
    checked_all: Callable[[Sequence[Any]], list[list[Any]]] | None = None
    today: Callable[[Sequence[list[Any]]], list[list[Any]]] | None = None


def _checked_tags(tags: Iterable[str]) -> list[str]:
    """Sorted names, each once."""
    limit = Tag._meta.get_field("name").max_length or 0
    for name in tags:
        if len(name) > limit:
            raise ValueTooLong(_("标签"), limit)
        if not name.strip() or "\x00" in name:
            raise InvalidValue(_("标签"), name.replace("\x00", "␀"))
    return sorted(set(tags))


def _read_tags(record_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for start in range(0, len(record_ids), _CHUNK):
        rows = TaggedRecord.objects.filter(
            content_object__in=record_ids[start : start + _CHUNK]
        )
        for record_id, name in rows.values_list("content_object_id", "tag__name"):
            found.setdefault(record_id, []).append(name)
    return {record_id: sorted(names) for record_id, names in found.items()}


def _write_tags(wanted: Mapping[int, list[str]]) -> None:
    tags = _tags({name for names in wanted.values() for name in names})
    ids = list(wanted)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        TaggedRecord.objects.filter(content_object__in=chunk).delete()
        TaggedRecord.objects.bulk_create(
            TaggedRecord(content_object_id=record_id, tag=tags[name])
            for record_id in chunk
            for name in wanted[record_id]
        )


def _tags(names: set[str]) -> dict[str, Tag]:
    """The tags of these names; missing ones are made."""
    tags: dict[str, Tag] = {}
    ordered = sorted(names)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        tags |= {tag.name: tag for tag in Tag.objects.filter(name__in=chunk)}
    for name in ordered:
        if name not in tags:
            tags[name], _made = Tag.objects.get_or_create(name=name)
    return tags


LINKS: dict[str, Link] = {
    "tags": Link(
        checked=_checked_tags,
        read=_read_tags,
        write=_write_tags,
        label=gettext_lazy("标签"),
        to_cell=names.joined,
        from_cell=names.split,
    ),
    "authorities": Link(
        checked=relations.checked,
        read=relations.read,
        write=relations.write,
        label=gettext_lazy("关联规范记录"),
        to_cell=relations.to_cell,
        from_cell=relations.from_cell,
        to_cells=relations.to_cells,
        from_cells=relations.from_cells,
        checked_all=relations.checked_all,
        today=relations.today,
    ),
}
"""By the name under which ``archive.records`` knows them."""


def read(name: str, record_id: int) -> list[Any]:
    """The value of one record's links."""
    return LINKS[name].read([record_id]).get(record_id, [])


def apart(
    rows: Sequence[Mapping[str, Any]],
) -> list[tuple[dict[str, Any], dict[str, list[Any]]]]:
    """Of each row the fields, and the links in their canonical form.

    Few queries, however many rows. Raises what ``checked`` of a link raises.
    """
    split = [
        ({name: row[name] for name in row if name not in LINKS}, dict[str, list[Any]]())
        for row in rows
    ]
    for name, link in LINKS.items():
        having = [place for place, row in enumerate(rows) if name in row]
        values = [rows[place][name] for place in having]
        if link.checked_all is not None:
            canonical = link.checked_all(values)
        else:
            canonical = [link.checked(value) for value in values]
        for place, value in zip(having, canonical, strict=True):
            split[place][1][name] = value
    return split


def from_cells(name: str, texts: Iterable[str]) -> dict[str, list[Any] | ArchiveError]:
    """Each distinct cell read once: its canonical value, or why it has none."""
    link = LINKS[name]
    distinct = list(dict.fromkeys(texts))
    if link.from_cells is None or link.checked_all is None:
        return {text: _from_cell(link, text) for text in distinct}
    read = link.from_cells(distinct)
    good = {
        text: one for text, one in read.items() if not isinstance(one, ArchiveError)
    }
    try:
        canonical = link.checked_all(list(good.values()))
    except ArchiveError:  # of some of them: it is to be told which
        return {text: _from_cell(link, text) for text in distinct}
    return {**read, **dict(zip(good, canonical, strict=True))}


def _from_cell(link: Link, text: str) -> list[Any] | ArchiveError:
    try:
        return link.checked(link.from_cell(text))
    except ArchiveError as error:
        return error


def cells(name: str, values: Sequence[list[Any]]) -> list[str]:
    """``to_cell`` of many values."""
    link = LINKS[name]
    if link.to_cells is not None:
        return link.to_cells(values)
    return [link.to_cell(value) for value in values]


def today(states: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """States out of the history, their links as they read now; in few queries."""
    current = [dict(state) for state in states]
    for name, link in LINKS.items():
        if link.today is None:
            continue
        holding = [state for state in current if state.get(name)]
        values = link.today([state[name] for state in holding])
        for state, value in zip(holding, values, strict=True):
            state[name] = value
    return current
