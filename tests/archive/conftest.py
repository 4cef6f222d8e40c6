"""Fixtures of the archive's tests."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """A data directory of its own: masters and index of this process lie in it.

    Given as DATA_DIR to other processes, they use the same ones.
    """
    storage = {**settings.STORAGES["masters"]}
    storage["OPTIONS"] = {"location": tmp_path / "masters"}
    settings.STORAGES = {**settings.STORAGES, "masters": storage}
    settings.SEARCH = {**settings.SEARCH, "PATH": tmp_path / "search.sqlite3"}
    return tmp_path
