"""The living style page: every component of the site, in each of its states."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms import style_tokens
from cms.navigation import Link


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour by its name in the style sheet, and what it is for."""

    name: str
    role: str
    light: str
    dark: str


def style_page(request: HttpRequest) -> HttpResponse:
    """``/style/``: with ``?kiosk`` as the hall's own screen shows a page."""
    colours = style_tokens.palette()
    context = {
        "swatches": [
            Swatch(name, role, colours.light[name], colours.dark[name])
            for name, role in _roles()
        ],
        "pairs": style_tokens.pairs(colours),
        "enough": style_tokens.ENOUGH,
        "trail": [Link(_("首页"), "/"), Link(_("编辑说明"), "/style/")],
        "kiosk": "kiosk" in request.GET,
    }
    return render(request, "cms/style.html", context)


def _roles() -> list[tuple[str, str]]:
    return [
        ("paper", _("页面底色")),
        ("mist", _("区块底色")),
        ("stage", _("影像底色")),
        ("ink", _("正文")),
        ("ink-2", _("次要文字")),
        ("ink-3", _("辅助文字")),
        ("rule", _("细线")),
        ("rule-2", _("边线")),
        ("edge", _("输入框边线")),
        ("link", _("链接和按钮")),
        ("link-2", _("鼠标所指的链接")),
        ("on-link", _("按钮上的文字")),
        ("cinnabar", _("证据，别无他用")),
        ("cinnabar-wash", _("证据的底色")),
        ("box", _("原页上的框，深浅模式相同")),
    ]
