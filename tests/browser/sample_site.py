"""Two drawn documents, taken in and indexed: what the browser visits.

Their text is what was drawn, unless a test asks for real OCR: so a test of pages
fails for the pages' own faults alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from wagtail.models import Locale, Page, Site

from archive.folios import NewFolio, add_folios
from archive.recognition import Recognise, work
from archive.vocabulary import Level
from cms.models import HomePage
from media import masters
from media.values import Box, Char, Line, Recognition
from search.drain import drain
from tests.factories import PUBLIC, RecordFactory, decide
from tests.samples.truth import LineTruth, PageTruth
from tests.samples.typeset import build

VERTICAL = "T001-WS·1953·Y-003-002"
HORIZONTAL = "T001-WS·2025·D30-002-001"
TITLES = {VERTICAL: "調解須知（附記錄兩則）", HORIZONTAL: "调解登记簿填写说明"}
DOCUMENTS = {VERTICAL: "mediation-notes", HORIZONTAL: "register-guide"}
PAGES = ("mediation-notes/1", "mediation-notes/3", "register-guide/1")


@dataclass(frozen=True, slots=True)
class SampleSite:
    """``truth`` maps (reference code, page) to what was drawn on it."""

    truth: Mapping[tuple[str, int], PageTruth]

    def drawn(self, code: str, page: int, word: str) -> list[Box]:
        """Where ``word`` stands, as drawn; only where it does not run over a line."""
        found = []
        for line in self.truth[code, page].lines:
            start = line.text.find(word)
            while start >= 0:
                chars = line.chars[start : start + len(word)]
                found.append(around([Box(*char.box) for char in chars]))
                start = line.text.find(word, start + 1)
        return found


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of them."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.w for box in boxes)
    bottom = max(box.y + box.h for box in boxes)
    return Box(left, top, right - left, bottom - top)


def draw(folder: Path) -> list[PageTruth]:
    """The image files of the documents."""
    return build(folder, only=set(PAGES))


def load(
    folder: Path, drawn: list[PageTruth], read: Recognise | None = None
) -> SampleSite:
    """Take the files in, open the records, ``read`` the pages and index them."""
    front_page()
    fonds = RecordFactory.create(
        level=Level.FONDS.value, reference_code="T001", title="测试全宗"
    )
    truth: dict[tuple[str, int], PageTruth] = {}
    by_master: dict[str, PageTruth] = {}
    made = [fonds]
    for code, document in DOCUMENTS.items():
        record = RecordFactory.create(
            parent=fonds,
            level=Level.ITEM.value,
            reference_code=code,
            title=TITLES[code],
            date_original=code.split("·")[1],
            creators="样本调解委员会",
            scope_content="为测试而写。",
            is_demonstration=True,
        )
        pages = [page for page in drawn if page.document == document]
        for number, page in enumerate(pages, start=1):
            master = masters.store(folder / page.file)
            add_folios(record, [NewFolio(master, page.file, "")])
            truth[code, number] = by_master[master.name] = page
        made.append(record)
    decide(made, PUBLIC)
    while work(read or (lambda name: as_drawn(by_master[name]))):
        pass
    while drain():
        pass
    return SampleSite(truth)


def front_page() -> None:
    """What the migrations made, where the test before this one emptied all tables."""
    for code, _ in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    if HomePage.objects.exists():
        return
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root")
    home = root.add_child(instance=HomePage(title="首页", slug="home"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )


def as_drawn(page: PageTruth) -> Recognition:
    """What a perfect engine would read."""
    return Recognition(
        text=page.text,
        direction=page.direction,
        script=page.script,
        confidence=100.0,
        seconds=0.0,
        lines=tuple(map(_line, page.lines)),
        width=page.width,
        height=page.height,
        engine="truth",
        engine_version="1",
        key="truth",
    )


def _line(line: LineTruth) -> Line:
    chars = tuple(Char(char.char, Box(*char.box)) for char in line.chars)
    return Line(line.text, Box(*line.box), 100.0, chars)
