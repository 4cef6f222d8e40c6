"""Submitting, returning and publishing descriptions, one or several at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from archive import workflow
from archive.models import Record
from cms.admin.bulk import ServiceBulkAction, done

LOOKED_AT = "looked_at"


class _Step(ServiceBulkAction):
    models = [Record]

    def object_context(self, obj: Record) -> dict[str, Any]:
        return {"item": obj.reference_code, "title": obj.title}


class SubmitRecords(_Step):
    display_name = gettext_lazy("提交审核")
    aria_label = gettext_lazy("提交所选档案的著录")
    action_type = "submit"
    action_priority = 1
    permission = "change"
    question = gettext_lazy("提交给另一人审核的著录：")

    @classmethod
    def execute_action(
        cls, objects: list[Record], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        workflow.submit(objects, user)
        return done(objects)

    def get_success_message(self, count: int, below: int) -> str:
        return ngettext(
            "已提交 %(count)d 条著录。", "已提交 %(count)d 条著录。", count
        ) % {"count": count}


class PublishForm(forms.Form):
    """Carries the mark of what was submitted when the page was made."""

    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)


class PublishRecords(_Step):
    display_name = gettext_lazy("发布著录")
    aria_label = gettext_lazy("发布所选档案的著录")
    action_type = "publish"
    action_priority = 2
    permission = "publish"
    form_class = PublishForm
    question = gettext_lazy("核对无误，发布下列著录：")

    def get_initial(self) -> dict[str, Any]:
        """The page of one record, where it was read, says what it showed."""
        shown = self.request.GET.get(LOOKED_AT, "")
        chosen, _others = self.get_actionable_objects()
        return {**super().get_initial(), LOOKED_AT: shown or workflow.mark(chosen)}

    @classmethod
    def execute_action(
        cls, objects: list[Record], user: Any = None, form: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        workflow.publish(objects, user, form.cleaned_data[LOOKED_AT])
        return done(objects)

    def get_success_message(self, count: int, below: int) -> str:
        return ngettext(
            "已发布 %(count)d 条著录。", "已发布 %(count)d 条著录。", count
        ) % {"count": count}


class CommentForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("退回意见"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写明要改什么，著录者会看到。"),
    )


class ReturnRecords(_Step):
    display_name = gettext_lazy("退回著录")
    aria_label = gettext_lazy("退回所选档案的著录")
    action_type = "send_back"
    action_priority = 3
    permission = "publish"
    classes = {"serious"}
    form_class = CommentForm
    question = gettext_lazy("退回给著录者修改：")

    @classmethod
    def execute_action(
        cls, objects: list[Record], user: Any = None, form: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        workflow.send_back(objects, user, form.cleaned_data["comment"])
        return done(objects)

    def get_success_message(self, count: int, below: int) -> str:
        return ngettext(
            "已退回 %(count)d 条著录。", "已退回 %(count)d 条著录。", count
        ) % {"count": count}
