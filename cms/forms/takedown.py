"""The form of a request for correction or takedown."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.forms.guarded import GuardedForm
from cms.models import TakedownRequest
from cms.takedown import Asked


class TakedownForm(GuardedForm):
    """What is wrong with what, and who says so if they like."""

    purpose = "takedown"

    about = forms.CharField(
        label=gettext_lazy("网址或档号"),
        max_length=300,
        help_text=gettext_lazy("是哪一份材料、哪一页，例如网址、档号和页次。"),
        error_messages={"required": gettext_lazy("请填写网址或档号。")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("事由"),
        choices=TakedownRequest.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择一项事由。")},
    )
    explanation = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "有误的写明正确的文字和依据；申请下架的写明与您的关系和理由。"
        ),
        error_messages={"required": gettext_lazy("请写明情况。")},
    )
    name = forms.CharField(
        label=pgettext_lazy("of who asks", "姓名"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("联系方式"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("电话或电子邮箱；不留则无法答复，但照样办理。"),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(
            about=given["about"],
            reason=given["reason"],
            explanation=given["explanation"],
            name=given["name"],
            contact=given["contact"],
        )
