"""Storages of each test's own, and pages typeset once for all tests."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.samples.truth import PageTruth
from tests.samples.typeset import build

# One clean page of each layout, one with a seal, one askew.
PAGES = (
    "reading-room-rules/1",
    "storehouse-rules/3",
    "mediation-notes/1",
    "reading-room-rules/3",
    "village-compact/3",
)


@pytest.fixture
def own_storages(settings: Settings, tmp_path: Path) -> Path:
    """Masters and derivatives below a directory of this test's own."""
    own = {
        alias: {**settings.STORAGES[alias], "OPTIONS": {"location": tmp_path / alias}}
        for alias in ("masters", "derivatives")
    }
    settings.STORAGES = {**settings.STORAGES, **own}
    return tmp_path


@pytest.fixture(scope="session")
def samples(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[Path, PageTruth]]:
    """The pages of ``PAGES``: file and truth by ``document/page``."""
    folder = tmp_path_factory.mktemp("samples")
    return {
        f"{page.document}/{page.page}": (folder / page.file, page)
        for page in build(folder, only=PAGES)
    }
