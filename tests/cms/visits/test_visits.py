"""Visits are counted, visitors are not."""

import csv
import io
import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from cms.models import VisitCount
from cms.visits import counting
from cms.visits import report as visit_report
from tests.cms.admin.conftest import ClientOf, client_of, groups
from tests.cms.collection import Collection
from tests.factories import ADMINISTRATOR, ARCHIVIST, UserFactory

__all__ = ["client_of", "groups"]

RECORD = "/catalogue/T001-WS·1953·Y-001/"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    counting._counts.clear()
    caches["pages"].clear()
    yield
    counting._counts.clear()


@pytest.fixture
def person() -> Client:
    return Client(headers={"User-Agent": BROWSER})


def counted() -> dict[str, int]:
    """Paths and how often they were read, all days and languages together."""
    counting.flush()
    found: dict[str, int] = {}
    for row in VisitCount.objects.all():
        found[row.path] = found.get(row.path, 0) + row.count
    return found


def test_a_page_that_is_read_is_counted_without_its_query(
    person: Client, held: Collection
) -> None:
    for path in (RECORD, RECORD, f"{RECORD}1/?q=矛盾", "/search/?q=某人的名字"):
        person.get(path)
    person.get(f"/zh-hant{RECORD}")
    assert counted() == {RECORD: 3, f"{RECORD}1/": 1, "/search/": 1}
    rows = VisitCount.objects.filter(path=RECORD)
    told = {(row.day, row.language, row.count) for row in rows}
    today = timezone.localdate()
    assert told == {(today, "zh-hans", 2), (today, "zh-hant", 1)}
    assert "某人" not in str(list(VisitCount.objects.values()))


def test_nothing_but_day_path_language_and_number_is_kept() -> None:
    names = {field.name for field in VisitCount._meta.get_fields()}
    assert names == {"id", "day", "path", "language", "count"}


def test_reading_sets_no_cookie_and_writes_nothing(
    person: Client, held: Collection
) -> None:
    with CaptureQueriesContext(connection) as captured:
        response = person.get(RECORD)
    assert not response.cookies
    written = ("INSERT", "UPDATE", "DELETE")
    assert not [one for one in captured if one["sql"].startswith(written)]


def test_pages_out_of_the_cache_are_counted_and_the_browsers_own_copies(
    person: Client, held: Collection, settings: Settings
) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    first = person.get(RECORD)
    person.get(RECORD)
    again = person.get(RECORD, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    feed = person.get("/feeds/all.atom")
    person.get("/feeds/all.atom", headers={"If-None-Match": feed["ETag"]})
    assert counted() == {RECORD: 3}


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/robots.txt",
        "/sitemap.xml",
        "/api/v1/records",
        "/catalogue/T001-WS·2002·Y-003/",
        "/admin/login/",
        "/healthz",
        "/catalogue",
    ],
)
def test_errors_files_and_tools_are_no_visits(
    person: Client, held: Collection, path: str
) -> None:
    person.get(path)
    person.head(RECORD)
    person.post("/takedown/", {})
    assert counted() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"},
        {"Sec-GPC": "1"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"User-Agent": ""},
        {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "Sogou web spider/4.0"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": "python-requests/2.32"},
    ],
)
def test_robots_and_who_does_not_wish_it_are_not_counted(
    person: Client, held: Collection, headers: dict[str, str]
) -> None:
    person.get(RECORD, headers=headers)
    assert counted() == {}


def test_who_is_signed_in_is_not_counted(person: Client, held: Collection) -> None:
    person.force_login(UserFactory.create())
    person.get(RECORD)
    assert counted() == {}


def test_counts_of_several_flushes_add_up(person: Client, held: Collection) -> None:
    for _ in range(3):
        person.get(RECORD)
        assert counting.flush() == 1
    assert counting.flush() == 0
    assert counted() == {RECORD: 3}


