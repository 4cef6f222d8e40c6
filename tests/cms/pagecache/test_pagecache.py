"""A page comes out of the cache only where it would be made the same way now."""

import threading
from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page, Site

from archive import generation, outbox, records, tree
from archive.models import OutboxRow, Record
from cms.models import HomePage, SiteDetails, TraditionalWording
from search.drain import drain
from tests.cms import collection
from tests.cms.collection import Collection
from tests.factories import (
    PUBLIC,
    RecordFactory,
    TranscriptFactory,
    UserFactory,
    decide,
)

RECORD = "/catalogue/T001-WS·1953·Y-001/"
VIEWER = f"{RECORD}1/"
MOST_QUERIES_OF_A_HIT = 1
CLOSED = {"open_status": "controlled"}


@pytest.fixture(autouse=True)
def cache_on(settings: Settings) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    caches["default"].clear()


def queries(client: Client, path: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path, headers=headers)
    return len(captured)


def is_hit(client: Client, path: str) -> bool:
    return queries(client, path) <= MOST_QUERIES_OF_A_HIT


@pytest.mark.parametrize("path", ["/", "/catalogue/", RECORD, VIEWER])
def test_the_second_stranger_gets_the_same_page_for_one_query(
    held: Collection, path: str
) -> None:
    made = Client().get(path)
    assert queries(Client(), path) == MOST_QUERIES_OF_A_HIT
    kept = Client().get(path)
    assert kept.content == made.content
    assert dict(kept.items()) == dict(made.items())
    assert kept["Content-Security-Policy"]
    assert kept["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/", "/catalogue/T001/", RECORD, VIEWER])
def test_what_is_closed_is_gone_at_the_next_request(
    held: Collection, path: str
) -> None:
    assert "調解須知" in Client().get(path).text
    assert is_hit(Client(), path)
    decide([held.public], CLOSED)
    assert "調解須知" not in Client().get(path).text
    while drain():
        assert "調解須知" not in Client().get(path).text
    decide([held.public], PUBLIC)
    assert "調解須知" in Client().get(path).text


def test_pages_are_kept_while_rows_wait_and_every_further_row_ends_them(
    held: Collection,
) -> None:
    outbox.changed([held.fonds.pk])
    assert not is_hit(Client(), RECORD)
    assert is_hit(Client(), RECORD)
    outbox.changed([held.fonds.pk])
    assert not is_hit(Client(), RECORD)


def test_a_row_that_the_engine_refused_neither_stops_the_cache_nor_makes_it_lie(
    held: Collection,
) -> None:
    seen = {generation.current()}
    outbox.changed([held.public.pk, held.fonds.pk])
    seen.add(generation.current())
    refused = OutboxRow.objects.filter(source_id=held.public.pk)
    refused.update(failed=True)
    assert generation.current() in seen
    waiting = OutboxRow.objects.filter(failed=False)
    outbox.drained(list(waiting.values_list("pk", flat=True)))
    assert generation.current() not in seen
    seen.add(generation.current())
    outbox.forget_refused(OutboxRow.objects.all())
    assert not OutboxRow.objects.exists()
    assert generation.current() not in seen
    seen.add(generation.current())
    outbox.changed([held.public.pk])
    assert generation.current() not in seen


def test_during_a_large_import_nothing_is_cached(
    held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "MOST_ROWS", 1)
    outbox.changed([held.public.pk, held.fonds.pk])
    assert generation.current() is None
    for _ in range(2):
        assert not is_hit(Client(), RECORD)


def test_the_order_of_records_is_a_change(held: Collection) -> None:
    other = RecordFactory.create(parent=held.fonds, title="另一卷")
    decide([other], PUBLIC)
    before = Client().get("/catalogue/T001/").text
    tree.insert_before(other, held.public, UserFactory.create())
    after = Client().get("/catalogue/T001/").text
    assert before.index("另一卷") > before.index("調解須知")
    assert after.index("另一卷") < after.index("調解須知")


def page_changes() -> dict[str, Callable[[HomePage], object]]:
    def publish(home: HomePage) -> None:
        home.lead = "新的引言"
        home.save_revision().publish()

    return {
        "publish": publish,
        "unpublish": lambda home: home.unpublish(),
        "details": lambda home: SiteDetails.objects.create(
            site=Site.objects.get(), organiser="样本单位"
        ),
        "delete": lambda home: home.delete(),
    }


