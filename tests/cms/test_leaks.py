"""No way out of the house shows a trace of what is closed.

Every address is asked twice, before and after closed records are planted: to the
public the answers must be the same, byte for byte. So a closed record answers as
one that does not exist, and is in no hit, count, facet, snippet, box or image.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import product

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import Page

from archive.models import Folio, FormerReferenceCode
from archive.seen import IMAGE_VIEW_VERSION
from cms.languages.prefixes import CODES as LANGUAGES
from cms.languages.prefixes import DEFAULT, in_language
from cms.traditional.converter import Converter
from tests.cms import routes
from tests.cms.collection import Collection
from tests.cms.leaking import (
    CANARY_COLOUR,
    CATALOGUE_WORDS,
    CODES,
    HIDDEN_CODES,
    READING_ROOM_CODE,
    READING_ROOM_FORMER,
    READING_ROOM_WORD,
    STAFF_WORD,
    Answer,
    ask,
    plant,
)
from tests.factories import decide

IMAGE_TAILS = (
    "",
    "/info.json",
    "/full/max/0/default.png",
    "/full/50,/0/default.webp",
    "/0,0,10,10/max/90/gray.jpg",
    "/full/nonsense/0/default.png",
)


@pytest.fixture
def world(held: Collection) -> Collection:
    """What is open, and one record of which only the catalogue entry is."""
    return held


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def searches() -> list[str]:
    """Words and parameters in many combinations, canaries among them."""
    words: tuple[str, ...] = (
        "",
        "矛盾纠纷",
        "调解",
        "1977",
        READING_ROOM_WORD,
        STAFF_WORD,
        "T001-WS",
    )
    words += (*CATALOGUE_WORDS, *HIDDEN_CODES)
    narrowed = (
        "",
        "&sort=date_asc",
        "&sort=code",
        "&date_from=1970&date_to=1980",
        "&year=1977",
        "&tag=调解",
        f"&tag={READING_ROOM_WORD}",
        f"&creator={STAFF_WORD}",
        "&subject=调解",
        f"&subject={STAFF_WORD}",
        f"&creator={STAFF_WORD}会",
        f"&place={READING_ROOM_WORD}村",
        f"&place={STAFF_WORD}村&place=样本专区样本区",
        # The numbers that the planted authorities will have.
        *(f"&place=G{number:06d}" for number in range(3, 8)),
        "&fonds=T001",
        "&type=file",
        "&section=catalogue",
        "&page=2",
    )
    return [f"?q={word}{rest}" for word, rest in product(words, narrowed)]


def suggestions() -> list[str]:
    """What is typed of titles, names, codes and words, and of their initials."""
    words = (READING_ROOM_WORD, STAFF_WORD, *CATALOGUE_WORDS, *HIDDEN_CODES)
    typed = [word[:length] for word in words for length in (1, 2, 4, 20)]
    typed += ["调解", "調解", "调解卷", "tj", "tjj", "矛盾", "1977", "T001"]
    return [f"?q={one}" for one in dict.fromkeys(typed)]


def of_each_code(*tails: str) -> list[str]:
    return [f"{code}{tail}" for code, tail in product(CODES, tails)]


def image_addresses() -> list[str]:
    """Of every image there is, and of some that there are not."""
    ids = [*Folio.objects.values_list("pk", flat=True), 0]
    versions = (IMAGE_VIEW_VERSION, IMAGE_VIEW_VERSION + 1)
    return [f"{pk}-{version}" for pk, version in product(ids, versions)]


def under(prefix: str, tails: Iterable[str]) -> list[str]:
    return [prefix + tail for tail in tails]


# Registrations are tried in ``test_leaks_registration``; here there are none.
OCCASION = "/registration/00000000-0000-0000-0000-000000000000/"
NUMBER = "ABCDE-23456"
_IMAGE = "iiif/image/<str:image_id>"
ADDRESSES: dict[str, Callable[[], list[str]]] = {
    "search/": lambda: under("/search/", searches()),
    "suggest/": lambda: under("/suggest/", suggestions()),
    "catalogue/": lambda: ["/catalogue/", "/catalogue/?page=2", "/catalogue"],
    "catalogue/<code:reference_code>/": lambda: under(
        "/catalogue/", of_each_code("/", "", "/?page=2", "/?pages=2", "/?q=矛盾")
    ),
    "catalogue/<code:reference_code>/citation.<str:suffix>": lambda: under(
        "/catalogue/", of_each_code("/citation.ris", "/citation.json?page=1")
    ),
    "catalogue/<code:reference_code>/<int:page>/": lambda: under(
        "/catalogue/",
        of_each_code("/1/", "/1/?q=矛盾纠纷&at=1", "/2/", f"/1/?q={READING_ROOM_WORD}"),
    ),
    _IMAGE: lambda: under("/iiif/image/", image_addresses()),
    f"{_IMAGE}/info.json": lambda: [
        f"/iiif/image/{one}/info.json" for one in image_addresses()
    ],
    f"{_IMAGE}/<str:region>/<str:size>/<str:rotation>/<str:quality>"
    ".<str:image_format>": lambda: [
        f"/iiif/image/{one}{tail}"
        for one, tail in product(image_addresses(), IMAGE_TAILS)
    ],
    "api/v1/search": lambda: under("/api/v1/search", searches()),
    "api/v1/records": lambda: [
        "/api/v1/records",
        *(f"/api/v1/records?parent={code}" for code in CODES),
    ],
    "api/v1/records/<code:reference_code>": lambda: under(
        "/api/v1/records/", of_each_code("")
    ),
    "api/v1/pages": lambda: [f"/api/v1/pages?reference_code={code}" for code in CODES],
    "api/v1/openapi.json": lambda: ["/api/v1/openapi.json"],
    "api/v1/<path:path>": lambda: under("/api/v1/", of_each_code("", "/x")),
    "registration/mine/": lambda: ["/registration/mine/"],
    "registration/mine/<str:number>/": lambda: [f"/registration/mine/{NUMBER}/"],
    "registration/<uuid:uid>/": lambda: under(OCCASION, [""]),
    "registration/<uuid:uid>/done/<str:number>/": lambda: under(
        OCCASION, [f"done/{NUMBER}/"]
    ),
    "registration/<uuid:uid>/event.ics": lambda: under(OCCASION, ["event.ics"]),
    "registration/<uuid:uid>/group/": lambda: under(OCCASION, ["group/"]),
    "registration/<uuid:uid>/group/list.xlsx": lambda: under(
        OCCASION, ["group/list.xlsx"]
    ),
    "registration/<uuid:uid>/group/<str:number>/": lambda: under(
        OCCASION, [f"group/{NUMBER}/"]
    ),
    # With events in them in ``test_leaks_week``.
    "publicity-week/<int:year>/programme.ics": lambda: [
        "/publicity-week/2026/programme.ics"
    ],
    "publicity-week/<int:year>/<str:slug>/event.ics": lambda: [
        "/publicity-week/2026/opening/event.ics"
    ],
    "check-in/": lambda: ["/check-in/"],
    "check-in/<str:number>/": lambda: [f"/check-in/{NUMBER}/"],
    "takedown/": lambda: [
        "/takedown/",
        *(f"/takedown/?about={code}" for code in CODES),
    ],
    "takedown/received/": lambda: ["/takedown/received/", "/takedown/received/?n=x"],
    "language/<str:language>/": lambda: [
        f"/language/en/?next=/catalogue/{code}/" for code in CODES
    ],
    "style/": lambda: ["/style/"],
    "training/classes/": lambda: ["/training/classes/", "/training/classes/?page=2"],
    "training/class/<int:pk>/": lambda: ["/training/class/1/"],
    "training/class/<int:pk>/class.ics": lambda: ["/training/class/1/class.ics"],
    "certificates/": lambda: ["/certificates/"],
    "certificates/<str:code>/": lambda: under(
        "/certificates/", [f"{STAFF_WORD}/", "ABCD-EFGH-JKMN/"]
    ),
    "certificates/<str:code>.pdf": lambda: ["/certificates/ABCD-EFGH-JKMN.pdf"],
    "healthz": lambda: ["/healthz"],
    "readyz": lambda: ["/readyz"],
    "media/images/<path:path>": lambda: under(
        "/media/images/",
        ["scan.png", f"{STAFF_WORD}.png", "../masters/", "%2e%2e/db.sqlite3"],
    ),
    "robots.txt": lambda: ["/robots.txt"],
    "sitemap.xml": lambda: ["/sitemap.xml"],
    "sitemap-<slug:kind>-<int:number>.xml": lambda: [
        f"/sitemap-{kind}-{number}.xml"
        for kind, number in product(("records", "entries", "pages", "x"), (0, 1, 2))
    ],
    "feeds/records.atom": lambda: ["/feeds/records.atom"],
    "feeds/all.atom": lambda: ["/feeds/all.atom"],
    "feeds/<slug:slug>.atom": lambda: ["/feeds/about.atom", "/feeds/x.atom"],
    "documents/<int:document_id>/<path:document_filename>": lambda: [
        "/documents/1/scan.png"
    ],
    "^documents/(\\d+)/(.*)$": lambda: ["/documents/1/scan.png"],
}
# What of these is asked in every language; of the searches, which are many, some.
EVERY, SOME = 1, 11
READING = {
    "search/": SOME,
    "catalogue/": EVERY,
    "catalogue/<code:reference_code>/": EVERY,
    "catalogue/<code:reference_code>/<int:page>/": EVERY,
}
# Wagtail's own public routes: signing in to private pages, and its pages.
WAGTAIL_PREFIXES = ("documents/", "_util/", "^")


def open_addresses() -> list[str]:
    """All addresses but those of images, whose numbers are not known beforehand."""
    urls = [
        url
        for route, provide in ADDRESSES.items()
        if not route.startswith(_IMAGE)
        for url in provide()
    ]
    pages = [page.get_url() for page in Page.objects.filter(depth__gt=1)]
    read = [
        url for route, step in READING.items() for url in ADDRESSES[route]()[::step]
    ]
    others = [
        in_language(url, language)
        for url in (*read, *pages)
        for language in LANGUAGES
        if language != DEFAULT
    ]
    return [*urls, *pages, *others]


def test_every_route_has_addresses() -> None:
    own = {
        # Patterns of pages for readers begin with the language, which is none here.
        route
        for route in routes.routes()
        if not route.startswith(("admin/", *WAGTAIL_PREFIXES))
    }
    given = {route for route in ADDRESSES if not route.startswith(WAGTAIL_PREFIXES)}
    assert own == given


def test_to_the_public_the_closed_does_not_exist(world: Collection) -> None:
    urls = open_addresses()
    before = {url: ask(url) for url in urls}
    plant(world)
    cache.clear()
    changed = [url for url in urls if ask(url) != before[url]]
    assert changed == []


def test_the_closed_costs_the_database_what_the_missing_costs(
    world: Collection,
) -> None:
    """So that neither its clock nor its load tells that a record exists."""
    plant(world)
    missing = "T001-WS·1978·Y-999"
    for route in (
        "/catalogue/{}/",
        "/en/catalogue/{}/",
        "/zh-hant/catalogue/{}/",
        "/catalogue/{}/1/",
        "/catalogue/{}/1/?q=矛盾纠纷",
        "/catalogue/{}/citation.ris",
        "/api/v1/records/{}",
        "/api/v1/records?parent={}",
        "/api/v1/pages?reference_code={}",
    ):
        # The first page after a change reads the wordings of 繁體, whatever it is.
        _queries(route.format(missing))
        costs = {_queries(route.format(code)) for code in (*HIDDEN_CODES, missing)}
        assert len(costs) == 1, route


def test_no_answer_holds_a_canary(world: Collection) -> None:
    plant(world)
    words = (READING_ROOM_WORD, STAFF_WORD, *CATALOGUE_WORDS)
    traditional = Converter().text
    told = [
        (url, secret)
        for url in open_addresses()
        if (answer := ask(url))
        for secret in words
        # What a reader typed comes back in the search box.
        if secret not in url
        and (answer.tells(secret) or answer.tells(traditional(secret)))
    ]
    assert told == []


def test_no_closed_image_leaves_the_house(world: Collection) -> None:
    closed = [*plant(world), world.catalogue_only]
    folios = Folio.objects.filter(record__in=[record.pk for record in closed])
    for folio, tail in product(folios, IMAGE_TAILS):
        pk, absent = str(folio.pk), "0" * len(str(folio.pk))
        hidden = ask(f"/iiif/image/{pk}-{IMAGE_VIEW_VERSION}{tail}")
        missing = ask(f"/iiif/image/{absent}-{IMAGE_VIEW_VERSION}{tail}")
        assert hidden.status == missing.status == 404
        assert hidden.headers == missing.headers
        assert hidden.body.replace(f"{pk}-".encode(), f"{absent}-".encode()) == (
            missing.body
        )


def test_no_image_that_leaves_has_the_canary_s_pixels(world: Collection) -> None:
    plant(world)
    urls = [
        url
        for route, provide in ADDRESSES.items()
        if route.startswith(_IMAGE)
        for url in provide()
    ]
    answers = {url: ask(url) for url in urls}
    images = [one for one in answers.values() if _is_image(one)]
    assert len(images) >= len(IMAGE_TAILS) - 3
    assert not [url for url, one in answers.items() if _has_canary(one)]


def test_the_reading_room_sees_what_the_public_does_not(
    reader_in_the_room: Client, world: Collection
) -> None:
    record, staff_record = plant(world)
    for url in (
        f"/catalogue/{READING_ROOM_CODE}/",
        f"/catalogue/{READING_ROOM_CODE}/1/",
        "/search/?q=矛盾纠纷",
        "/api/v1/search?q=矛盾纠纷",
        f"/api/v1/records/{READING_ROOM_CODE}",
        "/catalogue/T001/",
    ):
        answer = ask(url, reader_in_the_room)
        assert answer.status == 200
        assert answer.tells(READING_ROOM_WORD), url
        assert not answer.tells(STAFF_WORD), url
    pk = record.folios.get().pk
    image = f"/iiif/image/{pk}-{IMAGE_VIEW_VERSION}/full/max/0/default.png"
    assert _has_canary(ask(image, reader_in_the_room))
    former = FormerReferenceCode.objects.get(code=READING_ROOM_FORMER)
    assert ask(f"/catalogue/{former.code}/", reader_in_the_room).status == 301
    hidden = f"/catalogue/{staff_record.reference_code}/"
    assert ask(hidden, reader_in_the_room).status == 404


def test_a_record_that_is_closed_is_gone_before_the_index_knows(
    world: Collection,
) -> None:
    decide([world.public], {"open_status": "controlled"})
    urls = [
        "/",
        "/search/?q=矛盾纠纷",
        "/search/",
        "/api/v1/search?q=調解須知",
        f"/catalogue/{world.public.reference_code}/",
        "/catalogue/T001/",
    ]
    for url in urls:
        assert not ask(url).tells("調解須知</"), url
        assert not ask(url).tells("先聽兩造"), url
    assert "共 2 件" in ask("/search/").body.decode()


def _queries(url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert ask(url).status == 404, url
    return len(captured)


def _is_image(answer: Answer) -> bool:
    return answer.headers.get("Content-Type", "").startswith("image/")


def _has_canary(answer: Answer) -> bool:
    """Whether a pixel has the canary's colour, as nearly as JPEG keeps it."""
    if not _is_image(answer) or answer.status != 200:
        return False
    pixels = Image.open(BytesIO(answer.body)).convert("RGB")
    colours = pixels.getcolors(maxcolors=1 << 24) or []
    return any(
        all(abs(a - b) <= 12 for a, b in zip(colour, CANARY_COLOUR, strict=True))
        for _count, colour in colours
        if isinstance(colour, tuple)
    )
