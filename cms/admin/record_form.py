"""The form of a record: what the archivist types, checked field by field.

Saving is the business of ``archive.records``; the form itself writes nothing.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import log

from archive import access, codes, dates, links, records, workflow
from archive.errors import (
    ArchiveError,
    CodeOffTemplate,
    CycleRefused,
    InvalidReferenceCode,
    ReferenceCodeTaken,
    TreeTooDeep,
)
from archive.inheritance import told_above
from archive.models import Record
from archive.vocabulary import Role
from cms.admin.authority_fields import RelationsField, offering_names
from cms.admin.dates import which_date
from cms.admin.others_work import OthersWorkMixin
from cms.admin.particulars import ParticularsMixin
from cms.admin.subject_fields import offer_subjects

_FIELD_OF: dict[type[ArchiveError], str] = {
    InvalidReferenceCode: "reference_code",
    ReferenceCodeTaken: "reference_code",
    CycleRefused: "parent",
    TreeTooDeep: "parent",
    CodeOffTemplate: "reference_code",
}


class RecordForm(OthersWorkMixin, ParticularsMixin, WagtailAdminModelForm):
    """Fields come from the panels; errors of the archive land at their field."""

    date_edtf = forms.CharField(
        label=gettext_lazy("日期（EDTF）"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("由原文推算；推算不出时填写，如 1963-11、1963~、196X。"),
    )

    authorities = RelationsField()

    class Media:
        js = (
            # Modules: what one declares does not stand in the way of another.
            Script("cms/admin/dates.js", type="module"),
            Script("cms/admin/codes.js", type="module"),
            Script("cms/admin/particulars.js", type="module"),
            Script("cms/admin/suggest.js", type="module"),
            Script("cms/admin/subjects.js", type="module"),
            Script("cms/admin/focus.js", type="module"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_marks()
        shown = (
            self.initial.get(name, getattr(self.instance, name))
            for name in ("material", "particulars")
        )
        self.add_particulars(*shown)
        self._hint_at_what_is_inherited()
        attributes = self.fields["date_original"].widget.attrs
        attributes["data-dates-url"] = reverse("archive_dates")
        attributes = self.fields["reference_code"].widget.attrs
        attributes["data-codes-url"] = reverse("archive_codes")
        attributes["data-record"] = str(self.instance.pk or "")
        attributes["data-take"] = _("采用")
        offer_subjects(self.fields["subjects"].widget)
        if self.instance.pk is not None:
            kept = links.read("authorities", self.instance.pk)
            self.initial.setdefault("authorities", kept)
        offering_names(self.fields["creators"].widget, Role.CREATOR)
        offering_names(self.fields["person_names"].widget, Role.MENTIONED)

    def _hint_at_what_is_inherited(self) -> None:
        """In an empty field what counts while it is empty, as a placeholder."""
        parent = self.instance.parent
        if parent is None and str(self.initial.get("parent") or "").isdecimal():
            parent = Record.objects.filter(pk=self.initial["parent"]).first()
        for one in told_above(self.instance, parent):
            hint = _("沿用 %(code)s：%(value)s")
            values = {"code": one.reference_code, "value": one.value[:80]}
            self.fields[one.name].widget.attrs["placeholder"] = hint % values

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.gather_particulars()
        self.heed_others()
        reading = dates.read(cleaned.get("date_original", ""))
        chosen = "date_edtf" in self.changed_data and cleaned.get("date_edtf")
        touched = {"date_original", "date_edtf"}.intersection(self.changed_data)
        asked = touched and reading.ambiguous
        if asked and not chosen:
            self.add_error("date_edtf", which_date(reading))
        return cleaned

    def clean_reference_code(self) -> str:
        try:
            return codes.normalise(self.cleaned_data["reference_code"])
        except InvalidReferenceCode as error:
            raise ValidationError(str(error)) from error

    def clean_date_edtf(self) -> str:
        typed: str = self.cleaned_data["date_edtf"].strip()
        if typed and not dates.read(typed).edtf:
            raise ValidationError(_("“%(date)s”不是日期。") % {"date": typed})
        return typed

    def add_archive_error(self, error: ArchiveError) -> None:
        """What a service refused, said at the field that it is about."""
        field = _FIELD_OF.get(type(error))
        self.add_error(field if field in self.fields else None, str(error))


def create(form: RecordForm, user: Any) -> Record:
    """The record that a valid form describes. Raises ``ArchiveError``."""
    fields = {
        name: value for name, value in form.cleaned_data.items() if value or value == 0
    }
    parent = fields.pop("parent", None)
    with transaction.atomic():
        record = records.create(parent, by=user, **fields)
        log(record, "wagtail.create", user=user, content_changed=True)
    return record


def save(form: RecordForm, user: Any) -> Record:
    """Carry out what the form changed, all of it or nothing.

    Raises ``ArchiveError``.
    """
    record = Record.objects.get(pk=form.instance.pk)
    if not form.changed_data:
        return record
    changes = {name: form.cleaned_data[name] for name in form.changed_data}
    if changes.get("date_edtf") == "":
        # Emptied by hand: what the original says counts again.
        del changes["date_edtf"]
        changes["date_original"] = form.cleaned_data["date_original"]
    if "date_original" in changes and _has_own_date(form):
        changes.setdefault("date_edtf", form.cleaned_data["date_edtf"])
    with transaction.atomic():
        if "parent" in changes or "reference_code" in changes:
            # Before the record itself, as whoever changes a tree does.
            places = [record, changes.get("parent")]
            access.lock_trees(one for one in places if one is not None)
        if "reference_code" in changes:
            records.set_reference_code(record, changes.pop("reference_code"), user)
        if "parent" in changes:
            records.move(record, changes.pop("parent"), user)
        if changes:
            workflow.edit(record, changes, user)
        data = {"fields": form.changed_data}
        log(record, "wagtail.edit", user=user, content_changed=True, data=data)
    return record


def _has_own_date(form: RecordForm) -> bool:
    """Whether a person's EDTF stood for a text that could not be read, and still does.

    It stays when the text is mended: 一九六三年春节 says no more than 1963年春节.
    """
    before, now = form.initial.get("date_original"), form.cleaned_data["date_original"]
    return bool(dates.read(before or "").problem and dates.read(now).problem)
