"""Tests: everything they write goes into a directory of its own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="archive-test-"))

from .base import *  # noqa: F403
from .base import DATA_DIR, STORAGES, database

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests change rows behind the services' back; those of the cache turn it on.
PAGE_CACHE_SECONDS = 0
VISITS_SECONDS = 0
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
DATABASES = {
    "default": database(
        os.environ.get("TEST_DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
    )
}
# A file, not memory: browsers, threads and workers all open the same database.
DATABASES["default"]["TEST"] = {"NAME": None}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
