"""Classes in the admin: the form with its timetable, the sheets, the certificates."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from cms.models import (
    Attendance,
    Certificate,
    ClassSession,
    CurriculumPage,
    Occasion,
    SiteDetails,
    TrainingClass,
)
from cms.training import attendance
from tests.cms.admin.conftest import ClientOf
from tests.cms.classes.building import curriculum, enrol, training_class
from tests.factories import UserFactory

TRAINER = "教师 trainer"
Row = tuple[date, str, str, str]


@pytest.fixture
def trainer(client_of: ClientOf) -> Client:
    return client_of(TRAINER)


@pytest.fixture
def page(db: None) -> CurriculumPage:
    return curriculum()


DAY = timezone.localdate() + timedelta(days=20)


def form(page: CurriculumPage, rows: list[Row], **fields: Any) -> dict[str, Any]:
    """What the browser sends of a class on two days."""
    sent = {
        "curriculum": page.pk,
        "number": "第三期",
        "first_day": DAY.isoformat(),
        "last_day": (DAY + timedelta(days=1)).isoformat(),
        "place": "教室一",
        "least_attendance": "80",
        "needs_quizzes": "on",
        "is_published": "on",
        "sessions-TOTAL_FORMS": len(rows),
        "sessions-INITIAL_FORMS": "0",
        "sessions-MIN_NUM_FORMS": "0",
        "sessions-MAX_NUM_FORMS": "1000",
    }
    for number, (day, begins, ends, title) in enumerate(rows):
        sent |= {
            f"sessions-{number}-day": day.isoformat(),
            f"sessions-{number}-begins": begins,
            f"sessions-{number}-ends": ends,
            f"sessions-{number}-title": title,
        }
    return {**sent, **fields}


def add(client: Client, sent: dict[str, Any]) -> Any:
    return client.post(reverse("classes:add"), sent)


def problems(answer: Any) -> str:
    return answer.content.decode()


def test_a_class_is_made_with_its_timetable(
    trainer: Client, page: CurriculumPage
) -> None:
    rows = [(DAY, "14:00", "16:00", "听取"), (DAY, "09:00", "11:30", "登记")]

    answer = add(trainer, form(page, rows))

    assert answer.status_code == 302, problems(answer)
    one = TrainingClass.objects.get()
    assert [row.title for row in one.sessions.all()] == ["登记", "听取"]
    occasion = Occasion.objects.get()
    assert one.occasion == occasion
    assert (occasion.kind, occasion.title) == ("class", "调解记录 第三期")
    assert occasion.is_public
    assert timezone.localtime(occasion.starts_at).hour == 9
    assert "证书" in occasion.consent


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(DAY, "11:00", "10:00", "甲")], "结束要晚于开始"),
        ([(DAY, "10:00", "10:00", "甲")], "结束要晚于开始"),
        (
            [(DAY, "09:00", "11:00", "甲"), (DAY, "10:59", "12:00", "乙")],
            "与同一天的“甲”（09:00–11:00）时间重叠",
        ),
        (
            [(DAY, "10:59", "12:00", "甲"), (DAY, "09:00", "11:00", "乙")],
            "与同一天的“甲”（10:59–12:00）时间重叠",
        ),
        ([(DAY - timedelta(days=1), "09:00", "10:00", "甲")], "不在班次的日期之内"),
        ([(DAY + timedelta(days=2), "09:00", "10:00", "甲")], "不在班次的日期之内"),
    ],
)
def test_a_timetable_that_cannot_be_is_refused_with_the_reason(
    trainer: Client, page: CurriculumPage, rows: list[Row], told: str
) -> None:
    answer = add(trainer, form(page, rows))

    assert answer.status_code == 200
    assert told in problems(answer)
    assert not TrainingClass.objects.exists()
    assert not Occasion.objects.exists()


def test_sessions_may_follow_on_one_another_and_stand_beside_cancelled_ones(
    trainer: Client, page: CurriculumPage
) -> None:
    rows = [
        (DAY, "09:00", "10:00", "甲"),
        (DAY, "10:00", "11:00", "乙"),
        (DAY, "09:30", "10:30", "丙"),
    ]
    sent = form(page, rows) | {"sessions-2-is_cancelled": "on"}

    answer = add(trainer, sent)

    assert answer.status_code == 302, problems(answer)
    assert ClassSession.objects.count() == 3


def test_the_last_day_is_not_before_the_first(
    trainer: Client, page: CurriculumPage
) -> None:
    wrong = (DAY - timedelta(days=3)).isoformat()
    answer = add(trainer, form(page, [], last_day=wrong))
    assert "最后一天不能早于第一天" in problems(answer)
    assert not TrainingClass.objects.exists()


def edited(one: TrainingClass, **changes: Any) -> dict[str, Any]:
    """The form of a class that is there, with its rows as they are."""
    assert one.curriculum is not None
    rows = [
        (row.day, f"{row.begins:%H:%M}", f"{row.ends:%H:%M}", row.title)
        for row in one.sessions.all()
    ]
    sent = form(
        one.curriculum,
        rows,
        number=one.number,
        first_day=one.first_day.isoformat(),
        last_day=one.last_day.isoformat(),
    )
    sent["sessions-INITIAL_FORMS"] = len(rows)
    for number, row in enumerate(one.sessions.all()):
        sent[f"sessions-{number}-id"] = row.pk
        sent[f"sessions-{number}-place"] = row.place
    return {**sent, **changes}


def test_moving_a_session_tells_the_calendars(trainer: Client) -> None:
    one = training_class()
    before = Occasion.objects.get().sequence
    sent = edited(one, **{"sessions-0-begins": "08:30"})

    answer = trainer.post(reverse("classes:edit", args=[one.pk]), sent)

    assert answer.status_code == 302, problems(answer)
    assert [row.sequence for row in one.sessions.all()] == [1, 0, 0]
    occasion = Occasion.objects.get()
    assert occasion.sequence == before + 1
    assert timezone.localtime(occasion.starts_at).minute == 30


def test_a_published_session_is_cancelled_and_not_deleted(trainer: Client) -> None:
    one = training_class()
    sent = edited(one, **{"sessions-0-DELETE": "1"})
    answer = trainer.post(reverse("classes:edit", args=[one.pk]), sent)
    assert "请勾选“取消”" in problems(answer)
    assert one.sessions.count() == 3

    TrainingClass.objects.update(is_published=False)
    answer = trainer.post(reverse("classes:edit", args=[one.pk]), sent)
    assert answer.status_code == 302, problems(answer)
    assert ClassSession.objects.count() == 2


def test_a_class_with_learners_stays(trainer: Client) -> None:
    one = training_class()
    enrol(one, "学员甲")
    answer = trainer.post(reverse("classes:delete", args=[one.pk]), follow=True)
    assert "已经有人报名" in problems(answer)
    assert TrainingClass.objects.count() == 1

    one.occasion.registrations.all().delete()
    trainer.post(reverse("classes:delete", args=[one.pk]))
    assert not Occasion.objects.exists()


def cell(session: ClassSession, learner: Any) -> str:
    return f"s{session.pk}-r{learner.pk}"


def test_the_sheet_is_filled_in_and_keeps_what_others_marked(trainer: Client) -> None:
    one = training_class(in_days=-5)
    first, second = enrol(one, "学员甲", "学员乙")
    row, other, _last = one.sessions.all()
    address = reverse("class_attendance", args=[one.pk])
    text = trainer.get(address).content.decode()
    assert text.index("学员甲") < text.index("学员乙")
    shown = json.dumps(
        {cell(s, who): "" for s in one.sessions.all() for who in (first, second)}
    )
    # Meanwhile somebody else marks one cell.
    attendance.mark(one, {(other.pk, first.pk): "late"}, UserFactory.create())

    trainer.post(
        address,
        {
            "shown": shown,
            cell(row, first): "present",
            cell(row, second): "absent",
            cell(other, first): "",
        },
    )

    states = set(Attendance.objects.values_list("session", "registration", "state"))
    assert states == {
        (row.pk, first.pk, "present"),
        (row.pk, second.pk, "absent"),
        (other.pk, first.pk, "late"),
    }


def test_one_button_marks_the_rest_of_a_session(trainer: Client) -> None:
    one = training_class(in_days=-5)
    learners = enrol(one, "学员甲", "学员乙", "学员丙")
    row = one.sessions.first()
    sent = {"shown": "{}", cell(row, learners[1]): "absent", "all-present": row.pk}

    trainer.post(reverse("class_attendance", args=[one.pk]), sent)

    states = Attendance.objects.order_by("registration").values_list("state", flat=True)
    assert list(states) == ["present", "absent", "present"]


def test_a_sheet_to_sign_names_those_with_a_place(trainer: Client) -> None:
    one = training_class()
    enrol(one, "学员甲")
    enrol(one, "学员乙", status="waiting")
    row = one.sessions.first()

    text = trainer.get(reverse("class_sign_in", args=[one.pk, row.pk])).content.decode()

    assert "学员甲" in text
    assert "学员乙" not in text
    assert "example.org" not in text
    other = training_class(one.curriculum, number="别")
    wrong = reverse("class_sign_in", args=[one.pk, other.sessions.first().pk])
    assert trainer.get(wrong).status_code == 404


def completed(*names: str) -> tuple[TrainingClass, list[Any]]:
    one = training_class(in_days=-5)
    learners = enrol(one, *names)
    for row in one.sessions.all():
        attendance.mark_present(one, row.pk, UserFactory.create())
    return one, learners


def test_certificates_are_issued_to_one_and_to_all(trainer: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    SiteDetails.objects.update_or_create(site=site, defaults={"organiser": "主办样本"})
    one, learners = completed("学员甲", "学员乙", "学员丙")
    address = reverse("class_issue", args=[one.pk])

    trainer.post(address, {"learner": learners[1].pk})
    assert [made.name for made in Certificate.objects.all()] == ["学员乙"]
    trainer.post(address)

    names = Certificate.objects.order_by("serial").values_list("name", "institution")
    assert list(names) == [
        ("学员乙", "主办样本"),
        ("学员甲", "主办样本"),
        ("学员丙", "主办样本"),
    ]
    text = trainer.get(reverse("class_learners", args=[one.pk])).content.decode()
    assert text.count("有效") == 3


def test_who_has_not_completed_gets_the_reason(trainer: Client) -> None:
    one = training_class(in_days=-5)
    (learner,) = enrol(one, "学员甲")

    answer = trainer.post(
        reverse("class_issue", args=[one.pk]), {"learner": learner.pk}, follow=True
    )

    assert "学员甲 还不能结业：出勤 0/3，不到 80%" in answer.content.decode()
    assert not Certificate.objects.exists()
    other, (stranger,) = completed("学员乙")
    wrong = trainer.post(
        reverse("class_issue", args=[one.pk]), {"learner": stranger.pk}
    )
    assert wrong.status_code == 404
    assert other != one


def test_a_certificate_is_revoked_with_a_reason(trainer: Client) -> None:
    one, _learners = completed("学员甲")
    trainer.post(reverse("class_issue", args=[one.pk]))
    held = Certificate.objects.get()
    address = reverse("class_revoke", args=[held.pk])

    assert "请写撤销的理由" in trainer.post(address, {"reason": " "}).content.decode()
    assert trainer.get(address).status_code == 200
    held.refresh_from_db()
    assert not held.is_revoked
    trainer.post(address, {"reason": "姓名有误"})

    revoked = Certificate.objects.get()
    assert revoked.is_revoked
    assert revoked.revoked_by is not None


@pytest.mark.parametrize("screen", ["class_attendance", "class_learners"])
def test_many_learners_cost_as_many_queries_as_few(
    trainer: Client, screen: str
) -> None:
    one, _learners = completed("学员甲")
    address = reverse(screen, args=[one.pk])

    def queries() -> int:
        trainer.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert trainer.get(address).status_code == 200
        return len(captured)

    few = queries()
    enrol(one, *(f"学员{n}" for n in range(20)))
    for row in one.sessions.all():
        attendance.mark_present(one, row.pk, UserFactory.create())
    assert queries() == few


def test_the_list_costs_as_many_queries_for_many_as_for_few(
    trainer: Client, page: CurriculumPage
) -> None:
    address = reverse("classes:index")
    training_class(page, 3)

    def queries() -> int:
        trainer.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert trainer.get(address).status_code == 200
        return len(captured)

    few = queries()
    for n in range(8):
        training_class(page, n, number=f"{n}期")
    assert queries() == few
