"""Tables on their way into the archive: kept below DATA_DIR until imported."""

import time
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings

_KEPT_SECONDS = 24 * 3600
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
    known: dict[str, Any] = request.session.get(_SESSION, {})
    if str(token) not in known or not path_of(token).is_file():
        return None
    return dict(known[str(token)])


def remember(request: Any, token: uuid.UUID, upload: dict[str, Any]) -> None:
    known = {**request.session.get(_SESSION, {}), str(token): upload}
    request.session[_SESSION] = known


def forget(token: uuid.UUID) -> None:
    path_of(token).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"
