"""Describing records in the admin: everything goes through the archive's services."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry

from archive import decisions, records
from archive.models import Job, OutboxRow, Record, Tombstone
from cms.admin.bulk import action_url
from cms.admin.deletion import DeleteThroughService
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ARCHIVIST,
    PUBLIC,
    REVIEWER,
    FolioFactory,
    RecordFactory,
    UserFactory,
    open_record,
    record_with_pages,
)

RECORD = "wagtailsnippets_archive_record"
EMPTY = {
    field.name: ""
    for field in Record._meta.get_fields()
    if getattr(field, "editable", False) and hasattr(field, "max_length")
}


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture
def record(archivist: Client) -> Record:
    made: Record = RecordFactory.create(title="演示案卷", tags=["甲"])
    made.refresh_from_db()
    OutboxRow.objects.all().delete()
    return made


def edit(client: Client, record: Record, **changes: Any) -> Any:
    """Send the form as a browser would: all fields, some of them changed."""
    page = client.get(reverse(f"{RECORD}:edit", args=[record.pk]))
    form = page.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields["tags"] = ", ".join(str(tag) for tag in record.tags.all())
    return send(client, reverse(f"{RECORD}:edit", args=[record.pk]), fields, changes)


def create(client: Client, **fields: Any) -> Any:
    return send(client, reverse(f"{RECORD}:add"), EMPTY, fields)


def send(
    client: Client, address: str, fields: Mapping[str, Any], changes: Mapping[str, Any]
) -> Any:
    sent = {**fields, **changes}
    return client.post(
        address, {name: "" if value is None else value for name, value in sent.items()}
    )


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    found: dict[str, list[str]] = response.context["form"].errors
    return found


def test_saving_changes_the_record_and_tells_the_index(
    archivist: Client, record: Record
) -> None:
    before = record.version

    response = edit(archivist, record, title="演示案卷，改", creators="甲村；乙乡")

    assert response.status_code == 302
    record.refresh_from_db()
    assert (record.title, record.creators) == ("演示案卷，改", "甲村；乙乡")
    assert record.version > before
    assert OutboxRow.objects.filter(source_id=record.pk).exists()


def test_saving_nothing_new_keeps_the_version(
    archivist: Client, record: Record
) -> None:
    assert edit(archivist, record).status_code == 302

    assert Record.objects.get(pk=record.pk).version == record.version
    assert not OutboxRow.objects.exists()


def test_tags_are_changed_and_reach_the_index(
    archivist: Client, record: Record
) -> None:
    edit(archivist, record, tags="乙, 丙")

    assert sorted(record.tags.names()) == ["丙", "乙"]
    assert OutboxRow.objects.filter(source_id=record.pk).exists()


def test_a_new_code_leaves_the_old_one_leading_to_the_record(
    archivist: Client, record: Record
) -> None:
    old = record.reference_code

    edit(archivist, record, reference_code="T001-WS.2024")

    record.refresh_from_db()
    assert record.reference_code == "T001-WS·2024"
    assert records.resolve(old) == record


def test_a_new_parent_moves_the_record_with_all_below(
    archivist: Client, record: Record
) -> None:
    below = RecordFactory.create(parent=record)
    parent = RecordFactory.create()

    edit(archivist, record, parent=parent.pk)

    record.refresh_from_db()
    below.refresh_from_db()
    assert record.path == f"{parent.path}{record.pk}/"
    assert below.path == f"{record.path}{below.pk}/"


def test_a_date_as_written_brings_the_other_dates_with_it(
    archivist: Client, record: Record
) -> None:
    edit(archivist, record, date_original="1963年11月")

    record.refresh_from_db()
    assert (record.date_edtf, str(record.date_min)) == ("1963-11", "1963-11-01")


def test_a_date_that_cannot_be_read_is_given_by_hand_and_taken_back(
    archivist: Client, record: Record
) -> None:
    edit(archivist, record, date_original="癸卯年秋", date_edtf="1963")
    record.refresh_from_db()
    assert str(record.date_max) == "1963-12-31"

    edit(archivist, record, date_original="1964年", date_edtf="")
    record.refresh_from_db()
    assert record.date_edtf == "1964"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("reference_code", "a/b", "档号“a/b”无效"),
        ("reference_code", "", "必需"),
        ("title", "", "必需"),
        ("level", "shelf", "shelf"),
        ("date_edtf", "昨天", "“昨天”不是日期"),
        ("title", "长" * 501, "500"),
    ],
)
def test_wrong_input_is_said_at_its_field_and_changes_nothing(
    archivist: Client, record: Record, field: str, value: str, said: str
) -> None:
    response = edit(archivist, record, **{field: value})

    assert said in "".join(errors(response)[field])
    assert Record.objects.get(pk=record.pk).version == record.version


def test_a_code_that_another_record_has_is_refused_at_the_field(
    archivist: Client, record: Record
) -> None:
    other = RecordFactory.create()

    response = edit(archivist, record, reference_code=other.reference_code)

    assert "reference_code" in errors(response)


def test_a_code_that_another_record_once_had_is_refused_at_the_field(
    archivist: Client, record: Record
) -> None:
    other = RecordFactory.create(reference_code="T001-OLD")
    records.set_reference_code(other, "T001-NEW")

    response = edit(archivist, record, reference_code="T001-OLD", title="改")

    assert "T001-OLD" in "".join(errors(response)["reference_code"])
    assert Record.objects.get(pk=record.pk).title == "演示案卷"


def test_a_record_is_not_hung_below_itself(archivist: Client, record: Record) -> None:
    below = RecordFactory.create(parent=record)

    response = edit(archivist, record, parent=below.pk)

    assert "下级" in "".join(errors(response)["parent"])


def test_openness_is_shown_and_cannot_be_sent_with_the_form(
    archivist: Client, record: Record
) -> None:
    page = archivist.get(reverse(f"{RECORD}:edit", args=[record.pk]))
    assert "须由一人拟定、另一人审定" in page.text

    edit(archivist, record, title="改", open_status="open", public_access=2)

    record.refresh_from_db()
    assert (record.open_status, record.public_access) == ("unreviewed", 0)


def test_a_new_record_is_made_by_the_service(archivist: Client) -> None:
    parent = RecordFactory.create()

    response = create(
        archivist,
        parent=parent.pk,
        level="item",
        reference_code="T002-1",
        title="演示文件",
        date_original="1963年",
        tags="甲, 乙",
    )

    made = Record.objects.get(reference_code="T002-1")
    assert response.status_code == 302
    assert made.path == f"{parent.path}{made.pk}/"
    assert (made.date_edtf, made.open_status) == ("1963", "unreviewed")
    assert sorted(made.tags.names()) == ["乙", "甲"]
    assert OutboxRow.objects.filter(source_id=made.pk).exists()


def test_a_new_record_with_a_code_used_before_is_refused(archivist: Client) -> None:
    gone = RecordFactory.create(reference_code="T003")
    records.delete(gone)

    response = create(archivist, level="item", reference_code="T003", title="演示")

    assert "T003" in "".join(errors(response)["reference_code"])


def test_what_was_done_stands_in_the_history(archivist: Client, record: Record) -> None:
    edit(archivist, record, title="改")

    (entry,) = registry.get_logs_for_instance(record)
    assert (entry.action, entry.data["fields"]) == ("wagtail.edit", ["title"])
    assert entry.user_id == int(archivist.session["_auth_user_id"])


def test_an_empty_record_is_deleted_and_leaves_a_tombstone(
    archivist: Client, record: Record
) -> None:
    archivist.post(reverse(f"{RECORD}:delete", args=[record.pk]))

    assert not Record.objects.filter(pk=record.pk).exists()
    assert Tombstone.objects.filter(record_id=record.pk).exists()


@pytest.mark.parametrize("bulk", [True, False])
def test_a_record_with_pages_is_not_deleted(archivist: Client, bulk: bool) -> None:
    record = record_with_pages("文字")
    address = reverse(f"{RECORD}:delete", args=[record.pk])
    if bulk:
        address = action_url(DeleteThroughService, Record, [record.pk], "/admin/")

    response = archivist.post(address)

    assert "不能删除" in response.text
    assert Record.objects.filter(pk=record.pk).exists()


def test_several_empty_records_are_deleted_by_the_service(archivist: Client) -> None:
    gone = RecordFactory.create_batch(2)
    ids = [record.pk for record in gone]

    archivist.post(action_url(DeleteThroughService, Record, ids, "/admin/"))

    assert Tombstone.objects.filter(record_id__in=ids).count() == 2


def test_everything_there_is_cannot_be_taken_at_once(archivist: Client) -> None:
    RecordFactory.create()
    address = action_url(DeleteThroughService, Record, [], "/admin/")

    assert archivist.post(f"{address}&id=all").status_code == 404
    assert Record.objects.exists()


def test_a_reviewer_looks_but_saves_nothing(client_of: ClientOf) -> None:
    record = RecordFactory.create(title="演示")
    reviewer = client_of(REVIEWER)

    response = reviewer.post(
        reverse(f"{RECORD}:edit", args=[record.pk]), {"title": "改"}
    )

    assert response.status_code in (302, 403)
    assert Record.objects.get(pk=record.pk).title == "演示"


def test_the_list_costs_the_same_for_many_records(
    archivist: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse(f"{RECORD}:list")
    few = queries(archivist, address, 2, django_assert_max_num_queries)
    many = queries(archivist, address, 12, django_assert_max_num_queries)

    assert many == few


def queries(client: Client, address: str, more: int, limit: Any) -> int:
    """How many statements a list takes, with ``more`` records added before."""
    for number in range(more):
        record_with_pages("文字", "文字", tags=[f"标签 {number}"])
    client.get(address)
    with limit(60) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["folio:index", "job:index", "decision:index"])
def test_the_other_lists_cost_the_same_for_many_rows(
    client_of: ClientOf, name: str, django_assert_max_num_queries: Any
) -> None:
    client = client_of(ARCHIVIST)
    counts = []
    for more in (2, 9):
        for _ in range(more):
            record = record_with_pages("文字")
            waiting = FolioFactory.create(record=record)
            Job.objects.filter(folio=waiting).update(failed=True)
            decisions.propose([record], PUBLIC, "依据", UserFactory.create())
        counts.append(queries(client, reverse(name), 0, django_assert_max_num_queries))

    assert counts[0] == counts[1]


def test_a_date_that_may_be_several_years_is_asked_about(
    archivist: Client, record: Record
) -> None:
    response = edit(archivist, record, date_original="癸卯年十月初五")
    (asked,) = errors(response)["date_edtf"]
    assert "1963-11-20" in asked
    assert "1903-11-23" in asked

    chosen = {"date_original": "癸卯年十月初五", "date_edtf": "1963-11-20"}
    assert edit(archivist, record, **chosen).status_code == 302
    record.refresh_from_db()
    assert (record.date_original, str(record.date_min)) == (
        "癸卯年十月初五",
        "1963-11-20",
    )
    assert (record.calendar, record.date_certainty) == ("lunar", "certain")


def test_a_date_that_cannot_be_read_is_kept_and_said(
    archivist: Client, record: Record
) -> None:
    address = reverse(f"{RECORD}:edit", args=[record.pk])
    fields = archivist.get(address).context["form"].initial
    sent = {name: value for name, value in fields.items() if value is not None}
    page = archivist.post(
        address, {**sent, "tags": "", "date_original": "解放前夕"}, follow=True
    )
    assert "日期已照录" in page.text
    record.refresh_from_db()
    assert (record.date_original, record.date_edtf) == ("解放前夕", "")


def test_what_is_understood_is_told_before_saving(archivist: Client) -> None:
    def told(text: str) -> dict[str, Any]:
        answer: dict[str, Any] = archivist.get(
            reverse("archive_dates"), {"text": text}
        ).json()
        return answer

    assert told("一九六三年冬")["said"] == (
        "理解为：1963年冬（EDTF 1963-24；1963-12-01 至 1964-02-29）"
    )
    assert [one["edtf"] for one in told("六三年")["candidates"]] == ["1963", "1974"]
    assert "没有 30 日" in told("1963年2月30日")["problem"]
    assert told("")["said"] == ""


def test_an_edtf_given_by_hand_stays_while_its_text_cannot_be_read(
    archivist: Client, record: Record
) -> None:
    edit(archivist, record, date_original="1963年春节", date_edtf="1963-01-25")
    edit(archivist, record, date_original="一九六三年春节")
    held = Record.objects.get(pk=record.pk)
    assert (held.date_original, held.date_edtf) == ("一九六三年春节", "1963-01-25")
    edit(archivist, record, date_original="1963年2月")
    assert Record.objects.get(pk=record.pk).date_edtf == "1963-02"
    # What was derived, or chosen, for a text that could be read does not stay.
    edit(archivist, record, date_original="1963年元宵")
    assert Record.objects.get(pk=record.pk).date_edtf == ""


def test_a_chosen_year_cannot_be_emptied_without_another_choice(
    archivist: Client, record: Record
) -> None:
    edit(archivist, record, date_original="癸卯年", date_edtf="1963")
    response = edit(archivist, record, date_edtf="")
    assert "1903" in errors(response)["date_edtf"][0]
    assert Record.objects.get(pk=record.pk).date_edtf == "1963"


def test_what_is_open_and_the_heading_of_openness_are_two_words_in_english(
    client_of: ClientOf,
) -> None:
    record = RecordFactory.create()
    open_record(record)
    client = client_of(ARCHIVIST, language="en")
    page = client.get(reverse(f"{RECORD}:inspect", args=[record.pk])).text
    assert re.search(r"<h2[^>]*>Openness</h2>", page)
    assert re.search(r">\s*Open\s*<", page)


def test_breadcrumbs_are_in_the_readers_language(client_of: ClientOf) -> None:
    client = client_of(ARCHIVIST, language="en")
    for name in (f"{RECORD}:list", "wagtailsnippets_taggit_tag:list"):
        page = client.get(reverse(name)).text
        assert "首页" not in page
        assert "Home" in page
