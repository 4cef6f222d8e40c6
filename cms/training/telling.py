"""What classes tell of themselves: to their occasions, and so to who signs up."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.models.classes import ClassSession, TrainingClass
from cms.models.occasions import CONSENT, Occasion
from cms.models.training import CurriculumPage
from cms.registration import occasions
from cms.registration.occasions import Told

CLASS_CONSENT = CONSENT + (
    "出勤和测验的记录随报名一并删除。取得结业证书的，证书上的姓名、单位、培训名称、"
    "学时和日期在报名删除之后仍然保留，供知道证书核验码的人核验。"
)


def make(
    curriculum: CurriculumPage, sessions: list[ClassSession], **fields: Any
) -> TrainingClass:
    """A class with its timetable, not in any form: for demonstrations and imports."""
    made = TrainingClass(curriculum=curriculum, **fields)
    with transaction.atomic():
        made.sessions = sessions
        have_occasion(made)
        made.save()
        tell(made)
    return made


def have_occasion(one: TrainingClass) -> None:
    """Before a class is stored for the first time."""
    if one.occasion_id is None:
        occasion = occasions.make(Occasion.Kind.CLASS, _told(one, url=""))
        occasion.consent = CLASS_CONSENT
        occasion.save(update_fields=["consent"])
        one.occasion = occasion


def tell(one: TrainingClass) -> None:
    """After it is stored, with its timetable."""
    with translation.override(settings.LANGUAGE_CODE):
        url = reverse("training-class", args=[one.pk])
    one.occasion = occasions.tell(one.occasion_id, _told(one, url))


def is_public(one: TrainingClass) -> bool:
    """Whether everyone may read of it: published, of a curriculum that is."""
    curriculum = one.curriculum
    return (
        one.is_published
        and curriculum is not None
        and curriculum.live
        and not curriculum.get_view_restrictions().exists()
    )


def delete(one: TrainingClass) -> None:
    """With its occasion; ``ValueError`` where somebody has signed up."""
    with transaction.atomic():
        occasion = Occasion.objects.select_for_update().get(pk=one.occasion_id)
        if occasion.registrations.exists():
            raise ValueError(_("已经有人报名，不能删除；请在报名中取消这一班次。"))
        one.delete()
        occasion.delete()


def _told(one: TrainingClass, url: str) -> Told:
    held = [row for row in one.sessions.all() if not row.is_cancelled]
    begins = [at(row.day, row.begins) for row in held]
    ends = [at(row.day, row.ends) for row in held]
    return Told(
        title=str(one)[:255],
        starts_at=min(begins, default=at(one.first_day, time(0, 0))),
        ends_at=max(ends, default=at(one.last_day, time(23, 59))),
        place=one.place,
        url=url,
        is_public=is_public(one),
    )


def at(day: Any, clock: time) -> datetime:
    """A time of the hall's own clock."""
    return timezone.make_aware(datetime.combine(day, clock))


def connect() -> None:
    """Called once, from ``AppConfig.ready``: curricula come and go."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_page_changed, dispatch_uid="cms.training.telling")
    for signal in (post_save, post_delete):
        signal.connect(
            _restricted, sender=PageViewRestriction, dispatch_uid="cms.training.telling"
        )
    pre_delete.connect(
        _curriculum_goes, sender=CurriculumPage, dispatch_uid="cms.training.telling"
    )


def _page_changed(sender: Any, instance: Page, **_sent: Any) -> None:
    _tell_below(instance)


def _restricted(instance: PageViewRestriction, **_sent: Any) -> None:
    _tell_below(instance.page)


def _tell_below(page: Page) -> None:
    below = TrainingClass.objects.filter(
        curriculum__path__startswith=page.path
    ).select_related("curriculum")
    for one in below:
        tell(one)


def _curriculum_goes(instance: CurriculumPage, **_sent: Any) -> None:
    for one in TrainingClass.objects.filter(curriculum=instance):
        one.curriculum = None
        one.save(update_fields=["curriculum"])
        tell(one)
