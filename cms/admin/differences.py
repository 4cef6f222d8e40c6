"""Two states of a description: field by field, character by character."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from archive import materials
from archive.description import label
from archive.links import LINKS, cells
from archive.models import Record, Review

# Derived from the date as written; telling them apart would tell it three times.
FOLLOWING = ("date_display", "date_min", "date_max")
_SHORT = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters: ``kind`` is ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field whose value differs."""

    name: str
    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Difference]:
    """The fields of ``before`` and ``after`` that differ, named for people."""
    found = []
    for name in dict.fromkeys((*before, *after)):
        if name in FOLLOWING:
            continue
        old, new = shown(name, before.get(name)), shown(name, after.get(name))
        if old != new:
            run = _replaced(old, new) if _words(name) else pieces(old, new)
            found.append(Difference(name, _label(name), old, new, run))
    return found


def in_words(states: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The states with their links as text, in few queries however many they are."""
    told = [dict(state) for state in states]
    for name in LINKS:
        holding = [state for state in told if state.get(name)]
        texts = cells(name, [state[name] for state in holding])
        for state, text in zip(holding, texts, strict=True):
            state[name] = text
    return told


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """``old`` becoming ``new``; very long texts are told whole."""
    if len(old) > _SHORT or len(new) > _SHORT:
        return _replaced(old, new)
    run: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            run.append(Piece("same", old[i:j]))
            continue
        if i < j:
            run.append(Piece("gone", old[i:j]))
        if k < m:
            run.append(Piece("new", new[k:m]))
    return tuple(run)


def _replaced(old: str, new: str) -> tuple[Piece, ...]:
    """One word of a vocabulary for another, a long text for another."""
    whole = (Piece("gone", old), Piece("new", new))
    return tuple(piece for piece in whole if piece.text)


def shown(name: str, value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if name in LINKS:
        # A text is what ``in_words`` made of the value already.
        return value if isinstance(value, str) else LINKS[name].to_cell(value)
    if name == "particulars":
        lines = (f"{materials.label_of(one)}：{text}" for one, text in value.items())
        return "\n".join(lines)
    if name == "parent":
        above = Record.objects.filter(pk=value).first()
        return above.reference_code if above is not None else f"#{value}"
    words = _words(name)
    return str(words.get(value, value)) if words else str(value)


@cache
def _words(name: str) -> dict[Any, Any]:
    """The vocabulary of a field, where it has one."""
    fields = {field.name: field for field in Record._meta.concrete_fields}
    return dict(fields[name].flatchoices) if name in fields else {}


def _label(name: str) -> str:
    if name == "comment":
        return str(Review._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    known = {field.name for field in Record._meta.concrete_fields} | LINKS.keys()
    return label(name) if name in known else name
