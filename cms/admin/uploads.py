"""Tables on their way into the archive: kept below DATA_DIR until imported."""

import time
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

_KEPT_SECONDS = 24 * 3600
_SECONDS_BETWEEN = 0.3
_SESSION = "archive_imports"


def keep(request: Any, file: Any, sheet: str) -> uuid.UUID:
    """Store an uploaded file for this session; forget those that nobody imported."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - _KEPT_SECONDS:
            old.unlink(missing_ok=True)
    token = uuid.uuid4()
    with path_of(token).open("xb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    remember(request, token, {"name": file.name, "sheet": sheet, "mapping": None})
    return token


def path_of(token: uuid.UUID) -> Path:
    return _folder() / str(token)


def recall(request: Any, token: uuid.UUID) -> dict[str, Any] | None:
    """What this session knows of its upload: ``name``, ``sheet``, ``mapping``."""
    if not is_of(request, token) or not path_of(token).is_file():
        return None
    return dict(request.session[_SESSION][str(token)])


def is_of(request: Any, token: uuid.UUID) -> bool:
    """Whether this session uploaded it, also where it has been imported since."""
    return str(token) in request.session.get(_SESSION, {})


def remember(request: Any, token: uuid.UUID, upload: dict[str, Any]) -> None:
    known = {**request.session.get(_SESSION, {}), str(token): upload}
    request.session[_SESSION] = known


def forget(token: uuid.UUID) -> None:
    path_of(token).unlink(missing_ok=True)
    _progress_of(token).unlink(missing_ok=True)


class UploadedMixin:
    """A view of one upload, by the token in its address; 404 to any other session."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def upload(self) -> dict[str, Any]:
        found = recall(self.request, self.token)
        if found is None:
            raise Http404
        return found

    @property
    def token(self) -> uuid.UUID:
        token: uuid.UUID = self.kwargs["token"]
        return token


class Counter:
    """Counts the rows that are done, for ``done_of`` to be asked meanwhile.

    In a file: the import is one transaction, which nobody sees into.
    """

    def __init__(self, token: uuid.UUID) -> None:
        self._path = _progress_of(token)
        self._done = 0
        self._told = 0.0
        self._path.write_text("0")

    def advance(self, rows: int) -> None:
        self._done += rows
        if time.monotonic() - self._told > _SECONDS_BETWEEN:
            self._told = time.monotonic()
            self._path.write_text(str(self._done))


def done_of(token: uuid.UUID) -> int:
    """How many rows are done; 0 where nothing is on its way."""
    path = _progress_of(token)
    text = path.read_text() if path.is_file() else ""
    return int(text) if text.isdecimal() else 0


def _progress_of(token: uuid.UUID) -> Path:
    return path_of(token).with_suffix(".progress")


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"
