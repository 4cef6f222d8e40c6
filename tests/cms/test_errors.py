"""Whatever goes wrong, a page says so in the site's own look and helps on."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.views import errors
from tests.cms.collection import Collection

SEARCH = 'action="/search/"'


def failing(client: Client, error: Exception) -> str:
    """The body of a page whose view fails with ``error``."""
    client.raise_request_exception = False

    def fail(*_args: object) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cms.catalogue.children", fail)
        response = client.get("/catalogue/")
    assert response.status_code == (503 if isinstance(error, OperationalError) else 500)
    return response.text


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"host": "testserver"}], ids=["400", "404"]
)
def test_a_page_that_is_refused_or_missing_has_a_search_and_ways_on(
    client: Client, db: None, headers: dict[str, str]
) -> None:
    html = client.get("/nothing/", headers=headers).text
    assert SEARCH in html
    assert 'href="/catalogue/"' in html
    assert 'href="/takedown/"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="stylesheet"' in html


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("secret"), "系统出错了"),
        (OperationalError("secret"), "暂时无法使用"),
    ],
)
def test_a_failure_has_a_page_that_needs_no_database(
    client: Client, held: Collection, error: Exception, told: str
) -> None:
    html = failing(client, error)
    assert told in html
    assert SEARCH in html
    assert "secret" not in html
    assert 'rel="stylesheet"' in html


@pytest.mark.parametrize("view", [errors.bad_request, errors.server_error])
def test_these_pages_ask_nothing_of_the_database(view: object, db: None) -> None:
    request = RequestFactory().get("/")
    with CaptureQueriesContext(connection) as captured:
        view(request)  # type: ignore[operator]
    assert len(captured) == 0


def test_a_database_that_is_away_says_when_to_come_again(
    client: Client, held: Collection
) -> None:
    def fail(*_args: object) -> None:
        raise OperationalError

    client.raise_request_exception = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cms.catalogue.children", fail)
        response = client.get("/catalogue/")
    assert response["Retry-After"] == str(errors.RETRY_SECONDS)


def test_a_session_that_cannot_be_looked_up_is_no_second_failure(
    client: Client, held: Collection
) -> None:
    """The headers ask who is reading; where that cannot be told, nothing is kept."""
    client.cookies["sessionid"] = "a" * 32
    client.raise_request_exception = False

    def fail(*_args: object) -> None:
        raise OperationalError

    with pytest.MonkeyPatch.context() as patch:
        name = "django.contrib.sessions.backends.db.SessionStore._get_session_from_db"
        patch.setattr(name, fail)
        response = client.get("/catalogue/")
    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Security-Policy"]


@pytest.mark.parametrize("view", [errors.bad_request, errors.server_error])
def test_english_readers_get_english(view: object, db: None) -> None:
    with translation.override("en"):
        html = view(RequestFactory().get("/")).content.decode()  # type: ignore[operator]
    assert '<html lang="en">' in html
    for chinese in ("系统出错了", "无法理解", "检索", "馆藏目录"):
        assert chinese not in html
