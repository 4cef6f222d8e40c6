"""Files made on demand, kept for as long as they are true.

As the page cache does (docs/decisions/0020-page-cache.md): a file bears in its name
the generation that it was made under, and counts only while that is the present one.
Records open and close by themselves with the day, so that is in the name, too.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header

from archive import generation

LONGEST = timedelta(days=7)
"""So long a file is kept, though it may still be true."""


def kept(name: str, suffix: str, make: Callable[[Path], None]) -> Path:
    """The file ``name`` as of now; ``make`` writes it where there is none yet.

    ``name`` tells one file from another (kind, page, language, host). Earlier states
    of it are deleted. While too much is changing, it is made anew each time.
    """
    folder: Path = settings.HANDOUTS_DIR
    folder.mkdir(parents=True, exist_ok=True)
    now = generation.current()
    of_name = hashlib.sha256(name.encode()).hexdigest()[:24]
    state = hashlib.sha256(f"{now} {timezone.localdate()}".encode()).hexdigest()[:24]
    path = folder / f"{of_name}-{state}{suffix}"
    if now is not None and path.exists():
        return path
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    os.close(handle)
    try:
        make(Path(temporary))
        for old in folder.glob(f"{of_name}-*{suffix}"):
            old.unlink(missing_ok=True)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def sweep() -> int:
    """Delete what was made more than ``LONGEST`` ago; how many files.

    Of pages that are gone nobody asks again, and what is wanted is made anew.
    """
    folder: Path = settings.HANDOUTS_DIR
    before = time.time() - LONGEST.total_seconds()
    old = [one for one in folder.glob("*") if one.stat().st_mtime < before]
    for one in old:
        one.unlink(missing_ok=True)
    return len(old)


def response(path: Path, filename: str, media_type: str) -> HttpResponseBase:
    """The file, streamed; a PDF to look at, anything else to keep."""
    attached = media_type != "application/pdf"
    answer = FileResponse(path.open("rb"), content_type=media_type)
    disposition = content_disposition_header(attached, filename)
    answer["Content-Disposition"] = str(disposition)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
