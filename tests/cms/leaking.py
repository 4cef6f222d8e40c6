"""Closed records full of canaries, and what the site answers about them."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client
from wagtail.models import Page

from archive import acquisitions
from archive.models import Record
from archive.records import set_reference_code
from search.drain import drain
from tests.cms.collection import Collection
from tests.factories import (
    PUBLIC,
    READING_ROOM,
    RecordFactory,
    TranscriptFactory,
    UserFactory,
    authority,
    decide,
    registered,
    stored_image,
)

READING_ROOM_WORD = "玄鹇瓠语"
STAFF_WORD = "赪鲎砚词"
CATALOGUE_WORDS = ("只见目录", "不应出现的责任者", "不应出现的提要")
CANARY_COLOUR = (13, 201, 77)
READING_ROOM_CODE = "T001-WS·1977·Y-771"
READING_ROOM_FORMER = "T001-WS·1977·Y-770"
STAFF_CODE = "T001-WS·1978·Y-781"
DONATED_CODE = "T001-LY·1990·Y-991"
DONATED_WORD = "公开的受访者"
# In every place of the register that only people of the house may read.
DONOR_WORDS = tuple(f"赠者鼪{place}" for place in "名址权限协概注存书件")
MOST_OF_A_KIND = 2
HIDDEN_CODES = (READING_ROOM_CODE, READING_ROOM_FORMER, STAFF_CODE)
# What a form bears once only, whoever asks for it and whenever.
_ONCE = re.compile(rb'name="(?:csrfmiddlewaretoken|stamp)" value="[^"]*"')
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
        related = [
            [authority(f"{word}会").number, "creator"],
            [authority(f"{word}村", kind="place").number, "place"],
        ]
        record = RecordFactory.create(
            parent=world.fonds,
            reference_code=code,
            authorities=related,
            title=f"{word}调解卷",
            creators=word,
            scope_content=word,
            subjects=f"{word}；{word}别名；调解",
            date_original="1977",
            material="photograph",
            particulars={"event": word, "place": word, "people": word},
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


def plant_donation(world: Collection) -> Record:
    """A record open to everyone that came by a donation: who gave it stays inside."""
    by = UserFactory.create()
    donation = registered(
        by,
        source_name=DONOR_WORDS[0],
        contact=DONOR_WORDS[1],
        owner=DONOR_WORDS[2],
        restriction=DONOR_WORDS[3],
        agreement_number=DONOR_WORDS[4],
        description=DONOR_WORDS[5],
        note=DONOR_WORDS[6],
        location=DONOR_WORDS[7],
    )
    item = acquisitions.add_item(
        donation,
        title="口述样本",
        material="oral",
        particulars={
            "interviewee": DONATED_WORD,
            "authorisation": DONOR_WORDS[8],
        },
        note=DONOR_WORDS[9],
    )
    acquisitions.appraise(donation)
    entry = acquisitions.Entry(item.pk, DONATED_CODE)
    (record,) = acquisitions.accession(donation, world.fonds, "item", [entry], by)
    TranscriptFactory.create(folio__record=record, text="口述的矛盾纠纷")
    decide([record], PUBLIC)
    while drain():
        pass
    return record


def pages_of_each_kind() -> list[Page]:
    """Live pages, two of each type: the others of it are made by the same code."""
    met: Counter[type[Page]] = Counter()
    found = []
    for page in Page.objects.live().filter(depth__gt=1).order_by("path"):
        met[page.specific_class] += 1
        if met[page.specific_class] <= MOST_OF_A_KIND:
            found.append(page)
    return found


def ask(url: str, client: Client | None = None) -> Answer:
    """What ``client``, by default a stranger without cookies, gets."""
    response = (client or Client()).get(url)
    if getattr(response, "streaming", False):
        body = b"".join(response)
    else:
        body = _ONCE.sub(b"", response.content)
    headers = dict(response.headers)
    # What is not to be kept expires at this very second.
    headers.pop("Expires", None)
    return Answer(response.status_code, headers, body)
