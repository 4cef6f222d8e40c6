"""The sections that a new site begins with, each made once and then its editors'."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop as _
from wagtail.models import Page, Site

from cms.knowledge import contents
from cms.models import (
    CaseIndexPage,
    ExhibitionIndexPage,
    KnowledgePage,
    NewsIndexPage,
    StandardPage,
    TrainingIndexPage,
    VisitPage,
    WeekIndexPage,
)
from cms.models.base import SitePage
from cms.publicity_week import access
from cms.standard_texts import ABOUT, ACCESSIBILITY, CONTACT, PRIVACY, Blocks


@dataclass(frozen=True, slots=True)
class Section:
    """A page right below the front page; ``body`` only where the model has one.

    In the menu it stands in the main navigation, else at the foot of every page.
    ``fill`` makes the pages below a new section.
    """

    model: type[SitePage]
    slug: str
    title: str
    summary: str = ""
    in_menu: bool = False
    body: Blocks = ()
    fill: Callable[[Page], None] | None = None


SECTIONS: tuple[Section, ...] = (
    Section(
        ExhibitionIndexPage,
        "exhibitions",
        _("展览"),
        "在线看展，循着证据回到原页；到馆参观时按展点听讲解。",
        in_menu=True,
    ),
    Section(
        KnowledgePage,
        "knowledge",
        _("知识库"),
        contents.SUMMARY,
        in_menu=True,
        fill=contents.fill,
    ),
    Section(
        CaseIndexPage,
        "cases",
        _("案例"),
        "一事一案：起因、经过、所得，每一处都能回到原页。",
        in_menu=True,
    ),
    Section(
        TrainingIndexPage,
        "training",
        _("培训"),
        "培训方案、课程和课时：从馆藏的一页纸学起。",
        in_menu=True,
    ),
    Section(
        WeekIndexPage,
        "publicity-week",
        _("宣传周"),
        "每年十一月举行：日程、报名、资料与表彰。",
        in_menu=True,
        fill=access.give,
    ),
    Section(NewsIndexPage, "news", _("动态"), "本馆的活动、展览与资料更新。"),
    Section(VisitPage, "visit", _("参观指南")),
    Section(StandardPage, "about", _("关于本馆"), body=ABOUT),
    Section(StandardPage, "contact", _("联系我们"), body=CONTACT),
    Section(StandardPage, "privacy", _("隐私说明"), body=PRIVACY),
    Section(StandardPage, "accessibility", _("无障碍声明"), body=ACCESSIBILITY),
)
"""In the order in which they are shown.

The interface knows their titles in English, too (``cms.navigation.called``).
"""


def provide() -> list[Page]:
    """Make those sections that no page has the place of; the ones made.

    A section that editors moved, renamed or took down stays as they left it, as long
    as a page with its slug is still below the front page.
    """
    home = Site.objects.get(is_default_site=True).root_page
    taken = set(home.get_children().values_list("slug", flat=True))
    missing = [section for section in SECTIONS if section.slug not in taken]
    return [_make(section, home) for section in missing]


def _make(section: Section, home: Page) -> Page:
    page = section.model(
        title=section.title,
        slug=section.slug,
        summary=section.summary,
        show_in_menus=section.in_menu,
        locale=home.locale,
    )
    if section.body:
        page.body = list(section.body)
    with transaction.atomic():
        home.refresh_from_db()
        home.add_child(instance=page)
        page.save_revision().publish()
        if section.fill is not None:
            section.fill(page)
    return page
