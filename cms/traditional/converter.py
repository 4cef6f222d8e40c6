"""简体 into 繁體: the words of a page, and nothing else of it.

OpenCC's ``s2tw`` knows phrases (皇后 but 後來, 干涉 but 幹部) and writes the characters
of Taiwan's Ministry of Education, without putting Taiwan's words for the mainland's
(网络 stays 網絡): what an institution says of itself stays what it says. Before it go
the house's own wordings (``cms.traditional.current``).

Not touched: evidence and whatever else is quoted to the letter (``translate="no"`` or
the filter ``literal``), reference codes (class ``code``), text in another language or
script by its ``lang``, what somebody types, scripts and addresses.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from itertools import islice

from opencc import OpenCC

from cms.traditional.markup import LITERAL_END, LITERAL_START, Reading, Run

CONFIG = "s2tw"
_MARKS = re.compile(f"[{LITERAL_START}{LITERAL_END}]")
# ’ after a Latin letter is an apostrophe.
_QUOTES = re.compile("[“”‘]|(?<![A-Za-z])’")
_CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
# Not in any HTML: between texts that are converted in one call.
_JOINT = "\x1e"
# Stands for a character of a wording while OpenCC is at work; nobody's text is there.
_FIRST_PLACE = 0xF0000
_PLACES = re.compile("[\U000f0000-\U0010fffd]")

# Where the phrases of OpenCC take two words for one: 併發 is to break out together,
# 格里 is Gregory, 錶 tells the time. What the house says in their place goes before.
_PHRASES: Mapping[str, str] = {
    "并发布": "並發佈",
    "并发出": "並發出",
    "并发放": "並發放",
    "并发给": "並發給",
    "并发挥": "並發揮",
    "并发起": "並發起",
    "并发送": "並發送",
    "并发现": "並發現",
    "方格里": "方格裡",
    "网格里": "網格裡",
    "简表转": "簡表轉",
}


class Converter:
    """``wordings``: what the house writes in 繁體 for a 简体 word."""

    def __init__(self, wordings: Mapping[str, str] | None = None) -> None:
        self._masks, self._meant = _masks({**_PHRASES, **(wordings or {})})
        self._words = _alternatives(self._masks)

    def text(self, text: str) -> str:
        """A text by itself, without tags."""
        return self._unmasked(self._texts([text])[0])

    def page(self, html: str) -> str:
        """A page, or a part of one in which every tag is whole."""
        reading = Reading(html)
        pieces = reading.pieces
        runs = [run for run in reading.runs if _wanted(run, pieces)]
        written = self._texts([_joined(run, pieces) for run in runs])
        torn: list[int] = []
        for run, text in zip(runs, written, strict=True):
            torn += _put(run, text, pieces)
        # Word by word where a phrase that grew or shrank ran over several tags.
        alone = self._texts([pieces[place] for place in torn])
        for place, text in zip(torn, alone, strict=True):
            pieces[place] = text
        for place in reading.texts:
            pieces[place] = self._json(pieces[place])
        return self._unmasked("".join(pieces))

    def _texts(self, texts: list[str]) -> list[str]:
        """Several texts in one call, which costs more than a short text.

        The house's wordings are masked: ``_unmasked`` puts them in.
        """
        if not texts:
            return []
        joined = _JOINT.join(texts)
        if joined.count(_JOINT) >= len(texts):
            joined = _JOINT.join(text.replace(_JOINT, " ") for text in texts)
        if self._words is not None:
            joined = self._words.sub(lambda match: self._masks[match[0]], joined)
        return _corners(_opencc()(joined)).split(_JOINT)

    def _unmasked(self, text: str) -> str:
        if self._words is not None:
            text = _PLACES.sub(lambda match: self._meant.get(match[0], match[0]), text)
        return _MARKS.sub("", text) if LITERAL_START in text else text

    def _json(self, content: str) -> str:
        """JSON as Django's ``json_script`` writes it, its texts converted."""
        try:
            data = json.loads(content)
        except ValueError:
            return content
        written = json.dumps(self._values(data))
        return re.sub("[<>&]", lambda match: f"\\u{ord(match[0]):04X}", written)

    def _values(self, data: object) -> object:
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, list):
            return [self._values(one) for one in data]
        if isinstance(data, dict):
            return {name: self._values(one) for name, one in data.items()}
        return data


def plainly_simplified(text: str) -> bool:
    """Whether some characters are written in 简体 only, and none in 繁體 only."""
    return any(map(_outside("big5"), text)) and not any(map(_outside("gb2312"), text))


def _joined(run: Run, pieces: list[str]) -> str:
    if len(run.places) == 1:
        return pieces[run.places[0]]
    return "".join(pieces[place] for place in run.places)


def _wanted(run: Run, pieces: list[str]) -> bool:
    return not run.by_hand or plainly_simplified(_joined(run, pieces))


def _put(run: Run, text: str, pieces: list[str]) -> list[int]:
    """Cut ``text`` where the run is cut by tags; the places, if that cannot be."""
    if len(run.places) == 1:
        pieces[run.places[0]] = text
        return []
    if len(text) != sum(len(pieces[place]) for place in run.places):
        return run.places
    start = 0
    for place in run.places:
        end = start + len(pieces[place])
        pieces[place] = text[start:end]
        start = end
    return []


def _corners(text: str) -> str:
    return _QUOTES.sub(lambda match: _CORNERS[match[0]], text)


@cache
def _opencc() -> Callable[[str], str]:
    convert: Callable[[str], str] = OpenCC(CONFIG).convert
    return convert


@cache
def _outside(encoding: str) -> Callable[[str], bool]:
    """Whether a character is Han and not in ``encoding``."""

    @cache
    def outside(char: str) -> bool:
        if not "\u3400" <= char <= "\u9fff":
            return False
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            return True
        return False

    return outside


def _masks(wordings: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """For each 简体 word as many private characters, and what each stands for.

    As many, so that a word over several tags is still cut where it was; a wording of
    another length goes to the first.
    """
    masks: dict[str, str] = {}
    meant: dict[str, str] = {}
    free = map(chr, range(_FIRST_PLACE, sys.maxunicode - 1))
    for word, wording in wordings.items():
        masks[word] = "".join(islice(free, len(word)))
        if len(word) == len(wording):
            meant.update(zip(masks[word], wording, strict=True))
        else:
            meant |= dict.fromkeys(masks[word], "") | {masks[word][0]: wording}
    return masks, meant


def _alternatives(words: Mapping[str, object]) -> re.Pattern[str] | None:
    """Any of the words, the longest that fits; None for no words."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))) if longest else None
