"""What stands on every page around the text: the notice and the frame."""

from .area import Area, Rule, SetLine
from .breaking import Set, Type, length, natural
from .document import Document

NUMERALS = "〇一二三四五六七八九"
# The smallest type, in pixels, that a scan still shows clearly.
SMALLEST = 26


def notice(document: Document, area: Area, number: int) -> SetLine:
    """The line that says what the page is, at the foot or in the left margin.

    ``number`` is the page's, 1 to 9; it ends the line.
    """
    size = max(SMALLEST, round(document.size * 0.8))
    kind = Type(document.font, size, document.direction)
    unit = "页" if document.script == "hans" else "頁"
    line = natural(f"{document.notice}\u3000第{NUMERALS[number]}{unit}", kind)
    if document.direction == "v":
        start, room = 0.0, float(area.left)
    else:
        start = (area.measure - length(line)) / 2
        room = area.height - area.top - area.depth
    shifted = [Set(char.char, char.u + start, char.width) for char in line]
    return area.line(shifted, kind, "notice", area.depth + (room - size) * 0.45)


def frame(document: Document, area: Area) -> list[Rule]:
    """A box around the text and, where asked for, rules between the columns."""
    if document.frame == "none":
        return []
    pad = area.pitch * 0.3
    thin = max(2, document.size // 18)
    thick = 2 * thin
    out = pad + thick
    along, across = area.measure + 2 * pad, area.depth + 2 * out
    rules = [
        Rule(area.bar(-pad, -out, along, thick)),
        Rule(area.bar(-pad, area.depth + pad, along, thick)),
        Rule(area.bar(-out, -out, thick, across)),
        Rule(area.bar(area.measure + pad, -out, thick, across)),
    ]
    if document.frame == "columns":
        for column in range(1, round(area.depth / area.pitch)):
            v = column * area.pitch - thin / 2
            rules.append(Rule(area.bar(-pad, v, along, thin), faint=True))
    return rules
