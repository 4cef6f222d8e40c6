"""The documentation against what it documents."""

import json
import re
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet

from tools.pictures import LARGEST, PICTURES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATOR = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
SETTINGS = sorted((ROOT / "cms" / "settings").glob("*.py"))
_FROM_ENVIRONMENT = re.compile(r"environ(?:\.get\(|\.setdefault\(|\[)\s*\"(\w+)\"")
_TABLE_NAME = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
_TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
# In code only: at the start of an indented line or within backquotes.
_MAKE = re.compile(r"(?:^    |`)(?:\w+=\S+ )*make ([a-z-]+)", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:]+)\)")


def names_read(path: Path) -> set[str]:
    return set(_FROM_ENVIRONMENT.findall(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SETTINGS, ids=lambda path: path.name)
def test_every_variable_the_settings_read_is_in_the_operators_table(path: Path) -> None:
    assert names_read(path) <= set(_TABLE_NAME.findall(OPERATOR))


def test_the_operators_table_names_no_variable_that_nothing_reads() -> None:
    sources = [*SETTINGS, *(ROOT / "tools").glob("*.py"), *ROOT.glob("tests/**/*.py")]
    read = set()
    for path in sources:
        read |= set(re.findall(r"[A-Z][A-Z_]+", path.read_text(encoding="utf-8")))
    assert set(_TABLE_NAME.findall(OPERATOR)) <= read


def test_every_make_target_in_the_documentation_exists() -> None:
    targets = set(_TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named = set(_MAKE.findall(README + OPERATOR))
    assert {"demo", "test", "bench", "check"} <= named <= targets


def test_every_management_command_in_the_documentation_exists() -> None:
    archivist = (ROOT / "docs" / "archivist.md").read_text(encoding="utf-8")
    commands = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    others = {"migrate", "collectstatic", "createsuperuser", "check"}
    others |= {"publish_scheduled"}  # Wagtail's
    named = set(re.findall(r"manage\.py (\w+)", README + OPERATOR + archivist))
    assert named <= commands | others


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/operator.md",
        "docs/archivist.md",
        "docs/editor.md",
        "docs/roles.md",
        "docs/trainer.md",
    ],
)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    document = ROOT / name
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_readme_stays_short() -> None:
    assert len(README.splitlines()) <= 120


def test_the_pinned_requirements_name_no_place_to_get_them_from() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--" not in text
        assert all("==" in line for line in text.splitlines() if line[:1].isalnum())


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pinned_package_runs_on_the_python_of_debian_12(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line.split()[0].split("==") for line in lines if line[:1].isalnum()]
    installed: dict[str, Any] = {pin: metadata(pin) for pin, _ in pins}
    assert [(pin, installed[pin]["Version"]) for pin, _ in pins] == [
        (pin, version) for pin, version in pins
    ]
    needs = {
        pin: found.get("Requires-Python", ">=3") for pin, found in installed.items()
    }
    too_new = {
        pin: need
        for pin, need in needs.items()
        if not SpecifierSet(need).contains("3.11.2")
    }
    assert too_new == {}


def test_the_npm_packages_are_pinned_and_name_no_place_to_get_them_from() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    lock = json.loads(text)["packages"]
    assert "://" not in text
    assert wanted["devDependencies"]
    assert "dependencies" not in wanted  # nothing of npm is served
    for name, version in wanted["devDependencies"].items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert all(one["integrity"] for name, one in lock.items() if name)


def test_the_pictures_of_the_readme_are_small_and_all_there() -> None:
    pictures = {f"docs/pictures/{picture.name}.webp" for picture in PICTURES}
    shown = set(re.findall(r"docs/pictures/[\w-]+\.webp", README))
    assert shown == pictures
    for name in shown:
        assert (ROOT / name).stat().st_size <= LARGEST
