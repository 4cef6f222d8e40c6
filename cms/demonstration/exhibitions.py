"""Two exhibitions, one on and one over, and the visit page, on the sample records.

Written for the project and labelled so. Their evidence needs the text of the samples:
to be made after recognition. Pages that are there already are left alone.
"""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from archive.models import Record
from cms.demonstration.exhibition_texts import (
    CURRENT,
    PAST,
    VISIT_ACCESS,
    VISIT_HOURS,
    VISIT_NOTICES,
    VISIT_TRANSPORT,
)
from cms.models import ExhibitionIndexPage, ExhibitionPage, SiteImage, VisitPage
from media.sketch import floor_plan

PLAN_TITLE = "参观路线示意（演示）"
_ROOMS = ((80, 80, 780, 820), (820, 80, 1520, 420), (820, 460, 1520, 820))
_PLACES = ((240, 640), (420, 260), (700, 440), (1010, 250), (1330, 250), (1170, 640))


@dataclass(frozen=True, slots=True)
class Show:
    """An exhibition as ``exhibition_texts`` tells it.

    Records are named by reference code, pictures by name; ``filled`` puts ids in.
    """

    slug: str
    title: str
    summary: str
    hero: dict[str, Any]
    chapters: list[dict[str, Any]]
    stops: list[dict[str, Any]]
    fields: dict[str, Any] = field(default_factory=dict)


def add() -> list[Page]:
    """Make what is missing; the pages made."""
    made: list[Page] = []
    index = ExhibitionIndexPage.objects.first()
    with transaction.atomic():
        if index is not None:
            for told in (CURRENT, PAST):
                show = Show(**told)
                if not index.get_children().filter(slug=show.slug).exists():
                    made.append(_make(index, show))
        visit = VisitPage.objects.first()
        if visit is not None and not visit.hours and not visit.is_demonstration:
            _fill(visit)
            made.append(visit)
    return made


def _make(index: ExhibitionIndexPage, show: Show) -> ExhibitionPage:
    ids = {
        "records": dict(Record.objects.values_list("reference_code", "pk")),
        "images": {"plan": _plan().pk},
    }
    page = ExhibitionPage(
        title=show.title,
        slug=show.slug,
        summary=show.summary,
        is_demonstration=True,
        locale=index.locale,
        **_dated(show.fields),
    )
    page.hero = _stream([("folio", show.hero)], ids)
    page.chapters = _stream([("chapter", one) for one in show.chapters], ids)
    page.stops = _stream([("stop", one) for one in show.stops], ids)
    page.credits = [
        {
            "type": "team",
            "value": "<p>演示编写组撰文；所用文书均为本项目自拟的演示材料。</p>",
        }
    ]
    index.refresh_from_db()
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def _dated(fields: dict[str, Any]) -> dict[str, Any]:
    """``opens`` and ``closes`` are given in days from today."""
    today = timezone.localdate()
    return {
        name: today + timedelta(days=value)
        if name in ("opens", "closes") and value is not None
        else value
        for name, value in fields.items()
    }


def _stream(
    blocks: list[tuple[str, dict[str, Any]]], ids: dict[str, dict[str, int]]
) -> list[dict[str, Any]]:
    """The raw data of a StreamField."""
    return [_block(kind, _filled(value, ids)) for kind, value in blocks]


def _block(kind: str, value: Any) -> dict[str, Any]:
    # With an id, by which a translation finds it.
    return {"type": kind, "value": value, "id": str(uuid4())}


def _filled(value: Any, ids: dict[str, dict[str, int]]) -> Any:
    """Reference codes under ``record`` and names under ``image`` made ids."""
    if isinstance(value, list):
        return [_filled(one, ids) for one in value]
    if isinstance(value, tuple):
        kind, inner = value
        return _block(kind, _filled(inner, ids))
    if not isinstance(value, dict):
        return value
    filled = {}
    for name, inner in value.items():
        if name == "record":
            filled[name] = ids["records"].get(inner)
        elif name == "image" and isinstance(inner, str):
            filled[name] = ids["images"][inner]
        else:
            filled[name] = _filled(inner, ids)
    return filled


def _plan() -> SiteImage:
    """The plan of the demonstration's walk, drawn once."""
    found: SiteImage | None = SiteImage.objects.filter(title=PLAN_TITLE).first()
    if found is not None:
        return found
    drawn = io.BytesIO(floor_plan(_ROOMS, _PLACES))
    image = SiteImage(
        title=PLAN_TITLE,
        description="三间展室的平面示意，六个展点自左向右依次编号，以线相连。",
        file=ImageFile(drawn, name="plan.png"),
    )
    image.save()
    return image


def _fill(visit: VisitPage) -> None:
    """Hours and notices that say of themselves that they are for demonstration."""
    visit.is_demonstration = True
    visit.summary = "本页的时间、路线和说明都是演示数据，并非陈列馆的实际安排。"
    visit.address = "样本县样本镇（演示地址，并非陈列馆所在）"
    visit.hours = [{"type": "hours", "value": one} for one in VISIT_HOURS]
    visit.exceptions = [
        {
            "type": "exception",
            "value": {
                "first": _next_new_year().isoformat(),
                "last": None,
                "opens": None,
                "closes": None,
                "reason": "元旦闭馆（演示）",
            },
        }
    ]
    visit.notices = [{"type": "text", "value": VISIT_NOTICES}]
    visit.transport = [{"type": "text", "value": VISIT_TRANSPORT}]
    visit.access = [{"type": "text", "value": VISIT_ACCESS}]
    visit.takes_bookings = True
    visit.booking_help = "十人以上的团体请先预约（演示：不会有人前来接待）。"
    visit.most_people = 40
    visit.save_revision().publish()


def _next_new_year() -> date:
    return date(timezone.localdate().year + 1, 1, 1)
