"""Suggestions while typing: only what this reader would find, told to nobody else."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import records
from archive.models import Record
from archive.subjects import editing
from tests.cms.collection import Collection
from tests.cms.stories import drain_all, story
from tests.factories import (
    CATALOGUE_ONLY,
    READING_ROOM,
    RecordFactory,
    decide,
    open_record,
)

pytestmark = pytest.mark.django_db


def suggested(
    typed: str, client: Client | None = None, prefix: str = ""
) -> list[dict[str, str]]:
    response = (client or Client()).get(f"{prefix}/suggest/", {"q": typed})
    assert response.status_code == 200
    answer: list[dict[str, str]] = response.json()["suggestions"]
    return answer


def texts(typed: str, client: Client | None = None) -> list[str]:
    return [one["text"] for one in suggested(typed, client)]


def opened(held: Collection, title: str, **fields: object) -> Record:
    record = open_record(RecordFactory.create(parent=held.fonds, title=title, **fields))
    drain_all()
    return record


@pytest.fixture
def about_quarrels(held: Collection) -> Record:
    """An open record on a concept that has two names and stands below another."""
    above = editing.create(label="基层治理")
    editing.create(
        label="邻里纠纷",
        label_en="Neighbourhood disputes",
        broader=above.number,
        alternatives=("街坊口角",),
    )
    return opened(held, "一件", subjects="街坊口角")


@pytest.mark.parametrize("typed", ["须知", "須知", "調解须", " 调解須知 "])
def test_a_title_is_offered_in_any_script(held: Collection, typed: str) -> None:
    (one,) = suggested(typed)
    assert (one["text"], one["type"], one["label"]) == ("調解須知", "file", "案卷")
    assert one["lang"] == "zh-Hant"
    assert Client().get(one["url"]).status_code == 200


def test_words_of_the_text_are_no_title(held: Collection) -> None:
    assert texts("聽兩造陳述") == []
    assert texts("T001-WS") == []


def test_a_page_is_offered_by_its_title_and_its_initials(held: Collection) -> None:
    page = story("登记簿怎样读", "正文")
    drain_all()
    for typed in ("登记簿", "登記簿", "怎样", "djbz"):
        (one,) = suggested(typed)
        assert (one["text"], one["type"], one["url"]) == (
            "登记簿怎样读",
            "page",
            page.get_url(),
        )


@pytest.mark.parametrize("typed", ["邻里", "鄰里", "街坊口", "jfkj", "lljf"])
def test_a_concept_is_offered_by_any_of_its_names(
    about_quarrels: Record, client: Client, typed: str
) -> None:
    (one,) = suggested(typed)
    assert (one["text"], one["type"]) == ("邻里纠纷", "subject")
    assert ("街坊口角" in one["note"]) == (typed in ("街坊口", "jfkj"))
    assert "一件" in client.get(one["url"]).content.decode()


def test_what_lies_above_a_concept_leads_to_something_too(
    about_quarrels: Record,
) -> None:
    assert texts("基层") == ["基层治理"]


def test_a_concept_that_leads_to_nothing_is_offered_to_nobody(
    about_quarrels: Record,
) -> None:
    editing.create(label="无人提及")
    assert texts("无人") == []
    decide([about_quarrels], {"open_status": "controlled"})
    assert texts("邻里") == texts("街坊") == texts("基层") == []
    drain_all()
    assert texts("邻里") == texts("街坊") == texts("基层") == []


def test_each_reader_is_offered_what_is_open_to_them(
    held: Collection, reader_in_the_room: Client
) -> None:
    assert texts("案卷") == ["目录开放案卷"]
    assert sorted(texts("案卷", reader_in_the_room)) == ["目录开放案卷", "阅览室案卷"]
    (entry,) = suggested("目录开放")
    # Of a catalogue entry title, date and code are open, and not its level.
    assert (entry["type"], entry["label"]) == ("", "仅目录")


def close(record: Record) -> None:
    decide([record], {"open_status": "controlled"})


def to_the_reading_room(record: Record) -> None:
    decide([record], READING_ROOM)


def remove(record: Record) -> None:
    records.delete(record)


def rename(record: Record) -> None:
    records.edit(record, {"title": "别的题名"}, None)


@pytest.mark.parametrize("change", [close, to_the_reading_room, remove])
def test_a_title_that_is_open_no_more_is_offered_no_more(
    held: Collection, change: Callable[[Record], None]
) -> None:
    record = opened(held, "金丝雀题名")
    assert texts("金丝雀") == ["金丝雀题名"]
    change(record)
    assert texts("金丝雀") == []
    drain_all()
    assert texts("金丝雀") == []


def test_an_old_title_is_never_shown(held: Collection) -> None:
    record = opened(held, "金丝雀题名")
    rename(record)
    assert "金丝雀题名" not in texts("金丝雀")
    drain_all()
    assert texts("金丝雀") == []
    assert texts("别的题") == ["别的题名"]


def test_a_catalogue_entry_is_offered_but_not_by_its_subjects(
    about_quarrels: Record, held: Collection
) -> None:
    decide([about_quarrels], CATALOGUE_ONLY)
    drain_all()
    assert texts("一件") == ["一件"]
    assert texts("邻里") == []


def test_english_readers_get_english_names(
    about_quarrels: Record, client: Client
) -> None:
    (one,) = suggested("邻里", client, "/en")
    assert (one["text"], one["label"]) == ("Neighbourhood disputes", "Subject")
    assert "%E9%82%BB%E9%87%8C" in one["url"]


def test_readers_of_traditional_get_traditional(
    about_quarrels: Record, client: Client
) -> None:
    (one,) = suggested("邻里", client, "/zh-hant")
    assert (one["text"], one["label"]) == ("鄰里糾紛", "主題詞")
    assert one["lang"] == "zh-Hant"
    assert one["url"].startswith("/zh-hant/search/?")


def test_titles_of_pages_are_offered_in_traditional(held: Collection) -> None:
    story("登记簿怎样读", "正文")
    drain_all()
    answer = Client().get("/zh-hant/suggest/?q=登记簿").json()
    (one,) = answer["suggestions"]
    assert (one["text"], one["label"], one["lang"]) == (
        "登記簿怎樣讀",
        "頁面",
        "zh-Hant",
    )
    assert one["url"].startswith("/zh-hant/")


@pytest.mark.parametrize("typed", ["", "  ", "，。", "长" * 100, "\x00", '"', "NOT"])
def test_nonsense_is_answered_by_nothing(held: Collection, typed: str) -> None:
    response = Client().get("/suggest/", {"q": typed})
    if "\x00" in typed:
        assert response.status_code == 404
    else:
        assert response.json() == {"suggestions": []}


def test_at_most_ten_are_offered_and_of_each_kind_some(held: Collection) -> None:
    editing.create(label="样本词")
    for number in range(12):
        record = RecordFactory.create(
            parent=held.fonds, title=f"样本词第 {number} 件", subjects="样本词"
        )
        open_record(record)
        story(f"样本词第 {number} 页")
    drain_all()
    kinds = [one["type"] for one in suggested("样本词")]
    assert len(kinds) == 10
    assert kinds[0] == "subject"
    assert 0 < kinds.count("page") < 6
    assert kinds.count("file") > 3


def test_the_number_of_queries_does_not_grow(held: Collection) -> None:
    def grow(count: int) -> None:
        for _ in range(count):
            opened(held, "样本词一件")
            story("样本词一页", "甲")
        drain_all()

    def queries() -> int:
        suggested("样本词")
        with CaptureQueriesContext(connection) as captured:
            suggested("样本词")
        return len(captured)

    grow(1)
    few = queries()
    grow(4)
    assert queries() == few <= 20


def test_no_cache_on_the_way_keeps_an_answer(
    held: Collection, reader_in_the_room: Client
) -> None:
    everyone = Client().get("/suggest/?q=须知")
    assert everyone["Cache-Control"] == "private, no-cache"
    assert reader_in_the_room.get("/suggest/?q=须知")["Cache-Control"] == "no-store"


def test_an_engine_that_is_down_is_not_nothing_found(
    client: Client, settings: object, db: None, tmp_path: object
) -> None:
    settings.SEARCH = {  # type: ignore[attr-defined]
        "ENGINE": "embedded",
        "PATH": f"{tmp_path}/never-made/search.sqlite3",
    }
    response = client.get("/suggest/?q=须知")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
