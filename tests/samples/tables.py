"""Ruled tables: widths of columns, wrapped cells, ruling lines."""

from dataclasses import dataclass

from .breaking import Set, Type, natural, paragraph

PADDING = 0.5


@dataclass(frozen=True, slots=True)
class Cells:
    """A set row: its height and its lines, each with its offset v, in pixels."""

    height: float
    lines: list[tuple[list[Set], float]]


def widths(
    rows: tuple[tuple[str, ...], ...], kind: Type, measure: float
) -> list[float]:
    """Widths of the columns in pixels; together they take the whole measure."""
    columns = list(zip(*rows, strict=True))
    wanted = [max(kind.length(cell) for cell in column) for column in columns]
    wanted = [width + 2 * PADDING * kind.size for width in wanted]
    total = sum(wanted)
    if total <= measure:
        spare = (measure - total) / len(wanted)
        return [width + spare for width in wanted]
    fair = measure / len(wanted)
    fixed = sum(w for w in wanted if w <= fair)
    share = (measure - fixed) / sum(w for w in wanted if w > fair)
    return [w if w <= fair else w * share for w in wanted]


def row(cells: tuple[str, ...], across: list[float], kind: Type, pitch: float) -> Cells:
    """Set one row: short cells centred, longer ones broken into lines."""
    broken: list[list[list[Set]]] = []
    left = 0.0
    for cell, width in zip(cells, across, strict=True):
        room = width - 2 * PADDING * kind.size
        lines = paragraph(cell, kind, room, 0.0)
        shift = left + PADDING * kind.size
        if len(lines) == 1:
            shift = left + (width - kind.length(cell)) / 2
            lines = [natural(cell, kind)]
        broken.append(
            [[Set(s.char, s.u + shift, s.width) for s in line] for line in lines]
        )
        left += width
    step = min(pitch, kind.size * 1.35)
    deepest = max(len(lines) for lines in broken)
    height = max(pitch * 1.15, deepest * step + kind.size * 0.7)
    placed: list[tuple[list[Set], float]] = []
    for lines in broken:
        v = (height - len(lines) * step) / 2 + (step - kind.size) / 2
        placed.extend((line, v + n * step) for n, line in enumerate(lines))
    return Cells(height, placed)


def ruling(
    across: list[float], height: float, thin: float
) -> list[tuple[float, float, float, float]]:
    """Bars around one row's cells as (u, v, width, height) from its top left."""
    total = sum(across)
    bars = [(0.0, 0.0, total, thin), (0.0, height, total + thin, thin)]
    left = 0.0
    for width in [*across, 0.0]:
        bars.append((left, 0.0, thin, height))
        left += width
    return bars
