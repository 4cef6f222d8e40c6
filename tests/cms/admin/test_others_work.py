"""Two people with the same record open: nothing is lost without a word."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive import records, workflow
from archive.models import Record
from tests.cms.admin.conftest import ClientOf
from tests.cms.admin.test_records import RECORD, errors, send
from tests.factories import ARCHIVIST, RecordFactory, UserFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture
def record() -> Record:
    made: Record = RecordFactory.create(
        title="旧题名",
        note="旧附注",
        date_original="1963",
        creators="甲村",
        retention_code="永久",
        material="photograph",
        particulars={"event": "旧事由"},
    )
    return made


def opened(client: Client, record: Record) -> dict[str, Any]:
    """What a browser that opens the form now would send back untouched."""
    page = client.get(reverse(f"{RECORD}:edit", args=[record.pk]))
    form = page.context["form"]
    assert 'name="seen_change"' in page.content.decode()
    fields = {name: form[name].value() for name in form.fields}
    return {**fields, "tags": ", ".join(str(tag) for tag in record.tags.all())}


def save(client: Client, record: Record, fields: dict[str, Any], **changes: Any) -> Any:
    return send(client, reverse(f"{RECORD}:edit", args=[record.pk]), fields, changes)


def test_what_another_person_saved_meanwhile_stays(
    archivist: Client, record: Record
) -> None:
    above = RecordFactory.create(level="fonds")
    fields = opened(archivist, record)
    other = UserFactory.create()
    values = {
        "note": "别人的附注",
        "tags": ["别人的标签"],
        "date_original": "1964年春节",
        "date_edtf": "1964-02-13",
        "particulars": {"event": "别人的事由"},
    }
    records.edit(record, values, other)
    records.move(record, above, other)
    records.set_reference_code(record, "别-1", other)

    assert save(archivist, record, fields, title="我的题名").status_code == 302

    record = Record.objects.get(pk=record.pk)
    assert (record.title, record.note) == ("我的题名", "别人的附注")
    assert list(record.tags.names()) == ["别人的标签"]
    assert (record.date_original, record.date_edtf) == ("1964年春节", "1964-02-13")
    assert record.particulars == {"event": "别人的事由"}
    assert (record.parent_id, record.reference_code) == (above.pk, "别-1")


def test_what_both_changed_is_said_and_overwritten_only_by_saving_again(
    archivist: Client, record: Record
) -> None:
    fields = opened(archivist, record)
    other = UserFactory.create(username="zhang")
    records.edit(record, {"title": "别人的题名", "note": "别人的附注"}, other)

    refused = save(archivist, record, fields, title="我的题名")

    (told,) = errors(refused)["title"]
    assert "别人的题名" in told
    assert "zhang" in told
    assert Record.objects.get(pk=record.pk).title == "别人的题名"
    form = refused.context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert save(archivist, record, again).status_code == 302
    record = Record.objects.get(pk=record.pk)
    assert (record.title, record.note) == ("我的题名", "别人的附注")


def test_what_is_saved_after_the_warning_is_said_again(
    archivist: Client, record: Record
) -> None:
    fields = opened(archivist, record)
    records.edit(record, {"title": "别人的题名"}, None)
    form = save(archivist, record, fields, title="我的题名").context["form"]
    again = {name: form[name].value() for name in form.fields}
    records.edit(record, {"title": "第三人的题名"}, None)
    assert "第三人的题名" in errors(save(archivist, record, again))["title"][0]


def test_the_same_text_twice_is_no_conflict(archivist: Client, record: Record) -> None:
    fields = opened(archivist, record)
    records.edit(record, {"title": "同一题名"}, None)
    assert save(archivist, record, fields, title="同一题名").status_code == 302


def test_changes_that_wait_for_review_are_another_persons_work_too(
    archivist: Client, record: Record
) -> None:
    published([record])
    fields = opened(archivist, record)
    proposed = {"note": "别人的附注", "particulars": {"event": "别人的事由"}}
    workflow.edit(record, proposed, UserFactory.create())
    assert save(archivist, record, fields, title="我的题名").status_code == 302
    assert workflow.pending(record) == {"title": "我的题名", **proposed}


def test_particulars_that_wait_are_what_the_form_shows(
    archivist: Client, record: Record
) -> None:
    published([record])
    workflow.edit(record, {"particulars": {"event": "新事由"}}, UserFactory.create())
    fields = opened(archivist, record)
    assert fields["particular-photograph-event"] == "新事由"
    changed = {"particular-photograph-place": "样本村"}
    assert save(archivist, record, fields, **changed).status_code == 302
    kept = {"event": "新事由", "place": "样本村"}
    assert workflow.pending(record)["particulars"] == kept
