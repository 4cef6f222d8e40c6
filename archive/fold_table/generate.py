"""Writes ``table.txt``: which character is folded to which.

    python -m archive.fold_table.generate [--unicode /usr/share/unicode]

Needs the Python package ``opencc`` and Debian's ``unicode-data``. A character goes
through these steps until nothing changes any more:

1. NFKC, where it gives one code point. Circled and raised numbers (category No)
   stay: they are marks beside the text, and ``①1963`` must not become ``11963``;
2. lower case, where it gives one code point;
3. OpenCC TSCharacters, first target, where it lies in the same plane;
4. variants: the pairs of ``accepted.txt``, and after them, by rule, from OpenCC's
   regional variants and Unihan's kZVariant and kSemanticVariant, each pair
   whose source is not in the 通用规范汉字表, whose only target there it is, and
   that ``refused.txt`` does not name; radicals by Unicode's equivalents.
"""

import argparse
import bz2
import importlib.metadata
import subprocess
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
Pairs = dict[str, str]
STANDARD_SIZE = 8105


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The (from, to) pairs of a reviewed list; the rest of a line is comment."""
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            source, target, *_reason = line.split()
            yield source, target


def opencc_dictionary(name: str) -> Iterator[tuple[str, str]]:
    """(source, first target) of one of OpenCC's dictionaries, characters only."""
    package = importlib.metadata.distribution("opencc")
    home = Path(str(package.locate_file("opencc"))) / "clib"
    with tempfile.TemporaryDirectory() as scratch:
        text = Path(scratch) / "dictionary.txt"
        source = home / "share" / "opencc" / f"{name}.ocd2"
        program = home / "bin" / "opencc_dict"
        subprocess.run(
            [program, "-i", source, "-o", text, "-f", "ocd2", "-t", "text"], check=True
        )
        for line in text.read_text("utf-8").splitlines():
            character, targets = line.split("\t")
            first = targets.split()[0]
            if len(character) == len(first) == 1:
                yield character, first


def unihan(path: Path, *properties: str) -> Iterator[tuple[str, str]]:
    """(character, value) of the named properties in one Unihan file."""
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3 and fields[1] in properties:
                yield chr(int(fields[0][2:], 16)), fields[2]


def compatibility(character: str) -> str:
    """Steps 1 and 2 for one character, to their fixed point."""
    while True:
        before = character
        if unicodedata.category(character) != "No":
            normal = unicodedata.normalize("NFKC", character)
            character = normal if len(normal) == 1 else character
        lower = character.lower()
        character = lower if len(lower) == 1 else character
        if character == before:
            return character


def same_plane(source: str, target: str) -> bool:
    """Whether both lie in one plane of Unicode."""
    return ord(source) >> 16 == ord(target) >> 16


def follow(pairs: Pairs) -> Callable[[str], str]:
    """A function that follows ``pairs`` from a character to the end."""

    def end(character: str) -> str:
        seen = {character}
        while character in pairs:
            character = pairs[character]
            if character in seen:
                raise ValueError(f"the pairs run in a circle at {character}")
            seen.add(character)
        return character

    return end


def standard_characters(unicode: Path) -> frozenset[str]:
    """The characters of the 通用规范汉字表."""
    path = unicode / "Unihan_OtherMappings.txt.bz2"
    found = frozenset(character for character, _ in unihan(path, "kTGH"))
    if len(found) != STANDARD_SIZE:
        raise ValueError(f"{path} names {len(found)} standard characters")
    return found


def radicals(unicode: Path) -> Iterator[tuple[str, str]]:
    """The radicals that stand for one unified ideograph each."""
    path = unicode / "EquivalentUnifiedIdeograph.txt"
    for line in path.read_text("utf-8").splitlines():
        fields = line.split("#")[0].split(";")
        if len(fields) != 2:
            continue
        first, _, last = fields[0].strip().partition("..")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            # The strokes from U+31C0 on are drawings, not text.
            if 0x2E80 <= code <= 0x2FDF:
                yield chr(code), chr(int(fields[1], 16))


def candidates(unicode: Path) -> Iterator[tuple[str, str]]:
    """What the sources call variants of one another, in both directions."""
    for name in ("HKVariantsRev", "TWVariantsRev", "JPShinjitaiCharacters"):
        yield from opencc_dictionary(name)
    path = unicode / "Unihan_Variants.txt.bz2"
    for character, value in unihan(path, "kZVariant", "kSemanticVariant"):
        for field in value.split():
            other = chr(int(field.partition("<")[0][2:], 16))
            yield character, other
            yield other, character


def variants(unicode: Path, simplify: Callable[[str], str]) -> Pairs:
    """Step 4: reviewed pairs, then radicals, then the pairs by rule."""
    chosen = dict(read_pairs(HERE / "accepted.txt"))
    refused = set(read_pairs(HERE / "refused.txt"))
    for source, target in radicals(unicode):
        chosen.setdefault(source, target)
    standard = standard_characters(unicode)
    targets: dict[str, set[str]] = defaultdict(set)
    for source, other in candidates(unicode):
        start, target = simplify(source), simplify(other)
        free = start == source and start not in standard
        if free and target in standard and (source, target) not in refused:
            targets[source].add(target)
    for source, found in sorted(targets.items()):
        if len(found) == 1:
            chosen.setdefault(source, found.pop())
    return {source: target for source, target in chosen.items() if source != target}


def build(unicode: Path) -> Pairs:
    """The whole table: every character that folding changes → its end."""
    simplified = {
        source: target
        for source, target in opencc_dictionary("TSCharacters")
        if source != target and same_plane(source, target)
    }
    for source, target in opencc_dictionary("TSCharactersExt"):
        if source != target and same_plane(source, target):
            simplified.setdefault(source, target)
    chosen = variants(unicode, follow(simplified))
    end = follow({**chosen, **simplified})
    table: Pairs = {}
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        # Lone surrogates and private characters have no meaning to fold.
        if unicodedata.category(character) in ("Cs", "Co"):
            continue
        target, before = character, ""
        while target != before:
            before = target
            target = end(compatibility(target))
        if target != character:
            table[character] = target
    return table


def main() -> None:
    """Write the table beside this module."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--unicode", type=Path, default=Path("/usr/share/unicode"))
    unicode: Path = parser.parse_args().unicode
    table = build(unicode)
    versions = (
        f"opencc {importlib.metadata.version('opencc')}, "
        f"Unicode {unicodedata.unidata_version} (Python), Unihan of unicode-data"
    )
    lines = [
        "# Generated by generate.py: do not edit. Each line: from, to.",
        f"# {versions}.",
        *(f"{source}{target}" for source, target in sorted(table.items())),
    ]
    (HERE / "table.txt").write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
