"""What a page claims of records, and what of it is shown."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.blocks.struct_block import StructBlockValidationError

from archive.models import Record
from cms.blocks.evidence import EvidenceBlock, RecordBlock
from cms.blocks.sources import sources_of
from cms.evidence.broken import broken, pages_with_claims
from cms.evidence.claims import Claim, Flaw, gather
from cms.models import ExhibitionPage
from tests.cms.collection import TEXT, Collection
from tests.cms.exhibitions.building import (
    CAPTION,
    OTHER_WORDS,
    SPOT,
    WORDS,
    chapter,
    every_block,
    exhibition,
    full,
    image,
    proof,
    stop,
    story,
)
from tests.factories import (
    PUBLIC,
    RecordFactory,
    TranscriptFactory,
    decide,
    grid,
)

# Willow leaves the file of a picture that it resized to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")

CLOSED: dict[str, str | bool] = {
    "disclosure_status": "withheld",
    "open_status": "controlled",
}


def flaw_of(record: Record, page: int, words: str) -> Flaw | None:
    claim = Claim(record.pk, page, words)
    return gather((), [claim]).flaw(claim)


def test_evidence_leads_to_the_words_boxed_in_the_viewer(
    client: Client, held: Collection
) -> None:
    claim = Claim(held.public.pk, 1, WORDS)
    evidence = gather((), [claim]).evidence(claim)
    assert evidence is not None
    page = client.get(evidence.url.partition("#")[0]).content.decode()
    assert 'class="hit"' in page
    assert f'<mark id="hit-1">{WORDS}</mark>' in page or WORDS in page
    assert evidence.url.endswith("at=1#box-1")
    first = grid(TEXT)[TEXT.index(WORDS)]
    assert first is not None
    assert (evidence.boxes[0].x, evidence.boxes[0].y) == (first.x, first.y)


def test_words_are_found_in_the_other_script_and_over_the_end_of_a_line(
    held: Collection,
) -> None:
    assert flaw_of(held.public, 1, "据实登记") is None
    assert flaw_of(held.public, 1, "先聽兩造陳述再查明起因") is None


def test_a_quotation_mark_in_the_words_does_not_end_the_phrase(
    held: Collection,
) -> None:
    assert Claim(1, 1, '先聽"兩造"陳述').query == '"先聽 兩造 陳述"'
    assert flaw_of(held.public, 1, '先聽"兩造"陳述') is None


@pytest.mark.parametrize(
    ("which", "page", "words", "flaw"),
    [
        ("public", 1, WORDS, None),
        ("public", 2, WORDS, Flaw.NO_WORDS),
        ("public", 9, WORDS, Flaw.NO_PAGE),
        ("public", 1, "，。", Flaw.NO_WORDS),
        ("public", 1, "記" * 300, Flaw.NO_WORDS),
        ("staff", 1, "馆内", Flaw.CLOSED),
        ("reading_room", 1, "阅览室", Flaw.CLOSED),
        ("catalogue_only", 1, "目录", Flaw.CLOSED),
    ],
)
def test_every_flaw_has_its_name(
    held: Collection, which: str, page: int, words: str, flaw: Flaw | None
) -> None:
    assert flaw_of(getattr(held, which), page, words) is flaw


def test_a_page_in_quarantine_is_no_evidence(held: Collection) -> None:
    held.public.folios.filter(sequence=1).update(quarantined=True)
    assert flaw_of(held.public, 1, WORDS) is Flaw.NO_PAGE


def test_a_record_that_is_gone_is_no_evidence(held: Collection) -> None:
    claim = Claim(999_999, 1, WORDS)
    assert gather((), [claim]).flaw(claim) is Flaw.CLOSED


def queries(page: ExhibitionPage) -> int:
    fresh = ExhibitionPage.objects.get(pk=page.pk)
    with CaptureQueriesContext(connection) as captured:
        found = sources_of(fresh)
        assert found.marks
    return len(captured)


def test_any_number_of_claims_costs_the_same_queries(held: Collection) -> None:
    few = exhibition([chapter("一", *every_block(held.public))])
    others = [RecordFactory.create(parent=held.fonds) for _ in range(6)]
    for record in others:
        TranscriptFactory.create(folio__record=record, text=f"{WORDS}{OTHER_WORDS}")
    decide(others, PUBLIC)
    many = exhibition(
        [chapter("多", *(one for record in others for one in every_block(record)))],
        slug="many",
    )
    assert queries(many) == queries(few)


def test_a_page_costs_as_many_queries_with_many_blocks_as_with_few(
    client: Client, held: Collection
) -> None:
    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def pictured(count: int) -> list[dict[str, object]]:
        blank = {"record": None, "page": None, "region": ""}
        value = {"folio": blank, "caption": "图"}
        return [
            {"type": "full_image", "value": {**value, "image": image().pk}}
            for _ in range(count)
        ]

    once = every_block(held.public)
    exhibition([chapter("一", *once, *pictured(2))], [stop(1, held.public)], slug="few")
    exhibition(
        [chapter(f"{n}", *every_block(held.public), *pictured(4)) for n in range(5)],
        [stop(n, held.public) for n in range(1, 8)],
        slug="many",
    )
    for way in ("", "visit/", "visit/1/", "booklet/", "kiosk/", "kiosk/chapter/1/"):
        few = asked(f"/exhibitions/few/{way}")
        assert asked(f"/exhibitions/many/{way}") == few, way
        assert few <= 30, way


def test_the_list_costs_as_many_queries_for_many_exhibitions_as_for_one(
    client: Client, held: Collection
) -> None:
    def asked() -> int:
        client.get("/exhibitions/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/exhibitions/")
        return len(captured)

    full(held.public, cover=image())
    one = asked()
    for number in range(4):
        full(held.public, slug=f"more-{number}", cover=image())
    assert asked() == one


def told(value: dict[str, object]) -> dict[str, str]:
    """The fields at fault, and what is said of each."""
    made = EvidenceBlock()
    with pytest.raises(StructBlockValidationError) as caught:
        made.clean(made.to_python(value))
    return {
        name: " ".join(error.messages)
        for name, error in caught.value.block_errors.items()
        if isinstance(error, ValidationError)
    }


def test_saving_says_what_stands_there_instead(held: Collection) -> None:
    errors = told(proof(held.public, 1, "據實登簿，不得增减"))
    assert "据实" not in errors["words"]
    assert "據實登記" in errors["words"]
    assert "第 1 页" in errors["words"]
    assert "到第 2 页为止" in told(proof(held.public, 7))["page"]
    assert "核对页次" in told(proof(held.public, 2, "鼪鼬"))["words"]


@pytest.mark.parametrize("which", ["staff", "reading_room", "catalogue_only"])
def test_a_record_that_is_not_public_is_refused_with_a_remedy(
    held: Collection, which: str
) -> None:
    record = getattr(held, which)
    errors = told(proof(record, 1, "矛盾纠纷"))
    assert errors.keys() == {"record"}
    assert "另选一件" in errors["record"]
    assert record.title not in errors["record"]
    with pytest.raises(ValidationError):
        RecordBlock().clean(record.pk)


def test_the_form_does_not_show_words_of_a_record_that_was_closed(
    held: Collection,
) -> None:
    made = EvidenceBlock()
    value = made.to_python(proof(held.public))
    assert made.get_form_state(value)["words"] == WORDS
    decide(
        [held.public], {"disclosure_status": "withheld", "open_status": "controlled"}
    )
    assert made.get_form_state(value)["words"] == ""


def test_words_of_records_are_kept_out_of_search_and_of_comparisons(
    held: Collection,
) -> None:
    page = full(held.public)
    text = " ".join(page.chapters.stream_block.get_searchable_content(page.chapters))
    assert "叙述在此" in text
    # Nor is what is said of them, which goes off the page with them.
    assert not [one for one in (WORDS, "今译鹇", CAPTION, SPOT) if one in text]
    words = EvidenceBlock().child_blocks["words"]
    comparison = words.get_comparison_class()(words, True, True, WORDS, "别的字")
    assert WORDS not in comparison.htmldiff() + comparison.htmlvalue(WORDS)


def test_the_report_names_pages_and_reasons_but_no_record(
    client: Client, held: Collection
) -> None:
    page = full(held.public)
    assert list(broken()) == []
    assert ExhibitionPage in pages_with_claims()
    decide(
        [held.public], {"disclosure_status": "withheld", "open_status": "controlled"}
    )
    (found,) = broken()
    assert (found.page.pk, found.flaw) == (page.pk, Flaw.CLOSED)
    assert found.count == 11


def test_the_report_tells_words_that_changed(held: Collection) -> None:
    exhibition([chapter("一", story("叙述", proof(held.public)))])
    folio = held.public.folios.get(sequence=1)
    TranscriptFactory.create(folio=folio, text="改过的文字")
    assert [one.flaw for one in broken()] == [Flaw.NO_WORDS]
