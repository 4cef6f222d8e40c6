import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File
from django.core.files.storage import (
    FileSystemStorage,
    InMemoryStorage,
    Storage,
    storages,
)
from PIL import Image
from pytest_django import Settings

from media.errors import MasterMissing, MediaError, SourceChanged
from media.masters import inspect, local_copy, open_master, store, verify
from tests.media import pictures


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("a.tif", "TIFF"),
        ("a.TIFF", "TIFF"),
        ("a.jpg", "JPEG"),
        ("a.jp2", "JPEG 2000"),
        ("a.png", "PNG"),
        ("a.webp", "WebP"),
    ],
)
def test_a_master_of_every_format_is_kept_byte_for_byte(
    own_storages: Path, tmp_path: Path, name: str, format_name: str
) -> None:
    source = pictures.save(tmp_path / name)
    master = store(source)
    data = source.read_bytes()
    with open_master(master.name) as kept:
        assert kept.read() == data
    assert master.sha256 == hashlib.sha256(data).hexdigest()
    assert (master.size, master.format) == (len(data), format_name)
    assert (master.width, master.height) == (240, 160)


def test_a_name_without_an_extension_is_no_obstacle(
    own_storages: Path, tmp_path: Path
) -> None:
    source = pictures.save(tmp_path / "a.png").rename(tmp_path / "a")
    assert store(source).name.endswith(".png")


def test_the_same_content_is_stored_once(own_storages: Path, tmp_path: Path) -> None:
    first = store(pictures.save(tmp_path / "a.png"))
    second = store(pictures.save(tmp_path / "b.png"))
    assert first == second
    assert len(files_below(own_storages / "masters")) == 1


def test_a_partial_file_of_an_earlier_crash_is_replaced(
    own_storages: Path, tmp_path: Path
) -> None:
    source = pictures.save(tmp_path / "a.png")
    master = store(source)
    place = own_storages / "masters" / master.name
    place.write_bytes(source.read_bytes()[:100])
    assert store(source) == master
    assert place.read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    ("options", "dpi"),
    [({"dpi": (300, 300)}, 300), ({"dpi": (400, 400)}, 400), ({}, None)],
)
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png"])
def test_the_resolution_is_what_the_file_says_and_none_if_it_is_silent(
    tmp_path: Path, suffix: str, options: dict[str, Any], dpi: int | None
) -> None:
    path = pictures.save(tmp_path / f"a.{suffix}", **options)
    assert inspect(path).dpi == dpi


def test_sizes_are_those_of_the_upright_image(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    header = inspect(pictures.save(tmp_path / "a.jpg", exif=exif))
    assert (header.width, header.height) == (160, 240)


def test_a_file_that_changes_while_it_is_stored_is_refused(
    own_storages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = pictures.save(tmp_path / "a.png")
    save = FileSystemStorage.save

    def changing(storage: FileSystemStorage, name: str, content: object) -> str:
        source.write_bytes(b"x" * source.stat().st_size)
        return save(storage, name, content)  # type: ignore[arg-type]

    monkeypatch.setattr(FileSystemStorage, "save", changing)
    with pytest.raises(SourceChanged):
        store(source)
    assert files_below(own_storages / "masters") == []


def test_nothing_stays_behind_when_the_storage_fails(
    own_storages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError("disk full")

    source = pictures.save(tmp_path / "a.png")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="disk full"):
        store(source)
    assert files_below(own_storages / "masters") == []


def test_a_broken_file_leaves_nothing_behind(
    own_storages: Path, tmp_path: Path
) -> None:
    with pytest.raises(MediaError):
        store(pictures.truncate(pictures.save(tmp_path / "a.jpg")))
    assert files_below(own_storages / "masters") == []


def test_verify_tells_altered_and_missing_masters(
    own_storages: Path, tmp_path: Path
) -> None:
    master = store(pictures.save(tmp_path / "a.png"))
    assert verify(master.name, master.sha256)
    place = own_storages / "masters" / master.name
    data = bytearray(place.read_bytes())
    data[-1] ^= 1
    place.write_bytes(data)
    assert not verify(master.name, master.sha256)
    place.unlink()
    assert not verify(master.name, master.sha256)
    with pytest.raises(MasterMissing):
        open_master(master.name)
    with pytest.raises(MasterMissing), local_copy(master.name):
        pass


class RemoteStorage(Storage):
    """Like an object store: files have no path on this machine."""

    def __init__(self) -> None:
        self.memory = InMemoryStorage()

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return self.memory.open(name, mode)

    def _save(self, name: str, content: "File[bytes]") -> str:
        return self.memory.save(name, content)

    def exists(self, name: str) -> bool:
        return self.memory.exists(name)

    def size(self, name: str) -> int:
        return self.memory.size(name)

    def delete(self, name: str) -> None:
        self.memory.delete(name)


@pytest.fixture
def remote_masters(settings: Settings) -> Iterator[None]:
    remote = {"BACKEND": f"{__name__}.RemoteStorage"}
    settings.STORAGES = {**settings.STORAGES, "masters": remote}
    yield


def test_a_storage_without_paths_serves_as_well(
    remote_masters: None, tmp_path: Path
) -> None:
    source = pictures.save(tmp_path / "a.png")
    master = store(source)
    assert store(source) == master
    assert verify(master.name, master.sha256)
    with local_copy(master.name) as path:
        assert path.read_bytes() == source.read_bytes()
    assert not path.exists()
    assert storages["masters"].exists(master.name)
