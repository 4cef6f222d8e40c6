"""The form in which a group asks for a visit, and the one that asks how it stands."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.forms.guarded import GuardedForm

# Of any house: what is beyond is a slip, or would not fit into the database.
MOST_PEOPLE = 9999
LONGEST_AHEAD = timedelta(days=180)
_PHONE = re.compile(r"\+?[\d\s()（）-]{5,30}$")


class BookingForm(GuardedForm):
    """A request; it is one only once somebody of the house has confirmed it."""

    purpose = "booking"
    most_an_hour = 10

    unit = forms.CharField(
        label=_("单位"),
        max_length=100,
        error_messages={"required": _("请写单位名称。")},
    )
    contact = forms.CharField(
        label=_("联系人"),
        max_length=40,
        error_messages={"required": _("请写联系人的称呼。")},
    )
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        error_messages={"required": _("请写联系电话，以便答复。")},
    )
    day = forms.DateField(
        label=_("参观日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("请选参观日期。"),
            "invalid": _("日期看不明白，请写成 2026-05-08 的样子。"),
        },
    )
    people = forms.IntegerField(
        label=_("人数"),
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "required": _("请写人数。"),
            "invalid": _("人数请写数字。"),
            "min_value": _("人数至少为 1。"),
            "max_value": _("人数请核对；人数很多的请与本馆联系。"),
        },
    )
    needs = forms.CharField(
        label=_("需要"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("如讲解、轮椅、停车、到馆时间；没有可以不写。"),
    )
    consent = forms.BooleanField(
        label=_("我同意"),
        error_messages={"required": _("需要您同意，我们才能留下联系方式并答复。")},
    )

    def __init__(
        self, *args: Any, lead_days: int, most_people: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._first = timezone.localdate() + timedelta(days=lead_days)
        self._most = most_people
        today = timezone.localdate()
        self.fields["day"].widget.attrs |= {
            "min": self._first.isoformat(),
            "max": (today + LONGEST_AHEAD).isoformat(),
        }

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not _PHONE.match(phone):
            raise ValidationError(gettext("电话号码请只写数字，可以带区号和分机。"))
        return phone

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < self._first:
            message = gettext("最早可以预约 %(day)s，请改选日期。")
            raise ValidationError(message % {"day": self._first.isoformat()})
        last = timezone.localdate() + LONGEST_AHEAD
        if day > last:
            message = gettext("最远可以预约到 %(day)s，请改选日期。")
            raise ValidationError(message % {"day": last.isoformat()})
        return day

    def clean_people(self) -> int:
        people: int = self.cleaned_data["people"]
        if self._most and people > self._most:
            message = gettext("一批至多 %(n)s 人；人数更多请分批预约。")
            raise ValidationError(message % {"n": self._most})
        return people


class LookUpForm(GuardedForm):
    """The number and the telephone that were given with it; neither alone tells."""

    purpose = "booking-answer"
    most_an_hour = 30

    number = forms.CharField(
        label=_("查询号"),
        max_length=20,
        error_messages={"required": _("请写查询号。")},
    )
    phone = forms.CharField(
        label=_("预约时写的电话"),
        max_length=30,
        error_messages={"required": _("请写预约时写的电话。")},
    )
