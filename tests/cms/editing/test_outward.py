"""Outside links are asked about politely, and never inside the house."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command

from cms.editing import outward_run
from cms.editing.outward import Asker, is_public
from cms.models import LinkCheck
from tests.cms.editing.conftest import WritePage


class _Site(BaseHTTPRequestHandler):
    """``/404`` is gone, ``/405`` wants no HEAD, ``/to?x`` leads to x."""

    asked: list[str] = []

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        _Site.asked.append(f"{self.command} {self.path}")
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
        elif self.path == "/no-head":
            self.send_response(200 if self.command == "GET" else 404)
        else:
            self.send_response(int(self.path.lstrip("/")))
        self.end_headers()

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def port() -> Iterator[int]:
    _Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def asker(port: int, **public: bool) -> Asker:
    """As if the names of a world had their addresses on this machine."""
    inside = {"inside.example": "127.0.0.2"}

    def resolve(host: str, port: int) -> list[str]:
        if host == "unknown.example":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [inside.get(host, "127.0.0.1")]

    return Asker(resolve, lambda ip: ip == "127.0.0.1", [port], pause=0)


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("200", "works"),
        ("404", "broken"),
        ("410", "broken"),
        ("403", "works"),
        ("500", "unknown"),
        ("no-head", "works"),
        ("to?/200", "works"),
        ("to?/404", "broken"),
        ("to?http://inside.example:{port}/200", "refused"),
        ("to?file:///etc/passwd", "refused"),
    ],
)
def test_what_a_site_answers_is_judged(port: int, path: str, verdict: str) -> None:
    url = f"http://site.example:{port}/{path.format(port=port)}"
    assert asker(port).ask(url).verdict == verdict


def test_a_site_that_leads_round_in_circles_is_broken(port: int) -> None:
    asked = asker(port)
    url = f"http://site.example:{port}/to?/to?/to?/to?/to?/to?/to?/to?/200"
    assert asked.ask(url).verdict == "broken"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://site.example/",
        "http://inside.example:{port}/200",
        "http://user:secret@site.example:{port}/200",
        "http://site.example:22/",
        "http://",
        "http://[::1/",
    ],
)
def test_what_is_not_of_the_public_internet_is_not_asked(port: int, url: str) -> None:
    assert asker(port).ask(url.format(port=port)).verdict == "refused"
    assert _Site.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("::7f00:1", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
        ("64:ff9b::808:808", True),
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
    ],
)
def test_private_addresses_are_known(address: str, public: bool) -> None:
    assert is_public(address) is public


def _page(write: WritePage, *urls: str) -> None:
    html = "".join(f'<p><a href="{url}">链接</a></p>' for url in urls)
    write([("text", html)]).get_latest_revision().publish()


def test_a_machine_without_the_internet_calls_nothing_broken(
    write: WritePage, port: int
) -> None:
    _page(write, "http://unknown.example/a", f"http://unknown.example:{port}/b")
    outcome = outward_run.run(asker(port), days=7)

    assert outcome.broken == 0
    assert not LinkCheck.objects.filter(state="broken").exists()
    assert LinkCheck.objects.filter(state="unknown").exists()


def test_where_others_answer_an_unknown_name_is_broken(
    write: WritePage, port: int
) -> None:
    urls = (f"http://unknown.example:{port}/a", f"http://site.example:{port}/200")
    _page(write, *urls)
    outward_run.run(asker(port), days=7)

    states = dict(LinkCheck.objects.values_list("url", "state"))
    assert states == {urls[0]: "broken", urls[1]: "works"}


def test_what_worked_lately_is_not_asked_again_and_what_is_gone_is_forgotten(
    write: WritePage, port: int
) -> None:
    good, bad = f"http://site.example:{port}/200", f"http://site.example:{port}/404"
    _page(write, good, bad)
    outward_run.run(asker(port), days=7)
    since = LinkCheck.objects.get(url=bad).failed_since
    assert since is not None
    _Site.asked = []

    outward_run.run(asker(port), days=7)
    assert _Site.asked == ["HEAD /404", "GET /404"]
    assert LinkCheck.objects.get(url=bad).failed_since == since

    LinkCheck.objects.create(url="http://old.example/", state="works", checked_at=since)
    outward_run.run(asker(port), days=7)
    assert not LinkCheck.objects.filter(url="http://old.example/").exists()


def test_the_command_says_when_nobody_answered(
    write: WritePage, capsys: pytest.CaptureFixture[str]
) -> None:
    _page(write, "http://127.0.0.2/", "http://nobody.invalid/")
    call_command("check_links", "--limit", "1")
    assert "查了 1 个外部链接" in capsys.readouterr().out
