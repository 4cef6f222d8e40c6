"""What an editor is told of a text before anyone else reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archive.fold import fold
from cms.editing import clearance, fixed_wordings, leaves, plain
from cms.editing.clearance import Hint
from cms.editing.fixed_wordings import Finder, Flag
from cms.editing.leaves import Leaf
from cms.models.uploads import SiteImage

_VAGUE_WORDS = (
    "点击这里 点这里 点击此处 点击 这里 此处 链接 更多 查看 查看更多 详情 查看详情"
    " 了解更多 阅读全文 here more link readmore clickhere"
)
VAGUE = frozenset(map(fold, _VAGUE_WORDS.split()))
"""Words of a link that do not say where it leads, without their blanks."""


@dataclass(frozen=True, slots=True)
class Remark:
    """``what`` is wrong at ``place``; ``shown`` are the words it is about."""

    place: str
    what: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    flags: tuple[Flag, ...]
    pictures: tuple[Remark, ...]
    links: tuple[Remark, ...]
    personal: tuple[Hint, ...] = ()
    """What may tell of people, for kinds of pages that must be cleared of it."""

    @property
    def count(self) -> int:
        return sum(map(len, (self.flags, self.pictures, self.links, self.personal)))

    @property
    def blocking(self) -> bool:
        return any(flag.blocking for flag in self.flags)


def check(obj: Any) -> Findings:
    """Variants of fixed wordings, pictures without words, links that do not speak."""
    found = leaves.of(obj)
    return Findings(
        tuple(flags_in(found, fixed_wordings.finder())),
        tuple(pictures_in(found, described(found))),
        tuple(vague_links(found)),
        tuple(clearance.hints_in(found)) if clearance.is_checked(obj) else (),
    )


def flags_of(obj: Any) -> list[Flag]:
    """The variants of fixed wordings in a page or snippet."""
    return list(flags_in(leaves.of(obj), fixed_wordings.finder()))


def flags_in(found: Iterable[Leaf], finder: Finder) -> Iterator[Flag]:
    """In the words of the house only: quotations stay as they were written."""
    for leaf in found:
        if leaf.original or leaf.kind not in ("text", "html"):
            continue
        text = plain.read(leaf.value).text if leaf.kind == "html" else leaf.value
        yield from finder.find(leaf.place, text)


def described(found: Iterable[Leaf]) -> set[int]:
    """The pictures among the leaves that have a description of their own."""
    wanted = {leaf.value for leaf in found if leaf.kind == "picture"}
    with_words = SiteImage.objects.filter(pk__in=wanted).exclude(description="")
    return set(with_words.values_list("pk", flat=True))


def pictures_in(found: Iterable[Leaf], with_words: set[int]) -> Iterator[Remark]:
    """Pictures of which somebody who does not see them learns nothing."""
    for leaf in found:
        if leaf.kind != "picture" or leaf.decorative or leaf.alt.strip():
            continue
        if leaf.own_alt or leaf.value not in with_words:
            yield Remark(leaf.place, "alt")


def vague_links(found: Iterable[Leaf]) -> Iterator[Remark]:
    for leaf in found:
        if leaf.kind != "html":
            continue
        for anchor in plain.read(leaf.value).anchors:
            words = "".join(fold(anchor.text).split()).strip("…>》»→.。！!")
            if not words:
                yield Remark(leaf.place, "empty", anchor.target)
            elif words in VAGUE:
                yield Remark(leaf.place, "vague", anchor.text)
