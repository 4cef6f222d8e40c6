"""Fixtures that every test may use."""

from pathlib import Path

import pytest
from pytest_django import Settings

from search.engines.base import Engine
from search.index import engine

pytest_plugins = ["tests.servers.fixtures"]


@pytest.fixture(autouse=True)
def handouts(settings: Settings, tmp_path: Path) -> Path:
    """Where files made on demand are kept: each test has its own."""
    folder = tmp_path / "handouts"
    settings.HANDOUTS_DIR = folder
    return folder


@pytest.fixture
def embedded_index(settings: Settings, tmp_path: Path) -> Engine:
    """The project's search on an embedded engine of this test's own, empty."""
    settings.SEARCH = {
        **settings.SEARCH,
        "ENGINE": "embedded",
        "PATH": tmp_path / "search.sqlite3",
    }
    index = engine()
    index.prepare()
    return index
