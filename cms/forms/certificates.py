"""The form in which anybody verifies a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.forms.guarded import GuardedForm


class VerifyForm(GuardedForm):
    """The code as it is printed on the certificate, however it is typed."""

    purpose = "certificate"
    most_an_hour = 30

    code = forms.CharField(
        label=_("核验码"),
        max_length=40,
        help_text=_("印在证书上，共 12 个字母和数字；大小写和短横不论。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请填写证书上的核验码。")},
    )
