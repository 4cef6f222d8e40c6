"""Handouts and packages: what the public sees, whole, and nothing else."""

import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from wagtail.models import Collection as WagtailCollection
from wagtail.models import CollectionViewRestriction

from cms import kept, public_files
from cms.models import LessonPage, SiteDocument
from tests.cms.collection import Collection
from tests.cms.training import building
from tests.factories import READING_ROOM, decide

pytestmark = pytest.mark.filterwarnings("ignore:.*tempfile")
RECORDS = "/training/records/"
COURSE = f"{RECORDS}register/"


def bytes_of(url: str, media_type: str) -> bytes:
    answer = Client().get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    return b"".join(answer)


def handout(url: str = COURSE) -> PdfReader:
    return PdfReader(io.BytesIO(bytes_of(f"{url}handout/", "application/pdf")))


def words(pdf: PdfReader) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pdf.pages))


def package(url: str = COURSE) -> zipfile.ZipFile:
    content = bytes_of(f"{url}offline/", "application/zip")
    return zipfile.ZipFile(io.BytesIO(content))


def pages(archive: zipfile.ZipFile) -> str:
    names = [name for name in archive.namelist() if name.endswith(".html")]
    return "".join(archive.read(name).decode() for name in names)


def test_the_handout_can_be_read_and_copied(held: Collection) -> None:
    building.full(held.public)
    pdf = handout(RECORDS)
    told = words(pdf)
    for part in ("记录与归档", "学员讲义", "目录", "六个问题", "整理成卷", "结业"):
        assert part in told
    for part in ("據實登記", "讨论", "先做什么？", "测验答案", "先听后写", "所引档案"):
        assert part in told
    assert "T001-WS" in told and "学时" in told
    assert building.NOTE not in told


def test_its_fonts_are_embedded(held: Collection) -> None:
    building.full(held.public)
    fonts = {}
    for page in handout().pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            one = font.get_object()
            below = one["/DescendantFonts"][0].get_object()
            fonts[one["/BaseFont"]] = below["/FontDescriptor"].get_object()
    assert fonts
    for name, descriptor in fonts.items():
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor), name


def test_the_handout_shows_the_scan(held: Collection) -> None:
    building.full(held.public)
    assert any(list(page.images) for page in handout().pages)


def test_a_course_has_its_own_lessons_only(held: Collection) -> None:
    building.full(held.public)
    told = words(handout())
    assert "六个问题" in told and "整理成卷" not in told
    assert set(package().namelist()) >= {"lesson-1.html", "lesson-2.html"}
    assert "lesson-3.html" not in package().namelist()


def test_the_package_holds_all_that_its_pages_show(held: Collection) -> None:
    building.full(held.public)
    archive = package(RECORDS)
    assert archive.testzip() is None
    names = set(archive.namelist())
    for name in [one for one in names if one.endswith(".html")]:
        html = archive.read(name).decode()
        shown = re.findall(r'\s(?:src|poster)="([^"]+)"', html)
        shown += re.findall(r'<(?:image|link|use)\b[^>]*?\shref="([^"]+)"', html)
        for address in shown:
            assert address.startswith("data:") or address in names, address
        inner = set(re.findall(r'<a\b[^>]*\shref="([^"#]+)"', html))
        for address in inner:
            assert address.startswith("http://testserver/") or address in names
    kinds = {Path(name).suffix for name in names}
    assert {".html", ".css", ".js", ".pdf", ".webm", ".webp"} <= kinds
    assert "data:text/vtt;base64," in pages(archive)


def test_the_package_has_its_quiz_with_the_answers_at_the_end(held: Collection) -> None:
    building.full(held.public)
    html = package().read("lesson-1.html").decode()
    assert html.index("data-quiz") < html.index("solutions")
    assert html.count("data-question") == 3 and html.count("data-right") == 4
    assert "先听后写" in html and "form-action 'none'" in html
    assert "csrf" not in html and "<form method" not in html


def test_what_is_closed_is_in_neither(held: Collection) -> None:
    building.full(held.public)
    assert "據實登記" in pages(package())
    decide([held.public], READING_ROOM)
    archive = package()
    told = pages(archive)
    for secret in ("據實登記", "調解須知", building.HOW, building.NOTE, "T001-WS"):
        assert secret not in told, secret
        assert secret not in words(handout())
    assert "/iiif/" not in told
    # Of the records nothing is left: pictures, the PDF, the film.
    left = [name for name in archive.namelist() if name.startswith("files/")]
    assert {Path(name).suffix for name in left} == {".pdf", ".webm", ".webp"}


def test_a_private_file_is_in_neither(held: Collection) -> None:
    building.full(held.public)
    private = WagtailCollection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type="login"
    )
    SiteDocument.objects.filter(title="slides.pdf").update(collection=private)
    for one in SiteDocument.objects.all():
        one.save()  # renews the generation, which update does not
    contents = [package().read(one) for one in package().namelist()]
    document = SiteDocument.objects.get(title="slides.pdf")
    assert public_files.fetch(document.url) is None
    assert contents.count(building.PDF) == 1  # another one, which is open


def test_files_are_made_once_for_each_state(held: Collection, handouts: Path) -> None:
    building.full(held.public)
    # The first time, Wagtail notes down how large each file is.
    bytes_of(f"{COURSE}offline/", "application/zip")
    first = bytes_of(f"{COURSE}offline/", "application/zip")
    (first_file,) = handouts.glob("*.zip")
    made = first_file.stat().st_mtime_ns
    assert bytes_of(f"{COURSE}offline/", "application/zip") == first
    assert first_file.stat().st_mtime_ns == made
    LessonPage.objects.get(slug="true").unpublish()
    assert "据实" not in pages(package())
    (now,) = handouts.glob("*.zip")
    assert now != first_file
    assert not list(handouts.glob("*.part"))


def test_old_files_are_swept(held: Collection, handouts: Path) -> None:
    assert kept.sweep() == 0  # there is no folder yet
    building.full(held.public)
    bytes_of(f"{COURSE}offline/", "application/zip")
    (made,) = handouts.iterdir()
    assert kept.sweep() == 0
    long_ago = made.stat().st_mtime - kept.LONGEST.total_seconds() - 60
    os.utime(made, (long_ago, long_ago))
    assert kept.sweep() == 1 and not list(handouts.iterdir())


def test_too_large_a_package_says_so(
    held: Collection, settings: Any, handouts: Path
) -> None:
    building.full(held.public)
    settings.HANDOUTS_MOST_BYTES = 10_000
    answer = Client().get(f"{COURSE}offline/")
    assert answer.status_code == 404
    assert "离线课程包太大" in answer.text and "HANDOUTS_MOST_MB" in answer.text
    assert not list(handouts.iterdir())


def test_both_are_in_the_readers_script(held: Collection) -> None:
    building.full(held.public)
    html = pages(package(f"/zh-hant{COURSE}"))
    assert "六個問題" in html and "六个问题" not in html
    assert "六個問題" in words(handout(f"/zh-hant{COURSE}"))


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/catalogue/",
        "/documents/999/x.pdf",
        "/iiif/image/9-1/full/max/0/a.b",
    ],
)
def test_only_public_files_are_fetched(db: None, path: str) -> None:
    assert public_files.fetch(path) is None
