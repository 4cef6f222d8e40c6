"""The chronicle: no fact without a source, disputed dates as disputed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Subject
from cms.knowledge import gathering
from cms.knowledge.chronicle import events_on
from cms.models import ChronicleEvent, ChroniclePage, EventSource
from tests.cms.knowledge.conftest import open_fonds, opened
from tests.factories import READING_ROOM, decide

pytestmark = pytest.mark.django_db

PATH = "/knowledge/chronicle/"
DISPUTED = "[1963-11-20,1963-11-22]"


def fact(day: str, title: str, *sources: str, **fields: Any) -> ChronicleEvent:
    """A fact of the chronicle page; ``出处|某日`` is a source that gives a date."""
    page = ChroniclePage.objects.get()
    subjects = fields.pop("subjects", ())
    code = fields.pop("record_code", "")
    told = [one.partition("|") for one in sources]
    event = ChronicleEvent(
        title=title,
        sources=[
            EventSource(text=text, says=says, record_code=code)
            for text, _bar, says in told
        ],
        **fields,
    )
    event.take(day)
    event.subjects.set(subjects)
    page.events.add(event)
    page.save_revision().publish()
    return ChronicleEvent.objects.get(title=title)


def html(query: str = "") -> str:
    response = Client().get(PATH + query)
    assert response.status_code == 200
    return response.content.decode()


def test_facts_stand_by_year_with_their_sources(site: Any) -> None:
    fact("2018-11-12", "后一件", "《样例甲》")
    fact("1963", "前一件", "《样例乙》")
    page = html()
    assert page.index('id="year-1963"') < page.index("前一件")
    assert page.index("前一件") < page.index('id="year-2018"') < page.index("后一件")
    assert "《样例甲》" in page
    assert 'datetime="2018-11-12"' in page


def test_a_disputed_date_has_both_readings_with_their_sources(site: Any) -> None:
    fact(
        DISPUTED,
        "批示",
        "《文稿》|1963年11月20日",
        "《年谱》|22日",
        certainty="disputed",
    )
    page = html()
    assert "1963年11月20日或1963年11月22日" in page
    assert "存疑" in page
    assert 'class="disputed"' in page
    assert "作1963年11月20日：</b>《文稿》" in page
    assert "作22日：</b>《年谱》" in page


def test_a_fact_without_a_source_is_not_shown(site: Any) -> None:
    event = fact("1963", "没有出处的事", "《样例》")
    event.sources.all().delete()
    assert "没有出处的事" not in html()
    assert events_on(date(2026, 1, 1), days=366) == []


def test_the_form_refuses_a_fact_without_a_source(
    site: Any, admin_client: Client
) -> None:
    page = ChroniclePage.objects.get()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form: dict[str, Any] = {
        "title": page.title,
        "slug": page.slug,
        "summary": "",
        "body-count": "0",
        "events-TOTAL_FORMS": "1",
        "events-INITIAL_FORMS": "0",
        "events-MIN_NUM_FORMS": "0",
        "events-MAX_NUM_FORMS": "1000",
        "events-0-id": "",
        "events-0-ORDER": "1",
        "events-0-DELETE": "",
        "events-0-date_original": "1963年11月",
        "events-0-title": "一件事",
        "events-0-text": "",
        "events-0-certainty": "certain",
        "events-0-subjects": "调解",
        "events-0-sources-TOTAL_FORMS": "0",
        "events-0-sources-INITIAL_FORMS": "0",
        "events-0-sources-MIN_NUM_FORMS": "1",
        "events-0-sources-MAX_NUM_FORMS": "1000",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
        "action-submit": "action-submit",
    }
    refused = admin_client.post(url, form)
    assert refused.status_code == 200
    assert not ChronicleEvent.objects.exists()
    source = {
        "events-0-sources-TOTAL_FORMS": "1",
        "events-0-sources-0-id": "",
        "events-0-sources-0-ORDER": "1",
        "events-0-sources-0-DELETE": "",
        "events-0-sources-0-text": "《样例》",
        "events-0-sources-0-says": "",
        "events-0-sources-0-url": "",
        "events-0-sources-0-record_code": "",
    }
    assert admin_client.post(url, {**form, **source}).status_code == 302
    page = ChroniclePage.objects.get().get_latest_revision_as_object()
    (event,) = page.events.all()
    assert (event.edtf, event.display) == ("1963-11", "1963年11月")
    assert [one.label for one in event.subjects.all()] == ["调解"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"date_original": "某年某月"}, "date_original"),
        ({"date_original": DISPUTED}, "certainty"),
    ],
)
def test_a_date_that_says_nothing_or_too_much_is_refused(
    site: Any, fields: dict[str, str], named: str
) -> None:
    event = ChronicleEvent(title="事", **fields)
    with pytest.raises(ValidationError) as refused:
        event.clean()
    assert list(refused.value.message_dict) == [named]


def test_one_decade_can_be_chosen_and_nonsense_is_none(site: Any) -> None:
    fact("1963", "六十年代的事", "《甲》")
    fact("2018", "一十年代的事", "《乙》")
    assert "一十年代的事" not in html("?decade=1960")
    assert "六十年代的事" in html("?decade=1960")
    for query in ("?decade=1970", "?decade=x", "?decade=①"):
        assert "一十年代的事" in html(query)


def test_a_record_is_evidence_while_it_is_open_and_no_longer(site: Any) -> None:
    record = opened("", open_fonds(), title="玄鹇原件", reference_code="K001-WS·001")
    fact("1963", "一件事", "《样例》", record_code="K001-WS·001#2")
    page = html()
    assert "玄鹇原件" in page
    assert "/2/" in page[page.index('class="evidence"') :]
    decide([record], READING_ROOM)
    page = html()
    assert "玄鹇" not in page
    assert "K001-WS" not in page
    assert "《样例》" in page


def test_a_record_that_is_not_open_is_refused_as_one_that_is_not_there(
    site: Any,
) -> None:
    record = opened("", open_fonds(), reference_code="K001-WS·001")
    source = EventSource(text="《样例》", record_code="K001-WS·001")
    source.clean()
    decide([record], READING_ROOM)
    told = []
    for code in ("K001-WS·001", "K001-WS·999"):
        source.record_code = code
        with pytest.raises(ValidationError) as refused:
            source.clean()
        told.append(str(refused.value.messages[0]).replace(code, "…"))
    assert told[0] == told[1]


def test_a_week_has_the_facts_of_its_days(site: Any) -> None:
    fact("2018-11-12", "大会", "《甲》")
    fact(DISPUTED, "批示", "《文稿》", certainty="disputed")
    fact("2003-11", "只知月份", "《乙》")
    fact("1963", "只知年份", "《丙》")
    found = events_on(date(2026, 11, 16))
    assert [(one.title, one.years_ago) for one in found] == [("批示", 63)]
    assert found[0].as_json()["sources"] == ("《文稿》",)
    assert found[0].url.endswith(
        f"#event-{ChronicleEvent.objects.get(title='批示').pk}"
    )
    assert [one.title for one in events_on(date(2026, 11, 9))] == ["大会"]
    assert events_on(date(2026, 6, 1)) == []
    assert events_on(date(2018, 11, 12)) == []
    ChroniclePage.objects.get().unpublish()
    assert events_on(date(2026, 11, 9)) == []


def test_a_week_that_ends_a_year_has_facts_of_january(site: Any) -> None:
    fact("1964-01-02", "岁首的事", "《甲》")
    (found,) = events_on(date(2025, 12, 29))
    assert found.title == "岁首的事"


def test_facts_are_gathered_on_their_subjects(site: Any) -> None:
    concept = Subject.objects.get(label="调解")
    fact("1963", "一件事", "《样例》", subjects=[concept])
    above = Subject.objects.get(label="矛盾纠纷多元化解体系")
    material = gathering.gather({0: above})[0].by_kind["chronicle"]
    assert material.count == 1
    assert material.newest[0].title == "一件事"
    assert (
        "一件事"
        in Client().get("/knowledge/subjects/dispute-resolution/").content.decode()
    )


def test_many_facts_cost_as_many_queries_as_few(site: Any) -> None:
    def cost() -> int:
        html()
        with CaptureQueriesContext(connection) as captured:
            html()
        return len(captured)

    opened("", open_fonds(), reference_code="K001-WS·001")
    fact("1963", "第一件", "《样例》", record_code="K001-WS·001")
    few = cost()
    for number in range(5):
        title = f"又一件 {number}"
        fact(f"200{number}", title, "《甲》", "《乙》", record_code="K001-WS·001")
    assert cost() == few
    assert few <= 25
