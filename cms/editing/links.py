"""Links of pages that lead nowhere.

A record that the public does not see and one that does not exist are told alike:
whoever reads the report sees no more than a visitor does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from archive.models import Record
from archive.readers import ANONYMOUS
from archive.seen import visible
from cms.editing import plain
from cms.editing.leaves import Leaf
from cms.models.outward import LinkCheck
from cms.models.reusable import ReusableText
from cms.models.standard import StandardPage

# The view of whatever no other has: see ``cms.urls``.
_PAGES = "wagtail_serve"

Trouble = Literal[
    "page gone",
    "page not live",
    "document gone",
    "picture gone",
    "record",
    "address",
    "anchor",
    "outside",
    "outside unknown",
    "reusable",
]


@dataclass(frozen=True, slots=True)
class Link:
    """``kind``: page, document, picture, reusable (``target`` an id) or url."""

    place: str
    kind: str
    target: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    link: Link
    trouble: Trouble
    since: Any = None


@dataclass(slots=True)
class _Known:
    """What the database says of all targets together."""

    pages: dict[int, bool] = field(default_factory=dict)
    documents: set[int] = field(default_factory=set)
    pictures: set[int] = field(default_factory=set)
    reusable: dict[int, bool] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    outside: dict[str, LinkCheck] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)


def links_in(leaves: Iterable[Leaf]) -> Iterator[Link]:
    """Every link of a page, in its order."""
    for leaf in leaves:
        if leaf.kind == "html":
            for anchor in plain.read(leaf.value).anchors:
                kind = anchor.kind or "url"
                yield Link(leaf.place, kind, anchor.target, anchor.text)
        elif leaf.kind != "text":
            yield Link(leaf.place, leaf.kind, str(leaf.value))


def is_outside(address: str, hosts: set[str] | None = None) -> bool:
    """Whether the address is of another site, and one that can be asked."""
    parts = urlsplit(address)
    ours = own_hosts() if hosts is None else hosts
    return parts.scheme in ("http", "https") and (parts.hostname or "") not in ours


def own_hosts() -> set[str]:
    given = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    names = Site.objects.values_list("hostname", flat=True)
    return {*names, given or "", "localhost", "127.0.0.1"}


def broken(pages: list[tuple[Any, list[Leaf]]]) -> dict[Any, list[Broken]]:
    """Page → what is wrong with its links; a constant number of queries."""
    links = {page: list(links_in(leaves)) for page, leaves in pages}
    known = _known([link for found in links.values() for link in found])
    judged = {
        page: [one for link in found if (one := _judge(link, known, page))]
        for page, found in links.items()
    }
    return {page: found for page, found in judged.items() if found}


def _known(links: list[Link]) -> _Known:
    known = _Known(hosts=own_hosts())
    wanted = _numbers(links, "page")
    known.pages = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "live"))
    documents = get_document_model().objects
    wanted = _numbers(links, "document")
    known.documents = set(documents.filter(pk__in=wanted).values_list("pk", flat=True))
    pictures = get_image_model().objects
    wanted = _numbers(links, "picture")
    known.pictures = set(pictures.filter(pk__in=wanted).values_list("pk", flat=True))
    texts = ReusableText.objects.filter(pk__in=_numbers(links, "reusable"))
    known.reusable = dict(texts.values_list("pk", "live"))
    addresses = [link.target for link in links if link.kind == "url"]
    inside = [_path(one) for one in addresses if not is_outside(one, known.hosts)]
    codes = {code for path in inside if (code := _code(path))}
    seen = visible(ANONYMOUS, Record.objects.filter(reference_code__in=codes))
    known.records = set(seen.values_list("reference_code", flat=True))
    roots = [
        site.root_page.url_path for site in Site.objects.select_related("root_page")
    ]
    wanted_paths = {root.rstrip("/") + path for root in roots for path in inside}
    found = Page.objects.live().filter(url_path__in=wanted_paths)
    live = set(found.values_list("url_path", flat=True))
    known.paths = {
        path for path in inside for root in roots if root.rstrip("/") + path in live
    }
    checked = LinkCheck.objects.filter(url__in=set(addresses))
    known.outside = {one.url: one for one in checked}
    return known


def _numbers(links: list[Link], kind: str) -> set[int]:
    targets = (link.target for link in links if link.kind == kind)
    return {int(one) for one in targets if one.isdecimal()}


def _path(address: str) -> str:
    """The path within the site, without a prefix of language, with a slash behind."""
    path = unquote(urlsplit(address).path)
    first, _slash, rest = path.lstrip("/").partition("/")
    if first in {code for code, _name in settings.LANGUAGES}:
        path = f"/{rest}"
    return path if path.endswith("/") or not path else f"{path}/"


def _code(path: str) -> str:
    """The reference code of a catalogue address."""
    parts = path.strip("/").split("/")
    return parts[1] if parts[0] == "catalogue" and len(parts) > 1 else ""


def _judge(link: Link, known: _Known, page: Any) -> Broken | None:
    judge = _TROUBLES.get(link.kind)
    trouble = judge(link, known) if judge is not None else None
    if trouble == "anchor" and not isinstance(page, StandardPage):
        # Other pages have names of their own to go to.
        trouble = None
    since = None
    if trouble in ("outside", "outside unknown"):
        check = known.outside.get(link.target)
        since = check.failed_since if check is not None else None
    return Broken(link, trouble, since) if trouble else None


def _page(link: Link, known: _Known) -> Trouble | None:
    live = known.pages.get(_number(link))
    if live is None:
        return "page gone"
    return None if live else "page not live"


def _document(link: Link, known: _Known) -> Trouble | None:
    return None if _number(link) in known.documents else "document gone"


def _picture(link: Link, known: _Known) -> Trouble | None:
    return None if _number(link) in known.pictures else "picture gone"


def _reusable(link: Link, known: _Known) -> Trouble | None:
    return None if known.reusable.get(_number(link)) else "reusable"


def _url(link: Link, known: _Known) -> Trouble | None:
    address = link.target
    if address.startswith(("mailto:", "tel:")):
        return None
    if address.startswith("#"):
        return None if address == "#main" else "anchor"
    if is_outside(address, known.hosts):
        return _outside(known.outside.get(address))
    path = _path(address)
    code = _code(path)
    if code:
        return None if code in known.records else "record"
    return None if path in known.paths or _answers(path) else "address"


def _outside(check: LinkCheck | None) -> Trouble | None:
    if check is None or check.state in (LinkCheck.State.WORKS, LinkCheck.State.REFUSED):
        return None
    return "outside" if check.state == LinkCheck.State.BROKEN else "outside unknown"


def _answers(path: str) -> bool:
    """Whether a view of ours, not the tree of pages, has this address."""
    try:
        return resolve(path).view_name != _PAGES
    except Resolver404:
        try:
            return resolve(path.rstrip("/") or "/").view_name != _PAGES
        except Resolver404:
            return False


def _number(link: Link) -> int:
    return int(link.target) if link.target.isdecimal() else 0


_TROUBLES = {
    "page": _page,
    "document": _document,
    "picture": _picture,
    "reusable": _reusable,
    "url": _url,
}
