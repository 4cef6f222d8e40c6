"""The archivist's desk: filters kept, many records changed, one after another."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import Batch, Folio, Record
from cms.admin.bulk import action_url
from cms.admin.bulk_edit import BulkEditSelected
from cms.admin.folio_release import ReleaseFolios
from cms.models import DescriptionTemplate, SavedFilter
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ARCHIVIST,
    REVIEWER,
    FolioFactory,
    RecordFactory,
    UserFactory,
    record_with_pages,
)

RECORD = "wagtailsnippets_archive_record"
LIST = f"{RECORD}:list"


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


def listed(client: Client, query: str) -> set[str]:
    response = client.get(f"{reverse(LIST)}?{query}")
    return {record.reference_code for record in response.context["object_list"]}


def mark_of(response: Any) -> str:
    found = re.search(r'name="mark" value="(\w+)"', response.text)
    assert found is not None
    return found[1]


def test_a_list_is_narrowed_by_years_scans_and_genre(archivist: Client) -> None:
    RecordFactory.create(reference_code="A", date_original="1958/1963", genre="通知")
    record_with_pages("文字", reference_code="B", title="B", date_original="1970")
    assert listed(archivist, "years_min=1960&years_max=1964") == {"A"}
    assert listed(archivist, "years_min=1964") == {"B"}
    assert listed(archivist, "years_max=99999") == {"A", "B"}
    assert listed(archivist, "scans=without") == {"A"}
    assert listed(archivist, "scans=undescribed") == {"B"}
    assert listed(archivist, "genre=通知") == {"A"}


def test_my_own_unfinished_records_are_listed_and_changed(
    archivist: Client, client_of: ClientOf
) -> None:
    RecordFactory.create(reference_code="A")
    address = reverse(f"{RECORD}:add")
    archivist.post(
        address, {"level": "item", "reference_code": "B", "title": "我的", "tags": ""}
    )
    assert listed(archivist, "mine=true") == {"B"}
    assert listed(archivist, "mine=false") == {"A"}
    edit = archivist.get(f"{reverse('archive_bulk_edit')}?mine=true")
    assert edit.context["count"] == 1
    work = archivist.get(reverse("archive_my_work"))
    assert f"{reverse(LIST)}?mine=true" in work.text
    assert listed(client_of(ARCHIVIST), "mine=true") == set()


def test_a_filter_says_yes_in_the_readers_language(client_of: ClientOf) -> None:
    page = client_of(ARCHIVIST).get(f"{reverse(LIST)}?waiting=true&mine=false")
    assert "True" not in page.text
    assert "提交待审" in page.text


def test_dates_that_were_not_understood_are_listed(archivist: Client) -> None:
    RecordFactory.create(reference_code="A", date_original="1963年春节")
    RecordFactory.create(reference_code="B", date_original="癸卯年")
    assert listed(archivist, "dates=unread") == {"A"}
    assert listed(archivist, "dates=ambiguous") == {"B"}
    report = archivist.get(reverse("archive_completeness"))
    assert (report.context["unread_dates"], report.context["open_dates"]) == (1, 1)


def test_an_empty_field_tells_what_counts_from_above(archivist: Client) -> None:
    above = RecordFactory.create(
        level="fonds", reference_code="Z", creators="样本单位", retention_code="永久"
    )
    record = RecordFactory.create(
        parent=above, retention_code="30年", date_original="1963年春节"
    )
    edit = archivist.get(reverse(f"{RECORD}:edit", args=[record.pk]))
    assert 'placeholder="沿用 Z：样本单位"' in edit.text
    assert "沿用 Z：永久" not in edit.text
    new = archivist.get(f"{reverse(f'{RECORD}:add')}?parent={above.pk}")
    assert 'placeholder="沿用 Z：样本单位"' in new.text
    # The reviewer sees it too, and the date that could not be read.
    seen = archivist.get(reverse(f"{RECORD}:inspect", args=[record.pk]))
    assert "1963年春节" in seen.text
    assert f"沿用 Z {above.title}" in seen.text


def test_a_filter_is_kept_shared_and_deleted(client_of: ClientOf) -> None:
    one, other = client_of(ARCHIVIST), client_of(ARCHIVIST)
    kept = {"name": "六十年代", "query": "years_min=1960&p=3&_x=1", "shared": "1"}
    one.post(reverse("archive_filter_save"), kept)
    one.post(reverse("archive_filter_save"), {"name": "自用", "query": "genre=通知"})
    saved = SavedFilter.objects.get(name="六十年代")
    assert saved.query == "years_min=1960"
    page = other.get(reverse(LIST))
    assert "?years_min=1960" in page.text
    assert "自用" not in page.text
    delete = reverse("archive_filter_delete", args=[saved.pk])
    assert other.post(delete).status_code == 404
    one.post(delete)
    assert not SavedFilter.objects.filter(pk=saved.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "", "query": "genre=x"},
        {"name": "名", "query": ""},
        {"name": "名", "query": "p=2"},
        {"name": "长" * 61, "query": "genre=x"},
        {"name": "名", "query": "genre=" + "长" * 2000},
    ],
)
def test_a_filter_that_says_nothing_is_not_kept(
    archivist: Client, wrong: dict[str, str]
) -> None:
    archivist.post(reverse("archive_filter_save"), wrong)
    assert not SavedFilter.objects.exists()


def test_ticked_records_are_changed_after_a_preview(archivist: Client) -> None:
    pair = RecordFactory.create_batch(2, genre="通知")
    ids = [record.pk for record in pair]
    response = archivist.get(action_url(BulkEditSelected, Record, ids, "/admin/"))
    address = response["Location"]
    change = {"action": "set", "field": "genre", "value": "纪要"}

    shown = archivist.post(address, {**change, "preview": "1"})
    assert "文种改为“纪要”" in shown.text
    assert {record.genre for record in Record.objects.all()} == {"通知"}

    done = archivist.post(address, {**change, "apply": "1", "mark": mark_of(shown)})
    assert (done.status_code, done["Location"]) == (302, "/admin/")
    assert {record.genre for record in Record.objects.all()} == {"纪要"}
    assert Batch.objects.get().changes.count() == 2


def test_what_was_not_shown_is_not_done(archivist: Client) -> None:
    record = RecordFactory.create(genre="通知")
    address = f"{reverse('archive_bulk_edit')}?id={record.pk}"
    change = {"action": "suffix", "field": "genre", "value": "稿"}
    mark = mark_of(archivist.post(address, {**change, "preview": "1"}))
    Record.objects.filter(pk=record.pk).update(genre="报告")

    again = archivist.post(address, {**change, "apply": "1", "mark": mark})

    assert "请再核对一次" in again.text
    assert Record.objects.get(pk=record.pk).genre == "报告"


def test_all_that_a_filter_shows_are_changed_and_no_others(archivist: Client) -> None:
    RecordFactory.create(reference_code="A", genre="通知")
    RecordFactory.create(reference_code="B", genre="报告")
    address = f"{reverse('archive_bulk_edit')}?genre=通知"
    change = {"action": "add_tags", "value": "样卷；调解"}
    mark = mark_of(archivist.post(address, {**change, "preview": "1"}))
    archivist.post(address, {**change, "apply": "1", "mark": mark})
    tagged = Record.objects.filter(tags__name="样卷")
    assert [record.reference_code for record in tagged] == ["A"]


def test_without_a_choice_nothing_is_chosen(archivist: Client) -> None:
    RecordFactory.create()
    response = archivist.get(reverse("archive_bulk_edit"))
    assert response.context["count"] == 0


def test_what_cannot_be_is_said_before_anything_is_done(archivist: Client) -> None:
    record = RecordFactory.create(reference_code="A-1", genre="长" * 39)
    address = f"{reverse('archive_bulk_edit')}?id={record.pk}"
    change = {"action": "suffix", "field": "genre", "value": "两字", "preview": "1"}
    shown = archivist.post(address, change)
    assert "A-1" in shown.text
    assert 'name="apply"' not in shown.text
    nothing = archivist.post(address, {"action": "set", "field": "", "preview": "1"})
    assert "请选择要改的项目" in nothing.text


def test_a_reviewer_changes_nothing_in_bulk(client_of: ClientOf) -> None:
    record = RecordFactory.create()
    reviewer = client_of(REVIEWER)
    assert reviewer.get(
        f"{reverse('archive_bulk_edit')}?id={record.pk}"
    ).status_code in (
        302,
        403,
    )


def test_a_new_record_begins_with_its_template(archivist: Client) -> None:
    archivist.post(
        reverse("template:add"),
        {"name": "演示通知", "level": "item", "genre": "通知", "language": "汉语"},
    )
    template = DescriptionTemplate.objects.get(name="演示通知")
    assert template.values == {"genre": "通知", "language": "汉语"}
    parent = RecordFactory.create()

    page = archivist.get(
        f"{reverse(f'{RECORD}:add')}?template={template.pk}&parent={parent.pk}"
    )

    form = page.context["form"]
    assert (form["genre"].value(), form["level"].value()) == ("通知", "item")
    assert str(form["parent"].value()) == str(parent.pk)
    assert f"template={template.pk}&amp;parent={parent.pk}" in page.text


def test_a_copy_takes_what_is_shared_and_not_the_code(archivist: Client) -> None:
    above = RecordFactory.create()
    model = RecordFactory.create(
        parent=above, genre="纪要", scope_content="此卷独有", tags=["甲"]
    )
    form = archivist.get(f"{reverse(f'{RECORD}:add')}?copy={model.pk}").context["form"]
    assert (form["genre"].value(), form["scope_content"].value()) == ("纪要", None)
    assert not form["reference_code"].value()
    assert form["parent"].value() == above.pk
    assert "甲" in str(form["tags"])


def test_blanks_are_taken_from_the_record_before_and_nothing_is_saved(
    archivist: Client,
) -> None:
    above = RecordFactory.create()
    RecordFactory.create(parent=above, genre="纪要", creators="甲村")
    record = RecordFactory.create(parent=above, creators="乙村")
    address = reverse(f"{RECORD}:edit", args=[record.pk])
    form = archivist.get(f"{address}?copy=previous").context["form"]
    assert (form["genre"].value(), form["creators"].value()) == ("纪要", "乙村")
    assert Record.objects.get(pk=record.pk).genre == ""


def test_saving_goes_on_to_the_next_record(archivist: Client) -> None:
    above = RecordFactory.create(level="fonds")
    pair = [RecordFactory.create(parent=above) for _ in range(2)]
    address = reverse(f"{RECORD}:edit", args=[pair[0].pk])
    fields = archivist.get(address).context["form"].initial
    sent = {k: v for k, v in fields.items() if v is not None and k != "tags"}
    response = archivist.post(address, {**sent, "title": "改", "next": "1"})
    assert response["Location"] == reverse(f"{RECORD}:edit", args=[pair[1].pk])


def test_the_scan_stands_beside_the_form_also_for_an_item_of_a_volume(
    archivist: Client,
) -> None:
    volume = record_with_pages("第一页的字", "第二页的字")
    item = RecordFactory.create(parent=volume, level="item")
    page = archivist.get(reverse(f"{RECORD}:edit", args=[item.pk]))
    assert page.context["scans"].sequences == [1, 2]
    answer = archivist.get(reverse("archive_scan", args=[volume.pk, 2])).json()
    assert answer["text"] == "第二页的字"
    assert archivist.get(answer["image"]).status_code == 200
    missing = reverse("archive_scan", args=[volume.pk, 3])
    assert archivist.get(missing).status_code == 404


def test_several_pages_leave_quarantine_at_once(archivist: Client) -> None:
    record = RecordFactory.create()
    waiting = [FolioFactory.create(record=record, quarantined=True) for _ in range(3)]
    ids = [folio.pk for folio in waiting[:2]]
    address = action_url(ReleaseFolios, Folio, ids, "/admin/")
    archivist.post(address)
    assert Folio.objects.filter(quarantined=True).count() == 3
    archivist.post(address, {"seen": "on"})
    assert list(Folio.objects.filter(quarantined=True)) == [waiting[2]]


def test_a_quarantined_volume_is_listed_and_released_in_one_go(
    archivist: Client, django_assert_max_num_queries: Any
) -> None:
    record = RecordFactory.create()
    master = FolioFactory.create(record=record).master
    Folio.objects.bulk_create(
        Folio(record=record, master=master, sequence=number, quarantined=True)
        for number in range(2, 252)
    )
    page = archivist.get(f"{reverse('folio:index')}?state=quarantined")
    ids = [folio.pk for folio in page.context["object_list"]]
    assert len(ids) == 250
    address = action_url(ReleaseFolios, Folio, ids, "/admin/")
    assert len(address) < 4000
    with django_assert_max_num_queries(60):
        archivist.get(address)
    archivist.post(address, {"seen": "on"})
    assert not Folio.objects.filter(quarantined=True).exists()


def test_what_may_be_the_same_is_reported(archivist: Client) -> None:
    same = {"title": "调解纪要", "date_original": "1963", "creators": "甲村"}
    RecordFactory.create(reference_code="A-1", **same)
    RecordFactory.create(reference_code="A-2", **same)
    page = archivist.get(reverse("archive_duplicates"))
    assert "A-1" in page.text
    assert "A-2" in page.text


def test_a_new_record_begins_at_the_level_that_is_usual_there(
    archivist: Client,
) -> None:
    fonds = RecordFactory.create(level="fonds")
    file = RecordFactory.create(parent=fonds, level="file")

    def level(parent: object) -> object:
        page = archivist.get(f"{reverse(f'{RECORD}:add')}?parent={parent}")
        return page.context["form"]["level"].value()

    assert level(fonds.pk) == "file"
    assert level(file.pk) == "item"
    RecordFactory.create(parent=file, level="file")
    assert level(file.pk) == "file"
    assert not level(10**6)


def test_who_has_nothing_to_do_is_told_where_to_begin(client_of: ClientOf) -> None:
    user = UserFactory.create(groups=[ARCHIVIST])
    archivist = client_of(user=user)
    address = reverse("archive_my_work")
    assert "没有等您办理的" in archivist.get(address).text
    RecordFactory.create(by=user)
    assert "没有等您办理的" not in archivist.get(address).text


def test_the_first_page_leads_to_what_a_person_may_do_and_nowhere_else(
    archivist: Client, client_of: ClientOf
) -> None:
    home = reverse("wagtailadmin_home")
    new = reverse(f"{RECORD}:add")
    assert new in archivist.get(home).text
    reviewing = client_of(REVIEWER).get(home).text
    assert "档案工作" in reviewing
    assert new not in reviewing
    assert "档案工作" not in client_of("编辑 editor").get(home).text
