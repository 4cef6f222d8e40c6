"""Records: fonds, series, files and items in one tree."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from archive.models.prefixes import PrefixField
from archive.vocabulary import (
    Calendar,
    Certainty,
    Clearance,
    DescriptionStatus,
    Disclosure,
    Level,
    Material,
    OpenStatus,
    Secrecy,
)

# Changed by archive.records, archive.workflow and archive.decisions alone.
KEPT_BY_SERVICES = frozenset(
    {
        "parent",
        "path",
        "version",
        "reference_code",
        "code_components",
        "description_status",
        "open_status",
        "secrecy",
        "disclosure_status",
        "publication_right",
        "personal_information",
        "copyright_status",
        "catalogue_approved",
        "public_access",
        "reading_room_access",
        "created_at",
    }
)


class TaggedRecord(ItemBase):
    """A free tag on a record, by a plain foreign key (one join, not two)."""

    tag = models.ForeignKey(
        "taggit.Tag", on_delete=models.CASCADE, related_name="tagged_records"
    )
    content_object = models.ForeignKey(
        "archive.Record", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="one_tag_once_a_record"
            )
        ]


class Record(models.Model):
    """One unit of description at any level, after DA/T 18-2022.

    ``path`` is the materialised path: the ids from the root down, each followed
    by ``/`` (``"3/17/"``), so a subtree is a prefix. ``version`` counts every
    change that its index documents must follow.
    """

    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = PrefixField(max_length=255, editable=False, db_index=True, default="")
    position = models.PositiveIntegerField(_("顺序"), default=0)
    version = models.PositiveBigIntegerField(default=1, editable=False)

    # Identity
    level = models.CharField(_("著录层级"), max_length=10, choices=Level.choices)
    reference_code = PrefixField(_("档号"), max_length=120, unique=True)
    # The parts of the code, as archive.codes takes it apart; empty where it cannot.
    code_components = models.JSONField(default=dict, blank=True, editable=False)
    repository_code = models.CharField(_("档案馆代码"), max_length=40, blank=True)
    title = models.CharField(_("题名"), max_length=500)
    parallel_title = models.CharField(_("并列题名"), max_length=500, blank=True)
    subtitle = models.CharField(_("副题名"), max_length=500, blank=True)
    document_number = models.CharField(_("文件编号"), max_length=120, blank=True)
    date_original = models.CharField(_("日期（原文）"), max_length=200, blank=True)
    date_display = models.CharField(_("日期"), max_length=200, blank=True)
    date_edtf = models.CharField(_("日期（EDTF）"), max_length=200, blank=True)
    calendar = models.CharField(
        _("纪年"), max_length=10, choices=Calendar.choices, blank=True
    )
    date_certainty = models.CharField(
        _("日期确定程度"), max_length=12, choices=Certainty.choices, blank=True
    )
    date_basis = models.CharField(_("日期依据"), max_length=200, blank=True)
    date_min = models.DateField(_("起始日期"), null=True, blank=True, editable=False)
    date_max = models.DateField(_("终止日期"), null=True, blank=True, editable=False)

    # Context
    creators = models.CharField(_("责任者"), max_length=500, blank=True)
    admin_bio_history = models.TextField(_("组织机构沿革/人物生平"), blank=True)
    custodial_history = models.TextField(_("档案保管沿革"), blank=True)

    # Content
    scope_content = models.TextField(_("范围和提要"), blank=True)
    person_names = models.CharField(_("人名"), max_length=500, blank=True)
    draft_status = models.CharField(_("稿本"), max_length=40, blank=True)
    genre = models.CharField(_("文种"), max_length=40, blank=True)
    # Of the file that it lies in, where that was scanned as a whole (archive.volumes).
    first_page = models.PositiveIntegerField(_("起始页号"), null=True, blank=True)
    last_page = models.PositiveIntegerField(_("终止页号"), null=True, blank=True)
    attachments = models.CharField(_("附件"), max_length=500, blank=True)
    extent_medium = models.CharField(_("载体形态"), max_length=200, blank=True)
    file_size = models.CharField(_("计算机文件大小"), max_length=60, blank=True)
    file_format = models.CharField(_("计算机文件格式"), max_length=60, blank=True)
    creation_method = models.CharField(_("生成方式"), max_length=40, blank=True)
    material = models.CharField(
        _("材料种类"), max_length=12, choices=Material.choices, blank=True
    )
    # By the names that archive.materials declares for the kind of material.
    particulars = models.JSONField(_("特征项"), default=dict, blank=True)
    arrangement = models.TextField(_("整理情况"), blank=True)
    retention_code = models.CharField(_("保管期限"), max_length=20, blank=True)
    destruction = models.CharField(_("销毁情况"), max_length=500, blank=True)
    language = models.CharField(_("语言或文字"), max_length=100, blank=True)
    subjects = models.CharField(_("主题词或关键词"), max_length=500, blank=True)
    class_numbers = models.CharField(_("分类号"), max_length=120, blank=True)

    # Whereabouts, notes, description
    microform_no = models.CharField(_("缩微号"), max_length=60, blank=True)
    storage_location = models.CharField(_("存储位置"), max_length=200, blank=True)
    originals_location = models.CharField(_("原件存放位置"), max_length=200, blank=True)
    copies_location = models.CharField(_("复制件存放位置"), max_length=200, blank=True)
    related_units = models.TextField(_("相关著录单元"), blank=True)
    note = models.TextField(_("附注"), blank=True)
    described_by = models.CharField(_("著录者"), max_length=100, blank=True)
    described_on = models.CharField(_("著录日期"), max_length=60, blank=True)
    is_demonstration = models.BooleanField(_("演示材料"), default=False)

    description_status = models.CharField(
        _("著录状态"),
        max_length=10,
        choices=DescriptionStatus.choices,
        default=DescriptionStatus.DRAFT,
        editable=False,
    )

    # Openness: changed only by archive.decisions, read only by archive.openness
    open_status = models.CharField(
        _("开放标识"),
        max_length=12,
        choices=OpenStatus.choices,
        default=OpenStatus.UNREVIEWED,
        editable=False,
    )
    secrecy = models.CharField(
        _("密级"),
        max_length=10,
        choices=Secrecy.choices,
        default=Secrecy.INTERNAL,
        editable=False,
    )
    disclosure_status = models.CharField(
        _("公开属性"),
        max_length=15,
        choices=Disclosure.choices,
        default=Disclosure.NOT_APPLICABLE,
        editable=False,
    )
    publication_right = models.CharField(
        _("公布权"),
        max_length=12,
        choices=Clearance.choices,
        default=Clearance.UNKNOWN,
        editable=False,
    )
    personal_information = models.CharField(
        _("个人信息核查"),
        max_length=12,
        choices=Clearance.choices,
        default=Clearance.UNKNOWN,
        editable=False,
    )
    copyright_status = models.CharField(
        _("著作权核查"),
        max_length=12,
        choices=Clearance.choices,
        default=Clearance.UNKNOWN,
        editable=False,
    )
    catalogue_approved = models.BooleanField(
        _("目录可公开"), default=False, editable=False
    )
    # The answer of archive.openness for this record under its ancestors, kept by
    # archive.decisions so that lists and counts can be filtered in the database.
    public_access = models.PositiveSmallIntegerField(default=0, editable=False)
    reading_room_access = models.PositiveSmallIntegerField(default=0, editable=False)

    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    tags = TaggableManager(_("标签"), through=TaggedRecord, blank=True)

    class Meta:
        verbose_name = _("档案")
        verbose_name_plural = _("档案")
        ordering = ["reference_code"]
        indexes = [
            # Counting and paging the children that a reader sees, out of the index.
            models.Index(
                fields=[
                    "parent",
                    "position",
                    "id",
                    "public_access",
                    "reading_room_access",
                ],
                name="record_children",
            ),
            # The items of a volume that hold pages of it: few records do.
            models.Index(
                fields=["parent", "first_page", "id"],
                condition=models.Q(first_page__isnull=False),
                name="record_page_ranges",
            ),
            # What lies below a record, sorted as lists are, out of the index.
            models.Index(fields=["path", "reference_code"], name="record_subtree"),
            models.Index(fields=["date_min", "date_max", "id"], name="record_dates"),
            models.Index(fields=["level", "reference_code"], name="record_level"),
            models.Index(fields=["open_status", "reference_code"], name="record_open"),
            models.Index(fields=["public_access", "updated_at"]),
            models.Index(
                fields=["public_access", "created_at", "id"], name="record_newest"
            ),
            models.Index(fields=["description_status", "reference_code"]),
        ]
        permissions = [("publish_record", "Can publish descriptions")]

    def __str__(self) -> str:
        return f"{self.reference_code} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what describes the record, never what services keep.

        A form or an old revision holds values of the time when it was loaded;
        written back, they could open a record or take its version backwards.
        A service that means to change them names them in ``update_fields``.
        """
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = [
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key and field.name not in KEPT_BY_SERVICES
            ]
        super().save(*args, **kwargs)

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the root down to the parent."""
        return [int(step) for step in self.path.split("/")[:-2]]


class FormerReferenceCode(models.Model):
    """A code that a record once had: kept for good, never given to another.

    ``record`` is None once the record is deleted.
    """

    code = PrefixField(_("曾用档号"), max_length=120, unique=True)
    record = models.ForeignKey(
        Record,
        verbose_name=_("档案"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="former_codes",
    )

    class Meta:
        verbose_name = _("曾用档号")
        verbose_name_plural = _("曾用档号")

    def __str__(self) -> str:
        return self.code
