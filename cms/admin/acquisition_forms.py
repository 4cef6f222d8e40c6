"""Forms of the register of acquisitions; ``archive.acquisitions`` does the saving."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.widgets import AdminDateInput

from archive.acquisitions import Entry, counted_on
from archive.errors import AcquisitionNumberTaken, ArchiveError, ClassifiedRefused
from archive.models import AcquisitionItem, Record
from archive.vocabulary import CLASSIFIED, Level, Material, Secrecy
from cms.admin.particulars import ParticularsMixin
from cms.admin.record_chooser import RecordChooser
from cms.admin.seals import SealMixin

# Offered so that whoever holds such a thing is told to stop, not to work around.
_REFUSED = (
    ("秘密", _("秘密（不得接收）")),
    ("机密", _("机密（不得接收）")),
    ("绝密", _("绝密（不得接收）")),
)


class AcquisitionForm(SealMixin, WagtailAdminModelForm):
    """The register's row; a number that was given is not changed."""

    number = forms.CharField(
        label=_("征集号"),
        required=False,
        max_length=40,
        help_text=_("留空则自动编号（如 ZJ2026-0001）；一经使用，永不重复。"),
    )
    secrecy = forms.ChoiceField(
        label=_("密级"),
        choices=[*Secrecy.choices, *_REFUSED],
        initial=Secrecy.INTERNAL,
        help_text=_("国家秘密不得登记，也不得存入本系统。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields["number"]
            self.seal([getattr(self.instance, name, "") for name in self.fields])
        else:
            self.fields["received_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.heed_seal()
        return cleaned

    def clean_secrecy(self) -> str:
        claimed: str = self.cleaned_data["secrecy"]
        if claimed in CLASSIFIED:
            raise ValidationError(str(ClassifiedRefused(claimed)))
        return claimed

    def add_archive_error(self, error: ArchiveError) -> None:
        taken = isinstance(error, AcquisitionNumberTaken) and "number" in self.fields
        self.add_error("number" if taken else None, str(error))

    def validate_unique(self) -> None:
        """The service says it, and what to do."""


def edit_handler() -> ObjectList:
    return ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("number"), FieldPanel("received_on")]),
                    FieldRowPanel([FieldPanel("basis"), FieldPanel("secrecy")]),
                    FieldPanel("description"),
                    FieldRowPanel([FieldPanel("quantity"), FieldPanel("location")]),
                    FieldPanel("condition"),
                ],
                heading=_("收到的材料"),
            ),
            MultiFieldPanel(
                [
                    HelpPanel(_("来源名称和联系方式只供馆内使用，不对外公开。")),
                    FieldRowPanel(
                        [FieldPanel("source_kind"), FieldPanel("source_name")]
                    ),
                    FieldPanel("contact"),
                    FieldPanel("owner"),
                ],
                heading=_("来源"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("agreement_number"), FieldPanel("agreement_on")]
                    ),
                    FieldPanel("agreement_place"),
                    FieldRowPanel(
                        [FieldPanel("may_publish"), FieldPanel("may_exhibit")]
                    ),
                    FieldRowPanel([FieldPanel("may_copy"), FieldPanel("may_study")]),
                    FieldPanel("restriction"),
                    FieldRowPanel(
                        [
                            FieldPanel("authorised_until"),
                            FieldPanel("return_due", help_text=_("寄存、借展时填写。")),
                        ]
                    ),
                ],
                heading=_("协议与授权"),
            ),
            MultiFieldPanel(
                [FieldPanel("note"), FieldPanel("is_demonstration")],
                heading=_("备注"),
            ),
        ],
        base_form_class=AcquisitionForm,
    )


class ItemForm(ParticularsMixin, forms.Form):
    """One thing of an acquisition."""

    title = forms.CharField(label=_("名称"), max_length=500)
    material = forms.ChoiceField(label=_("材料种类"), choices=Material.choices)
    quantity = forms.IntegerField(
        label=_("数量"), min_value=1, max_value=1_000_000, initial=1
    )
    date_original = forms.CharField(
        label=_("日期（原文）"), max_length=200, required=False
    )
    note = forms.CharField(
        label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Media:
        js = [Script("cms/admin/particulars.js", type="module")]

    def __init__(
        self, *args: Any, item: AcquisitionItem | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        item = item or AcquisitionItem()
        if item.pk is not None:
            for name in ("title", "material", "quantity", "date_original", "note"):
                self.fields[name].initial = getattr(item, name)
        self.add_particulars(item.material, item.particulars)

    def clean(self) -> dict[str, Any]:
        self.gather_particulars()
        return self.cleaned_data


class ReturnForm(forms.Form):
    """That it went back, when, and in what state."""

    on = forms.DateField(label=_("退还日期"), widget=AdminDateInput())
    note = forms.CharField(
        label=_("退还记录"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("交接人、原物状况，或不予接收的原因。"),
    )


class AccessionForm(forms.Form):
    """Where things go, which, and under which codes."""

    parent = forms.ModelChoiceField(
        label=_("入藏到（上级）"), queryset=Record.objects.all()
    )
    level = forms.ChoiceField(
        label=_("著录层级"), choices=Level.choices, initial=Level.ITEM
    )

    def __init__(
        self, *args: Any, items: Iterable[AcquisitionItem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].widget = RecordChooser()
        self.items = list(items)
        for item in self.items:
            self.fields[f"take-{item.pk}"] = forms.BooleanField(
                label=item.title, required=False, initial=True
            )
            self.fields[f"code-{item.pk}"] = forms.CharField(
                label=_("档号"), required=False, max_length=120
            )

    @property
    def rows(self) -> list[tuple[AcquisitionItem, forms.BoundField, forms.BoundField]]:
        return [
            (item, self[f"take-{item.pk}"], self[f"code-{item.pk}"])
            for item in self.items
        ]

    def entries(self) -> list[Entry]:
        """What was ticked, with its codes. Raises ``ArchiveError``."""
        taken = [item.pk for item in self.items if self.cleaned_data[f"take-{item.pk}"]]
        codes = counted_on([self.cleaned_data[f"code-{pk}"] for pk in taken])
        return [Entry(pk, code) for pk, code in zip(taken, codes, strict=True)]
