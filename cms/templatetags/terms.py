"""Terms of the glossary in the texts of a page."""

from typing import Any

from django import template
from django.utils.html import conditional_escape

from cms.knowledge.explaining import Explainer
from cms.languages.translated import remember_originals

register = template.Library()


@register.simple_tag(takes_context=True)
def explained(context: Any, value: Any) -> Any:
    """``value`` (text, or HTML that is marked as safe) with its terms.

    As it is where the page explains nothing.
    """
    explainer: Explainer | None = context.get("explainer")
    if explainer is None:
        return value
    # Rich text is no string, but says itself what it looks like.
    if hasattr(value, "__html__"):
        return explainer.html(conditional_escape(value))
    return explainer.text(str(value))


@register.inclusion_tag("cms/knowledge/term_notes.html", takes_context=True)
def term_notes(context: Any) -> dict[str, Any]:
    """What the terms above open; after all texts of the page."""
    explainer: Explainer | None = context.get("explainer")
    used = explainer.used if explainer is not None else []
    remember_originals(one.page for one in used)
    return {
        "terms": used,
        "request": context.get("request"),
    }
