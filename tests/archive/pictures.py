"""Small real image files for the tests of the archive."""

import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw

from tests.samples.fonts import font


def picture(path: Path, number: int = 0, size: tuple[int, int] = (60, 40)) -> Path:
    """An image of its own for each ``number``, in the format of the extension."""
    path.parent.mkdir(parents=True, exist_ok=True)
    colour = (200, number % 256, number // 256 % 256)
    Image.new("RGB", size, colour).save(path, dpi=(300, 300))
    return path


def text_picture(path: Path, *lines: str) -> Path:
    """A small page with black characters, 40 pixels high, in its upper part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page = Image.new("RGB", (900, 600), "white")
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((20, 15 + 62 * number), line, font=font("song", 40), fill="black")
    page.save(path, dpi=(300, 300))
    return path


def huge_png(path: Path, side: int) -> Path:
    """A few hundred bytes whose header promises ``side`` by ``side`` pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for kind, data in chunks:
            file.write(struct.pack(">I", len(data)) + kind + data)
            file.write(struct.pack(">I", zlib.crc32(kind + data)))
    return path
