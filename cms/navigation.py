"""The ways through the site: main navigation, footer, breadcrumbs."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.languages.prefixes import tag
from cms.languages.translated import Shown, original_of, shown


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a navigation."""

    label: str
    url: str
    current: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Navigation:
    """``main`` stands at the head of each page, ``footer`` at its foot."""

    main: tuple[Link, ...]
    footer: tuple[Link, ...]


def navigation(request: HttpRequest) -> Navigation:
    """The catalogue and the pages right below the front page.

    A page that is shown in menus (a tick of Wagtail's) stands at the head, any other
    at the foot.
    """
    catalogue = reverse("catalogue")
    main = [Link(_("馆藏"), catalogue, request.path.startswith(catalogue))]
    footer: list[Link] = []
    for one in shown(top_pages(request)):
        url = one.page.get_url(request) or ""
        label, lang = called(one)
        link = Link(label, url, request.path.startswith(url), lang)
        (main if one.original.show_in_menus else footer).append(link)
    return Navigation(tuple(main), tuple(footer))


def crumbs_of(page: Page) -> list[Link]:
    """The pages above ``page`` from the front page down, without itself.

    Above a translation stand what is above its original, in the same language.
    """
    original = original_of(page) or page
    above = shown(original.get_ancestors().filter(depth__gt=1).live())
    crumbs = []
    for one in above:
        label, lang = (_("首页"), "") if one.original.depth == 2 else called(one)
        crumbs.append(Link(label, one.page.get_url() or "", lang=lang))
    return crumbs


def top_pages(request: HttpRequest) -> list[Page]:
    """The sections: live pages right below the front page, in their order.

    The Chinese originals, which say what is in the menu and what lies below.
    """
    site = Site.find_for_request(request)
    if site is None:
        return []
    return list(site.root_page.get_children().live().public())


def called(one: Shown) -> tuple[str, str]:
    """A page's name in the ways through the site, and its language tag.

    The tag is "" where the name is in the language of all around it. An untranslated
    section that goes by the title it was made with is called as the interface calls
    it: a menu is read by those who cannot read the pages below.
    """
    title: str = one.page.title
    if one.language == get_language():
        return title, ""
    named = _(title)
    return (named, "") if named != title else (title, tag(one.language))
