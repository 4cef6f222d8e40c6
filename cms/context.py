"""What every template knows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.openness import Audience
from cms.models.pages import site_details
from cms.scripts import HANS


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a navigation."""

    label: str
    url: str
    current: bool
    lang: str = ""


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "sections": _sections(request),
        "languages": _languages(request),
        "html_lang": html_lang(get_language()),
        "site_details": SimpleLazyObject(lambda: site_details(request)),
        "seeing": SimpleLazyObject(lambda: _seeing(request)),
    }


def html_lang(language: str | None) -> str:
    """The language tag of a page in Django's ``language``."""
    return "en" if language == "en" else HANS


def _sections(request: HttpRequest) -> list[Link]:
    sections = ((_("馆藏"), reverse("catalogue")), (_("检索"), reverse("search")))
    return [Link(label, url, request.path.startswith(url)) for label, url in sections]


def _languages(request: HttpRequest) -> list[Link]:
    """The languages to choose from; a choice comes back to the same page."""
    query = urlencode({"next": request.get_full_path()})
    names = {"zh-hans": "简体", "en": "English"}
    return [
        Link(
            names.get(code, name),
            f"{reverse('language', args=[code])}?{query}",
            code == get_language(),
            html_lang(code),
        )
        for code, name in settings.LANGUAGES
    ]


def _seeing(request: HttpRequest) -> str:
    """Who the reader is taken for, where that is more than the public."""
    return {
        Audience.PUBLIC: "",
        Audience.READING_ROOM: _("您以阅览室读者身份查阅，可见未向公众开放的档案。"),
        Audience.STAFF: _("您以馆内工作人员身份查阅，可见未开放的档案。"),
    }[request.reader.audience]  # type: ignore[attr-defined]
