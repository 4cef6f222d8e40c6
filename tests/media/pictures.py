"""Image files for tests, drawn on the spot."""

import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Pixels = NDArray[np.uint8]


def gradient(width: int = 240, height: int = 160) -> Pixels:
    """A colour picture in which every place looks different."""
    y, x = np.mgrid[:height, :width]
    bands = (x * 255 // width, y * 255 // height, (x + y) % 256)
    return np.stack(bands, axis=-1).astype(np.uint8)


def save(path: Path, pixels: Pixels | None = None, **options: object) -> Path:
    """Write ``pixels`` (a gradient by default) in the format of the extension."""
    image = Image.fromarray(gradient() if pixels is None else pixels)
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def upright(image: Image.Image) -> Image.Image:
    """The image as a person sees it, its EXIF orientation applied."""
    turned = ImageOps.exif_transpose(image)
    return image if turned is None else turned


def truncate(path: Path, share: float = 0.6) -> Path:
    """Cut the end of a file off."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def huge_png(path: Path, width: int, height: int) -> Path:
    """A valid one-bit PNG of that many white pixels: a few kilobytes."""
    row = b"\x00" + b"\xff" * ((width + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)
    )
    return path


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
