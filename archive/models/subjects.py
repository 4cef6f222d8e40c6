"""The thesaurus (主题词表): concepts, the names they go by, and who bears them.

Changed by ``archive.subjects`` alone; what a record bears, by ``archive.records``.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .record import Record


class Subject(models.Model):
    """One concept (SKOS ``Concept``; GB/T 13190: 优先词 with its relations).

    ``number`` (``skos:notation``) never changes and is never given again. ``path`` is
    made of the ids from the top down, eight digits each: a branch is a prefix, and in
    the order of paths the tree reads from top to bottom.
    """

    class Status(models.TextChoices):
        CANDIDATE = "candidate", _("候选")
        APPROVED = "approved", _("正式")
        DEPRECATED = "deprecated", _("停用")

    number = models.CharField(_("编号"), max_length=40, unique=True)
    label = models.CharField(_("正式词"), max_length=100)
    label_en = models.CharField(_("英文"), max_length=200, blank=True)
    broader = models.ForeignKey(
        "self",
        verbose_name=_("上位词"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )
    related = models.ManyToManyField("self", verbose_name=_("相关词"), blank=True)
    scope_note = models.TextField(_("范围注释"), blank=True)
    source = models.CharField(_("来源"), max_length=500, blank=True)
    status = models.CharField(
        _("状态"), max_length=10, choices=Status.choices, default=Status.APPROVED
    )
    path = models.CharField(max_length=255, db_index=True, editable=False, default="")

    class Meta:
        verbose_name = _("主题词")
        verbose_name_plural = _("主题词")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.label

    @property
    def depth(self) -> int:
        """0 at the top."""
        return len(self.path) // PATH_STEP - 1

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the top down to the broader concept."""
        steps = range(0, len(self.path) - PATH_STEP, PATH_STEP)
        return [int(self.path[start : start + PATH_STEP]) for start in steps]


PATH_STEP = 8
MAX_DEPTH = 255 // PATH_STEP


class Term(models.Model):
    """A name under which something is found: of a concept, or a free keyword.

    ``folded`` is its key (``archive.suggestions.key_of``): however it is written, a
    name is here once, so it can lead to one concept at most.
    """

    folded = models.CharField(max_length=500, unique=True)
    text = models.CharField(_("词"), max_length=500)
    initials = models.CharField(max_length=100, db_index=True)
    subject = models.ForeignKey(
        Subject, null=True, on_delete=models.SET_NULL, related_name="terms"
    )

    class Meta:
        verbose_name = _("词")
        verbose_name_plural = _("词")

    def __str__(self) -> str:
        return self.text


class RecordTerm(models.Model):
    """A name that the text of the record's element ``subjects`` holds."""

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="subject_terms"
    )
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="bearers")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term", "record"], name="one_term_once_a_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.term_id}"


class FormerSubjectNumber(models.Model):
    """The number of a concept that was merged into ``subject``, or deleted (None)."""

    number = models.CharField(_("编号"), max_length=40, unique=True)
    subject = models.ForeignKey(
        Subject, null=True, on_delete=models.SET_NULL, related_name="former_numbers"
    )

    class Meta:
        verbose_name = _("曾用编号")
        verbose_name_plural = _("曾用编号")

    def __str__(self) -> str:
        return self.number
