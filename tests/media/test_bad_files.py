import re
import zipfile
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image
from pytest_django import Settings

from media.errors import (
    BrokenImage,
    EmptyFile,
    ExtensionMismatch,
    FileMissing,
    ImageTooLarge,
    MediaError,
    MultiPageImage,
    PasswordProtected,
    UnsupportedFormat,
)
from media.masters import inspect
from tests.media import pictures

ENCRYPTED_PDF = (
    b"%PDF-1.6\n1 0 obj<</Type/Catalog>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 2 0 R/ID[<00><00>]>>\n%%EOF\n"
)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_file_without_bytes_is_called_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile):
        inspect(write(tmp_path / "a.jpg", b""))


def test_a_missing_file_is_called_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        inspect(tmp_path / "a.jpg")
    with pytest.raises(FileMissing):
        inspect(tmp_path)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "jp2"])
@pytest.mark.parametrize("share", [0.15, 0.6, 0.97])
def test_a_truncated_image_is_called_broken(
    tmp_path: Path, suffix: str, share: float
) -> None:
    path = pictures.save(tmp_path / f"a.{suffix}")
    with pytest.raises(BrokenImage):
        inspect(pictures.truncate(path, share))


def test_noise_behind_a_right_signature_is_called_broken(tmp_path: Path) -> None:
    for name, head in (("a.jpg", b"\xff\xd8\xff\xe0"), ("a.tif", b"II*\x00")):
        with pytest.raises(BrokenImage):
            inspect(write(tmp_path / name, head + b"\x5a" * 500))


def test_a_text_renamed_to_an_image_is_found_out(tmp_path: Path) -> None:
    with pytest.raises(ExtensionMismatch):
        inspect(write(tmp_path / "a.jpg", "矛盾纠纷".encode()))


def test_an_image_renamed_to_another_format_is_found_out(tmp_path: Path) -> None:
    renamed = pictures.save(tmp_path / "a.png").rename(tmp_path / "a.tif")
    with pytest.raises(ExtensionMismatch, match="PNG"):
        inspect(renamed)


def test_an_image_renamed_to_a_document_is_found_out(tmp_path: Path) -> None:
    renamed = pictures.save(tmp_path / "a.png").rename(tmp_path / "a.pdf")
    with pytest.raises(ExtensionMismatch):
        inspect(renamed)


@pytest.mark.parametrize("name", ["a.pdf", "a.jpg"])
def test_an_encrypted_pdf_is_called_protected_under_any_name(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(PasswordProtected):
        inspect(write(tmp_path / name, ENCRYPTED_PDF))


def test_an_encrypted_archive_is_called_protected(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    data = bytearray(path.read_bytes())
    data[6] |= 1
    with pytest.raises(PasswordProtected):
        inspect(write(path, bytes(data)))


def test_an_encrypted_office_file_is_called_protected(tmp_path: Path) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    data = head + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(PasswordProtected):
        inspect(write(tmp_path / "a.docx", data))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.4\n%%EOF\n"),
        ("a.gif", b"GIF89a" + b"\x00" * 40),
        ("a", "只有文字".encode()),
        ("a.dat", b"\x00\x01\x02\x03" * 20),
    ],
)
def test_other_formats_are_called_unsupported(
    tmp_path: Path, name: str, data: bytes
) -> None:
    with pytest.raises(UnsupportedFormat):
        inspect(write(tmp_path / name, data))


def test_30_000_by_30_000_pixels_are_refused_from_the_header(tmp_path: Path) -> None:
    path = pictures.huge_png(tmp_path / "a.png", 30_000, 30_000)
    with pytest.raises(ImageTooLarge, match="30000 × 30000"):
        inspect(path)


def test_the_limit_of_pixels_is_a_setting(tmp_path: Path, settings: Settings) -> None:
    for suffix in ("png", "jp2"):
        path = pictures.save(tmp_path / f"a.{suffix}")
        settings.MAX_IMAGE_PIXELS = 240 * 160
        inspect(path)
        settings.MAX_IMAGE_PIXELS = 240 * 160 - 1
        with pytest.raises(ImageTooLarge):
            inspect(path)


def test_a_file_of_several_pages_is_refused(tmp_path: Path) -> None:
    page = Image.fromarray(pictures.gradient())
    page.save(tmp_path / "a.tif", save_all=True, append_images=[page])
    with pytest.raises(MultiPageImage, match="2"):
        inspect(tmp_path / "a.tif")


def subclasses(base: type[MediaError]) -> set[type[MediaError]]:
    found = set(base.__subclasses__())
    return found.union(*(subclasses(one) for one in found))


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in subclasses(MediaError)]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)


def test_messages_are_chinese_and_name_no_directory(tmp_path: Path) -> None:
    with translation.override("zh-hans"), pytest.raises(MediaError) as caught:
        inspect(write(tmp_path / "a.jpg", b"x"))
    assert re.search("[\u4e00-\u9fff]", str(caught.value))
    assert str(tmp_path) not in str(caught.value)
