"""Closed records full of canaries, and what the site answers about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client

from archive.models import Record
from archive.records import set_reference_code
from search.drain import drain
from tests.cms.collection import Collection
from tests.factories import (
    READING_ROOM,
    RecordFactory,
    TranscriptFactory,
    decide,
    stored_image,
)

READING_ROOM_WORD = "玄鹇瓠语"
STAFF_WORD = "赪鲎砚词"
CATALOGUE_WORDS = ("只见目录", "不应出现的责任者", "不应出现的提要")
CANARY_COLOUR = (13, 201, 77)
READING_ROOM_CODE = "T001-WS·1977·Y-771"
READING_ROOM_FORMER = "T001-WS·1977·Y-770"
STAFF_CODE = "T001-WS·1978·Y-781"
HIDDEN_CODES = (READING_ROOM_CODE, READING_ROOM_FORMER, STAFF_CODE)
KNOWN_CODES = ("T001", "T001-WS·1953·Y-001", "T001-WS·2003·Y-004")
CODES = (*KNOWN_CODES, *HIDDEN_CODES)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything of a response that goes over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def tells(self, secret: str) -> bool:
        told = self.body.decode("utf-8", "replace") + str(dict(self.headers))
        return secret in told


def plant(world: Collection) -> tuple[Record, Record]:
    """A reading-room record and a staff record, with canaries in every place."""
    planted = []
    for code, word, values in (
        (READING_ROOM_FORMER, READING_ROOM_WORD, READING_ROOM),
        (STAFF_CODE, STAFF_WORD, None),
    ):
        record = RecordFactory.create(
            parent=world.fonds,
            reference_code=code,
            title=f"{word}调解卷",
            creators=word,
            scope_content=word,
            date_original="1977",
            is_demonstration=True,
        )
        record.tags.add(word, "调解")
        TranscriptFactory.create(
            folio__record=record,
            folio__master=stored_image(colour=CANARY_COLOUR),
            folio__original_filename=f"{word}.png",
            text=f"{word}矛盾糾紛四先四早第二十一条",
        )
        RecordFactory.create(parent=record, title=f"{word}下级")
        if values:
            decide([record], values)
        planted.append(record)
    set_reference_code(planted[0], READING_ROOM_CODE)
    while drain():
        pass
    return planted[0], planted[1]


def ask(url: str, client: Client | None = None) -> Answer:
    """What ``client``, by default a stranger without cookies, gets."""
    response = (client or Client()).get(url)
    if getattr(response, "streaming", False):
        body = b"".join(response)
    else:
        body = response.content
    return Answer(response.status_code, dict(response.headers), body)
