"""What is asked of every screen of the admin: whom it lets in, and how it speaks."""

import re
from collections.abc import Collection, Mapping
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.cms.admin.conftest import ClientOf
from tests.factories import ADMINISTRATOR, ARCHIVIST, EDITOR, RESEARCHER, REVIEWER

GROUPS = {
    "archivist": ARCHIVIST,
    "reviewer": REVIEWER,
    "editor": EDITOR,
    "trainer": "教师 trainer",
    "admin": ADMINISTRATOR,
    "researcher": RESEARCHER,
    "organiser": "组织者 organiser",
}
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
# What the installation calls itself and its languages, in any language.
OWN_NAMES = {"“枫桥经验”陈列馆档案与知识库", "首页", "简体"}
# Latin words of the test's own data, and those that Chinese writes in Latin.
DATA = {"Title", "Text", "tag", "broken", "reason", "proposer", "user", "test"}
DATA |= {
    "engine",
    "Source",
    "EDTF",
    "Wagtail",
    "Alt",
    "PageUp",
    "PageDown",
    "Shift",
    "Ctrl",
    "Enter",
    "None",
}
DATA |= {"Cookie", "CSV", "XLSX", "SKOS", "Turtle", "RDF", "XML", "Name"}


def let_in(
    client_of: ClientOf, address: str, groups: Mapping[str, str] = GROUPS
) -> set[str]:
    """The names of those ``groups`` for whom the screen opens."""
    return {
        name for name, group in groups.items() if allowed(client_of(group), address)
    }


def allowed(client: Client, address: str) -> bool:
    """Whether the screen opens and lets something be done on it."""
    response = client.get(address)
    if response.status_code != 200:
        assert response.status_code in (302, 403), address
        return False
    if response.streaming:
        response.getvalue()
        response.close()
        return True
    # A bulk action opens for everyone and lists what they may do it to.
    return "/bulk/" not in address or bool(response.context["items"])


def lines_in_latin(response: Any, known: Collection[str]) -> set[str]:
    """Lines with a Latin word that is not ``known``."""
    return {line for line in visible(response) if set(LATIN.findall(line)) - set(known)}


def lines_in_chinese(response: Any, names: Collection[str] = ()) -> set[str]:
    """Lines with a Chinese character, but for those that hold one of ``names``."""
    return {
        line
        for line in visible(response)
        if HAN.search(line) and not any(one in line for one in names)
    }


class Visible(HTMLParser):
    """Collects what a reader sees or hears of a page: text and spoken attributes."""

    SILENT = frozenset({"script", "style", "template", "svg", "noscript", "title"})
    SPOKEN = frozenset({"aria-label", "placeholder", "title", "alt"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        self.lines += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.lines += filter(None, map(str.strip, data.splitlines()))


def visible(response: Any) -> list[str]:
    """Of a page, or of the modal window that a chooser sends as JSON."""
    page = Visible()
    is_json = response.headers["Content-Type"] in (
        "application/json",
        "text/javascript",
    )
    page.feed(response.json().get("html", "") if is_json else response.text)
    return page.lines
