"""The forms in which people register, ask how it stands, and leave."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.forms.guarded import GuardedForm
from cms.registration.people import Person, is_contact

# A training room or a hall is behind one address, and everybody in it signs up in
# the same quarter of an hour, some of them twice. More than two full lecture rooms
# of a hundred and twenty an hour are no people any more; and whoever would only fill
# the places needs no more forms than there are places, whatever is allowed here.
OF_A_HALL = 300

_WRONG_CONTACT = _("请写电话号码（可带区号、分机）或电子邮箱，如 0575-0000000。")


class _ContactMixin:
    cleaned_data: dict[str, Any]

    def clean_contact(self) -> str:
        contact: str = self.cleaned_data["contact"]
        if not is_contact(contact):
            raise ValidationError(str(_WRONG_CONTACT))
        return contact


class RegistrationForm(_ContactMixin, GuardedForm):
    """Who comes."""

    purpose = "registration"
    most_an_hour = OF_A_HALL

    name = forms.CharField(
        label=pgettext_lazy("of who comes", "姓名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请写姓名。")},
    )
    unit = forms.CharField(
        label=_("单位"),
        max_length=100,
        required=False,
        help_text=_("可不填。"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    contact = forms.CharField(
        label=_("电话或电子邮箱"),
        max_length=200,
        help_text=_("查询、取消报名时要用；有变动时据此通知。"),
        error_messages={"required": _("请写电话或电子邮箱，查询报名时要用。")},
    )
    consent = forms.BooleanField(
        label=_("我同意"),
        error_messages={"required": _("需要您同意，我们才能记下报名。")},
    )

    @property
    def person(self) -> Person:
        given = self.cleaned_data
        return Person(given["name"], given["unit"], given["contact"])


class FindForm(GuardedForm):
    """The number and the contact that were given with it; neither alone tells."""

    purpose = "registration-find"
    most_an_hour = OF_A_HALL

    number = forms.CharField(
        label=_("查询号"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("请写查询号。")},
    )
    contact = forms.CharField(
        label=_("报名时写的电话或电子邮箱"),
        max_length=200,
        error_messages={"required": _("请写报名时写的电话或电子邮箱。")},
    )


class CancelForm(GuardedForm):
    """To leave takes the contact, too: a code may be seen by others at the door."""

    purpose = "registration-cancel"
    most_an_hour = OF_A_HALL

    contact = forms.CharField(
        label=_("报名时写的电话或电子邮箱"),
        max_length=200,
        help_text=_("以免他人代为取消。"),
        error_messages={"required": _("请写报名时写的电话或电子邮箱。")},
    )


class GroupForm(GuardedForm):
    """A liaison's list; it is read, and shown, before anything is written."""

    purpose = "registration-group"
    # A unit corrects its list some times; several units may share a network.
    most_an_hour = 60
    MAX_BYTES = 1_000_000

    liaison = forms.CharField(
        label=_("联络员和单位"),
        max_length=100,
        help_text=_("如：样本镇综治中心 某甲。"),
        error_messages={"required": _("请写联络员和单位。")},
    )
    file = forms.FileField(
        label=_("名单（XLSX）"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("请选择填好的名单。"),
            "empty": _("这个文件是空的；请填好名单，保存后再选。"),
        },
    )
    consent = forms.BooleanField(
        label=_("名单上的人都知道并同意"),
        error_messages={"required": _("需要名单上的人都同意，我们才能记下报名。")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.MAX_BYTES:
            message = gettext("文件超过 %(n)d MB；请只留名单一张表，去掉图片。")
            raise ValidationError(message % {"n": self.MAX_BYTES // 1_000_000})
        return file


class GroupConfirmForm(GuardedForm):
    """The list as it was read, signed (``cms.views.registration_group``)."""

    purpose = "registration-list"
    most_an_hour = 60

    rows = forms.CharField(widget=forms.HiddenInput)
