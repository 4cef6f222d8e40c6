"""What a page is made of, leaf by leaf: its texts, pictures and links.

Read from the stored form of its streams, so that no page, picture or record that a
block names is fetched: a report over all pages asks the database no more for a
hundred pages than for one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from cms.models.reusable import ReusableText

Kind = Literal["text", "html", "picture", "page", "document", "url", "reusable"]

_OF_EVERY_PAGE = ("title", "seo_title", "search_description")
ORIGINALS = frozenset({"quote", "quotation", "blockquote", "evidence", "words"})
"""Blocks of these names hold the words of others, to the letter."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """``value`` is text, HTML as the database has it, an address or a number.

    ``place`` says in words where on the page it is. A picture has ``alt`` or is
    ``decorative``; ``own_alt`` tells whether it could have one here.
    """

    kind: Kind
    place: str
    value: Any
    original: bool = False
    alt: str = ""
    decorative: bool = False
    own_alt: bool = False
    cover: bool = False


def of(obj: models.Model) -> list[Leaf]:
    """The leaves of one page or snippet, as it stands in memory."""
    return [*_of_fields(obj, ""), *_of_children(obj, _clustered)]


def of_many(objects: Iterable[models.Model]) -> Iterator[tuple[Any, list[Leaf]]]:
    """Each object with its leaves; the queries are counted by kinds of objects."""
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for obj in objects:
        by_model.setdefault(type(obj), []).append(obj)
    for model, same in by_model.items():
        fetched = {
            relation.get_accessor_name(): _fetched(relation, same)
            for relation in _relations(model)
        }

        def children(
            obj: models.Model, name: str, fetched: dict[str, Any] = fetched
        ) -> list[models.Model]:
            return list(fetched[name].get(obj.pk, ()))

        for obj in same:
            yield obj, [*_of_fields(obj, ""), *_of_children(obj, children)]


def _relations(model: type[models.Model]) -> list[Any]:
    return [
        relation
        for relation in get_all_child_relations(model)
        if not relation.related_model._meta.app_label.startswith("wagtail")
    ]


def _fetched(relation: Any, objects: list[models.Model]) -> dict[Any, list[Any]]:
    name = relation.field.attname
    found: dict[Any, list[Any]] = {}
    pks = [obj.pk for obj in objects]
    for child in relation.related_model.objects.filter(**{f"{name}__in": pks}):
        found.setdefault(getattr(child, name), []).append(child)
    return found


def _clustered(obj: models.Model, name: str) -> list[models.Model]:
    return list(getattr(obj, name).all())


def _of_children(
    obj: models.Model, children: Callable[[models.Model, str], list[models.Model]]
) -> Iterator[Leaf]:
    for relation in _relations(type(obj)):
        name = relation.get_accessor_name()
        label = str(relation.related_model._meta.verbose_name)
        for number, child in enumerate(children(obj, name), 1):
            yield from _of_fields(child, f"{label} {number} › ")


def _of_fields(obj: models.Model, before: str) -> Iterator[Leaf]:
    inherited = {field.name for field in Page._meta.get_fields()}
    private = getattr(obj, "private_fields", ())
    for field in obj._meta.get_fields():
        if not isinstance(field, models.Field) or field.name in private:
            continue
        wagtails = isinstance(obj, Page) and field.name in inherited
        if wagtails and field.name not in _OF_EVERY_PAGE:
            continue
        yield from _of_field(obj, field, before)


def _of_field(obj: Any, field: models.Field[Any, Any], before: str) -> Iterator[Leaf]:
    place = f"{before}{field.verbose_name}"
    value = getattr(obj, field.attname, None)
    if value in (None, ""):
        return
    if isinstance(field, StreamField):
        yield from _of_stream(field.stream_block, value.raw_data, place)
    elif isinstance(field, RichTextField):
        yield Leaf("html", place, value)
    elif isinstance(field, models.URLField):
        yield Leaf("url", place, value)
    elif isinstance(field, models.ForeignKey):
        yield from _of_key(field, value, place)
    elif _is_prose(field):
        yield Leaf("text", place, str(value))


def _is_prose(field: models.Field[Any, Any]) -> bool:
    prose = isinstance(field, models.CharField | models.TextField)
    coded = isinstance(field, models.SlugField | models.EmailField)
    return prose and field.editable and not coded and not field.choices


def _of_key(field: Any, value: Any, place: str) -> Iterator[Leaf]:
    target = field.related_model
    if issubclass(target, AbstractImage):
        yield Leaf("picture", place, value, cover=field.name == "cover")
    elif issubclass(target, AbstractDocument):
        yield Leaf("document", place, value)
    elif issubclass(target, Page) and field.editable:
        yield Leaf("page", place, value)
    elif issubclass(target, ReusableText):
        yield Leaf("reusable", place, value)


def _of_stream(
    block: blocks.BaseStreamBlock, raw: Iterable[Mapping[str, Any]], place: str
) -> Iterator[Leaf]:
    for number, item in enumerate(raw, 1):
        child = block.child_blocks.get(item["type"])
        if child is not None:
            inside = f"{place} › {number}. {child.label}"
            leaves = _of_block(child, item.get("value"), inside)
            if item["type"] in ORIGINALS:
                leaves = (replace(leaf, original=True) for leaf in leaves)
            yield from leaves


def _of_block(block: blocks.Block, raw: Any, place: str) -> Iterator[Leaf]:
    if raw in (None, "", [], {}):
        return
    if isinstance(block, ImageBlock):
        yield from _of_picture(raw, place)
    elif isinstance(block, blocks.BaseStreamBlock):
        yield from _of_stream(block, raw, place)
    elif isinstance(block, blocks.ListBlock):
        for number, item in enumerate(raw, 1):
            value = item["value"] if _is_list_item(item) else item
            yield from _of_block(block.child_block, value, f"{place} › {number}")
    elif isinstance(block, blocks.BaseStructBlock):
        yield from _of_struct(block, raw, place)
    else:
        yield from _of_simple(block, raw, place)


def _is_list_item(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item


def _of_struct(block: Any, raw: Mapping[str, Any], place: str) -> Iterator[Leaf]:
    for name, child in block.child_blocks.items():
        leaves = _of_block(child, raw.get(name), f"{place} › {child.label}")
        if name in ORIGINALS:
            leaves = (replace(leaf, original=True) for leaf in leaves)
        yield from leaves


def _of_picture(raw: Any, place: str) -> Iterator[Leaf]:
    if not isinstance(raw, dict):
        yield Leaf("picture", place, raw)
        return
    alt, decorative = raw.get("alt_text") or "", bool(raw.get("decorative"))
    if raw.get("image"):
        yield Leaf(
            "picture", place, raw["image"], alt=alt, decorative=decorative, own_alt=True
        )
    if alt:
        yield Leaf("text", place, alt)


_SIMPLE: tuple[tuple[type[blocks.Block], Kind], ...] = (
    (blocks.RichTextBlock, "html"),
    (ImageChooserBlock, "picture"),
    (DocumentChooserBlock, "document"),
    (blocks.PageChooserBlock, "page"),
    (blocks.URLBlock, "url"),
    (blocks.CharBlock, "text"),
    (blocks.TextBlock, "text"),
)


def _of_simple(block: blocks.Block, raw: Any, place: str) -> Iterator[Leaf]:
    kind = next((kind for one, kind in _SIMPLE if isinstance(block, one)), None)
    if kind is not None:
        original = isinstance(block, blocks.BlockQuoteBlock)
        yield Leaf(kind, place, raw, original=original)
    elif getattr(block, "target_model", None) is ReusableText:
        yield Leaf("reusable", place, raw)
