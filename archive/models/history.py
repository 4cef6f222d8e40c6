"""What was changed in the catalogue, by whom, and what came together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class Batch(models.Model):
    """Changes made in one go: an import, an edit of many records.

    Undoing one walks its changes backwards. ``details`` says what its kind keeps of
    it (the file's name, the mapping of columns, the report).
    """

    class Kind(models.TextChoices):
        IMPORT = "import", _("导入")
        EDIT = "edit", _("批量修改")
        MOVE = "move", _("批量移动")
        RENUMBER = "renumber", _("重编档号")
        ACCESSION = "accession", _("入藏")

    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)
    label = models.CharField(_("名称"), max_length=200)
    details = models.JSONField(default=dict, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤销人"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("批次")
        verbose_name_plural = _("批次")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.label


class Change(models.Model):
    """One change of one record: the fields that differ, before and after.

    Only added, never changed; it outlives the record, so ``record`` is no
    constraint of the database. A creation keeps the code alone: what else the
    record began with is what the next change found before it.
    """

    class Action(models.TextChoices):
        CREATE = "create", _("新建")
        EDIT = "edit", _("著录")
        PROPOSE = "propose", _("改动待发布")
        RECODE = "recode", _("改档号")
        MOVE = "move", _("移动")
        DELETE = "delete", _("删除")
        SUBMIT = "submit", _("提交审核")
        RETURN = "return", _("退回")
        PUBLISH = "publish", _("发布")

    record = models.ForeignKey(
        Record,
        verbose_name=_("档案"),
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="changes",
    )
    action = models.CharField(_("操作"), max_length=10, choices=Action.choices)
    before = models.JSONField(_("原值"))
    after = models.JSONField(_("新值"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    batch = models.ForeignKey(
        Batch,
        verbose_name=_("批次"),
        null=True,
        on_delete=models.PROTECT,
        related_name="changes",
    )

    class Meta:
        verbose_name = _("修改")
        verbose_name_plural = _("修改")
        ordering = ["-id"]
        # What one person did last, however much that is.
        indexes = [models.Index(fields=["by", "id"], name="change_by_person")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.get_action_display()}"
