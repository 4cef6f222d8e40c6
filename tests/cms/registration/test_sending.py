"""Telling people: after the commit, once, and never at the cost of a registration."""

import logging
import threading
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from cms.models.occasions import Registration
from cms.registration import leaving, occasions, sending
from cms.registration.email import EmailSender
from tests.cms.registration.building import occasion, person, registered
from tests.threads import at_once

pytestmark = pytest.mark.django_db
HERE = "tests.cms.registration.test_sending"


class Kept:
    """Keeps what it is to send."""

    sent: ClassVar[list[tuple[str, str]]] = []
    lock: ClassVar[threading.Lock] = threading.Lock()

    def send(self, contact: str, text: str) -> bool:
        with self.lock:
            self.sent.append((contact, text))
        return True


class Broken:
    """A gateway that is down, and says too much about whom it was for."""

    def send(self, contact: str, text: str) -> bool:
        raise OSError(f"cannot reach {contact}")


@pytest.fixture
def kept(settings: Settings) -> list[tuple[str, str]]:
    settings.REGISTRATION_SENDER = f"{HERE}.Kept"
    Kept.sent.clear()
    return Kept.sent


def test_without_a_sender_nothing_waits_to_be_sent() -> None:
    one = registered(occasion())
    assert one.notice == ""
    assert sending.send_waiting() == 0


def test_each_change_is_told(
    kept: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    made = occasion(capacity=1)
    with django_capture_on_commit_callbacks(execute=True):
        first, second = registered(made, 1), registered(made, 2)
        leaving.cancel(first.pk)
    told = [(contact, text.splitlines()[0]) for contact, text in kept]
    # What has changed since is told as it is now, and the same not twice.
    assert (first.contact, "您在“样本讲座”的报名已取消。") in told
    assert (second.contact, "您候补的“样本讲座”有了名额，报名成功。") in told
    assert f"/registration/mine/{second.number}/" in kept[-1][1]
    assert not Registration.objects.exclude(notice="").exists()


def test_nothing_is_sent_of_what_was_rolled_back(
    kept: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    made = occasion()
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        registered(made)
        raise RuntimeError
    assert kept == []


def test_called_off_everybody_is_told_by_the_worker(
    kept: list[tuple[str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    made = occasion(capacity=1)
    with django_capture_on_commit_callbacks(execute=True):
        first, second, third = (registered(made, n) for n in range(3))
        leaving.cancel(third.pk)
    kept.clear()
    with django_capture_on_commit_callbacks(execute=True):
        occasions.call_off(made.pk)
    assert kept == []
    assert sending.send_waiting() == 2
    assert [contact for contact, _text in kept] == [first.contact, second.contact]
    assert sending.send_waiting() == 0


def test_a_sender_that_fails_fails_no_registration_and_is_tried_again(
    settings: Settings,
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.REGISTRATION_SENDER = f"{HERE}.Broken"
    made = occasion()
    with (
        caplog.at_level(logging.WARNING),
        django_capture_on_commit_callbacks(execute=True),
    ):
        one = registered(made)
    one.refresh_from_db()
    assert (one.status, one.notice, one.notice_tries) == ("confirmed", "confirmed", 1)
    assert one.number in caplog.text
    assert one.contact not in caplog.text
    assert one.name not in caplog.text
    assert sending.send_waiting() == 0, "another process may still be sending it"
    for tries in (2, 3):
        long_ago = timezone.now() - timedelta(hours=1)
        Registration.objects.update(notice_at=long_ago)
        assert sending.send_waiting() == 1
        one.refresh_from_db()
        assert one.notice_tries == tries
    Registration.objects.update(notice_at=timezone.now() - timedelta(hours=1))
    assert sending.send_waiting() == 0
    settings.REGISTRATION_SENDER = "no.such.Sender"
    with django_capture_on_commit_callbacks(execute=True):
        assert registered(made, 2).status == "confirmed"


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(kept: list[tuple[str, str]]) -> None:
    made = occasion()
    registered(made)
    kept.clear()
    occasions.call_off(made.pk)
    assert at_once(lambda _n: sending.send_waiting(), 4) == []
    assert len(kept) == 1


def test_mail_goes_to_addresses_and_telephones_are_left_alone(
    settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.REGISTRATION_SENDER = "cms.registration.email.EmailSender"
    made = occasion()
    with django_capture_on_commit_callbacks(execute=True):
        registered(made, 1, contact="jia@example.org")
        registered(made, 2)
    (letter,) = mail.outbox
    assert letter.to == ["jia@example.org"]
    assert "您已报名“样本讲座”" in letter.body
    assert EmailSender().send(person().contact, "x") is False
