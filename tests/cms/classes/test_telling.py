"""What a class tells its occasion, and what it is no longer told of."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import ClassSession, Occasion, TrainingClass
from cms.training import telling
from tests.cms.classes.building import curriculum, enrol, session, training_class

pytestmark = pytest.mark.django_db


def told(one: TrainingClass) -> Occasion:
    return Occasion.objects.get(pk=one.occasion_id)


def test_it_begins_and_ends_with_its_sessions_that_are_held() -> None:
    one = training_class()
    first = one.sessions.first()
    first.is_cancelled = True
    first.save()
    telling.tell(one)

    occasion = told(one)
    assert occasion.title == "调解记录 第二期"
    assert occasion.url == f"/training/class/{one.pk}/"
    assert occasion.is_public
    begins = timezone.localtime(occasion.starts_at)
    assert (begins.date(), begins.hour) == (one.first_day, 14)
    assert timezone.localtime(occasion.ends_at).date() == one.last_day


def test_without_a_timetable_it_lasts_from_its_first_day_to_its_last() -> None:
    occasion = told(training_class(sessions=[]))

    assert timezone.localtime(occasion.starts_at).hour == 0
    assert occasion.ends_at - occasion.starts_at == timedelta(hours=47, minutes=59)


def test_its_consent_says_that_certificates_are_kept() -> None:
    assert "证书" in told(training_class()).consent


def test_it_is_public_while_its_curriculum_is() -> None:
    one = training_class()
    page = one.curriculum
    assert page is not None

    page.unpublish()
    assert not told(one).is_public
    page.save_revision().publish()
    assert told(one).is_public
    barred = PageViewRestriction.objects.create(page=page.get_parent())
    assert not told(one).is_public
    barred.delete()
    assert told(one).is_public

    page.refresh_from_db()
    page.delete()
    one.refresh_from_db()
    assert one.curriculum is None
    assert not told(one).is_public


def test_a_class_that_is_not_published_is_not_public() -> None:
    assert not told(training_class(is_published=False)).is_public


def test_a_session_that_moves_rises_in_its_sequence_and_no_other() -> None:
    one = training_class()
    row, other, _last = one.sessions.all()
    row.title = "登记簿"
    row.save()
    assert ClassSession.objects.get(pk=row.pk).sequence == 0

    row.begins, row.place = other.begins, "教室二"
    row.save()

    assert ClassSession.objects.get(pk=row.pk).sequence == 1
    assert ClassSession.objects.get(pk=other.pk).sequence == 0


def test_with_learners_it_is_not_deleted() -> None:
    one = training_class()
    enrol(one, "学员甲")

    with pytest.raises(ValueError, match="已经有人报名"):
        telling.delete(one)
    assert TrainingClass.objects.get() == one

    one.occasion.registrations.all().delete()
    telling.delete(one)
    assert not TrainingClass.objects.exists()
    assert not Occasion.objects.exists()


def test_the_database_knows_which_day_is_first() -> None:
    one = training_class()
    one.last_day = one.first_day - timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_two_classes_of_a_curriculum_have_occasions_of_their_own() -> None:
    page = curriculum()
    day = timezone.localdate() + timedelta(days=30)
    one = training_class(page)
    other = training_class(page, 30, sessions=[session(day, "09:00", "10:00", "讲")])
    assert one.occasion_id != other.occasion_id
