"""The pages of classes, as strangers get them."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import LessonPage, Teacher, TrainingClass
from cms.registration import occasions
from cms.training import classes, telling
from tests.cms.classes.building import (
    curriculum,
    enrol,
    opened,
    session,
    training_class,
)

pytestmark = pytest.mark.django_db
LIST = "/training/classes/"


def page_of(one: TrainingClass) -> str:
    return f"/training/class/{one.pk}/"


def test_a_class_says_when_where_and_what(client: Client) -> None:
    one = training_class(teachers_text="甲老师", note="自带纸笔。")

    text = client.get(page_of(one)).content.decode()

    for said in (
        "调解记录",
        "第二期",
        "教室一",
        "甲老师",
        "自带纸笔。",
        "登记",
        "现场",
    ):
        assert said in text
    assert text.count("<tr") == 4
    assert one.first_day.isoformat() in text


def test_a_lesson_is_linked_while_everyone_may_read_it(client: Client) -> None:
    page = curriculum()
    lesson = LessonPage.objects.get(slug="six")
    day = timezone.localdate() + timedelta(days=10)
    one = training_class(
        page, sessions=[session(day, "09:00", "10:00", "登记", lesson=lesson)]
    )
    assert lesson.get_url() in client.get(page_of(one)).content.decode()

    lesson.unpublish()

    text = client.get(page_of(one)).content.decode()
    assert lesson.get_url() not in text
    assert "六个问题" not in text
    assert "登记" in text


def test_what_is_not_for_everyone_is_not_found(client: Client) -> None:
    page = curriculum()
    draft = training_class(page, is_published=False, number="第九期")
    listed = client.get(LIST).content.decode()
    assert "第九期" not in listed
    unknown = client.get("/training/class/999999/")
    hidden = client.get(page_of(draft))
    assert (unknown.status_code, hidden.status_code) == (404, 404)
    assert client.get(f"{page_of(draft)}class.ics").status_code == 404

    shown = training_class(page, number="第八期")
    assert client.get(page_of(shown)).status_code == 200
    barred = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(page_of(shown)).status_code == 404
    assert "第八期" not in client.get(LIST).content.decode()
    assert classes.upcoming(page) == []
    barred.delete()
    page.unpublish()
    assert client.get(page_of(shown)).status_code == 404


def test_classes_to_come_stand_in_order_and_past_ones_apart(client: Client) -> None:
    page = curriculum()
    training_class(page, 40, number="第三期")
    training_class(page, 10, number="第二期")
    training_class(page, -40, number="第一期")

    assert [one.number for one in classes.upcoming(page)] == ["第二期", "第三期"]
    text = client.get(LIST).content.decode()
    order = [text.index(number) for number in ("第二期", "第三期", "已结束", "第一期")]
    assert order == sorted(order)


def test_past_classes_go_by_pages(client: Client) -> None:
    page = curriculum()
    for n in range(1, 23):
        training_class(page, -10 * n, number=f"旧{n}期", sessions=[])

    first = client.get(LIST).content.decode()
    second = client.get(f"{LIST}?page=2").content.decode()

    assert "旧20期" in first
    assert "旧21期" not in first
    assert "旧22期" in second
    assert client.get(f"{LIST}?page=99").status_code == 200


def test_a_cancelled_class_says_so(client: Client) -> None:
    one = training_class()
    occasions.call_off(one.occasion_id, "教室检修")

    text = client.get(page_of(one)).content.decode()

    assert "本期已取消" in text
    assert "教室检修" in text


def test_no_learner_is_named_anywhere(client: Client) -> None:
    one = training_class()
    opened(one)
    enrol(one, "隐名甲", "隐名乙")
    for path in (page_of(one), LIST, f"{page_of(one)}class.ics"):
        assert "隐名" not in client.get(path).content.decode()


def test_programs_read_the_class(client: Client) -> None:
    import extruct

    one = training_class(teachers_text="甲老师、乙老师", note="</script>")
    opened(one, capacity=40)
    enrol(one, "学员甲")

    got = client.get(page_of(one)).content.decode()
    (data,) = extruct.extract(got, syntaxes=["json-ld"])["json-ld"]

    assert data["@type"] == "CourseInstance"
    assert data["name"] == "调解记录 第二期"
    assert data["courseMode"] == "Onsite"
    assert data["description"] == "</script>"
    assert data["startDate"].startswith(one.first_day.isoformat())
    assert data["eventStatus"].endswith("EventScheduled")
    assert data["maximumAttendeeCapacity"] == 40
    assert data["remainingAttendeeCapacity"] == 39
    assert [who["name"] for who in data["instructor"]] == ["甲老师", "乙老师"]
    assert data["isPartOf"]["@type"] == "Course"
    occasions.call_off(one.occasion_id)
    again = client.get(page_of(one)).content.decode()
    found = re.search(r'ld\+json">(.*?)</script>', again)
    assert found is not None
    assert json.loads(found[1])["eventStatus"].endswith("EventCancelled")


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("language", ["", "/en"])
def test_many_classes_cost_as_many_queries_as_few(
    client: Client, language: str
) -> None:
    page = curriculum()
    path = f"{language}{LIST}"
    training_class(page, 5, number="一期")
    training_class(curriculum("另一", "other"), -9, number="二期")
    few = queries(client, path)
    for n in range(6):
        enrol(training_class(page, 9 + n, number=f"{n}期"), "学员甲", "学员乙")
        training_class(page, -9 - n, number=f"旧{n}期")
    assert queries(client, path) == few
    assert few <= 25


def test_a_long_timetable_costs_no_more(client: Client) -> None:
    page = curriculum()
    lesson = LessonPage.objects.get(slug="six")
    day = timezone.localdate() + timedelta(days=10)
    rows = [
        session(day, f"{8 + n:02}:00", f"{8 + n:02}:45", f"第{n}节", lesson=lesson)
        for n in range(10)
    ]
    short = training_class(page, sessions=rows[:1])
    few = queries(client, page_of(short))
    long = training_class(page, sessions=rows[1:])
    enrol(long, *(f"学员{n}" for n in range(9)))
    assert queries(client, page_of(long)) == few
    assert few <= 25


def test_a_class_told_again_is_no_other() -> None:
    one = training_class()
    telling.tell(one)
    assert one.occasion.sequence == 0


def test_teachers_of_the_register_are_named_once_they_are_shown(
    client: Client,
) -> None:
    one = training_class(teachers_text="外请甲")
    shown = Teacher.objects.create(name="在册乙", has_consent=True, is_shown=True)
    hidden = Teacher.objects.create(name="未公开丙", has_consent=True)
    one.teachers.add(shown, hidden)
    one.save()

    text = client.get(page_of(one)).content.decode()

    assert "在册乙、外请甲" in text
    assert "未公开丙" not in text
