"""What the page types of ``site_pages`` need beyond the sample documents.

Each function is called once for a site; those that need a section make it.
"""

from datetime import timedelta

from django.utils import timezone

from archive.models import Record
from cms import sections
from cms.demonstration import knowledge
from cms.models import ReusableText, StandardPage, VisitPage
from tests.browser.sample_site import VERTICAL
from tests.cms.admin.acting_visits import booked
from tests.cms.exhibitions import building
from tests.cms.exhibitions.building import block, chapter, stop, story
from tests.factories import CATALOGUE_ONLY, RecordFactory, decide

WORDS = "據實登簿，不得增減"
BOOKING = "ABCDE-23456"
HOURS = {"opens": "09:00", "closes": "11:30"}


def nothing() -> None:
    """No content of its own."""


def catalogue_entry() -> None:
    """A record of which only the catalogue entry is open."""
    entry = RecordFactory.create(
        parent=None, reference_code="T001-X", title="演示目录条目", date_original="1999"
    )
    decide([entry], CATALOGUE_ONLY)


def sections_made() -> None:
    """The sections that a new site begins with."""
    sections.provide()


def knowledge_made() -> None:
    """The knowledge base as the demonstration has it."""
    sections.provide()
    knowledge.add()


def prose_made() -> None:
    """A page with every block that running text may have."""
    sections.provide()
    page = StandardPage.objects.get(slug="about")
    said = ReusableText.objects.create(name="声明", text="<p>各页共用的一段。</p>")
    picture = {"image": building.image().pk, "alt_text": "图", "decorative": False}
    page.body = [
        block("heading", "小标题"),
        block(
            "text", "<p>一段<i>强调</i>的文字，<b>加粗</b>。</p><ul><li>一项</li></ul>"
        ),
        block("picture", {"image": picture, "caption": "图注", "source": "自绘"}),
        block("quote", {"text": "據實登簿", "source": "《調解須知》"}),
        block(
            "file",
            {"document": building.document("list.txt", b"text").pk, "title": "目录"},
        ),
        block("reusable", said.pk),
    ]
    page.save_revision().publish()


def exhibitions_made() -> None:
    """One with every kind of block and two stops; one to come, and a past one."""
    sections.provide()
    today = timezone.localdate()
    month = timedelta(days=30)
    old = building.exhibition(
        [chapter("旧事", story("已闭展。"))],
        title="旧展",
        slug="old",
        opens=today - 3 * month,
        closes=today - month,
    )
    building.exhibition(title="将来的展览", slug="coming", opens=today + month)
    record = Record.objects.get(reference_code=VERTICAL)
    no_folio = {"record": None, "page": None, "region": ""}
    document, image = building.document("guide.txt", b"text").pk, building.image().pk
    content = [
        *building.every_block(record, WORDS),
        block("heading", "小标题"),
        block("full_image", {"image": image, "folio": no_folio, "caption": "图注"}),
        block("audio", building.audio()),
        block("video", building.video()),
        block("pages", {"title": "相关", "pages": building.listed(old.pk)}),
        block("file", {"document": document, "title": "讲解词"}),
    ]
    proof = building.proof(record, words=WORDS)
    heard = building.listed(building.audio())
    building.exhibition(
        [chapter("写下来", *content), chapter("往下读", story("尾声。"))],
        [
            stop(1, record, evidence=building.listed(proof), audio=heard),
            stop(2),
        ],
        hero=[block("folio", {"record": record.pk, "page": 1, "region": ""})],
        credits=[block("team", "<p>编写组</p>")],
        summary="一页纸的来历。",
        is_demonstration=True,
        in_hall=True,
        hall_place="一层",
        minutes=20,
    )


def visit_made() -> None:
    """The visit page with everything filled in, and one request of a group."""
    sections.provide()
    page = VisitPage.objects.get()
    today = timezone.localdate()
    page.is_demonstration = True
    page.summary = "本页为演示。"
    page.address, page.telephone = "某街一号（演示）", "0000-0000000"
    page.map_url = "https://example.org/map"
    late = {"opens": "13:30", "closes": "17:00", "last_entry": "16:30"}
    days = ["1", "2", "3", "4", "5", "6"]
    page.hours = [
        block("hours", {"days": days, **HOURS, "last_entry": None}),
        block("hours", {"days": days, **late}),
    ]
    day = {"first": str(today + timedelta(days=3)), "last": None, "reason": "检修"}
    page.exceptions = [
        block("exception", {**day, "opens": None, "closes": None}),
        block("exception", {**day, **HOURS}),
    ]
    for name in ("notices", "transport", "access"):
        setattr(page, name, [block("text", "<p>一段说明。</p><ul><li>一项</li></ul>")])
    page.takes_bookings = True
    page.booking_help, page.most_people = "十人以上请预约。", 40
    page.save_revision().publish()
    booked(number=BOOKING)
