"""A small collection with a record of every kind of openness, for page tests."""

from dataclasses import dataclass

from archive.authorities.registry import Name
from archive.models import Record
from archive.vocabulary import Level
from search.drain import drain
from tests.factories import (
    CATALOGUE_ONLY,
    PUBLIC,
    READING_ROOM,
    RecordFactory,
    TranscriptFactory,
    authority,
    decide,
    former,
)

TOWN, FORMER_TOWN = "样本市样本镇", "样本专区样本区"
TEXT = "凡遇矛盾糾紛，先聽兩造陳述。\n再查明起因，據實登記。"


@dataclass(frozen=True, slots=True)
class Collection:
    """One fonds with four files below it."""

    fonds: Record
    public: Record
    reading_room: Record
    staff: Record
    catalogue_only: Record


def build(index: bool = True) -> Collection:
    """Create and decide on the records; ``index`` fills the search index too."""
    fonds = RecordFactory.create(
        level=Level.FONDS.value, reference_code="T001", title="测试全宗"
    )
    public = _file(
        fonds,
        "T001-WS·1953·Y-001",
        "調解須知",
        TEXT,
        "本页没有检索词。",
        date_original="1953",
        creators="样本调解委员会；样本村",
        scope_content="须知若干条。",
        is_demonstration=True,
        authorities=_related(),
    )
    public.tags.add("调解")
    reading_room = _file(
        fonds, "T001-WS·2001·Y-002", "阅览室案卷", "阅览室里的矛盾纠纷。"
    )
    staff = _file(fonds, "T001-WS·2002·Y-003", "馆内案卷", "馆内的矛盾纠纷。")
    entry = _file(
        fonds,
        "T001-WS·2003·Y-004",
        "目录开放案卷",
        "只见目录的矛盾纠纷。",
        date_original="2003",
        creators="不应出现的责任者",
        scope_content="不应出现的提要",
        authorities=[[authority("不应出现的责任者").number, "creator"]],
    )
    decide([fonds], PUBLIC)
    decide([public], PUBLIC)
    decide([reading_room], READING_ROOM)
    decide([entry], CATALOGUE_ONLY)
    while index and drain():
        pass
    return Collection(fonds, public, reading_room, staff, entry)


def _related() -> list[list[str]]:
    """A creator under another name, and a town that was called otherwise in 1953."""
    committee = authority("样本镇调解委员会", Name("樣本調解委員會", "variant"))
    town = authority(TOWN, former(FORMER_TOWN, "1949—1983"), kind="place", used="1983—")
    return [[committee.number, "creator"], [town.number, "place"]]


def _file(
    parent: Record, code: str, title: str, *texts: str, **fields: object
) -> Record:
    record: Record = RecordFactory.create(
        parent=parent, reference_code=code, title=title, **fields
    )
    for text in texts:
        TranscriptFactory.create(folio__record=record, text=text)
    record.refresh_from_db()
    return record