@pytest.mark.parametrize("change", page_changes())
def test_what_editors_change_is_seen_at_the_next_request(
    held: Collection, change: str
) -> None:
    before = Client().get("/")
    assert is_hit(Client(), "/")
    page_changes()[change](HomePage.objects.get())
    after = Client().get("/")
    assert (after.status_code, after.content) != (before.status_code, before.content)


def test_a_page_that_is_moved_answers_no_more_at_its_old_address(
    held: Collection,
) -> None:
    home = HomePage.objects.get()
    section = home.add_child(instance=Page(title="栏目", slug="section"))
    inner = section.add_child(instance=Page(title="内页", slug="inner"))
    address = "/section/inner/"
    before = Client().get(address).status_code
    inner.move(home, "last-child")
    assert before == 200
    assert Client().get(address).status_code == 301


def test_a_draft_that_is_saved_leaves_the_cache_alone(held: Collection) -> None:
    home = HomePage.objects.get()
    home.save_revision()
    Client().get("/")
    home.lead = "还没写完"
    home.save_revision()
    assert is_hit(Client(), "/")


def test_an_account_that_signs_in_leaves_the_cache_alone(held: Collection) -> None:
    Client().get("/")
    Client().force_login(UserFactory.create())
    assert is_hit(Client(), "/")


def test_who_is_signed_in_neither_gets_nor_leaves_a_kept_page(
    held: Collection, reader_in_the_room: Client
) -> None:
    path = f"/catalogue/{held.reading_room.reference_code}/"
    assert Client().get(path).status_code == 404
    assert "阅览室案卷" in reader_in_the_room.get(path).text
    assert Client().get(path).status_code == 404
    Client().get("/catalogue/T001/")
    assert "阅览室案卷" in reader_in_the_room.get("/catalogue/T001/").text
    assert "阅览室案卷" not in Client().get("/catalogue/T001/").text


def test_languages_do_not_get_each_others_pages(held: Collection) -> None:
    for _ in range(2):
        for prefix, lang in (("", "zh-Hans"), ("/zh-hant", "zh-Hant"), ("/en", "en")):
            page = Client().get(prefix + RECORD)
            assert f'<html lang="{lang}">' in page.text
            assert page["Content-Language"] == lang
    assert is_hit(Client(), f"/zh-hant{RECORD}")
    decide([held.public], CLOSED)
    assert Client().get(f"/zh-hant{RECORD}").status_code == 404


def test_a_wording_of_the_house_is_seen_at_once(held: Collection) -> None:
    address = f"/zh-hant{RECORD}"
    assert "樣本調解委員會" in Client().get(address).text
    TraditionalWording.objects.create(simplified="样本调解委员会", traditional="樣調會")
    assert "樣調會" in Client().get(address).text


def test_hosts_and_schemes_do_not_get_each_others_pages(held: Collection) -> None:
    for _ in range(2):
        assert "http://testserver/" in Client().get(RECORD).text
        assert "https://testserver/" in Client().get(RECORD, secure=True).text
        local = Client().get(RECORD, headers={"host": "localhost"})
        assert "http://localhost/" in local.text


@pytest.mark.parametrize(
    "path",
    [
        "/search/",
        f"{RECORD}?page=2",
        f"{VIEWER}?q=矛盾",
        "/nothing/",
        "/readyz",
        "/api/v1/records",
        "/admin/login/",
    ],
)
def test_questions_errors_and_tools_are_not_kept(held: Collection, path: str) -> None:
    Client().get(path)
    with CaptureQueriesContext(connection) as first:
        Client().get(path)
    with CaptureQueriesContext(connection) as second:
        Client().get(path)
    assert len(first) == len(second)
    assert not caches["pages"]._cache  # type: ignore[attr-defined]


def test_nothing_is_kept_of_a_visitor_who_may_bring_a_form_s_token(
    held: Collection,
) -> None:
    visitor = Client()
    visitor.cookies = SimpleCookie({"csrftoken": "a" * 32})
    visitor.get(RECORD)
    assert not is_hit(visitor, RECORD)
    Client().get(RECORD)
    assert is_hit(visitor, RECORD)


