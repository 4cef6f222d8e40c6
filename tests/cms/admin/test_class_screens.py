"""Every screen of classes: who may open it, and in what language."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import Certificate, TrainingClass
from cms.training import attendance, certificates
from tests.cms.admin.conftest import ClientOf
from tests.cms.admin.screens import DATA, let_in, lines_in_chinese, lines_in_latin
from tests.cms.admin.test_editing_screens import NAMES
from tests.cms.classes.building import curriculum, enrol, session, training_class
from tests.factories import (
    ADMINISTRATOR,
    UserFactory,
)

# Wagtail names what is to be chosen when the form is made (admin/widgets/chooser.py).
FROZEN = {"选择一个页面"}
ORGANISER = "组织者 organiser"


class School:
    """A class that is over, in Latin letters, with a learner who completed it."""

    def __init__(self) -> None:

        day = timezone.localdate() - timedelta(days=5)
        self.training_class: TrainingClass = training_class(
            curriculum("Title", "title"),
            -5,
            number="Text",
            place="Source",
            sessions=[session(day, "09:00", "10:00", "Text")],
        )
        self.session = self.training_class.sessions.get()
        (learner,) = enrol(self.training_class, "Name", unit="Source")
        by = UserFactory.create(username="user")
        attendance.mark_present(self.training_class, self.session.pk, by)
        self.certificate: Certificate = certificates.issue(
            self.training_class, learner, "Source", by
        )


Address = Callable[[School], str]


def of_class(name: str) -> Address:
    return lambda school: reverse(name, args=[school.training_class.pk])


SCREENS: dict[str, Address] = {
    "classes": lambda school: reverse("classes:index"),
    "class results": lambda school: reverse("classes:index_results"),
    "new class": lambda school: reverse("classes:add"),
    "edit class": of_class("classes:edit"),
    "delete class": of_class("classes:delete"),
    "attendance": of_class("class_attendance"),
    "learners": of_class("class_learners"),
    "sheet to sign": lambda school: reverse(
        "class_sign_in", args=[school.training_class.pk, school.session.pk]
    ),
    "revoke": lambda school: reverse("class_revoke", args=[school.certificate.pk]),
}
ON_PAPER = {"sheet to sign"}


@pytest.fixture
def school(groups: None) -> School:
    return School()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_trainers_and_administrators_only(
    client_of: ClientOf, school: School, screen: str
) -> None:
    assert let_in(client_of, SCREENS[screen](school)) == {"trainer", "admin"}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_chinese(
    client_of: ClientOf, school: School, screen: str
) -> None:
    response = client_of(ADMINISTRATOR).get(SCREENS[screen](school))

    assert response.status_code == 200
    words = DATA | {"PDF", "title", "records", "URL"}
    assert not lines_in_latin(response, words)


@pytest.mark.parametrize("screen", sorted(SCREENS.keys() - ON_PAPER))
def test_a_screen_speaks_english_to_an_english_reader(
    client_of: ClientOf, school: School, screen: str
) -> None:
    response = client_of(ADMINISTRATOR, language="en").get(SCREENS[screen](school))

    assert response.status_code == 200
    own = NAMES | FROZEN | {school.certificate.number}
    assert not lines_in_chinese(response, own)
