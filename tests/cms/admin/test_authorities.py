"""Authorities in the admin: list, form, page, merging, reports, relations."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from archive import batches, links, records, workflow
from archive.authorities import gaps, registry
from archive.authorities.merging import merge
from archive.models import Authority, Batch, Record, Review
from cms.admin.authority_merging import MergeSelected, merge_url
from cms.admin.bulk import action_url
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ADMINISTRATOR,
    ARCHIVIST,
    REVIEWER,
    RecordFactory,
    UserFactory,
    authority,
    former,
    published,
)

pytestmark = pytest.mark.django_db

RECORD = "wagtailsnippets_archive_record"


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


def related(record: Record) -> list[Any]:
    return links.read("authorities", record.pk)


def rows(*names: tuple[str, str, str]) -> dict[str, str]:
    """The names of a form: name, kind, dates."""
    data = {"names-TOTAL_FORMS": str(len(names)), "names-INITIAL_FORMS": "0"}
    for n, (name, kind, dates) in enumerate(names):
        data |= {
            f"names-{n}-name": name,
            f"names-{n}-kind": kind,
            f"names-{n}-dates_original": dates,
        }
    return data


def listed(client: Client, query: str) -> set[str]:
    response = client.get(f"{reverse('authority:index')}?{query}")
    return {one.name for one in response.context["object_list"]}


def test_an_authority_is_made_changed_and_its_history_told(archivist: Client) -> None:
    county = authority("样本县", kind="place")
    data = {
        "kind": "place",
        "broader": "樣本縣",
        **rows(
            ("样本市样本镇", "preferred", "1983—"),
            ("样本专区样本区", "former", "1949—1983"),
            ("", "former", ""),
        ),
    }
    response = archivist.post(reverse("authority:add"), data, follow=True)
    made = Authority.objects.get(name="样本市样本镇")
    assert made.broader == county
    assert "样本专区样本区" in response.text
    edit = reverse("authority:edit", args=[made.pk])
    page = archivist.get(edit).text
    assert f"样本县（{county.number}）" in page
    archivist.post(edit, {**data, "note": "新注", **rows(("样本镇", "preferred", ""))})
    made.refresh_from_db()
    assert (made.name, made.note, made.names.count()) == ("样本镇", "新注", 1)
    told = archivist.get(reverse("authority:history", args=[made.pk])).text
    assert "样本市样本镇（1983—）" in told
    assert "新注" in told


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (rows(("甲", "former", "")), "规范名称"),
        (rows(("甲；乙", "preferred", "")), "圆括号"),
        (rows(("甲" * 201, "preferred", "")), "名称中有误"),
        ({**rows(("甲", "preferred", "")), "broader": "无此地"}, "没有名为"),
        ({**rows(("甲", "preferred", "")), "broader": "样本县"}, "不是地点"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    archivist: Client, data: dict[str, str], told: str
) -> None:
    authority("样本县", kind="place")
    response = archivist.post(
        reverse("authority:add"), {"kind": "organisation", **data}
    )
    assert response.status_code == 200
    assert told in response.text
    assert Authority.objects.count() == 1


def test_dates_that_cannot_be_read_are_kept_with_a_warning(archivist: Client) -> None:
    data = {"kind": "person", **rows(("张某", "preferred", "很久以前的时候"))}
    response = archivist.post(reverse("authority:add"), data, follow=True)
    assert "时间已照录" in response.text
    assert Authority.objects.get().names.get().dates_original == "很久以前的时候"


def test_the_list_is_searched_by_any_name_and_narrowed(archivist: Client) -> None:
    office = authority("样本县档案馆", former("旧档案室"))
    authority("样本镇", kind="place")
    RecordFactory.create(authorities=[[office.number, "creator"]])
    for query in ("q=檔案室", "q=jdas", f"q={office.number.lower()}", "used=yes"):
        assert listed(archivist, query) == {"样本县档案馆"}
    assert listed(archivist, "role=creator") == {"样本县档案馆"}
    assert listed(archivist, "kind=place") == listed(archivist, "used=no") == {"样本镇"}
    assert listed(archivist, "q=诉讼") == set()


def test_lists_and_pages_take_the_same_queries_however_many_there_are(
    archivist: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = authority("样本县档案馆", kind="organisation")
    addresses = [
        reverse("authority:index"),
        reverse("authority:inspect", args=[office.pk]),
        reverse("archive_authorities_duplicates"),
        reverse("archive_authorities_unlinked"),
    ]

    def counts() -> list[int]:
        taken = []
        for address in addresses:
            archivist.get(address)
            with django_assert_max_num_queries(100) as captured:
                assert archivist.get(address).status_code == 200
            taken.append(len(captured))
        return taken

    def more(times: int) -> None:
        for n in range(times):
            twin = authority(f"样本{n}社", former(f"旧样本{n}社"))
            authority(f"樣本{n}社")
            pairs = [[office.number, "creator"], [twin.number, "recipient"]]
            RecordFactory.create(authorities=pairs, person_names=f"张某{n}")

    more(2)
    few = counts()
    more(12)
    assert counts() == few


def test_the_history_of_a_record_takes_the_same_queries_however_long_it_is(
    archivist: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [authority(f"样本{n}社") for n in range(8)]
    record = RecordFactory.create()
    address = reverse("archive_history", args=[record.pk])

    def count() -> int:
        archivist.get(address)
        with django_assert_max_num_queries(100) as captured:
            assert "样本" in archivist.get(address).text
        return len(captured)

    for each in made[:2]:
        records.edit(record, {"authorities": [[each.number, "recipient"]]}, None)
    few = count()
    for each in made[2:]:
        records.edit(record, {"authorities": [[each.number, "recipient"]]}, None)
    assert count() == few


def test_only_what_nothing_refers_to_is_deleted(archivist: Client) -> None:
    used, unused = authority("甲社"), authority("乙社")
    RecordFactory.create(authorities=[[used.number, "creator"]])
    for one in (used, unused):
        address = reverse("authority:delete", args=[one.pk])
        response = archivist.post(address, follow=True)
        assert ("不能删除" in response.text) is (one == used)
    assert list(Authority.objects.all()) == [used]


def test_those_side_by_side_are_merged_and_the_old_address_leads_on(
    archivist: Client,
) -> None:
    kept, gone = authority("甲社", note="说明"), authority("乙社", history="沿革")
    record = RecordFactory.create(authorities=[[gone.number, "creator"]])
    address = merge_url([kept.pk, gone.pk])
    page = archivist.get(address).text
    assert all(word in page for word in ("甲社", "乙社", "说明", "沿革", "1 条档案"))
    ids = {"id": [kept.pk, gone.pk]}
    assert "请选定" in archivist.post(address, ids).text
    assert Authority.objects.count() == 2
    response = archivist.post(address, {**ids, "survivor": kept.pk})
    page_of_kept = reverse("authority:inspect", args=[kept.pk])
    assert response.headers["Location"] == page_of_kept
    assert related(record) == [[kept.number, "creator"]]
    old = archivist.get(reverse("authority:inspect", args=[gone.pk]))
    assert old.headers["Location"] == page_of_kept
    assert gone.number in archivist.get(page_of_kept).text
    history = archivist.get(reverse("authority:history", args=[kept.pk])).text
    assert f"并入了乙社（{gone.number}）" in history


def test_another_is_added_to_the_comparison_by_name(archivist: Client) -> None:
    one, other = authority("甲社"), authority("乙社")
    address = merge_url([one.pk])
    response = archivist.get(f"{address}&add=乙社")
    assert response.headers["Location"] == merge_url([one.pk, other.pk])
    assert "没有名为" in archivist.get(f"{address}&add=丙社").text
    chosen = action_url(MergeSelected, Authority, [one.pk, other.pk], "/admin/")
    assert archivist.get(chosen).headers["Location"] == response.headers["Location"]


def test_a_reviewer_looks_and_changes_nothing(client_of: ClientOf) -> None:
    one, other = authority("甲社"), authority("乙社")
    RecordFactory.create(creators="甲社；丙社")
    reviewer = client_of(REVIEWER)
    page = reverse("authority:inspect", args=[one.pk])
    assert "合并…" not in reviewer.get(page).text
    data = {"id": [one.pk, other.pk], "survivor": one.pk}
    link = reverse("archive_authorities_link", args=[one.pk])
    make = {"name": "丙社", "kind": "organisation"}
    for address, sent in (
        (merge_url([]), data),
        (link, {}),
        (reverse("archive_authorities_unlinked"), make),
    ):
        assert reviewer.post(address, sent).status_code in (302, 403)
    assert Authority.objects.count() == 2
    assert not one.relations.exists()


def test_names_without_authority_are_counted_and_linked_in_a_batch_that_is_undone(
    archivist: Client,
) -> None:
    one = RecordFactory.create(creators="某社；甲社")
    other = RecordFactory.create(person_names="某社")
    (draft,) = published([RecordFactory.create(creators="某 社")])
    authority("甲社")
    (counted,) = gaps.without_authority()
    assert (counted["folded"], counted["times"]) == ("某社", 3)
    (found,) = gaps.counted([counted["folded"]])
    assert (found["name"], found["records"]) == ("某 社", 3)
    assert (found["creators"], found["person_names"]) == (2, 1)
    address = reverse("archive_authorities_unlinked")
    data = {"name": "某社", "kind": "organisation"}
    page = archivist.post(address, data, follow=True).text
    assert "已将 3 条档案" in page
    made = Authority.objects.get(name="某社")
    assert [name.name for name in made.names.all()] == ["某社", "某 社"]
    assert related(one) == [[made.number, "creator"]]
    assert related(other) == [[made.number, "mentioned"]]
    # What is published waits for another person.
    assert related(draft) == []
    waiting = Review.objects.get(record=draft).values
    assert waiting["authorities"] == [[made.number, "creator"]]
    assert not gaps.without_authority().exists()
    batch = Batch.objects.get()
    assert batches.undo(batch, None).restored == 3
    assert related(one) == related(other) == []
    assert not workflow.pending(draft)


def test_records_that_name_an_authority_are_linked_from_its_page(
    archivist: Client,
) -> None:
    made = authority("甲社", former("旧甲社"))
    shared = authority("丙社", former("同名社"))
    authority("丁社", former("同名社"))
    record = RecordFactory.create(creators="旧甲社；同名社")
    held = [[shared.number, "recipient"]]
    waits = published([RecordFactory.create(creators="甲社")])[0]
    workflow.edit(waits, {"authorities": held}, UserFactory.create())
    page = archivist.get(reverse("authority:inspect", args=[made.pk])).text
    assert "2 条档案照录了这个名称" in page
    archivist.post(reverse("archive_authorities_link", args=[made.pk]))
    assert related(record) == [[made.number, "creator"]]
    # A change that waits already is kept.
    assert Review.objects.get(record=waits).values["authorities"] == [
        [made.number, "creator"],
        *held,
    ]
    # Of namesakes nobody can tell which is meant.
    assert not gaps.unlinked(shared).exists()
    again = archivist.post(
        reverse("archive_authorities_link", args=[shared.pk]), follow=True
    )
    assert "已将 0 条档案" in again.text
    assert Batch.objects.count() == 1


def test_the_form_of_a_record_takes_relations_as_text(archivist: Client) -> None:
    office = authority("样本县档案馆")
    add = reverse(f"{RECORD}:add")
    data = {
        "level": "item",
        "reference_code": "Z1",
        "title": "题",
        "authorities": "样本县档案馆〔责任者〕",
    }
    archivist.post(add, data)
    record = Record.objects.get()
    assert related(record) == [[office.number, "creator"]]
    edit = reverse(f"{RECORD}:edit", args=[record.pk])
    assert f"样本县档案馆〔责任者·{office.number}〕" in archivist.get(edit).text
    version = record.version
    archivist.post(edit, data)
    record.refresh_from_db()
    assert record.version == version
    refused = archivist.post(edit, {**data, "authorities": "无此社〔责任者〕"})
    assert "没有名为“无此社”" in refused.text
    archivist.post(edit, {**data, "authorities": ""})
    assert related(record) == []


def test_a_copy_of_a_record_begins_with_its_relations(archivist: Client) -> None:
    office = authority("样本县档案馆")
    record = RecordFactory.create(authorities=[[office.number, "creator"]])
    page = archivist.get(f"{reverse(f'{RECORD}:add')}?copy={record.pk}").text
    assert f"样本县档案馆〔责任者·{office.number}〕" in page


def test_a_typed_name_is_offered_only_where_one_alone_can_be_meant(
    archivist: Client,
) -> None:
    office = authority("样本县档案馆", former("旧档案室"))
    authority("同名社")
    authority("同名社")
    authority("样本镇", kind="place")
    address = reverse("archive_authorities_named")
    asked = {"q": "舊檔案室；同名社；样本镇；无此社", "role": "creator"}
    (found,) = archivist.get(address, asked).json()["found"]
    assert (found["number"], found["name"]) == (office.number, "样本县档案馆")
    assert archivist.get(address, {"q": "甲", "role": "x"}).json() == {"found": []}


def test_duplicates_are_those_of_one_kind_with_a_name_in_common(
    client_of: ClientOf,
) -> None:
    one, other = authority("样本社", former("旧社")), authority("樣本社")
    authority("旧社", kind="person")
    (group,) = gaps.alike(gaps.shared_names())
    assert [each.authority for each in group.authorities] == [one, other]
    page = client_of(ADMINISTRATOR).get(reverse("archive_authorities_duplicates"))
    assert merge_url([one.pk, other.pk]).replace("&", "&amp;") in page.text
    merge(one, [other])
    assert not gaps.shared_names().exists()


def test_the_page_of_a_deleted_authority_is_not_there(archivist: Client) -> None:
    gone = authority("甲社")
    address = reverse("authority:inspect", args=[gone.pk])
    registry.delete(gone)
    assert archivist.get(address).status_code == 404
