"""Tags (标签) as a whole: renamed, merged, promoted to subjects, deleted.

Each is one batch of edits of the records that bear the tag, written as any other edit
is: logged record by record, and undone as any other batch.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from taggit.models import Tag, TaggedItem

from archive import records
from archive.errors import ArchiveError
from archive.links import LINKS
from archive.models import Batch, Record, Review, Subject, TaggedRecord, TagSpelling
from archive.names import joined
from archive.subjects import editing
from archive.subjects.found import read
from archive.subjects.names import of_keys, tidy
from archive.subjects.store import bearing
from archive.suggestions import MOST, Suggestion, found, key_of

User = AbstractBaseUser | None

_LONGEST = Record._meta.get_field("subjects").max_length or 0
_SHOWN = 20


class TagUnchanged(ArchiveError):
    """The tag has this name already, or is merged into itself alone."""

    def __init__(self) -> None:
        super().__init__(_("标签已经是这个名称；请另填一个。"))


class SubjectsTooLong(ArchiveError):
    """The element ``subjects`` of some records has no room for another term."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            _(
                "下列档案的“主题词或关键词”会超过 %(limit)d 字，什么都没有改动；"
                "请先缩短：%(codes)s"
            )
            % {"limit": _LONGEST, "codes": "、".join(codes)}
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change to tags would do.

    ``records`` would change; ``already`` of them bear the name that is wanted (a tag
    of that name, or the subject); ``first`` are some of them, for people to look at.
    """

    records: int
    already: int
    first: tuple[Record, ...]


def bearers(tags: Iterable[Tag]) -> QuerySet[Record]:
    """The records with any of these tags, each once."""
    rows = TaggedRecord.objects.filter(tag__in=list(tags))
    return Record.objects.filter(pk__in=rows.values("content_object"))


def named(name: str) -> Tag | None:
    """The tag of exactly this name."""
    found: Tag | None = Tag.objects.filter(name=tidy(name)).first()
    return found


def effect_of_merge(tags: Sequence[Tag], name: str) -> Effect:
    """Of ``merge``; ``Effect.already`` bear the tag ``name`` as well."""
    name = _checked(name)
    changing = bearers(one for one in tags if one.name != name)
    target = named(name)
    already = changing.filter(tagged_items__tag=target).count() if target else 0
    return _effect(changing, already)


def merge(tags: Sequence[Tag], name: str, by: User) -> Batch | None:
    """Let one tag called ``name`` take the place of all of these.

    A rename is a merge of one tag into a name that no tag has. None where no record
    bears any of them. Raises ``InvalidValue``, ``ValueTooLong``, ``TagUnchanged``.
    """
    name = _checked(name)
    gone = [one for one in tags if one.name != name]
    if not gone:
        raise TagUnchanged
    names = [one.name for one in gone]
    told = {"old": joined(names), "new": name}
    with transaction.atomic():
        batch = _new_batch(_("标签“%(old)s”改为“%(new)s”") % told, by)
        for ids in _bearing(gone):
            records.hold(ids)
            held = LINKS["tags"].read(ids)
            edits = ((pk, {"tags": _replaced(held[pk], names, name)}) for pk in ids)
            records.edit_many(_edits(edits), by, batch)
        _replace_in_reviews(names, name)
        target, _made = Tag.objects.get_or_create(name=name)
        _move_items(gone, target)
        Tag.objects.filter(pk__in=[one.pk for one in gone]).delete()
        return _kept(batch)


def effect_of_promotion(tag: Tag, subject: Subject | None) -> Effect:
    """Of ``promote``; ``Effect.already`` have the subject among theirs."""
    changing = bearers([tag])
    if subject is None:
        term = of_keys([key_of(tag.name)]).get(key_of(tag.name))
        have = changing.filter(subject_terms__term=term) if term else None
    else:
        have = changing.filter(subject_terms__term__subject=subject)
    already = have.distinct().count() if have is not None else 0
    return _effect(changing, already)


def promote(
    tag: Tag, into: Subject | None, by: User, *, take_off: bool = False
) -> tuple[Subject, Batch | None]:
    """Make the tag a subject of all who bear it: of ``into``, else of a new concept.

    The preferred label is added to the element ``subjects`` of those that do not name
    the concept; the name of the tag leads to it from now on. ``take_off`` takes the
    tag off the records and deletes it. Raises ``SubjectsTooLong`` and what
    ``subjects.editing`` raises.
    """
    with transaction.atomic():
        if into is None:
            into = editing.create(label=tag.name, status=Subject.Status.CANDIDATE.value)
        else:
            editing.add_name(into, tag.name)
        told = {"tag": tag.name, "subject": into.label}
        batch = _new_batch(_("标签“%(tag)s”升为主题词“%(subject)s”") % told, by)
        _require_room(tag, into)
        for ids in _bearing([tag]):
            records.hold(ids)
            edits = _promoted(ids, tag.name, into, take_off)
            records.edit_many(_edits(edits), by, batch)
            _promote_in_reviews(ids, into)
        if take_off:
            _replace_in_reviews([tag.name], None)
            if not TaggedItem.objects.filter(tag=tag).exists():
                tag.delete()
        return into, _kept(batch)


def delete(tag: Tag, by: User) -> Batch | None:
    """Take the tag off all records and delete it."""
    with transaction.atomic():
        batch = _new_batch(_("删除标签“%(tag)s”") % {"tag": tag.name}, by)
        for ids in _bearing([tag]):
            records.hold(ids)
            held = LINKS["tags"].read(ids)
            edits = ((pk, {"tags": _replaced(held[pk], [tag.name])}) for pk in ids)
            records.edit_many(_edits(edits), by, batch)
        _replace_in_reviews([tag.name], None)
        tag.delete()
        return _kept(batch)


def suggest(typed: str) -> list[Suggestion]:
    """Tags by characters in either script, or by the initials of their names."""
    rows = found(TagSpelling.objects.select_related("tag"), typed)[:MOST]
    return [Suggestion(row.tag.name, row.tag.name) for row in rows]


def _checked(name: str) -> str:
    return str(LINKS["tags"].checked([tidy(name)])[0])


def _effect(changing: QuerySet[Record], already: int) -> Effect:
    first = changing.order_by("reference_code")[:_SHOWN]
    return Effect(changing.count(), already, tuple(first))


def _new_batch(label: str, by: User) -> Batch:
    kind = Batch.Kind.EDIT
    by_id = by.pk if by is not None else None
    return Batch.objects.create(kind=kind, label=label[:200], by_id=by_id)


def _kept(batch: Batch) -> Batch | None:
    """The batch, unless there was nothing to change."""
    if batch.changes.exists():
        return batch
    batch.delete()
    return None


def _bearing(tags: Sequence[Tag]) -> Iterator[list[int]]:
    """Ids of the bearers, a chunk at a time: there may be any number."""
    rows = TaggedRecord.objects.filter(tag__in=[one.pk for one in tags])
    return bearing(rows, "content_object_id")


def _edits(
    values: Iterable[tuple[int, Mapping[str, Any]]],
) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """``edit_many`` reads each record anew; it needs to know which."""
    return ((Record(pk=pk), changes) for pk, changes in values)


def _replaced(held: Sequence[str], names: Sequence[str], name: str = "") -> list[str]:
    return sorted({*held, *([name] if name else [])} - set(names))


def _promoted(
    ids: Sequence[int], tag: str, subject: Subject, take_off: bool
) -> Iterator[tuple[int, dict[str, Any]]]:
    asked = Record.objects.filter(pk__in=ids)
    have = asked.filter(subject_terms__term__subject=subject)
    have_already = set(have.values_list("pk", flat=True))
    tags = LINKS["tags"].read(ids) if take_off else {}
    for pk, text in asked.values_list("pk", "subjects"):
        changes: dict[str, Any] = {}
        if pk not in have_already:
            changes["subjects"] = _with_term(text, subject.label)
        if take_off:
            changes["tags"] = _replaced(tags[pk], [tag])
        yield pk, changes


def _with_term(text: str, label: str) -> str:
    """What is written stays as it is written; the term comes after it."""
    before = text.rstrip(" ;；")
    return "；".join(filter(None, (before, joined([label]))))


def _require_room(tag: Tag, subject: Subject) -> None:
    room = _LONGEST - len(joined([subject.label])) - 1
    lacking = (
        bearers([tag])
        .exclude(subject_terms__term__subject=subject)
        .annotate(written=Length("subjects"))
        .filter(written__gt=room)
        .order_by("reference_code")
    )
    codes = list(lacking.values_list("reference_code", flat=True)[:_SHOWN])
    # What waits to be published gets the term as well, and is never cut short.
    waiting = Review.objects.filter(record__in=bearers([tag]))
    told = waiting.filter(values__has_key="subjects").select_related("record")
    for review in told.order_by("record__reference_code").iterator(chunk_size=500):
        if len(review.values["subjects"]) > room:
            codes.append(review.record.reference_code)
    if codes:
        raise SubjectsTooLong(codes[:_SHOWN])


def _move_items(gone: Sequence[Tag], target: Tag) -> None:
    """What else bears the tags, as images do, bears the one that stays."""
    rows = TaggedItem.objects.filter(tag__in=[one.pk for one in gone])
    for item in rows.order_by("pk").iterator(chunk_size=500):
        TaggedItem.objects.get_or_create(
            tag=target, content_type=item.content_type, object_id=item.object_id
        )


def _promote_in_reviews(ids: Sequence[int], subject: Subject) -> None:
    """Changes that wait for publication keep the new subject, too."""
    waiting = Review.objects.filter(record__in=ids, values__has_key="subjects")
    for review in waiting:
        text = review.values["subjects"]
        if subject.number not in {one.number for one in read(text)}:
            review.values["subjects"] = _with_term(text, subject.label)
            review.save(update_fields=["values"])


def _replace_in_reviews(names: Sequence[str], name: str | None) -> None:
    """Changes that wait for publication must not bring an old name back."""
    waiting = Review.objects.filter(values__has_key="tags").order_by("pk")
    for review in waiting.iterator(chunk_size=500):
        held = review.values["tags"]
        if not set(names).isdisjoint(held):
            review.values["tags"] = _replaced(held, names, name or "")
            review.save(update_fields=["values"])
