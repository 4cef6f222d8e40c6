"""The lines of the tables, read by the chunk: as many queries for 2 as for 500."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from archive.codes import from_stored
from archive.dates import to_standard
from archive.inheritance import inherited
from archive.models import Record
from archive.names import joined
from archive.openness import Access, Audience
from archive.readers import Reader
from archive.reading_order import Ordered, in_order
from archive.seen import RecordView, count_pages, see, visible
from archive.vocabulary import Certainty, DescriptionStatus, Secrecy

from .counting import items_of, pages_of_files
from .forms import CONTENTS, FILE_LIST, Form

CHUNK = 500
_SECRECY = {Secrecy.PUBLIC.value: "公开", Secrecy.INTERNAL.value: "内部"}
_RETENTION = {"Y": "永久"}


@dataclass(frozen=True, slots=True)
class Row:
    """``cells`` stand under the heads of the form.

    ``code`` is the record's, ``group`` that of the unit it lies in with its title.
    ``draft``: nobody has published the description.
    """

    cells: tuple[str, ...]
    code: str
    group: str
    draft: bool


def choose(form: Form, record: Record, reader: Reader) -> QuerySet[Record]:
    """What the form lists below ``record``, as far as ``reader`` may see it."""
    below = Record.objects.filter(level=form.lists)
    if form.children:
        below = below.filter(parent=record)
    else:
        below = below.filter(path__startswith=record.path)
    return visible(reader, below)


def narrow(form: Form, records: QuerySet[Record], reader: Reader) -> QuerySet[Record]:
    """Those of ``records`` that the form lists and ``reader`` may see."""
    return visible(reader, records.filter(level=form.lists))


def order(records: QuerySet[Record]) -> Ordered:
    return in_order(records)


def lines(form: Form, ids: Sequence[int], reader: Reader) -> Iterator[Row]:
    """A row for each record, in the order of ``ids``.

    What ``reader`` may no longer see when its turn comes is left out.
    """
    sheet = _Sheet(form, reader)
    for start in range(0, len(ids), CHUNK):
        yield from sheet.rows(_read(ids[start : start + CHUNK], reader))
    yield from sheet.last()


def standard_date(view: RecordView) -> str:
    """As DA/T 18 writes it, or in words where it has no form for it."""
    fields = dict(view.fields)
    researched = fields.get("date_certainty") == Certainty.INFERRED
    standard = to_standard(fields.get("date_edtf", ""), inferred=researched)
    return standard or view.date_display


def retention(code: str) -> str:
    """``Y`` → ``永久``, ``D30`` → ``30年``; the words of old files as they are."""
    if code in _RETENTION:
        return _RETENTION[code]
    return f"{code[1:]}年" if code[:1] == "D" and code[1:].isdigit() else code


def file_number(code: str, components: Mapping[str, object]) -> str:
    """案卷号: that of the code or, where no scheme fits it, its last part."""
    return from_stored({"fonds": "", **components}).file or code.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Described:
    """A record as the reader sees it, with what it has from the units above."""

    view: RecordView
    values: Mapping[str, str]
    above: RecordView | None
    components: Mapping[str, object]
    draft: bool

    def said(self, name: str) -> str:
        return self.values.get(name, "")


def _read(chunk: Sequence[int], reader: Reader) -> list[Described]:
    """The chunk in its order; a constant number of queries."""
    views = see(chunk, reader, pages=False)
    steps = {view.record_id: _steps(view.path) for view in views.values()}
    wanted = {step for above in steps.values() for step in above}
    around = see(wanted - views.keys(), reader, pages=False) | views
    stored = {
        pk: (components, status)
        for pk, components, status in Record.objects.filter(pk__in=list(views))
        .order_by()
        .values_list("pk", "code_components", "description_status")
    }
    house = reader.audience is Audience.STAFF
    found = []
    for pk in chunk:
        if pk not in views or pk not in stored:
            continue
        above = [around[step] for step in steps[pk] if step in around]
        components, status = stored[pk]
        found.append(
            Described(
                views[pk],
                said(views[pk], above),
                above[-1] if above else None,
                components,
                draft=house and status != DescriptionStatus.PUBLISHED,
            )
        )
    return found


def said(view: RecordView, above: Iterable[RecordView]) -> dict[str, str]:
    """The elements of the view; what it does not say, the units above say.

    Of a catalogue entry nothing is said but what it shows itself.
    """
    if view.access is not Access.FULL:
        return {}
    lent = {one.name: one.value for one in inherited(view, above)}
    return {**lent, **dict(view.fields)}


def _steps(path: str) -> list[int]:
    return [int(step) for step in path.split("/")[:-2]]


class _Sheet:
    """Makes rows of one form; numbers and pages go on from chunk to chunk."""

    def __init__(self, form: Form, reader: Reader) -> None:
        self._reader = reader
        self._number = 0
        self._pages = _PageNumbers(reader)
        self._make: Callable[[list[Described]], Iterator[Row]] = {
            FILE_LIST.name: self._files,
            CONTENTS.name: self._contents,
        }.get(form.name, self._filing)

    def rows(self, chunk: list[Described]) -> Iterator[Row]:
        return self._make(chunk)

    def last(self) -> Iterator[Row]:
        """What waits until it is known to be the last."""
        if self._pages.held is not None:
            yield self._content(self._pages.held, last=True)

    def _filing(self, chunk: list[Described]) -> Iterator[Row]:
        pages = count_pages([one.view.record_id for one in chunk], self._reader)
        for one in chunk:
            self._number += 1
            yield _row(
                one,
                str(self._number),
                one.view.reference_code,
                one.said("document_number"),
                _creators(one),
                one.view.title,
                standard_date(one.view),
                _SECRECY.get(one.said("secrecy"), ""),
                _count(pages.get(one.view.record_id, 0)),
                one.said("note"),
            )

    def _files(self, chunk: list[Described]) -> Iterator[Row]:
        ids = [one.view.record_id for one in chunk]
        items = items_of(ids, self._reader)
        pages = pages_of_files(ids, self._reader)
        for one in chunk:
            pk = one.view.record_id
            yield _row(
                one,
                file_number(one.view.reference_code, one.components),
                one.view.title,
                standard_date(one.view),
                retention(one.said("retention_code")),
                _count(items.get(pk, 0)),
                _count(pages.get(pk, 0)),
                one.said("note"),
            )

    def _contents(self, chunk: list[Described]) -> Iterator[Row]:
        for numbered in self._pages.of(chunk):
            yield self._content(numbered, last=False)

    def _content(self, one: "_Numbered", *, last: bool) -> Row:
        self._number += 1
        return _row(
            one.item,
            str(self._number),
            one.item.said("document_number"),
            _creators(one.item),
            one.item.view.title,
            standard_date(one.item.view),
            one.written(last=last),
            one.item.said("note"),
        )


@dataclass(frozen=True, slots=True)
class _Numbered:
    """An item and its pages in the file, None where they are not known."""

    item: Described
    start: int | None
    end: int | None

    def written(self, *, last: bool) -> str:
        """The first page; of the last item of the file the first and the last."""
        if self.start is None:
            return ""
        if last and self.end is not None and self.end > self.start:
            return f"{self.start}-{self.end}"
        return str(self.start)


class _PageNumbers:
    """页号 of the items of a file, one item behind: the last is written otherwise.

    An item's range in a volume scanned as a whole is what it says. Items with scans
    of their own are counted through, as long as all before have scans; not for
    readers, to whom the sum would tell of items that they may not see.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._next: int | None = 1
        self.held: _Numbered | None = None

    def of(self, chunk: list[Described]) -> Iterator[_Numbered]:
        """All but the last so far, which ``held`` keeps."""
        counts = self._counts(chunk)
        for one in chunk:
            if self.held is not None:
                yield self.held
            self.held = self._numbered(one, counts.get(one.view.record_id, 0))

    def _counts(self, chunk: list[Described]) -> dict[int, int]:
        if self._reader.audience is not Audience.STAFF:
            return {}
        scanned = [one for one in chunk if not one.said("first_page")]
        return count_pages([one.view.record_id for one in scanned], self._reader)

    def _numbered(self, one: Described, count: int) -> _Numbered:
        first, last = one.said("first_page"), one.said("last_page")
        if first and last:
            self._next = int(last) + 1
            return _Numbered(one, int(first), int(last))
        if not count or self._next is None:
            self._next = None
            return _Numbered(one, None, None)
        start, self._next = self._next, self._next + count
        return _Numbered(one, start, self._next - 1)


def _row(one: Described, *cells: str) -> Row:
    above = one.above
    group = f"{above.reference_code}　{above.title}" if above is not None else ""
    return Row(cells, one.view.reference_code, group, one.draft)


def _creators(one: Described) -> str:
    return joined(one.view.creators) or one.said("creators")


def _count(number: int) -> str:
    """Nothing where nothing is scanned: 0 would be a statement."""
    return str(number) if number else ""
