"""Fields with which editors choose public records, and places on their pages.

The fields are plain inputs inside custom elements, which
``static/cms/admin/evidence.js`` brings to life; typed numbers do as well.
"""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class _Chooser(forms.TextInput):
    """An input inside the custom element ``tag``."""

    tag = ""

    def __init__(self, url: Any, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.url = url

    class Media:
        js = [forms.widgets.Script("cms/admin/evidence.js", type="module")]

    def attributes(self) -> dict[str, Any]:
        return {"data-url": str(self.url)}

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        inner = super().render(name, value, attrs, renderer)
        around = flatatt(self.attributes())
        return format_html("<{}{}>{}</{}>", self.tag, around, inner, self.tag)


class RecordInput(_Chooser):
    """The id of a record; the element shows its title and opens the chooser."""

    tag = "record-choice"
    input_type = "text"

    def __init__(self, url: Any, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(url, {"inputmode": "numeric", "autocomplete": "off"})

    def attributes(self) -> dict[str, Any]:
        return {
            **super().attributes(),
            "data-choose": _("选择档案和页"),
            "data-closed": _("这件档案没有向公众全文开放"),
            "data-title": _("选择公开的档案"),
            "data-close": _("关闭"),
            "data-failed": _("没有取到，请再试一次。"),
        }


class PlaceInput(_Chooser):
    """A point or a region, typed as numbers or pointed at."""

    tag = "place-choice"

    def __init__(
        self, url: Any, kind: str, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(url, {"autocomplete": "off"})
        self.kind = kind

    def attributes(self) -> dict[str, Any]:
        point = self.kind == "point"
        return {
            **super().attributes(),
            "data-kind": self.kind,
            "data-choose": _("在图上点选") if point else _("在图上框选"),
            "data-first": _("请先选好档案和页。"),
            "data-title": (
                _("点一下要说明的地方")
                if point
                else _("先点一角，再点对角；也可以拖出一个框")
            ),
            "data-close": _("关闭"),
            "data-failed": _("没有取到，请再试一次。"),
        }
