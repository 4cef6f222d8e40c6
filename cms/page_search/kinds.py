"""The kinds of pages that search tells apart, and the sections they are found in.

A page model says ``search_kind``, and ``search_section`` where that is not its kind's
(the list of all exhibitions is a plain page among them); the rest is here. A kind that
is not listed is a section of its own and is called what its model is called.
"""

from functools import cache
from typing import Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.vocabulary import Level
from cms.models.base import SitePage

Label = str | Promise

SECTIONS: Final[dict[str, Label]] = {
    "exhibitions": _("展览"),
    "knowledge": _("知识库"),
    "cases": _("案例"),
    "training": _("培训"),
    "week": _("宣传周"),
    "news": _("动态"),
    "about": _("本馆"),
}
"""In the order of the tabs above the hits."""

KINDS: Final[dict[str, tuple[Label, str]]] = {
    "exhibition": (_("展览"), "exhibitions"),
    "article": (_("条例导读"), "knowledge"),
    "subject": (_("专题"), "knowledge"),
    "output": (_("研究成果"), "knowledge"),
    "term": (_("名词解释"), "knowledge"),
    "chronicle": (_("大事记"), "knowledge"),
    "case": (_("案例"), "cases"),
    "case_collection": (_("案例集"), "cases"),
    "curriculum": (_("培训方案"), "training"),
    "course": (_("课程"), "training"),
    "lesson": (_("课时"), "training"),
    "programme": (_("宣传周"), "week"),
    "event": (_("活动"), "week"),
    "news": (_("动态"), "news"),
    "visit": (_("参观指南"), "about"),
    "page": (_("页面"), "about"),
}
"""Kind → what readers call it, and its section."""


@cache
def page_models() -> tuple[type[SitePage], ...]:
    """The models whose pages are found."""
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, SitePage) and model.search_kind
    )


def kinds() -> dict[str, str]:
    """The kinds that there are → what readers call them."""
    return {model.search_kind: label_of(model) for model in page_models()}


def label_of(model: type[SitePage]) -> str:
    listed = KINDS.get(model.search_kind)
    return str(listed[0] if listed else model._meta.verbose_name)


def section_of(model: type[SitePage]) -> str:
    if model.search_section:
        return model.search_section
    listed = KINDS.get(model.search_kind)
    return listed[1] if listed else model.search_kind


def sections() -> dict[str, str]:
    """The sections that pages may be in → what readers call them, in their order."""
    own = {section_of(model): label_of(model) for model in page_models()}
    listed = {key: str(label) for key, label in SECTIONS.items() if key in own}
    return {**listed, **{key: own[key] for key in own if key not in listed}}


def clashes() -> list[str]:
    """Kinds that are called like a level of records: search could not tell them."""
    return sorted(kinds().keys() & set(Level.values))
