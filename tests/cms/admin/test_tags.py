"""Changing tags in the admin: what would change is shown, then it is one batch."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from taggit.models import Tag

from archive import batches
from archive.models import Batch, Record, Subject
from cms.models import User
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST, REVIEWER, RecordFactory, subject

pytestmark = pytest.mark.django_db

CHANGE = reverse("archive_tags_change")


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def names(record: Record) -> list[str]:
    return sorted(Record.objects.get(pk=record.pk).tags.names())


def address(*tags: str) -> str:
    return f"{CHANGE}?" + "&".join(f"id={tag(name).pk}" for name in tags)


def both_steps(client: Client, url: str, **values: str) -> str:
    shown = client.post(url, {**values, "preview": "1"})
    mark = shown.context["mark"]
    done = client.post(url, {**values, "apply": "1", "mark": mark})
    assert done.status_code == 302, done.context["form"].errors
    return str(done.headers["Location"])


def test_a_rename_is_previewed_done_and_undone(archivist: Client) -> None:
    record = RecordFactory.create(tags=["旧名"], title="带标签的")
    url = address("旧名")

    shown = archivist.post(url, {"name": "新名", "preview": "1"})
    assert shown.context["effect"].records == 1
    assert "带标签的" in shown.text
    assert names(record) == ["旧名"]

    where = both_steps(archivist, url, name="新名")
    batch = Batch.objects.get()
    assert where == reverse("batch:inspect", args=[batch.pk])
    assert names(record) == ["新名"]
    batches.undo(batch, User.objects.latest("pk"))
    assert names(record) == ["旧名"]


def test_a_rename_to_a_name_that_is_there_is_offered_as_a_merge(
    archivist: Client,
) -> None:
    first = RecordFactory.create(tags=["甲"])
    RecordFactory.create(tags=["乙"])

    shown = archivist.post(address("甲"), {"name": "乙", "preview": "1"})

    assert "将并入它" in shown.text
    both_steps(archivist, address("甲"), name="乙")
    assert names(first) == ["乙"]
    assert not Tag.objects.filter(name="甲").exists()


def test_several_tags_ticked_in_the_list_become_one(archivist: Client) -> None:
    first = RecordFactory.create(tags=["甲", "乙"])
    second = RecordFactory.create(tags=["丙"])
    bulk = reverse("wagtail_bulk_action", args=["taggit", "tag", "merge_tags"])
    query = f"?id={tag('甲').pk}&id={tag('乙').pk}&id={tag('丙').pk}"

    to = archivist.get(bulk + query).headers["Location"]
    both_steps(archivist, str(to), name="丁")

    assert names(first) == names(second) == ["丁"]


def test_what_changed_after_the_preview_is_shown_again(archivist: Client) -> None:
    RecordFactory.create(tags=["甲"])
    url = address("甲")
    mark = archivist.post(url, {"name": "乙", "preview": "1"}).context["mark"]
    RecordFactory.create(tags=["甲"])

    again = archivist.post(url, {"name": "乙", "apply": "1", "mark": mark})

    assert again.status_code == 200
    assert again.context["effect"].records == 2
    assert not Batch.objects.exists()


def test_a_tag_is_promoted_to_a_new_subject_or_an_old_one(archivist: Client) -> None:
    law = subject("依法办事")
    first = RecordFactory.create(tags=["村口议事"])
    second = RecordFactory.create(tags=["按法办"])

    url = reverse("archive_tags_promote", args=[tag("村口议事").pk])
    both_steps(archivist, url, subject="")
    assert Record.objects.get(pk=first.pk).subjects == "村口议事"
    assert Subject.objects.get(label="村口议事").status == "candidate"
    assert names(first) == ["村口议事"]

    url = reverse("archive_tags_promote", args=[tag("按法办").pk])
    both_steps(archivist, url, subject="依法办事", take_off="on")
    assert Record.objects.get(pk=second.pk).subjects == "依法办事"
    assert names(second) == []
    assert law.terms.filter(text="按法办").exists()


def test_a_refusal_is_said_in_the_form_and_nothing_changes(archivist: Client) -> None:
    full = RecordFactory.create(tags=["甲"], subjects="词" * 499)
    url = reverse("archive_tags_promote", args=[tag("甲").pk])
    mark = archivist.post(url, {"subject": "", "preview": "1"}).context["mark"]

    refused = archivist.post(url, {"subject": "", "apply": "1", "mark": mark})
    assert full.reference_code in str(refused.context["form"].errors)
    unknown = archivist.post(url, {"subject": "没有的词", "preview": "1"})
    assert "没有“没有的词”" in str(unknown.context["form"].errors["subject"])
    assert names(full) == ["甲"]
    assert not Subject.objects.filter(label="甲").exists()


@pytest.mark.parametrize("lacking", ["change_record", "change_subject"])
def test_who_may_not_change_records_or_subjects_promotes_no_tag(
    client_of: ClientOf, lacking: str
) -> None:
    law = subject("依法办事")
    record = RecordFactory.create(tags=["按法办"])
    client = client_of(ARCHIVIST)
    url = reverse("archive_tags_promote", args=[tag("按法办").pk])
    Group.objects.get(name=ARCHIVIST).permissions.remove(
        Permission.objects.get(codename=lacking)
    )
    told = "tag 1 0 标签“按法办”升为主题词“依法办事”"
    sent = {"subject": "依法办事", "apply": "1", "mark": told.removeprefix("tag ")}
    assert client.get(url).status_code in (302, 403)
    client.post(url, sent)
    assert Record.objects.get(pk=record.pk).subjects == ""
    assert not law.terms.filter(text="按法办").exists()


def test_a_reviewer_changes_no_tags(client_of: ClientOf) -> None:
    RecordFactory.create(tags=["甲"])
    reviewer = client_of(REVIEWER)
    promote = reverse("archive_tags_promote", args=[tag("甲").pk])

    for url in (address("甲"), promote):
        assert reviewer.get(url).status_code in (302, 403)
        reviewer.post(url, {"name": "乙", "apply": "1"})
    assert Tag.objects.get().name == "甲"


def test_tags_that_are_not_there_are_not_found(archivist: Client) -> None:
    assert archivist.get(CHANGE).status_code == 404
    assert archivist.get(f"{CHANGE}?id=999999").status_code == 404


def test_more_than_a_request_can_change_is_refused_with_the_remedy(
    archivist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.admin.tag_steps.MAX_RECORDS", 1)
    for _number in range(2):
        RecordFactory.create(tags=["甲"])

    response = archivist.post(address("甲"), {"name": "乙", "preview": "1"})

    assert "manage.py tags" in str(response.context["form"].errors)
    assert "effect" not in response.context