def test_a_browser_that_has_the_page_is_told_so(held: Collection) -> None:
    made = Client().get(RECORD)
    headers = {"If-None-Match": made["ETag"]}
    again = Client().get(RECORD, headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == made["ETag"]
    assert again["Cache-Control"] == "private, no-cache"
    decide([held.public], CLOSED)
    assert Client().get(RECORD, headers=headers).status_code == 404


def test_pages_do_not_outlive_their_day(
    held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    Client().get(RECORD)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert not is_hit(Client(), RECORD)
    assert is_hit(Client(), RECORD)


def test_without_its_tables_the_cache_stands_aside(
    held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        from django.db import OperationalError

        raise OperationalError

    monkeypatch.setattr(generation, "current", fail)
    assert Client().get(RECORD).status_code == 200


def test_a_shared_directory_serves_all_processes(
    held: Collection, settings: Settings, tmp_path: object
) -> None:
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    pages = {"BACKEND": backend, "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "pages": pages}
    Client().get(RECORD)
    assert is_hit(Client(), RECORD)
    decide([held.public], CLOSED)
    assert Client().get(RECORD).status_code == 404


class Traffic:
    """Readers, a drain and a writer at once, each on a thread of its own.

    ``state`` is what must be seen by whoever asks and is answered while it stands;
    None while it is being changed.
    """

    ROUNDS = 6
    READS_A_ROUND = 12

    def __init__(self, record: Record) -> None:
        self.record = record
        self.state: tuple[int, str] | None = (0, "public")
        self.judged = 0
        self.wrong: list[str] = []
        self.failures: list[BaseException] = []
        self.over = threading.Event()

    def run(self) -> None:
        roles = (self.read, self.read, self.read, self.drain, self.write)
        threads = [threading.Thread(target=self.alone, args=(one,)) for one in roles]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def alone(self, role: Callable[[], None]) -> None:
        try:
            role()
        except BaseException as error:  # noqa: BLE001  (told by the test)
            self.failures.append(error)
        finally:
            self.over.set()
            connections.close_all()

    def read(self) -> None:
        client = Client()
        while not self.over.is_set():
            before = self.state
            pages = (client.get(RECORD).text, client.get("/catalogue/T001/").text)
            if before is None or self.state is not before:
                continue
            self.judged += 1
            for text in pages:
                if ("調解須知" in text) is not (before[1] == "public"):
                    self.wrong.append(str(before))

    def drain(self) -> None:
        while not self.over.wait(0.01):
            drain()

    def write(self) -> None:
        for number in range(1, self.ROUNDS + 1):
            aim = "closed" if number % 2 else "public"
            self.state = None
            decide([self.record], CLOSED if aim == "closed" else PUBLIC)
            self.state = (number, aim)
            wanted = self.judged + self.READS_A_ROUND
            while self.judged < wanted and not self.over.wait(0.01):
                pass


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_no_reader_is_ever_given_what_no_longer_holds(
    embedded_index: object,
) -> None:
    held = collection.build()
    traffic = Traffic(held.public)
    traffic.run()
    assert traffic.failures == []
    assert traffic.wrong == []
    assert traffic.judged >= Traffic.ROUNDS * Traffic.READS_A_ROUND


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_late_is_seen_though_others_came_before_it(
    embedded_index: object,
) -> None:
    """An earlier row number may become visible after a later one."""
    held = collection.build()
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time: commits are in order")
    written, committed = threading.Event(), threading.Event()

    def slow() -> None:
        from django.db import transaction

        with transaction.atomic():
            records.edit(held.public, {"title": "迟到的题名"}, None)
            written.set()
            committed.wait(10)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(10)
    outbox.changed([held.staff.pk])
    Client().get(RECORD)
    assert is_hit(Client(), RECORD)
    committed.set()
    thread.join()
    assert "迟到的题名" in Client().get(RECORD).text


def test_a_folio_that_was_read_is_a_change(held: Collection) -> None:
    before = Client().get(RECORD).text
    TranscriptFactory.create(folio__record=held.public, folio__quarantined=False)
    assert Client().get(RECORD).text != before
