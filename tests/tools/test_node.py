"""npm packages for the checks: pinned, without hosts, and not in the way."""

import json
from pathlib import Path

import pytest

from tests.servers.errors import Unavailable
from tools import node


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a lock file and no packages."""
    (tmp_path / node.LOCK).write_text("{}")
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(node, "ROOT", tmp_path)
    monkeypatch.setattr(node, "MODULES", tmp_path / "node_modules")
    return tmp_path


def answer(monkeypatch: pytest.MonkeyPatch, code: int) -> list[tuple[str, ...]]:
    """Put an npm of ours in place of the real one; what it is asked."""
    asked: list[tuple[str, ...]] = []

    def npm(*arguments: str) -> int:
        asked.append(arguments)
        return code

    monkeypatch.setattr(node, "npm", npm)
    return asked


def test_packages_are_installed_once_for_a_lock_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, 0)
    node.provide()
    node.provide()
    assert asked == [("ci",)]
    (root / node.LOCK).write_text('{"packages": {}}')
    node.provide()
    assert asked == [("ci",), ("ci",)]


def test_where_npm_fails_the_rest_goes_on_and_it_is_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = answer(monkeypatch, 1)
    node.provide()
    node.provide()
    assert len(asked) == 2
    assert "skipped" in capsys.readouterr().out


def test_without_node_one_is_told_and_the_rest_goes_on(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(node, "VENV", root)
    node.provide()
    assert "Node is not installed" in capsys.readouterr().out


def test_a_package_that_is_not_there_is_unavailable(root: Path) -> None:
    with pytest.raises(Unavailable, match="axe-core"):
        node.package_file("axe-core/axe.min.js")


def test_the_lock_file_is_written_without_hosts() -> None:
    package = {
        "version": "1.0.0",
        "resolved": "https://registry.example/a.tgz",
        "funding": {"url": "https://pay.example"},
        "integrity": "sha512-x",
    }
    text = json.dumps({"lockfileVersion": 3, "packages": {"node_modules/a": package}})
    written = json.loads(node.without_hosts(text))
    assert written["packages"]["node_modules/a"] == {
        "version": "1.0.0",
        "integrity": "sha512-x",
    }
