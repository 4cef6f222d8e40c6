import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from media.storage import AtomicFileSystemStorage


@pytest.fixture
def storage(tmp_path: Path) -> AtomicFileSystemStorage:
    return AtomicFileSystemStorage(location=tmp_path)


def unfinished(folder: Path) -> list[Path]:
    return list((folder / ".incoming").iterdir())


def test_a_file_appears_only_when_it_is_whole(
    storage: AtomicFileSystemStorage, tmp_path: Path
) -> None:
    seen: list[bool] = []

    class Watched(ContentFile[bytes]):
        def chunks(self, chunk_size: int | None = None):  # type: ignore[no-untyped-def]
            for chunk in super().chunks(2):
                seen.append((tmp_path / "a" / "b.bin").exists())
                yield chunk

    assert storage.save("a/b.bin", Watched(b"12345")) == "a/b.bin"
    assert seen == [False, False, False]
    assert (tmp_path / "a" / "b.bin").read_bytes() == b"12345"
    assert unfinished(tmp_path) == []


def test_the_same_name_is_replaced_not_renamed(
    storage: AtomicFileSystemStorage,
) -> None:
    storage.save("a.bin", ContentFile(b"old"))
    assert storage.save("a.bin", ContentFile(b"new")) == "a.bin"
    with storage.open("a.bin") as file:
        assert file.read() == b"new"


def test_a_copy_that_breaks_off_leaves_nothing(
    storage: AtomicFileSystemStorage, tmp_path: Path
) -> None:
    class Broken(ContentFile[bytes]):
        def chunks(self, chunk_size: int | None = None):  # type: ignore[no-untyped-def]
            yield b"12"
            raise OSError("source gone")

    with pytest.raises(OSError, match="source gone"):
        storage.save("a.bin", Broken(b"12345"))
    assert not (tmp_path / "a.bin").exists()
    assert unfinished(tmp_path) == []


def test_many_processes_store_at_once(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from django.conf import settings\n"
        "settings.configure()\n"
        "from django.core.files.base import ContentFile\n"
        "from media.storage import AtomicFileSystemStorage\n"
        "storage = AtomicFileSystemStorage(location=sys.argv[1])\n"
        "for number in range(200):\n"
        "    storage.save(f'{number}.bin', ContentFile(b'x' * 1000))\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    savers = [subprocess.Popen(command) for _ in range(4)]
    assert [saver.wait() for saver in savers] == [0] * 4
    assert len(list(tmp_path.glob("*.bin"))) == 200


@pytest.mark.parametrize("alias", ["masters", "derivatives"])
def test_what_is_served_is_stored_whole_or_not_at_all(alias: str) -> None:
    assert isinstance(storages[alias], AtomicFileSystemStorage)


def test_what_a_killed_process_left_is_removed_after_a_day(
    storage: AtomicFileSystemStorage, tmp_path: Path
) -> None:
    storage.save("a.bin", ContentFile(b"1"))
    old, recent = tmp_path / ".incoming" / "old", tmp_path / ".incoming" / "recent"
    for path in (old, recent):
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    storage.save("b.bin", ContentFile(b"2"))
    assert unfinished(tmp_path) == [recent]
