"""The master store: originals, byte for byte, under the hash of their content."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage, storages

from media.errors import FileMissing, MasterMissing, SourceChanged
from media.formats import EXTENSIONS
from media.pixels import Header, check_pixels, read_header
from media.values import Master

_CHUNK = 1 << 20


def inspect(path: Path) -> Header:
    """Validate ``path`` fully, its pixels included; any ``MediaError`` says why not.

    The size limit is decided from the header. Decoding streams, so memory stays
    small (JPEG 2000 excepted: one page is held in memory).
    """
    header = read_header(path)
    check_pixels(path, header.format)
    return header


def store(path: Path) -> Master:
    """Validate ``path`` and put its bytes, unchanged, into the master storage.

    Storing the same content again stores nothing and gives the same master.
    Whatever goes wrong, no part of the file stays behind.
    """
    header = inspect(path)
    digest = _digest_of_file(path)
    name = _name(digest, header.format)
    storage = _storage()
    if not _holds(storage, name, header.size):
        _copy(path, storage, name, digest, header.size)
    return Master(
        name=name,
        sha256=digest,
        size=header.size,
        format=header.format,
        width=header.width,
        height=header.height,
        dpi=header.dpi,
    )


def open_master(name: str) -> "File[bytes]":
    """The stored file, open for reading; ``MasterMissing`` if there is none."""
    try:
        return _storage().open(name, "rb")
    except OSError as error:
        raise MasterMissing from error


def verify(name: str, sha256: str) -> bool:
    """Whether the stored bytes still have this SHA-256 (hex); missing is False."""
    try:
        with open_master(name) as file:
            return _digest(file) == sha256.lower()
    except MasterMissing:
        return False


@contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """A path with the master's bytes: the file itself, or a copy gone after use."""
    storage = _storage()
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        with TemporaryDirectory() as folder, open_master(name) as file:
            copy = Path(folder) / Path(name).name
            with copy.open("wb") as target:
                for chunk in iter(lambda: file.read(_CHUNK), b""):
                    target.write(chunk)
            yield copy
        return
    if not path.is_file():
        raise MasterMissing
    yield path


class _HashingFile(File):  # type: ignore[type-arg]
    """A file that hashes what is read from it, in order, through ``chunks``."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self._source = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.hash.update(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        self.hash = hashlib.sha256()
        return self._source.seek(offset, whence)


def _copy(path: Path, storage: Storage, name: str, digest: str, size: int) -> None:
    """Copy and hash at once; a copy that is not what was inspected is removed."""
    with path.open("rb") as source:
        content = _HashingFile(source)
        try:
            saved = storage.save(name, content)
        except BaseException:
            _holds(storage, name, size)
            raise
    if content.hash.hexdigest() != digest:
        storage.delete(saved)
        raise SourceChanged
    if saved != name:  # another process stored the same content meanwhile
        storage.delete(saved)


def _holds(storage: Storage, name: str, size: int) -> bool:
    """Whether the whole file is there; a partial one is removed."""
    if not storage.exists(name):
        return False
    if storage.size(name) == size:
        return True
    storage.delete(name)
    return False


def _storage() -> Storage:
    return storages["masters"]


def _name(digest: str, format_name: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}{EXTENSIONS[format_name][0]}"


def _digest_of_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return _digest(file)
    except OSError as error:
        raise FileMissing from error


def _digest(file: "IO[bytes] | File[bytes]") -> str:
    hashed = hashlib.sha256()
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        hashed.update(chunk)
    return hashed.hexdigest()