def test_a_database_that_is_away_loses_no_visit(
    person: Client, held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.get(RECORD)

    def away(*_args: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.executemany", away)
        assert counting.flush() == 0
    assert counted() == {RECORD: 1}


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_thread_of_its_own_writes_while_others_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real threads: readers count, the writer writes, two processes' worth of them."""
    settings.VISITS_SECONDS = 3600
    monkeypatch.setattr(counting, "MOST_WAITING", 3)
    monkeypatch.setattr(counting, "_writer", None)
    wake = threading.Event()
    monkeypatch.setattr(counting, "_wake", wake)
    over = threading.Event()

    def write_until_over() -> None:
        while not over.is_set():
            wake.wait(0.05)
            wake.clear()
            counting.flush()
        connections.close_all()

    monkeypatch.setattr(counting, "_write", write_until_over)
    other = threading.Thread(target=write_until_over)
    other.start()

    def read() -> None:
        for number in range(100):
            counting.note(f"/{number % 7}/", "zh-hans")

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    over.set()
    other.join()
    writer = counting._writer
    assert writer is not None
    writer.join(10)
    assert not writer.is_alive()
    assert sum(counted().values()) == 400


def given(days_ago: int, path: str, count: int, language: str = "zh-hans") -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    VisitCount.objects.create(day=day, path=path, language=language, count=count)


@pytest.mark.django_db
def test_the_report_has_every_day_and_the_highest_bar_is_full() -> None:
    given(0, "/", 4)
    given(1, RECORD, 8)
    given(1, "/", 2, "en")
    given(40, "/", 100)
    told = visit_report.report()
    assert (told.total, told.page_count) == (14, 2)
    assert len(told.bars) == visit_report.DAYS
    today, yesterday, before = told.bars[-1], told.bars[-2], told.bars[-3]
    assert (today.count, yesterday.count, before.count) == (4, 10, 0)
    assert (yesterday.top, yesterday.height) == (0, visit_report.HEIGHT)
    assert today.height == visit_report.HEIGHT * 4 // 10
    assert (before.top, before.height) == (visit_report.HEIGHT, 0)
    assert [(one.path, one.count) for one in told.pages] == [(RECORD, 8), ("/", 6)]
    sections = [(one.name, one.count) for one in told.sections]
    assert sections == [("馆藏", 8), ("首页", 6)]
    languages = [(one.name, one.count) for one in told.languages]
    assert languages == [("简体", 12), ("English", 2)]


@pytest.mark.django_db
def test_the_report_by_month_goes_back_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2027, 2, 3))
    for day, count in ((date(2026, 3, 1), 5), (date(2026, 2, 28), 9)):
        VisitCount.objects.create(day=day, path="/", language="en", count=count)
    told = visit_report.report(by_month=True)
    assert told.first == date(2026, 3, 1)
    names = [bar.name for bar in told.bars]
    assert (names[0], names[9], names[10], names[-1]) == (
        "2026-03",
        "2026-12",
        "2027-01",
        "2027-02",
    )
    assert told.bars[0].count == told.total == 5


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            visit_report.report()
        return len(captured)

    given(0, "/", 1)
    few = queries()
    for number in range(20):
        given(number, f"/{number}/", 1)
    assert queries() == few
    assert few <= 7


def test_the_screen_has_a_chart_and_the_same_as_a_table(client_of: ClientOf) -> None:
    given(0, RECORD, 1234)
    html = client_of(ADMINISTRATOR).get(reverse("archive_visits")).text
    assert html.count("<rect") == visit_report.DAYS
    assert 'role="img" aria-labelledby="chart-name"' in html
    today = timezone.localdate().isoformat()
    assert f"<td>{today}</td>" in html
    assert RECORD in html


def test_an_archivist_does_not_see_it(client_of: ClientOf) -> None:
    address = reverse("archive_visits")
    client = client_of(ARCHIVIST)
    assert client.get(address).status_code in (302, 403)
    assert client.get(f"{address}?as=csv").status_code in (302, 403)


def test_the_table_file_holds_every_count_and_no_formula(client_of: ClientOf) -> None:
    given(0, "=1+1", 2)
    given(1, RECORD, 3, "en")
    answer = client_of(ADMINISTRATOR).get(f"{reverse('archive_visits')}?as=csv")
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["日期", "页面", "语言", "次数"]
    assert [row[1:] for row in rows[1:]] == [
        [RECORD, "en", "3"],
        ["'=1+1", "zh-hans", "2"],
    ]
