"""三审: the reviews that a page passes, and the sheet that is kept of them."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from cms.editing import rules
from cms.editing.locks import ReviewLock


class PageReview(AbstractGroupApprovalTask):
    """One of the three reviews; its groups say who may give it.

    ``rules`` holds who of them: nobody reviews what they wrote, and as many
    different people as ``PAGE_REVIEW_PEOPLE`` says pass a text. While it is reviewed
    nobody changes it; to change it is to withdraw it or to have it sent back.
    """

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("三审中的一审")
        verbose_name_plural = _("三审")

    @classmethod
    def get_task_state_class(cls) -> type[TaskState]:
        return ReviewState

    @classmethod
    def get_description(cls) -> Promise:
        return _("所选组的成员可以办理这一审；作者本人和已经审过的人除外。")

    def start(
        self, workflow_state: WorkflowState, user: AbstractBaseUser | None = None
    ) -> TaskState:
        """What was changed after it was sent back begins again with the first."""
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return False

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return rules.in_groups(self, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Promise, bool]]:
        if rules.refusal(obj, self, user):
            return []
        return [("reject", _("退回修改"), True), ("approve", _("通过"), True)]

    def get_form_for_action(self, action: str) -> type:
        from cms.admin.review_forms import FORMS

        return FORMS[action]

    def get_template_for_action(self, action: str) -> str:
        return "cms/admin/review_modal.html"

    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, **given: Any
    ) -> None:
        rules.decide(task_state, user, action_name, **given)

    def get_task_states_user_can_moderate(
        self, user: Any, **kwargs: Any
    ) -> QuerySet[TaskState]:
        return rules.waiting_for(self, user)


class ReviewState(TaskState):
    """What one person answered to one review of one revision."""

    secrecy_checked = models.BooleanField(_("保密审查"), default=False)
    flags = models.JSONField(default=list, blank=True, editable=False)
    """Variants of fixed wordings that stood in the text when it was passed."""

    exclude_fields_in_copy = ["taskstate_ptr"]

    class Meta:
        verbose_name = _("审核结果")
        verbose_name_plural = _("审核结果")


class SignOff(models.Model):
    """发布审签单: written once, when the last review passes, and never again."""

    number = models.CharField(_("审签编号"), max_length=30, unique=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("页面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sign_offs",
    )
    revision = models.PositiveBigIntegerField(_("版本"), unique=True)
    title = models.CharField(_("标题"), max_length=255)
    kind = models.CharField(_("类型"), max_length=100)
    column = models.CharField(_("栏目"), max_length=255, blank=True)
    address = models.CharField(_("地址"), max_length=1000, blank=True)
    authors = models.JSONField(_("作者"), default=list)
    submitted_by = models.CharField(_("提交人"), max_length=200, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"))
    passed_at = models.DateTimeField(_("通过时间"), auto_now_add=True)
    go_live_at = models.DateTimeField(_("定时发布"), null=True, blank=True)
    reviews = models.JSONField(_("三审"), default=list)
    flags = models.JSONField(_("表述提示"), default=list)
    clearance = models.JSONField(_("个人信息核查"), default=dict, blank=True)
    """Who cleared the text of personal data, as ``clearance.told`` says; {} where
    its kind of page is not checked."""
    digest = models.CharField(_("文本校验值"), max_length=64)

    class Meta:
        verbose_name = _("发布审签单")
        verbose_name_plural = _("发布审签单")
        ordering = ["-passed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a sign-off sheet is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("a sign-off sheet is never deleted")
