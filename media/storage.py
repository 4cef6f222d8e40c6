"""A file system storage in which a file is either whole or absent."""

import os
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.core.files.storage import FileSystemStorage

_INCOMING = ".incoming"
_LEFT_OVER_SECONDS = 24 * 3600


class AtomicFileSystemStorage(FileSystemStorage):
    """Write beside the target, flush to disk, then rename into place.

    For names that fix their content (hashes): an existing file of the same name
    is replaced by the same bytes, so names never get a random suffix.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._incoming(), delete=False) as file:
            partial = Path(file.name)
            try:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                partial.chmod(self.file_permissions_mode or 0o644)
                partial.replace(target)
                _flush_folder(target.parent)
            except BaseException:
                partial.unlink(missing_ok=True)
                raise
        return name

    def _incoming(self) -> Path:
        """The place of unfinished files; removes what a killed process left."""
        place = Path(self.path(_INCOMING))
        place.mkdir(parents=True, exist_ok=True)
        oldest = time.time() - _LEFT_OVER_SECONDS
        for left in place.iterdir():
            # Another process may be moving it into its place at this moment.
            with suppress(FileNotFoundError):
                if left.stat().st_mtime < oldest:
                    left.unlink()
        return place


def _flush_folder(folder: Path) -> None:
    """Write the new name to disk too, so that a file reported as stored is there."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
