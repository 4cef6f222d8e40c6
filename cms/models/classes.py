"""Classes (班次): a curriculum held at a time and place, for those who signed up."""

import uuid
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from cms.models.lessons import LessonPage
from cms.models.occasions import Occasion
from cms.models.training import CurriculumPage
from cms.models.training_registers import Teacher

_MOVES = ("day", "begins", "ends", "place", "is_cancelled")


class TrainingClass(ClusterableModel):
    """班次. Who may come is a matter of its ``occasion``, which it tells of itself
    whenever it is stored (``cms.training.classes``).
    """

    curriculum = models.ForeignKey(
        CurriculumPage,
        verbose_name=_("培训方案"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="classes",
    )
    number = models.CharField(_("期次"), max_length=40, help_text=_("如“第二期”。"))
    first_day = models.DateField(_("第一天"))
    last_day = models.DateField(_("最后一天"))
    place = models.CharField(_("地点"), max_length=200, blank=True)
    teachers = ParentalManyToManyField(
        Teacher,
        verbose_name=_("教师"),
        blank=True,
        related_name="classes",
        help_text=_("师资库里的教师；没有在网站上公开的，网页上不出现。"),
    )
    teachers_text = models.CharField(
        _("其他教师"),
        max_length=200,
        blank=True,
        help_text=_("不在师资库里的，写在网页上，用顿号隔开。"),
    )
    note = models.TextField(
        _("说明"), blank=True, help_text=_("写在网页上，如食宿、携带的材料。")
    )
    is_published = models.BooleanField(
        _("已公布"),
        default=False,
        help_text=_("勾选后在培训方案的网页上可以看到，已开放报名的可以报名。"),
    )
    is_demonstration = models.BooleanField(_("演示材料"), default=False)
    least_attendance = models.PositiveSmallIntegerField(
        _("结业要求的出勤率（%）"),
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=_("到课和迟到都算出勤；没有取消的每一节课算一次。"),
    )
    needs_quizzes = models.BooleanField(
        _("结业须通过全部测验"), default=True, help_text=_("没有测验的方案不受影响。")
    )
    hours = models.DecimalField(
        _("学时"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("写在证书上；留空则为各课时学时之和。"),
    )
    occasion = models.OneToOneField(
        Occasion,
        verbose_name=_("报名"),
        on_delete=models.PROTECT,
        related_name="training_class",
        editable=False,
    )

    class Meta:
        ordering = ["-first_day", "-pk"]
        verbose_name = _("班次")
        verbose_name_plural = _("班次")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="class_days_in_order",
                violation_error_message=_("最后一天不能早于第一天。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum_title} {self.number}".strip()

    @property
    def curriculum_title(self) -> str:
        return self.curriculum.title if self.curriculum else ""


class ClassSession(models.Model):
    """一节课: a row of the timetable. Its ``uid`` is that of calendars, for good."""

    training_class = ParentalKey(
        TrainingClass,
        verbose_name=_("班次"),
        on_delete=models.CASCADE,
        related_name="sessions",
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.DateField(_("日期"))
    begins = models.TimeField(_("开始"))
    ends = models.TimeField(_("结束"))
    title = models.CharField(pgettext_lazy("of a session", "内容"), max_length=200)
    place = models.CharField(
        _("地点"), max_length=200, blank=True, help_text=_("留空则同班次的地点。")
    )
    teacher = models.CharField(_("教师"), max_length=100, blank=True)
    lesson = models.ForeignKey(
        LessonPage,
        verbose_name=_("所上的课时"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_cancelled = models.BooleanField(
        pgettext_lazy("of a session", "取消"),
        default=False,
        help_text=_("已公布的课不删除，勾选取消，学员的日历才会更新。"),
    )
    sequence = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="iCalendar SEQUENCE (RFC 5545, 3.8.7.4): how often it was moved.",
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["day", "begins", "pk"]
        verbose_name = _("课")
        verbose_name_plural = _("课表")

    def __str__(self) -> str:
        return f"{self.day} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Moved or cancelled, its ``sequence`` rises: calendars change it by that."""
        before = type(self).objects.filter(pk=self.pk).values(*_MOVES).first()
        if before is not None and any(
            before[one] != getattr(self, one) for one in _MOVES
        ):
            self.sequence += 1
            self.changed_at = timezone.now()
        super().save(*args, **kwargs)


class Attendance(models.Model):
    """Whether a learner was there; personal data, which goes with the registration."""

    class State(models.TextChoices):
        PRESENT = "present", _("到课")
        LATE = "late", _("迟到")
        LEAVE = "leave", _("请假")
        ABSENT = "absent", _("缺课")

    ATTENDED: ClassVar = (State.PRESENT, State.LATE)

    session = models.ForeignKey(
        ClassSession, on_delete=models.CASCADE, related_name="attendance"
    )
    registration = models.ForeignKey(
        "cms.Registration", on_delete=models.CASCADE, related_name="attendance"
    )
    state = models.CharField(_("出勤"), max_length=10, choices=State.choices)
    marked_by = models.ForeignKey(
        "cms.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("出勤")
        verbose_name_plural = _("出勤")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "registration"], name="attendance_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.registration_id} {self.state}"


class QuizPass(models.Model):
    """A quiz of a lesson that a learner passed; goes with the registration."""

    registration = models.ForeignKey(
        "cms.Registration", on_delete=models.CASCADE, related_name="quizzes_passed"
    )
    lesson = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="+")
    quiz = models.CharField(
        max_length=64, help_text="The id of the quiz within its lesson."
    )
    score = models.PositiveSmallIntegerField(_("得分"), help_text="In percent.")
    passed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("通过的测验")
        verbose_name_plural = _("通过的测验")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "lesson", "quiz"], name="quiz_pass_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.quiz}"
