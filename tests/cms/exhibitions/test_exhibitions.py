"""Exhibition pages: what they show, in which state, on which way through them."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from cms.blocks.pictures import FullImageBlock
from cms.blocks.story import StopStream
from cms.exhibitions import Status, code_of
from cms.languages.prefixes import in_language
from cms.models import ExhibitionPage
from tests.cms.collection import Collection
from tests.cms.exhibitions.building import (
    CAPTION,
    SPOT,
    WAYS,
    WORDS,
    block,
    chapter,
    exhibition,
    full,
    image,
    index,
    listed,
    of_folio,
    proof,
    stop,
    story,
)

# Willow leaves the file of a picture that it resized to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")

_HREF = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_chapter_shows_every_kind_of_block(client: Client, held: Collection) -> None:
    full(held.public)
    page = body(client, "/exhibitions/paper/")
    for told in ("叙述在此", CAPTION, SPOT, "今译鹇", "卡片鹇", "一项", "尾声"):
        assert told in page, told
    assert page.count('class="evidence"') >= 6
    assert f"「{WORDS}」" in page
    assert 'class="hit"' in page
    assert "有争议" in page


def test_the_first_chapter_has_its_number_in_words(
    client: Client, held: Collection
) -> None:
    exhibition([chapter(f"回{n}", story("文")) for n in range(12)])
    page = body(client, "/exhibitions/paper/")
    for number in ("第一章", "第十章", "第十二章"):
        assert number in page


def test_a_mark_leads_to_its_evidence_and_goes_with_it(
    client: Client, held: Collection
) -> None:
    exhibition([chapter("一", story("论断[1]，另一[2]。", proof(held.public)))])
    page = body(client, "/exhibitions/paper/")
    assert page.count('class="cite-mark"') == 1
    assert "论断<sup" in page
    assert "另一。" in page


def test_hotspots_are_links_to_their_text_below(
    client: Client, held: Collection
) -> None:
    full(held.public)
    page = body(client, "/exhibitions/paper/")
    (target,) = re.findall(r'<a class="spot" href="#([^"]+)"', page)
    assert f'<li id="{target}">' in page
    (back,) = re.findall(r'<a href="#(detail-[^"]+-at-1)"', page)
    assert f'id="{back}"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "opens", "closes", "status"),
    [
        ("temporary", -10, 10, Status.CURRENT),
        ("temporary", -10, 0, Status.CURRENT),
        ("temporary", -10, -1, Status.PAST),
        ("temporary", 1, 10, Status.COMING),
        ("temporary", None, None, Status.CURRENT),
        ("permanent", -1000, None, Status.PERMANENT),
    ],
)
def test_the_status_follows_from_the_dates(
    kind: str, opens: int | None, closes: int | None, status: Status
) -> None:
    today = timezone.localdate()

    def day(number: int | None) -> date | None:
        return None if number is None else today + timedelta(days=number)

    page = ExhibitionPage(kind=kind, opens=day(opens), closes=day(closes))
    assert page.status is status


@pytest.mark.django_db
def test_past_exhibitions_are_listed_by_year_the_latest_first(client: Client) -> None:
    for year in (2019, 2021, 2020):
        exhibition(
            title=f"展{year}",
            slug=f"show-{year}",
            opens=date(year, 1, 1),
            closes=date(year, 6, 1),
        )
    exhibition(title="今展")
    page = body(client, "/exhibitions/")
    past = page[page.index("往期展览") :]
    assert re.findall(r"展20\d\d", past) == ["展2021", "展2020", "展2019"]
    assert "今展" not in past
    assert "2021-06-01" in past


@pytest.mark.django_db
def test_a_page_that_is_not_live_is_in_no_list(client: Client) -> None:
    page = exhibition(title="未发布的")
    page.unpublish()
    assert "未发布的" not in body(client, "/exhibitions/")
    assert client.get("/exhibitions/paper/visit/").status_code == 404


@pytest.mark.django_db
def test_dates_in_the_wrong_order_are_refused() -> None:
    page = ExhibitionPage(
        title="错", slug="wrong", opens=date(2026, 5, 2), closes=date(2026, 5, 1)
    )
    with pytest.raises(ValidationError, match="早于"):
        index().add_child(instance=page)
    page = ExhibitionPage(title="错", kind="permanent", closes=date(2026, 5, 1))
    with pytest.raises(ValidationError) as caught:
        page.clean()
    assert "closes" in caught.value.message_dict


def test_two_stops_of_one_number_are_refused(held: Collection) -> None:
    made = StopStream()
    with pytest.raises(ValidationError):
        made.clean(made.to_python([stop(1), stop(1)]))
    assert len(made.clean(made.to_python([stop(1), stop(2)]))) == 2


def test_a_picture_is_either_an_image_or_a_page(held: Collection) -> None:
    made = FullImageBlock()
    blank = {"record": None, "page": None, "region": ""}
    for wrong in (
        {"image": None, "folio": blank, "caption": ""},
        {**of_folio(held.public), "image": image().pk},
        {**of_folio(held.public, region="80,0,40,10")},
    ):
        with pytest.raises(ValidationError):
            made.clean(made.to_python(wrong))
    made.clean(made.to_python(of_folio(held.public, region="60,0,40,10")))


def test_the_visit_goes_from_stop_to_stop_by_printed_numbers(
    client: Client, held: Collection
) -> None:
    full(held.public)
    assert "/exhibitions/paper/visit/5/" in body(client, "/exhibitions/paper/visit/")
    first = body(client, "/exhibitions/paper/visit/1/")
    assert "短讲解1" in first
    assert "<details" in first
    assert "长讲解1" in first
    assert 'rel="next" href="/exhibitions/paper/visit/5/"' in first
    assert 'rel="prev"' not in first
    last = body(client, "/exhibitions/paper/visit/5/")
    assert 'rel="prev" href="/exhibitions/paper/visit/1/"' in last
    assert client.get("/exhibitions/paper/visit/2/").status_code == 404


@pytest.mark.django_db
def test_without_stops_there_is_no_visit(client: Client) -> None:
    exhibition([chapter("一", story("文"))])
    for way in ("visit/", "qr/", "visit/1/", "kiosk/stop/1/", "kiosk/chapter/2/"):
        assert client.get(f"/exhibitions/paper/{way}").status_code == 404, way
    assert "参观模式" not in body(client, "/exhibitions/paper/")


def test_the_sheet_has_a_code_with_the_whole_address_for_each_stop(
    client: Client, held: Collection
) -> None:
    full(held.public)
    page = body(client, "/exhibitions/paper/qr/")
    assert page.count('class="qr"') == 2
    address = "http://testserver/exhibitions/paper/visit/5/"
    assert address in page
    assert code_of(address) in page
    assert "style=" not in page


def test_a_kiosk_has_no_way_out(client: Client, held: Collection) -> None:
    content = [
        story('<a href="/catalogue/">馆藏</a>[1]', proof(held.public)),
        *full(held.public, slug="other").chapters.raw_data[0]["value"]["content"],
    ]
    exhibition([chapter("一", *content), chapter("二")], [stop(1, held.public)])
    base = "/exhibitions/paper/kiosk/"
    for way in ("", "chapter/1/", "chapter/2/", "stop/1/"):
        page = body(client, base + way)
        out = [one for one in _HREF.findall(page) if not one.startswith((base, "#"))]
        assert out == [], way
        assert '<header class="site-head' not in page
    chapter_page = body(client, f"{base}chapter/1/")
    assert "馆藏" in chapter_page
    assert 'class="hit"' in chapter_page
    assert '<details class="in-place">' in chapter_page


def test_a_sign_in_the_address_leads_to_the_kiosk(
    client: Client, held: Collection
) -> None:
    full(held.public)
    response = client.get("/exhibitions/paper/?kiosk=1")
    assert response.status_code == 302
    assert response["Location"] == "/exhibitions/paper/kiosk/"
    assert 'data-idle="90"' in body(client, response["Location"])


def test_the_booklet_has_all_texts_and_cites_each_page_once(
    client: Client, held: Collection
) -> None:
    full(held.public)
    page = body(client, "/exhibitions/paper/booklet/")
    for told in ("第一回", "尾声", "短讲解1", "长讲解1", "长讲解5"):
        assert told in page, told
    cited = page[page.index('id="cited"') :]
    assert cited.count("[A/OL]") == 1
    assert held.public.reference_code in cited


def test_cards_lead_only_to_live_pages(client: Client, held: Collection) -> None:
    shown = exhibition(title="可去之处", slug="shown")
    hidden = exhibition(title="不可去之处", slug="hidden")
    hidden.unpublish()
    cards = {"title": "另见", "pages": listed(shown.pk, hidden.pk)}
    exhibition([chapter("一", block("pages", cards))])
    page = body(client, "/exhibitions/paper/")
    assert "可去之处" in page.replace("不可去之处", "")
    assert "不可去之处" not in page


def test_every_way_can_be_read_in_english(client: Client, held: Collection) -> None:
    full(held.public, title="Paper")
    for way, address in WAYS.items():
        page = body(client, in_language(address, "en"))
        labels = re.findall(r'aria-label="([^"]*)"', page)
        assert '<html lang="en"' in page, way
        chrome = [
            "参观模式",
            "导览手册",
            "展点二维码",
            "正在展出",
            "讲解词全文",
            "所引档案",
        ]
        assert not [one for one in chrome if one in page], way
        assert not [one for one in labels if "局部" in one], way
