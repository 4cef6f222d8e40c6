"""What an engine might have read, without one."""

from media.values import Box, Char, Line, Recognition


def read_as(*lines: str, top: int = 0, height: int = 1000) -> Recognition:
    """A recognition of these lines, 20 pixels each, the first at ``top``."""
    made = []
    for number, text in enumerate(lines):
        chars = tuple(
            Char(char, Box(20 * place, top + 20 * number, 18, 18))
            for place, char in enumerate(text)
        )
        box = Box(0, top + 20 * number, 20 * len(text), 18)
        made.append(Line(text, box, 90.0, chars))
    return Recognition(
        text="\n".join(lines),
        direction="h",
        script="hans",
        confidence=90.0,
        seconds=0.1,
        lines=tuple(made),
        width=800,
        height=height,
        engine="stand-in",
        engine_version="1",
        key="stand-in-1/p1/0",
    )
