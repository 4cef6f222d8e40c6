"""What a reviewer fills in: to pass a text, or to send it back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PassForm(forms.Form):
    secrecy_checked = forms.BooleanField(
        label=_("保密审查：已核对，不含国家秘密、工作秘密和不宜公开的个人信息"),
        error_messages={"required": _("请先完成保密审查并打勾，再通过。")},
    )
    comment = forms.CharField(
        label=_("意见"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("可以不写；写了的印在审签单上。"),
    )


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label=_("退回的理由"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("写给作者：哪里要改，怎样改。"),
        error_messages={"required": _("退回时请写明理由，作者据此修改。")},
    )


FORMS: dict[str, type[forms.Form]] = {"approve": PassForm, "reject": ReturnForm}
"""By the name of the action in Wagtail."""
