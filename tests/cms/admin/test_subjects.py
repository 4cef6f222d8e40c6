"""The thesaurus in the admin: the tree, the form, merging, files, what is typed."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Subject, Term
from archive.subjects import found, store, table
from archive.subjects.seed import plant
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST, REVIEWER, RecordFactory

pytestmark = pytest.mark.django_db

LIST = reverse("subject:index")


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture(autouse=True)
def seeded(db: None) -> None:
    plant(Subject, Term)


def get(label: str) -> Subject:
    return Subject.objects.get(label=label)


def rows(client: Client, **query: str) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [one.label for one in response.context["object_list"]]


def test_the_list_is_a_tree_that_reads_from_top_to_bottom(archivist: Client) -> None:
    labels = rows(archivist)
    law = labels.index("法治")
    police = labels.index("枫桥式公安派出所")
    assert law < labels.index("“枫桥式”系列治理品牌") < police < labels.index("德治")

    page = archivist.get(LIST).text
    assert "archive-depth-2" in page


def test_concepts_are_found_by_any_name_in_either_script_and_by_initials(
    archivist: Client,
) -> None:
    for typed in ("枫桥式派出所", "楓橋式公安", "fqsgapcs"):
        assert rows(archivist, q=typed) == ["枫桥式公安派出所"]
    assert "调解" in rows(archivist, q="mediation")
    assert rows(archivist, q="S000001") == ["党的领导"]
    page = archivist.get(LIST, {"q": "枫桥式派出所"}).text
    assert "法治 › “枫桥式”系列治理品牌" in page


def test_the_list_is_narrowed_by_what_lies_above_and_by_use(archivist: Client) -> None:
    RecordFactory.create(subjects="枫桥式派出所")
    under = rows(archivist, under="法治")
    assert "枫桥式公安派出所" in under
    assert "德治" not in under
    assert rows(archivist, records="yes") == ["枫桥式公安派出所"]
    assert rows(archivist, status="candidate") == []
    # What is no concept is told, not obeyed.
    assert archivist.get(LIST, {"under": "没有的词"}).status_code == 200


def test_the_list_costs_as_many_queries_for_many_as_for_few(archivist: Client) -> None:
    def queries(**query: str) -> int:
        archivist.get(LIST, query)
        with CaptureQueriesContext(connection) as captured:
            archivist.get(LIST, query)
        return len(captured)

    few = queries(q="枫桥式司法所")
    many = queries(q="式")
    for index in range(5):
        RecordFactory.create(subjects=f"调解；词{index}；枫桥式司法所")
    assert queries(q="式") <= many <= few + 1
    assert queries() <= 30


def form(**fields: str) -> dict[str, str]:
    blank = dict.fromkeys(set(table.HEADS) - {"status"}, "")
    return {**blank, "status": "approved", **fields}


def test_a_concept_is_made_changed_and_its_history_told(archivist: Client) -> None:
    response = archivist.post(
        reverse("subject:add"),
        form(
            label="枫桥式税务所",
            broader="楓橋式系列治理品牌",
            alternatives="枫桥式税所；“枫桥式”税务分局",
            related="枫桥式司法所",
        ),
    )
    made = get("枫桥式税务所")
    assert response.headers["Location"] == reverse("subject:inspect", args=[made.pk])
    assert made.broader == get("“枫桥式”系列治理品牌")
    assert [one.label for one in made.related.all()] == ["枫桥式司法所"]

    edit = reverse("subject:edit", args=[made.pk])
    initial = archivist.get(edit).context["form"].initial
    assert initial["related"] == "枫桥式司法所"
    archivist.post(edit, form(label="枫桥式税务分局", broader="", source="某文件"))
    made.refresh_from_db()
    assert (made.label, made.source) == ("枫桥式税务分局", "某文件")
    assert made.broader_id is None
    assert found.called("枫桥式税务所") == made
    history = archivist.get(reverse("subject:history", args=[made.pk])).text
    assert "枫桥式税务所 → 枫桥式税务分局" in history


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"label": "調解"}, None, "已是“调解”"),
        ({"label": " "}, "label", ""),
        ({"label": "新", "broader": "没有的词"}, "broader", "没有“没有的词”"),
        ({"label": "新", "related": "调解；没有的词"}, "related", "没有“没有的词”"),
        ({"label": "新", "number": "第一"}, "number", "无效"),
        ({"label": "新", "number": "S000001"}, "number", "已被使用"),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    archivist: Client, fields: dict[str, str], field: str | None, said: str
) -> None:
    before = store.load()

    response = archivist.post(reverse("subject:add"), form(**fields))

    assert response.status_code == 200
    errors = response.context["form"].errors
    assert said in str(errors[field or "__all__"])
    assert store.load() == before


def test_a_circle_is_refused_at_the_broader_concept(archivist: Client) -> None:
    law = get("法治")
    address = reverse("subject:edit", args=[law.pk])

    response = archivist.post(address, form(label="法治", broader="枫桥式司法所"))

    assert "自己的上位词" in str(response.context["form"].errors["broader"])


def test_the_page_of_a_concept_lists_records_below_it_too(archivist: Client) -> None:
    record = RecordFactory.create(subjects="枫桥式派出所", title="派出所的档案")

    page = archivist.get(reverse("subject:inspect", args=[get("法治").pk]))

    assert list(page.context["page_obj"]) == [record]
    assert "枫桥式公安派出所" not in page.context["alternatives"]
    assert "派出所的档案" in page.text
    listed = archivist.get(page.context["records_url"])
    assert list(listed.context["object_list"]) == [record]


def test_the_list_of_records_is_narrowed_by_concepts_and_free_keywords(
    archivist: Client,
) -> None:
    below = RecordFactory.create(subjects="枫桥式派出所；村口小店")
    RecordFactory.create(subjects="别的")
    address = reverse("wagtailsnippets_archive_record:list")

    for typed in ("法治", "枫桥式派出所", get("法治").number, "村口小店"):
        listed = archivist.get(address, {"subject": typed})
        assert list(listed.context["object_list"]) == [below], typed
    none = archivist.get(address, {"subject": "没有人用的词"})
    assert list(none.context["object_list"]) == []


def test_a_merge_is_looked_at_before_it_is_done(archivist: Client) -> None:
    record = RecordFactory.create(subjects="和解")
    gone, stays = get("和解"), get("调解")
    address = reverse("archive_subjects_merge", args=[gone.pk])

    shown = archivist.post(address, {"into": "調解", "preview": "1"})
    assert [side["records"] for side in shown.context["sides"]] == [1, 0]
    assert Subject.objects.filter(pk=gone.pk).exists()

    done = archivist.post(address, {"into": "調解", "apply": "1", "mark": stays.number})
    assert done.headers["Location"] == reverse("subject:inspect", args=[stays.pk])
    assert not Subject.objects.filter(pk=gone.pk).exists()
    assert list(found.bearers(stays)) == [record]
    page = archivist.get(reverse("subject:inspect", args=[stays.pk])).text
    assert gone.number in page


def test_a_concept_does_not_merge_into_itself_or_into_nothing(
    archivist: Client,
) -> None:
    address = reverse("archive_subjects_merge", args=[get("和解").pk])
    for into in ("和解", "没有的词", ""):
        response = archivist.post(address, {"into": into, "apply": "1", "mark": ""})
        assert response.context["form"].errors["into"]
    assert get("和解")


def test_a_used_concept_is_not_deleted(archivist: Client) -> None:
    RecordFactory.create(subjects="和解")
    used, unused = get("和解"), get("仲裁")

    response = archivist.post(reverse("subject:delete", args=[used.pk]))
    assert "不能直接删除" in response.text
    archivist.post(reverse("subject:delete", args=[unused.pk]))

    assert Subject.objects.filter(pk=used.pk).exists()
    assert not Subject.objects.filter(pk=unused.pk).exists()


def upload(client: Client, content: str, name: str) -> str:
    file = SimpleUploadedFile(name, content.encode())
    response = client.post(reverse("archive_subjects_import"), {"file": file})
    assert response.status_code == 302
    return str(response.headers["Location"])


def test_a_file_is_checked_and_then_written(archivist: Client) -> None:
    check = upload(archivist, "正式词,上位词\n枫桥式工商所,法治\n", "t.csv")
    assert archivist.get(check).context["report"].created == 1
    assert not Subject.objects.filter(label="枫桥式工商所").exists()

    archivist.post(check, {"run": "1"})

    assert get("枫桥式工商所").broader == get("法治")
    assert archivist.get(check).status_code == 404


def test_a_bad_file_is_told_and_cannot_be_written(archivist: Client) -> None:
    before = store.load()
    check = upload(archivist, "正式词,上位词\n新词,没有的词\n好词,\n", "t.csv")

    page = archivist.get(check)
    assert "没有“没有的词”" in page.text
    assert not page.context["can_run"]
    archivist.post(check, {"run": "1"})
    assert store.load() == before


@pytest.mark.parametrize("suffix", ["csv", "ttl", "rdf"])
def test_what_is_downloaded_can_be_uploaded(archivist: Client, suffix: str) -> None:
    before = store.load()
    response = archivist.post(reverse("archive_subjects_export"), {"format": suffix})
    content = b"".join(response).decode()

    check = upload(archivist, content, f"t.{suffix}")

    report = archivist.get(check).context["report"]
    assert (report.problems, report.rows) == ([], len(before.concepts))
    assert report.unchanged == report.rows


def test_the_command_exports_and_imports(tmp_path: Path) -> None:
    before = store.load()
    for name in ("t.csv", "t.ttl", "t.rdf"):
        file = tmp_path / name
        call_command("thesaurus", "export", str(file))
        assert [one.name for one in tmp_path.iterdir() if one.is_dir()] == []
        call_command("thesaurus", "import", str(file))
        assert store.load() == before
    (tmp_path / "bad").write_text("正式词,上位词\n新词,没有的词\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("thesaurus", "import", str(tmp_path / "bad"), format="csv")
    with pytest.raises(CommandError):
        call_command("thesaurus", "import", str(tmp_path / "none"))
    (tmp_path / "good").write_text("正式词\n新词\n", encoding="utf-8")
    call_command("thesaurus", "import", str(tmp_path / "good"), dry_run=True)
    assert store.load() == before


def test_the_form_says_which_names_are_in_the_thesaurus(archivist: Client) -> None:
    address = reverse("archive_subjects_read")

    answer = archivist.get(address, {"text": "枫桥式派出所；村口小店"}).json()

    assert answer == {
        "names": [
            {
                "name": "枫桥式派出所",
                "said": "法治 › “枫桥式”系列治理品牌 › 枫桥式公安派出所",
                "known": True,
            },
            {"name": "村口小店", "said": "自由词", "known": False},
        ]
    }


def test_suggestions_of_subjects_and_tags_are_for_the_house(
    client_of: ClientOf, archivist: Client
) -> None:
    RecordFactory.create(tags=["村口议事"])
    subjects = reverse("archive_suggest", args=["subject"])
    tags = reverse("archive_suggest", args=["tag"])
    completed = reverse("archive_tags_complete")

    offered = archivist.get(subjects, {"q": "fqsgapcs"}).json()["suggestions"]
    assert [one["value"] for one in offered] == ["枫桥式公安派出所"]
    offered = archivist.get(tags, {"q": "村口議事"}).json()["suggestions"]
    assert [one["value"] for one in offered] == ["村口议事"]
    assert archivist.get(completed, {"term": "ckys"}).json() == ["村口议事"]
    for stranger in (Client(), client_of()):
        for address in (subjects, tags, completed):
            assert stranger.get(address, {"q": "村"}).status_code in (302, 403)


def test_the_record_form_offers_subjects_and_tags(archivist: Client) -> None:
    record = RecordFactory.create(subjects="调解")
    page = archivist.get(
        reverse("wagtailsnippets_archive_record:edit", args=[record.pk])
    ).text

    assert reverse("archive_suggest", args=["subject"]) in page
    assert reverse("archive_subjects_read") in page
    assert reverse("archive_tags_complete") in page


def test_a_reviewer_looks_and_changes_nothing(client_of: ClientOf) -> None:
    reviewer = client_of(REVIEWER)
    law = get("法治")
    before = store.load()
    assert reviewer.get(reverse("subject:inspect", args=[law.pk])).status_code == 200
    for name, args in (
        ("subject:edit", [law.pk]),
        ("subject:delete", [law.pk]),
        ("archive_subjects_merge", [law.pk]),
        ("archive_subjects_import", []),
        ("subject:add", []),
    ):
        response = reviewer.post(reverse(name, args=args), form(label="改"))
        assert response.status_code in (302, 403)
        assert "subjects" not in response.headers.get("Location", "")
    assert store.load() == before
