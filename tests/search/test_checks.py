"""What ``manage.py check`` says about search."""

from pathlib import Path

import pytest
from pytest_django import Settings

from search.checks import check_index, check_settings, check_sqlite
from search.engines.embedded import EmbeddedEngine, schema


def test_the_projects_settings_are_in_order() -> None:
    assert check_settings(None) == []
    assert check_sqlite(None) == []


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ({"ENGINE": "solr"}, ["search.E001"]),
        ({}, ["search.E001"]),
        ({"ENGINE": "embedded"}, ["search.E002"]),
        (
            {"ENGINE": "elasticsearch", "HOSTS": ["h"], "SHARDS": 1, "REPLICAS": 0},
            ["search.E002"],
        ),
    ],
)
def test_settings_that_miss_something_are_named(
    settings: Settings, search: dict[str, object], expected: list[str]
) -> None:
    settings.SEARCH = search
    assert [message.id for message in check_settings(None)] == expected


def test_an_engine_that_is_down_is_a_warning(
    settings: Settings, tmp_path: Path
) -> None:
    settings.SEARCH = {"ENGINE": "embedded", "PATH": tmp_path / "none.sqlite3"}
    assert [message.id for message in check_index(None)] == ["search.W004"]


def test_an_index_made_under_other_tokens_is_a_warning(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "search.sqlite3"
    settings.SEARCH = {"ENGINE": "embedded", "PATH": path}
    with monkeypatch.context() as older:
        older.setattr(schema, "TOKENS_VERSION", "0")
        EmbeddedEngine(path).prepare()
    assert [message.id for message in check_index(None)] == ["search.W005"]
    fresh = EmbeddedEngine(path)
    fresh.finish_rebuild(fresh.begin_rebuild())
    assert check_index(None) == []
