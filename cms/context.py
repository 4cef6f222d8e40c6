"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.openness import Audience
from cms.languages.head import in_languages
from cms.languages.prefixes import in_language, tag
from cms.models.site import site_details
from cms.navigation import Link, navigation

_SHORT_NAMES = {"zh-hans": "简体", "zh-hant": "繁體"}


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "languages": _languages(request),
        "html_lang": tag(get_language()),
        "in_languages": SimpleLazyObject(lambda: in_languages(request)),
        "site_details": SimpleLazyObject(lambda: site_details(request)),
        "seeing": SimpleLazyObject(lambda: _seeing(request)),
    }


def _languages(request: HttpRequest) -> list[Link]:
    """The languages to choose from: the same page, the same query."""
    here = request.get_full_path()
    return [
        Link(
            _SHORT_NAMES.get(code, name),
            in_language(here, code),
            code == get_language(),
            tag(code),
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
