"""What those who run an occasion fill in."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from cms.models.occasions import Occasion, Registration
from cms.registration.people import Person, is_contact
from cms.registration.running import FIELDS


class FilterForm(forms.Form):
    """The list of occasions."""

    q = forms.CharField(label=_("名称"), required=False, max_length=100)
    when = forms.ChoiceField(
        label=_("时间"),
        required=False,
        choices=[("", _("未结束")), ("past", _("已结束")), ("all", _("全部"))],
    )


class PeopleForm(forms.Form):
    """The list of registrations."""

    q = forms.CharField(label=_("姓名、单位、联系方式或查询号"), required=False)
    status = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            *Registration.Status.choices,
            ("there", _("已签到")),
            ("absent", _("未签到")),
            ("untold", _("通知没有发出")),
        ],
    )


class RunForm(forms.ModelForm[Occasion]):
    """How people sign up."""

    class Meta:
        model = Occasion
        fields = FIELDS
        widgets: ClassVar = {
            "opens_at": AdminDateTimeInput,
            "closes_at": AdminDateTimeInput,
            "consent": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", gettext("报名截止须晚于报名开始。"))
        if closes and closes > self.instance.ends_at:
            self.add_error("closes_at", gettext("报名截止不能晚于结束时间。"))
        return cleaned


class CallOffForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(
        label=_("取消的说明"),
        max_length=200,
        required=False,
        help_text=_("写在网页和日历上，如：因天气原因取消，改期另行通知。"),
    )


class WalkInForm(forms.Form):
    """Somebody who stands at the door."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    unit = forms.CharField(label=_("单位"), max_length=100, required=False)
    contact = forms.CharField(
        label=_("电话或电子邮箱"),
        max_length=200,
        required=False,
        help_text=_("可不填；填了本人才能查询。"),
    )
    check_in = forms.BooleanField(label=_("同时签到"), required=False, initial=True)
    consent = forms.BooleanField(
        label=_("已当面告知用途和保留期限，本人同意"),
        error_messages={"required": _("请先告知本人，同意后再登记。")},
    )

    def clean_contact(self) -> str:
        contact: str = self.cleaned_data["contact"]
        if contact and not is_contact(contact):
            raise ValidationError(gettext("请写一个电话号码或一个电子邮箱。"))
        return contact

    @property
    def person(self) -> Person:
        given = self.cleaned_data
        return Person(given["name"], given["unit"], given["contact"])
