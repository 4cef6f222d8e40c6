"""The search boxes of the admin find Chinese words, whichever script is typed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from archive.models import Folio, Record
from cms.models import HomePage, SiteDocument, SiteImage
from search import drain
from tests.cms.admin.conftest import ClientOf
from tests.factories import ADMINISTRATOR, ARCHIVIST, RecordFactory, record_with_pages

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    # Wagtail leaves the temporary file of a thumbnail for the collector to close.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

TITLE = "演示材料：村民调解会议记录"
FOUND = ("调解", "調解", "會議", "村民调", "“调解”", '"调解')
NOT_FOUND = ("解调", "诉讼", "村民记录")
RECORD = "wagtailsnippets_archive_record"
BOXES = {
    "pages": "/admin/pages/search/?q=",
    "choose page": "/admin/choose-page/search/?q=",
    "images": "/admin/images/?q=",
    "choose image": "/admin/images/chooser/results/?q=",
    "documents": "/admin/documents/?q=",
    "choose document": "/admin/documents/chooser/results/?q=",
}


@pytest.fixture
def administrator(client_of: ClientOf) -> Client:
    home = HomePage.objects.first()
    if home is None:
        pytest.fail("the migration of the site has not been run")
    home.title = home.draft_title = TITLE
    home.save()
    SiteImage.objects.create(title=TITLE, file=get_test_image_file())
    document = SiteDocument(title=TITLE)
    document.file.save("a.txt", ContentFile(b"text"))
    return client_of(ADMINISTRATOR)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("query", FOUND)
def test_a_box_of_wagtail_finds_a_word_of_a_title(
    administrator: Client, box: str, query: str
) -> None:
    response = administrator.get(BOXES[box] + query)

    assert response.status_code == 200
    assert TITLE in response.text


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("query", NOT_FOUND)
def test_a_box_of_wagtail_finds_no_more_than_that(
    administrator: Client, box: str, query: str
) -> None:
    assert TITLE not in administrator.get(BOXES[box] + query).text


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.SEARCH = {
        **settings.SEARCH,
        "ENGINE": "embedded",
        "PATH": tmp_path / "search.sqlite3",
    }
    yield
    drained()


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


def drained() -> None:
    while drain.drain():
        pass


def listed(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [
        record.reference_code
        for record in response.context["object_list"]
        if isinstance(record, Record)
    ]


def record_list(query: str) -> str:
    return f"{reverse(f'{RECORD}:list_results')}?q={query}"


@pytest.mark.parametrize("query", FOUND)
def test_the_box_of_records_finds_closed_records_by_title_and_text(
    archivist: Client, index: None, query: str
) -> None:
    by_title = RecordFactory.create(title=TITLE)
    by_text = record_with_pages("甲村的村民调解会议记录。", title="演示")
    RecordFactory.create(title="演示：诉讼")
    drained()

    found = listed(archivist, record_list(query))

    assert sorted(found) == sorted([by_title.reference_code, by_text.reference_code])


def test_the_best_record_comes_first_unless_another_order_is_asked_for(
    archivist: Client, index: None
) -> None:
    poor = record_with_pages("调解。" + "另有他事。" * 80, reference_code="T001-1")
    good = RecordFactory.create(title="调解", reference_code="T001-2")
    drained()

    assert listed(archivist, record_list("调解")) == ["T001-2", "T001-1"]
    assert listed(archivist, record_list("调解") + "&ordering=reference_code") == [
        poor.reference_code,
        good.reference_code,
    ]


def test_a_record_is_found_by_its_code_before_the_index_knows_it(
    archivist: Client, index: None
) -> None:
    drained()
    RecordFactory.create(reference_code="T777-WS·0001")

    assert listed(archivist, record_list("T777-WS")) == ["T777-WS·0001"]
    assert listed(archivist, record_list("t777")) == ["T777-WS·0001"]


def test_filters_narrow_what_was_found(archivist: Client, index: None) -> None:
    fonds = RecordFactory.create(title="调解全宗", level="fonds")
    below = RecordFactory.create(title="调解", level="file", parent=fonds, tags=["甲"])
    RecordFactory.create(title="调解", level="item")
    drained()

    narrowed = {
        "level=file": [below.reference_code],
        f"within={fonds.reference_code}": [below.reference_code],
        "within=none": [],
        f"fonds={fonds.pk}": [fonds.reference_code, below.reference_code],
        "tag=甲": [below.reference_code],
        "open_status=open": [],
    }
    for condition, codes in narrowed.items():
        found = listed(archivist, f"{record_list('调解')}&{condition}")
        assert sorted(found) == sorted(codes), condition


def test_without_the_engine_the_box_says_so_and_compares_beginnings(
    archivist: Client, settings: Any, tmp_path: Path
) -> None:
    settings.SEARCH = {
        **settings.SEARCH,
        "ENGINE": "embedded",
        "PATH": tmp_path / "missing" / "search.sqlite3",
    }
    record = RecordFactory.create(title="调解会议", reference_code="T009")
    RecordFactory.create(title="村民调解")

    response = archivist.get(record_list("调解"))

    assert "检索服务暂不可用" in response.text
    assert listed(archivist, record_list("调解")) == ["T009"]
    edit = reverse(f"{RECORD}:edit", args=[record.pk])
    assert archivist.get(edit).status_code == 200


def test_the_chooser_of_records_finds_words_too(archivist: Client, index: None) -> None:
    RecordFactory.create(title=TITLE)
    RecordFactory.create(title="演示：诉讼")
    drained()
    chooser = reverse("wagtailsnippetchoosers_archive_record:choose_results")

    response = archivist.get(f"{chooser}?q=調解")

    assert TITLE in response.text
    assert "诉讼" not in response.text


def test_pages_are_found_by_code_and_by_their_words(
    archivist: Client, index: None
) -> None:
    record = record_with_pages("第一页", "调解第二页", reference_code="T005")
    record_with_pages("调解", reference_code="T006")
    drained()

    def pages(query: str) -> list[tuple[str, int]]:
        address = f"{reverse('folio:index_results')}?q={query}"
        folios: list[Folio] = archivist.get(address).context["object_list"]
        return [(folio.record.reference_code, folio.sequence) for folio in folios]

    assert pages("T005") == [(record.reference_code, 1), (record.reference_code, 2)]
    assert pages("調解") == [("T005", 2), ("T006", 1)]
    assert pages("诉讼") == []


def test_tags_are_found_in_either_script(archivist: Client) -> None:
    RecordFactory.create(tags=["红头文件", "通知"])
    address = reverse("wagtailsnippets_taggit_tag:list_results")

    response = archivist.get(f"{address}?q=紅頭")

    assert [tag.name for tag in response.context["object_list"]] == ["红头文件"]
