"""Finds the texts that the code and the templates have translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("archive", "cms", "media", "search")
FUNCTIONS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
_TRANSLATE = re.compile(r"{%\s*(?:translate|trans)\s+(\"[^\"]*\"|'[^']*')")
_UNDERSCORE = re.compile(r"_\((\"[^\"]*\"|'[^']*')\)")
_BLOCK = re.compile(
    r"{%\s*blocktrans(?:late)?\b([^%]*)%}(.*?){%\s*endblocktrans(?:late)?\s*%}",
    re.DOTALL,
)
_PLURAL = re.compile(r"{%\s*plural[^%]*%}")
_VARIABLE = re.compile(r"{{\s*(\w+)[^}]*}}")


def in_package(package: str) -> Iterator[tuple[str, str]]:
    """(where, msgid) of every message; plural forms are messages of their own."""
    for path in sorted((ROOT / package).rglob("*.py")):
        if "migrations" not in path.parts:
            yield from ((place(path), text) for text in in_python(path))
    for path in sorted((ROOT / package).rglob("templates/**/*.*")):
        yield from ((place(path), text) for text in in_template(path))


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def in_python(path: Path) -> Iterator[str]:
    """String literals handed to a gettext function, and enum-like lazy texts."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or function_name(node.func) not in FUNCTIONS:
            continue
        name = function_name(node.func)
        first = 1 if name.startswith("pgettext") else 0
        count = 2 if name.startswith("ngettext") else 1
        for argument in node.args[first : first + count]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def function_name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def in_template(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for found in (*_TRANSLATE.findall(text), *_UNDERSCORE.findall(text)):
        yield found[1:-1]
    for options, block in _BLOCK.findall(text):
        for form in _PLURAL.split(block):
            message = _VARIABLE.sub(r"%(\1)s", form.replace("%", "%%"))
            if "trimmed" in options:
                message = " ".join(line.strip() for line in message.strip().split("\n"))
            yield message
