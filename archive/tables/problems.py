"""What was found in a table, by row and column."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person must mend; ``message`` says how.

    ``row`` counts as a spreadsheet does (the head is row 1), 0 where there is no
    table; ``column`` is the head as written, ``file`` a path below PATH; both may
    be empty.
    """

    row: int
    column: str
    message: str
    file: str = ""


@dataclass(slots=True)
class Problems:
    """Grows while a table is read. ``notices`` tell; only ``problems`` fail it."""

    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def problem(self, row: int, column: str, message: object, file: str = "") -> None:
        self.problems.append(Problem(row, column, str(message), printable(file)))

    def notice(self, row: int, column: str, message: object, file: str = "") -> None:
        self.notices.append(Problem(row, column, str(message), printable(file)))


def line(problem: Problem) -> str:
    """``第 3 行 “密级” 文件名：…``, without the parts that are not there."""
    place = []
    if problem.row:
        place.append(_("第 %(row)d 行") % {"row": problem.row})
    if problem.column:
        place.append(_("“%(column)s”列") % {"column": problem.column})
    if problem.file:
        place.append(problem.file)
    if not place:
        return problem.message
    values = {"place": " ".join(place), "message": problem.message}
    return _("%(place)s：%(message)s") % values


def told(report: Problems) -> Iterator[str]:
    """Problems, then notices, a line each, as a command prints them."""
    yield from map(line, report.problems)
    for notice in report.notices:
        yield _("提示：") + line(notice)


def printable(path: str) -> str:
    """``path`` for people: a name that is no UTF-8 is most often GB18030."""
    return "/".join(map(_printable_name, path.split("/")))


def _printable_name(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        content = name.encode(errors="surrogateescape")
        return content.decode("gb18030", errors="backslashreplace")
    return name
