"""The head of a page for search engines, readers of feeds and messengers."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from cms.metadata.head import feeds, metadata_of

register = template.Library()


@register.inclusion_tag("cms/parts/metadata.html", takes_context=True)
def metadata(context: Context) -> dict[str, Any]:
    """Open Graph, JSON-LD and the addresses of feeds, as far as the page has them."""
    told = metadata_of(context.flatten())  # type: ignore[arg-type]
    return {"told": told, "feeds": feeds()}


@register.filter
def as_json(json: str) -> SafeString:
    """What ``Metadata.json`` has made fit to stand in a script element."""
    return mark_safe(json)  # noqa: S308
