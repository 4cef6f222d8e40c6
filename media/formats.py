"""Which format a file has, judged by its first bytes, never by its name."""

from dataclasses import dataclass
from pathlib import Path

from media.errors import (
    EmptyFile,
    ExtensionMismatch,
    FileMissing,
    PasswordProtected,
    UnsupportedFormat,
)

EXTENSIONS = {
    "TIFF": (".tif", ".tiff"),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "JPEG 2000": (".jp2", ".j2k", ".jpf", ".jpx", ".j2c"),
    "PNG": (".png",),
    "WebP": (".webp",),
}
_FORMAT_OF = {ext: name for name, exts in EXTENSIONS.items() for ext in exts}
# Extensions that promise something else than an image we take.
_OTHER_EXTENSIONS = {".pdf", ".zip", ".gif", ".bmp", ".txt", ".csv", ".doc", ".docx"}

_SIGNATURES = (
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
_HEAD = 64
_ZIP_ENCRYPTED = 0x1
# An encrypted PDF names /Encrypt in its trailer, at the very end, or in a
# cross-reference stream; an encrypted office file holds a stream of this name.
_PDF_MARK = b"/Encrypt"
_OLE_MARK = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """``name`` is the format by content ("" if unknown); ``size`` is in bytes."""

    name: str
    size: int


def sniff(path: Path) -> Sniffed:
    """The format of ``path``; ``EmptyFile`` or ``FileMissing`` if there is none."""
    try:
        size = path.stat().st_size
        if path.is_file() and size == 0:
            raise EmptyFile
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise FileMissing from error
    return Sniffed(format_of(head), size)


def format_of(head: bytes) -> str:
    """The format that begins with ``head``, or ""."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    return next((name for mark, name in _SIGNATURES if head.startswith(mark)), "")


def require_image(path: Path) -> Sniffed:
    """Sniff ``path`` and insist on an accepted format that its name agrees with."""
    sniffed = sniff(path)
    if _is_encrypted(path, sniffed.name):
        raise PasswordProtected
    extension = path.suffix.lower()
    expected = _FORMAT_OF.get(extension)
    if expected and expected != sniffed.name:
        raise ExtensionMismatch(extension, sniffed.name)
    if sniffed.name not in EXTENSIONS:
        raise UnsupportedFormat(sniffed.name)
    if extension in _OTHER_EXTENSIONS:
        raise ExtensionMismatch(extension, sniffed.name)
    return sniffed


def _is_encrypted(path: Path, name: str) -> bool:
    """Whether a PDF, ZIP or OLE container says that it is encrypted."""
    if name == "ZIP":
        with path.open("rb") as file:
            flags = file.read(8)[6:8]
        return bool(int.from_bytes(flags, "little") & _ZIP_ENCRYPTED)
    if name == "PDF":
        return _contains(path, _PDF_MARK)
    return name == "OLE" and _contains(path, _OLE_MARK)


def _contains(path: Path, mark: bytes) -> bool:
    """Whether ``mark`` occurs in the file, read in pieces."""
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            if mark in tail + piece:
                return True
            tail = piece[-len(mark) :]
    return False
