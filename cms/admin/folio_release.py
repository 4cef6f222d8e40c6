"""Letting several pages out of quarantine at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log

from archive import quarantine
from archive.models import Folio
from cms.admin.bulk import ServiceBulkAction, done


class ReleaseForm(forms.Form):
    seen = forms.BooleanField(
        label=gettext_lazy("这些页的原件我都已核对：不涉及国家秘密，可随其档案开放")
    )


class ReleaseFolios(ServiceBulkAction):
    display_name = gettext_lazy("解除隔离")
    aria_label = gettext_lazy("解除所选页的隔离")
    action_type = "release"
    permission = "change"
    models = [Folio]
    form_class = ReleaseForm
    question = gettext_lazy("解除隔离之后，这些页按其档案的开放情况提供利用：")

    @classmethod
    def get_queryset(cls, model: type[Folio], object_ids: list[int]) -> list[Folio]:
        """With their records, in their order: all are named before they go."""
        pages = Folio.objects.filter(pk__in=object_ids).select_related("record")
        return list(pages.order_by("record__reference_code", "sequence"))

    @classmethod
    def execute_action(
        cls, objects: list[Folio], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        held = [folio for folio in objects if folio.quarantined]
        quarantine.release(held, user)
        for folio in held:
            data = {"page": folio.sequence}
            log(folio.record, "archive.release", user=user, data=data)
        return done(held)

    def object_context(self, obj: Folio) -> dict[str, Any]:
        return {"item": obj.record.reference_code, "title": str(obj)}

    def get_success_message(self, count: int, below: int) -> str:
        return ngettext(
            "已解除 %(count)d 页的隔离。", "已解除 %(count)d 页的隔离。", count
        ) % {"count": count}
