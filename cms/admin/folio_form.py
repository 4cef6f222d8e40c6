"""Correcting the text of a page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from archive import corrections, quarantine
from archive.models import Folio


class FolioForm(forms.ModelForm):  # type: ignore[type-arg]
    """Saving says that a person has read the page; nothing is saved by the form."""

    text = forms.CharField(
        label=gettext_lazy("文字"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"spellcheck": "false", "class": "folio-text"}),
    )
    # The version that the person had before them.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    release = forms.BooleanField(
        label=gettext_lazy("已核对原件：不涉及国家秘密，可随本档案开放，解除隔离"),
        required=False,
    )

    class Meta:
        model = Folio
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        transcript = self.instance.transcript
        self.initial["text"] = transcript.text if transcript else ""
        self.initial["version"] = transcript.pk if transcript else None
        if not self.instance.quarantined:
            del self.fields["release"]

    def clean_text(self) -> str:
        typed: str = self.cleaned_data["text"]
        return typed.replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        in_force = (
            Folio.objects.filter(pk=self.instance.pk)
            .values_list("transcript", flat=True)
            .first()
        )
        if cleaned.get("version") != in_force:
            raise ValidationError(
                _("此页的文字在您打开之后已经更新。请复制您的改动，重新打开本页再改。")
            )
        return cleaned


def save(form: FolioForm, user: Any) -> Folio:
    """Put the text in force as read by ``user``; release the page if told to."""
    folio: Folio = form.instance
    before = folio.transcript
    text = form.cleaned_data["text"]
    data = {"page": folio.sequence}
    if before is None or not before.is_correction or before.text != text:
        corrections.correct(folio, text, user)
        log(folio.record, "archive.correct", user=user, data=data)
    if form.cleaned_data.get("release"):
        quarantine.release([folio], user)
        log(folio.record, "archive.release", user=user, data=data)
    return Folio.objects.select_related("record", "transcript").get(pk=folio.pk)
