"""Two people, seen from the admin: proposing, approving, refusing, granting."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import decisions
from archive.models import Grant, OpennessDecision, Record
from archive.openness import Access
from cms.admin.bulk import action_url
from cms.admin.decisions import (
    ApproveDecisions,
    ProposeOpenness,
    RefuseDecisions,
)
from cms.admin.errors import TooManyRecords
from cms.models import User
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ARCHIVIST,
    PUBLIC,
    RESEARCHER,
    REVIEWER,
    RecordFactory,
    UserFactory,
    published,
)

Outcome = OpennessDecision.Outcome
OPEN = {**PUBLIC, "catalogue_approved": "", "reason": "依据第一条"}


@pytest.fixture
def reviewer(groups: None) -> User:
    user: User = UserFactory.create(groups=[REVIEWER])
    return user


@pytest.fixture
def record(groups: None) -> Record:
    (made,) = published([RecordFactory.create(title="演示")])
    return made


def proposal(record: Record, by: User | None = None) -> OpennessDecision:
    (made,) = decisions.propose([record], PUBLIC, "依据", by or UserFactory.create())
    return made


def propose(client: Client, records: list[Record], **sent: Any) -> Any:
    ids = [record.pk for record in records]
    return client.post(action_url(ProposeOpenness, Record, ids, "/admin/"), sent)


def decide(client: Client, action: type, *made: OpennessDecision) -> Any:
    ids = [one.pk for one in made]
    return client.post(action_url(action, OpennessDecision, ids, "/admin/"))


def access(record: Record) -> int:
    record.refresh_from_db()
    return record.public_access


def test_one_proposes_another_approves_and_the_record_is_open(
    client_of: ClientOf, record: Record, reviewer: User
) -> None:
    assert propose(client_of(ARCHIVIST), [record], **OPEN).status_code == 302
    assert access(record) == Access.NONE

    made = OpennessDecision.objects.get()
    assert decide(client_of(user=reviewer), ApproveDecisions, made).status_code == 302

    assert access(record) == Access.FULL
    made.refresh_from_db()
    assert (made.outcome, made.decided_by) == (Outcome.APPROVED, reviewer)


def test_who_proposed_is_told_that_another_has_to_decide(
    client_of: ClientOf, record: Record, reviewer: User
) -> None:
    made = proposal(record, by=reviewer)

    for action in (ApproveDecisions, RefuseDecisions):
        response = decide(client_of(user=reviewer), action, made)

        assert response.status_code == 200
        assert "须由两人分别完成" in response.text
    made.refresh_from_db()
    assert made.outcome == Outcome.PROPOSED
    assert access(record) == Access.NONE


def test_one_own_proposal_among_others_stops_them_all(
    client_of: ClientOf, record: Record, reviewer: User
) -> None:
    other = proposal(RecordFactory.create())
    own = proposal(record, by=reviewer)

    decide(client_of(user=reviewer), ApproveDecisions, other, own)

    outcomes = set(OpennessDecision.objects.values_list("outcome", flat=True))
    assert outcomes == {Outcome.PROPOSED}


def test_refusing_changes_nothing_and_is_recorded(
    client_of: ClientOf, record: Record, reviewer: User
) -> None:
    made = proposal(record)

    decide(client_of(user=reviewer), RefuseDecisions, made)

    made.refresh_from_db()
    assert (made.outcome, made.decided_by) == (Outcome.REFUSED, reviewer)
    assert access(record) == Access.NONE


def test_a_decision_taken_is_not_taken_again(
    client_of: ClientOf, record: Record, reviewer: User
) -> None:
    made = proposal(record)
    client = client_of(user=reviewer)
    decide(client, RefuseDecisions, made)

    response = decide(client, ApproveDecisions, made)

    assert "已经办结" in response.text
    assert access(record) == Access.NONE


@pytest.mark.parametrize("group", [ARCHIVIST, RESEARCHER])
def test_without_the_permission_nothing_is_decided(
    client_of: ClientOf, record: Record, group: str
) -> None:
    made = proposal(record)

    decide(client_of(group), ApproveDecisions, made)

    made.refresh_from_db()
    assert made.outcome == Outcome.PROPOSED
    assert access(record) == Access.NONE


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({**PUBLIC, "reason": ""}, "必需"),
        ({"reason": "依据"}, "没有要改变的项目"),
        ({"secrecy": "secret", "reason": "依据"}, "secret"),
    ],
)
def test_a_proposal_that_says_nothing_is_refused(
    client_of: ClientOf, record: Record, sent: dict[str, Any], said: str
) -> None:
    response = propose(client_of(ARCHIVIST), [record], **sent)

    assert response.status_code == 200
    assert said in response.text
    assert not OpennessDecision.objects.exists()


def test_several_records_and_all_below_them_are_proposed_at_once(
    client_of: ClientOf, record: Record
) -> None:
    below = RecordFactory.create(parent=record)
    other = RecordFactory.create()
    client = client_of(ARCHIVIST)

    propose(client, [record, other], **OPEN)
    assert OpennessDecision.objects.count() == 2

    propose(client, [record], include_below="on", **OPEN)
    assert OpennessDecision.objects.filter(record=below).exists()


def test_more_than_a_person_can_answer_for_are_not_proposed(
    client_of: ClientOf, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.admin.decisions.MAX_BELOW", 2)
    RecordFactory.create_batch(3, parent=record)

    response = propose(client_of(ARCHIVIST), [record], include_below="on", **OPEN)

    assert str(TooManyRecords(2)) in response.text
    assert not OpennessDecision.objects.exists()


def test_the_log_is_read_only(client_of: ClientOf, record: Record) -> None:
    made = proposal(record)
    client = client_of(REVIEWER)

    for address in ("new/", f"edit/{made.pk}/", f"delete/{made.pk}/"):
        assert client.get(f"/admin/archive/decisions/{address}").status_code == 404


def test_the_log_outlives_the_record(client_of: ClientOf, record: Record) -> None:
    made = proposal(record)
    code = record.reference_code
    Record.objects.filter(pk=record.pk).delete()
    client = client_of(REVIEWER)

    assert code in client.get(reverse("decision:index")).text
    inspected = client.get(reverse("decision:inspect", args=[made.pk])).text
    assert code in inspected
    assert "已删除" in inspected


def grant(client: Client, **sent: Any) -> Any:
    return client.post(reverse("grant:add"), sent)


def test_a_grant_is_given_through_the_service(
    client_of: ClientOf, record: Record, reviewer: User
) -> None:
    reader = UserFactory.create(username="reader")
    until = timezone.localdate() + timedelta(days=7)

    response = grant(
        client_of(user=reviewer),
        username="reader",
        record=record.pk,
        audience=1,
        until=str(until),
    )

    assert response.status_code == 302
    made = Grant.objects.get()
    assert (made.reader, made.record, made.until) == (reader, record, until)
    assert made.granted_by == reviewer


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "nobody"}, "没有名为“nobody”的账号"),
        ({"until": "2001-01-01"}, "不能早于今天"),
        ({"record": ""}, "必需"),
        ({"audience": "9"}, "9"),
    ],
)
def test_a_wrong_grant_is_refused_with_a_message(
    client_of: ClientOf, record: Record, changed: dict[str, str], said: str
) -> None:
    UserFactory.create(username="reader")
    until = str(timezone.localdate() + timedelta(days=7))
    right = {"username": "reader", "record": record.pk, "audience": 1, "until": until}

    response = grant(client_of(REVIEWER), **{**right, **changed})

    assert response.status_code == 200
    assert said in response.text
    assert not Grant.objects.exists()


def test_nobody_grants_to_themselves(
    client_of: ClientOf, record: Record, reviewer: User
) -> None:
    until = str(timezone.localdate())

    response = grant(
        client_of(user=reviewer),
        username=reviewer.username,
        record=record.pk,
        audience=2,
        until=until,
    )

    assert "不能给自己授权" in response.text
    assert not Grant.objects.exists()
