"""The way of a description through the admin: state, review, history, my work."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive import records, workflow
from archive.models import Change, Record
from cms.admin.bulk import action_url
from cms.admin.workflow_actions import PublishRecords, ReturnRecords, SubmitRecords
from cms.models import User
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST, REVIEWER, RecordFactory, UserFactory, published

RECORD = "wagtailsnippets_archive_record"
WHOLE: dict[str, Any] = {
    "date_original": "1963",
    "creators": "样本单位",
    "retention_code": "永久",
}


@pytest.fixture
def author(groups: None) -> User:
    made: User = UserFactory.create(groups=[ARCHIVIST])
    return made


@pytest.fixture
def archivist(client_of: ClientOf, author: User) -> Client:
    return client_of(user=author)


@pytest.fixture
def record(author: User) -> Record:
    return records.create(
        None, by=author, level="file", reference_code="Z-1", title="演示案卷", **WHOLE
    )


def edit(client: Client, record: Record, **changes: object) -> int:
    address = reverse(f"{RECORD}:edit", args=[record.pk])
    initial = client.get(address).context["form"].initial
    sent = {name: value for name, value in initial.items() if value is not None}
    sent["tags"] = ""
    status: int = client.post(address, {**sent, **changes}).status_code
    return status


def step(client: Client, action: type, record: Record, **sent: str) -> None:
    client.post(action_url(action, Record, [record.pk], "/admin/"), sent)


def state(record: Record) -> str:
    return Record.objects.get(pk=record.pk).description_status


def test_the_form_names_what_is_missing_and_leads_there(archivist: Client) -> None:
    record = RecordFactory.create(level="file", title="只有题名", arrangement="整理过")
    page = archivist.get(reverse(f"{RECORD}:edit", args=[record.pk]))
    assert "必备项 50%" in page.text
    for field in ("date_original", "creators", "retention_code"):
        assert f'href="#id_{field}"' in page.text
        assert f'id="id_{field}"' in page.text
    assert "标准在此层级不用" in page.text


def test_one_submits_another_publishes(
    client_of: ClientOf, archivist: Client, record: Record
) -> None:
    step(archivist, SubmitRecords, record)
    assert state(record) == "review"
    step(archivist, PublishRecords, record)
    assert state(record) == "review"
    reviewer = client_of(REVIEWER)
    step(reviewer, ReturnRecords, record, comment="请核对日期")
    assert state(record) == "draft"
    assert "请核对日期" in archivist.get(reverse("archive_my_work")).text
    assert (
        "请核对日期" in archivist.get(reverse(f"{RECORD}:edit", args=[record.pk])).text
    )
    step(archivist, SubmitRecords, record)
    assert "Z-1" in reviewer.get(reverse("archive_my_work")).text
    step(reviewer, PublishRecords, record)
    assert state(record) == "published"


@pytest.mark.parametrize("by_link", [True, False])
def test_nobody_publishes_what_was_changed_since_it_was_read(
    client_of: ClientOf, author: User, record: Record, by_link: bool
) -> None:
    reviewer = client_of(REVIEWER)
    workflow.submit([record], author)
    read = reviewer.get(reverse(f"{RECORD}:inspect", args=[record.pk]))
    address = read.context["state"].publish_url
    if not by_link:
        address = action_url(PublishRecords, Record, [record.pk], "/admin/")
    asked = reviewer.get(address)
    sent = {"looked_at": asked.context["form"]["looked_at"].value()}
    assert f'name="looked_at" value="{sent["looked_at"]}"' in asked.text
    workflow.edit(record, {"title": "后改的题名"}, author)
    workflow.submit([record], author)

    if by_link:
        sent = {"looked_at": reviewer.get(address).context["form"]["looked_at"].value()}
    answer = reviewer.post(address, sent)

    assert "请返回再核对一次" in answer.text
    assert state(record) == "review"
    again = reviewer.get(reverse(f"{RECORD}:inspect", args=[record.pk]))
    address = again.context["state"].publish_url
    sent = {"looked_at": reviewer.get(address).context["form"]["looked_at"].value()}
    reviewer.post(address, sent)
    assert state(record) == "published"


def test_a_published_description_keeps_its_face_until_the_change_is_published(
    client_of: ClientOf, archivist: Client, record: Record
) -> None:
    published([record])
    assert edit(archivist, record, title="改过的题名") == 302
    assert Record.objects.get(pk=record.pk).title == "演示案卷"
    page = archivist.get(reverse(f"{RECORD}:edit", args=[record.pk]))
    assert page.context["form"]["title"].value() == "改过的题名"
    assert "<ins>改过的题名</ins>" in page.text or "<ins>" in page.text

    # Saving another field keeps the change that waits.
    assert edit(archivist, record, note="附注") == 302
    assert workflow.pending(record) == {"title": "改过的题名", "note": "附注"}
    step(archivist, SubmitRecords, record)
    step(client_of(REVIEWER), PublishRecords, record)
    assert Record.objects.get(pk=record.pk).title == "改过的题名"


def test_waiting_changes_are_dropped_once_it_is_confirmed(
    archivist: Client, record: Record
) -> None:
    published([record])
    edit(archivist, record, title="改")
    address = reverse("archive_discard", args=[record.pk])
    assert "不能找回" in archivist.get(address).text
    assert workflow.pending(record) == {"title": "改"}
    archivist.post(address)
    assert workflow.pending(record) == {}


def test_the_history_tells_every_field_and_gives_old_values_back(
    archivist: Client, record: Record, author: User
) -> None:
    records.edit(record, {"title": "演示卷宗", "note": "新附注"}, author)
    change = Change.objects.get(record=record, action="edit")
    page = archivist.get(reverse("archive_history", args=[record.pk])).text
    assert "<del>案卷</del>" in page or "<del>案</del>" in page
    assert "<ins>新附注</ins>" in page
    assert author.username in page

    address = reverse("archive_restore", args=[record.pk, change.pk])
    assert "<del>新附注</del>" in archivist.get(address).text
    assert Record.objects.get(pk=record.pk).note == "新附注"
    archivist.post(address)
    now = Record.objects.get(pk=record.pk)
    assert (now.title, now.note) == ("演示案卷", "")
    assert Change.objects.filter(record=record, action="edit").count() == 2


def test_the_history_outlives_the_record(archivist: Client, author: User) -> None:
    record = RecordFactory.create(title="将删的案卷")
    pk = record.pk
    records.delete(record, author)
    page = archivist.get(reverse("archive_history", args=[pk]))
    assert "将删的案卷" in page.text
    assert archivist.get(reverse("archive_history", args=[pk + 9])).status_code == 404


def test_a_reviewer_restores_nothing(
    client_of: ClientOf, record: Record, author: User
) -> None:
    records.edit(record, {"note": "新"}, author)
    change = Change.objects.get(record=record, action="edit")
    address = reverse("archive_restore", args=[record.pk, change.pk])
    assert client_of(REVIEWER).post(address).status_code in (302, 403)
    assert Record.objects.get(pk=record.pk).note == "新"


def test_the_report_counts_what_is_missing_and_leads_to_it(
    archivist: Client, record: Record
) -> None:
    RecordFactory.create(level="file", reference_code="Z-2", creators="甲")
    page = archivist.get(reverse("archive_completeness"))
    counts = {gap.element: gap.lacking for gap in page.context["gaps"]}
    assert counts["date_display"] == counts["retention_code"] == 1
    assert counts["creators"] == 0
    listed = archivist.get(f"{reverse(f'{RECORD}:list')}?missing=date_display")
    assert [one.reference_code for one in listed.context["object_list"]] == ["Z-2"]


def test_the_list_is_narrowed_by_status(archivist: Client, record: Record) -> None:
    other = RecordFactory.create(reference_code="Z-2")
    published([other])
    address = reverse(f"{RECORD}:list")
    for query, code in (
        ("description_status=published", "Z-2"),
        ("description_status=draft", "Z-1"),
    ):
        found = archivist.get(f"{address}?{query}").context["object_list"]
        assert [one.reference_code for one in found] == [code]
    step(archivist, SubmitRecords, record)
    found = archivist.get(f"{address}?waiting=true").context["object_list"]
    assert [one.reference_code for one in found] == ["Z-1"]


def test_a_date_given_by_hand_is_given_back_with_the_text_it_was_given_for(
    archivist: Client, author: User
) -> None:
    record = RecordFactory.create(date_original="1963年", date_edtf="1963~")
    records.edit(record, {"date_original": "1963年前后"}, author)
    change = Change.objects.get(record=record, action="edit")
    archivist.post(reverse("archive_restore", args=[record.pk, change.pk]))
    now = Record.objects.get(pk=record.pk)
    assert (now.date_original, now.date_edtf) == ("1963年", "1963~")
