"""Correcting pages, retrying jobs and renaming tags in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.log_actions import registry

from archive import corrections
from archive.models import Folio, Job, OutboxRow, Record
from cms.admin.bulk import action_url
from cms.admin.deletion import DeleteThroughService
from cms.admin.jobs import RetryJobs
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ARCHIVIST,
    REVIEWER,
    FolioFactory,
    RecordFactory,
    UserFactory,
    record_with_pages,
)

TAG = "wagtailsnippets_taggit_tag"


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture
def folio(archivist: Client) -> Folio:
    record = record_with_pages("第一行\n第二行")
    OutboxRow.objects.all().delete()
    return Folio.objects.get(record=record)


def correct(client: Client, folio: Folio, text: str, **sent: Any) -> Any:
    address = reverse("folio:edit", args=[folio.pk])
    version = client.get(address).context["form"]["version"].value()
    return client.post(address, {"text": text, "version": version or "", **sent})


def test_image_and_text_stand_side_by_side(archivist: Client, folio: Folio) -> None:
    html = archivist.get(reverse("folio:edit", args=[folio.pk])).text

    assert f"/iiif/image/{folio.pk}-" in html
    assert "第一行\n第二行" in html


def test_a_correction_is_a_new_version_in_force_by_this_person(
    archivist: Client, folio: Folio
) -> None:
    response = correct(archivist, folio, "第一行\r\n第贰行")

    assert response.status_code == 302
    folio.refresh_from_db()
    assert folio.transcript is not None
    assert folio.transcript.text == "第一行\n第贰行"
    assert folio.transcript.created_by_id == int(archivist.session["_auth_user_id"])
    assert folio.transcripts.count() == 2
    assert OutboxRow.objects.filter(source_id=folio.record_id).exists()


def test_text_that_was_right_is_recorded_as_read(
    archivist: Client, folio: Folio
) -> None:
    correct(archivist, folio, "第一行\n第二行")
    correct(archivist, folio, "第一行\n第二行")

    folio.refresh_from_db()
    assert folio.transcript is not None
    assert folio.transcript.is_correction
    assert folio.transcripts.count() == 2


def test_a_text_that_changed_meanwhile_is_not_overwritten(
    archivist: Client, folio: Folio
) -> None:
    address = reverse("folio:edit", args=[folio.pk])
    version = archivist.get(address).context["form"]["version"].value()
    corrections.correct(folio, "另一人的校对", UserFactory.create())

    response = archivist.post(address, {"text": "我的校对", "version": version})

    assert "已经更新" in response.text
    assert "我的校对" in response.text
    folio.refresh_from_db()
    assert folio.transcript is not None
    assert folio.transcript.text == "另一人的校对"


def test_a_page_never_recognised_can_be_typed(archivist: Client) -> None:
    folio = FolioFactory.create()

    correct(archivist, folio, "手工录入")

    folio.refresh_from_db()
    assert folio.transcript is not None
    assert folio.transcript.text == "手工录入"
    assert not Job.objects.filter(folio=folio).exists()


def test_a_correction_stands_in_the_history_of_the_record(
    archivist: Client, folio: Folio
) -> None:
    correct(archivist, folio, "改")

    (entry,) = registry.get_logs_for_instance(folio.record)
    assert (entry.action, entry.data["page"]) == ("archive.correct", folio.sequence)
    history = reverse("wagtailsnippets_archive_record:history", args=[folio.record_id])
    assert "校对了文字" in archivist.get(history).text


def test_a_reviewer_reads_the_page_and_corrects_nothing(
    client_of: ClientOf, folio: Folio
) -> None:
    reviewer = client_of(REVIEWER)

    response = correct(reviewer, folio, "改")

    assert response.status_code in (302, 403)
    assert folio.transcripts.count() == 1


def test_a_page_in_quarantine_is_released_by_a_person(
    archivist: Client, folio: Folio
) -> None:
    Folio.objects.filter(pk=folio.pk).update(quarantined=True)

    correct(archivist, folio, "第一行\n第二行")
    folio.refresh_from_db()
    assert folio.quarantined

    correct(archivist, folio, "第一行\n第二行", release="on")
    folio.refresh_from_db()
    assert not folio.quarantined


@pytest.mark.parametrize(
    ("state", "pages"),
    [
        ("none", {2, 3}),
        ("ocr", {1}),
        ("proofread", {4}),
        ("failed", {3}),
        ("quarantined", {2}),
    ],
)
def test_pages_are_listed_by_the_state_of_their_text(
    archivist: Client, state: str, pages: set[int]
) -> None:
    record = record_with_pages("甲")
    FolioFactory.create(record=record, quarantined=True)
    failed = FolioFactory.create(record=record)
    Job.objects.filter(folio=failed).update(failed=True)
    read = FolioFactory.create(record=record)
    corrections.correct(read, "丁", UserFactory.create())

    response = archivist.get(f"{reverse('folio:index_results')}?state={state}")

    assert {folio.sequence for folio in response.context["object_list"]} == pages


def test_a_failed_job_is_shown_with_its_reason_and_tried_again(
    archivist: Client,
) -> None:
    folio = FolioFactory.create()
    Job.objects.filter(folio=folio).update(failed=True, error="图像残缺", attempts=3)
    job = Job.objects.get()
    assert "图像残缺" in archivist.get(reverse("job:index")).text
    edit = reverse("wagtailsnippets_archive_record:edit", args=[folio.record_id])
    assert "图像残缺" in archivist.get(edit).text

    archivist.post(action_url(RetryJobs, Job, [job.pk], "/admin/"))

    job.refresh_from_db()
    assert (job.failed, job.attempts, job.error) == (False, 0, "")


def test_a_renamed_tag_reaches_the_index_of_its_records(archivist: Client) -> None:
    record = RecordFactory.create(tags=["旧名"])
    OutboxRow.objects.all().delete()
    before = Record.objects.get(pk=record.pk).version
    tag = Tag.objects.get()

    edit = archivist.get(reverse(f"{TAG}:edit", args=[tag.pk]))
    change = edit.headers["Location"]
    mark = archivist.post(change, {"name": "新名"}).context["mark"]
    archivist.post(change, {"name": "新名", "apply": "1", "mark": mark})

    assert list(record.tags.names()) == ["新名"]
    assert OutboxRow.objects.filter(source_id=record.pk).exists()
    assert Record.objects.get(pk=record.pk).version > before


@pytest.mark.parametrize("bulk", [True, False])
def test_a_deleted_tag_leaves_its_records_and_their_index(
    archivist: Client, bulk: bool
) -> None:
    record = RecordFactory.create(tags=["甲", "乙"])
    OutboxRow.objects.all().delete()
    tag = Tag.objects.get(name="甲")
    address = reverse(f"{TAG}:delete", args=[tag.pk])
    if bulk:
        address = action_url(DeleteThroughService, Tag, [tag.pk], "/admin/")

    archivist.post(address)

    assert list(record.tags.names()) == ["乙"]
    assert OutboxRow.objects.filter(source_id=record.pk).exists()
