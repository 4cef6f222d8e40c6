"""Opening hours as editors enter them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.opening import DAYS


class HoursBlock(blocks.StructBlock):
    """The same hours on some days of the week; two spans a day take two blocks."""

    days = blocks.MultipleChoiceBlock(
        label=_("星期"),
        choices=[(str(number), label) for number, label in enumerate(DAYS)],
        widget=CheckboxSelectMultiple,
    )
    opens = blocks.TimeBlock(label=_("开馆"))
    closes = blocks.TimeBlock(label=_("闭馆"))
    last_entry = blocks.TimeBlock(label=_("停止入馆"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        _in_order(cleaned["opens"], cleaned["closes"])
        return cleaned

    class Meta:
        label = _("开放时间")
        icon = "time"


class ExceptionBlock(blocks.StructBlock):
    """A holiday or another day on which the ordinary hours do not hold."""

    first = blocks.DateBlock(label=_("从"))
    last = blocks.DateBlock(label=_("到"), required=False, help_text=_("一天不填。"))
    opens = blocks.TimeBlock(
        label=_("开馆"), required=False, help_text=_("不开放则都留空。")
    )
    closes = blocks.TimeBlock(label=_("闭馆"), required=False)
    reason = blocks.CharBlock(label=_("说明"), help_text=_("如“设备检修”。"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["last"] and cleaned["last"] < cleaned["first"]:
            message = gettext("结束的日期早于开始的日期，请核对。")
            errors = {"last": ValidationError(message)}
            raise StructBlockValidationError(block_errors=errors)
        if bool(cleaned["opens"]) != bool(cleaned["closes"]):
            message = gettext("开馆和闭馆的时间，请都填，或都留空。")
            errors = {"closes": ValidationError(message)}
            raise StructBlockValidationError(block_errors=errors)
        if cleaned["opens"]:
            _in_order(cleaned["opens"], cleaned["closes"])
        return cleaned

    class Meta:
        label = _("例外日期")
        icon = "date"


def _in_order(opens: Any, closes: Any) -> None:
    if closes <= opens:
        message = gettext("闭馆时间不晚于开馆时间，请核对。")
        errors = {"closes": ValidationError(message)}
        raise StructBlockValidationError(block_errors=errors)
