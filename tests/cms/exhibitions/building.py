"""An exhibition with every kind of block in it, on the records of a collection."""

import io
import uuid
import wave
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Site

from archive.models import Record
from cms.models import (
    ExhibitionIndexPage,
    ExhibitionPage,
    SiteDocument,
    SiteImage,
    VisitPage,
)
from tests.factories import picture

WORDS = "據實登記"
OTHER_WORDS = "先聽兩造陳述"
CAPTION = "图注鹇"
SPOT = "看点鹇"
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\n你好\n".encode()


def listed(*values: Any) -> list[dict[str, Any]]:
    """Raw data of a ListBlock."""
    return [{"type": "item", "value": one, "id": str(uuid.uuid4())} for one in values]


def proof(record: Record | int, page: int = 1, words: str = WORDS) -> dict[str, Any]:
    pk = record if isinstance(record, int) else record.pk
    return {"record": pk, "page": page, "words": words, "label": ""}


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def story(text: str, *evidence: dict[str, Any]) -> dict[str, Any]:
    return block("story", {"text": f"<p>{text}</p>", "evidence": listed(*evidence)})


def of_folio(record: Record, region: str = "") -> dict[str, Any]:
    folio = {"record": record.pk, "page": 1, "region": region}
    return {"image": None, "folio": folio, "caption": CAPTION}


def every_block(record: Record, words: str = WORDS) -> list[dict[str, Any]]:
    """Each block that shows something of a record; ``words`` are on its page 1."""
    side = {**proof(record, words=OTHER_WORDS), "image": None, "caption": CAPTION}
    return [
        story("叙述在此[1]。", proof(record, words=words)),
        block("full_image", of_folio(record)),
        block(
            "detail",
            {
                "record": record.pk,
                "page": 1,
                "region": "0,0,50,50",
                "caption": CAPTION,
                "hotspots": listed({"point": "10,20", "title": SPOT, "text": "看"}),
            },
        ),
        block("pair", {"left": side, "right": {**side, "words": ""}}),
        block("quotation", {**proof(record, words=words), "explanation": "今译鹇"}),
        block(
            "timeline",
            {
                "moments": listed(
                    {
                        "when": "当时",
                        "title": "一项",
                        "text": "",
                        "disputed": True,
                        "evidence": listed(proof(record, words=words)),
                    }
                )
            },
        ),
        block("records", {"records": listed({"record": record.pk, "note": "卡片鹇"})}),
    ]


def stop(number: int, record: Record | None = None, **more: Any) -> dict[str, Any]:
    empty = {"image": None, "folio": {"record": None, "page": None, "region": ""}}
    return block(
        "stop",
        {
            "number": number,
            "title": f"展点{number}号",
            "place": "一层",
            "minutes": 2,
            "short": f"短讲解{number}",
            "full": f"<p>长讲解{number}</p>",
            "picture": of_folio(record) if record else {**empty, "caption": ""},
            "evidence": listed(*([proof(record)] if record else [])),
            "audio": [],
            **more,
        },
    )


def chapter(title: str, *content: dict[str, Any]) -> dict[str, Any]:
    return block("chapter", {"title": title, "content": list(content)})


def index() -> ExhibitionIndexPage:
    found: ExhibitionIndexPage | None = ExhibitionIndexPage.objects.first()
    if found is not None:
        return found
    home = Site.objects.get(is_default_site=True).root_page
    made: ExhibitionIndexPage = home.add_child(
        instance=ExhibitionIndexPage(title="展览", slug="exhibitions")
    )
    return made


def exhibition(
    chapters: list[dict[str, Any]] | None = None,
    stops: list[dict[str, Any]] | None = None,
    *,
    title: str = "一页纸",
    slug: str = "paper",
    **fields: Any,
) -> ExhibitionPage:
    """A live exhibition, as its editor's form would store it."""
    page = ExhibitionPage(title=title, slug=slug, **fields)
    page.chapters = chapters or []
    page.stops = stops or []
    made: ExhibitionPage = index().add_child(instance=page)
    made.save_revision().publish()
    return made


def full(record: Record, **fields: Any) -> ExhibitionPage:
    """Two chapters with all blocks, two stops, a head taken from the record."""
    hero = [block("folio", {"record": record.pk, "page": 1, "region": ""})]
    return exhibition(
        [chapter("第一回", *every_block(record)), chapter("第二回", story("尾声"))],
        [stop(1, record), stop(5)],
        hero=hero,
        **fields,
    )


def visit_page(**fields: Any) -> VisitPage:
    home = Site.objects.get(is_default_site=True).root_page
    page = VisitPage(title="参观指南", slug="visit", **fields)
    made: VisitPage = home.add_child(instance=page)
    made.save_revision().publish()
    return made


def image(title: str = "图") -> SiteImage:
    made: SiteImage = SiteImage.objects.create(
        title=title, description="一幅图", file=picture()
    )
    return made


def document(name: str, content: bytes) -> SiteDocument:
    made: SiteDocument = SiteDocument.objects.create(
        title=name, file=ContentFile(content, name=name)
    )
    return made


def sound() -> bytes:
    """A tenth of a second of silence."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * 800)
    return content.getvalue()


def audio(transcript: str = "文字稿") -> dict[str, Any]:
    """A recording with its transcript."""
    file = document("guide.wav", sound()).pk
    return {"title": "语音", "file": file, "transcript": transcript}


def video() -> dict[str, Any]:
    """A film with captions; only its first bytes, since nobody plays it."""
    return {
        "title": "短片",
        "file": document("film.webm", b"\x1aE\xdf\xa3").pk,
        "captions": document("film.vtt", CAPTIONS).pk,
        "language": "zh-Hans",
        "poster": None,
        "description": "画面里是一本簿子",
    }


WAYS = {
    "story": "/exhibitions/paper/",
    "visit": "/exhibitions/paper/visit/",
    "stop": "/exhibitions/paper/visit/1/",
    "codes": "/exhibitions/paper/qr/",
    "booklet": "/exhibitions/paper/booklet/",
    "kiosk": "/exhibitions/paper/kiosk/",
    "kiosk chapter": "/exhibitions/paper/kiosk/chapter/1/",
    "kiosk stop": "/exhibitions/paper/kiosk/stop/1/",
    "index": "/exhibitions/",
}
"""Every public address on which something of a record may stand."""
