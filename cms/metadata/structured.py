"""What programs are told of a page: values of schema.org, as plain dicts.

Made of what the public sees of a page and of nothing else: ``RecordView`` as seen by
``ANONYMOUS``, live pages, the details that the house gives of itself.
https://schema.org/ArchiveOrganization, /ArchiveComponent, /ExhibitionEvent, /Article
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from wagtail.models import Page

from archive.openness import Access
from archive.seen import RecordView
from cms.metadata import programmes
from cms.metadata.house import CONTEXT, Data, day, organisation, without_blanks
from cms.models import SiteDetails
from cms.navigation import Link

# What a page is whose model does not say.
PLAIN = "WebPage"
ARTICLES = ("Article", "NewsArticle", "ScholarlyArticle", "Report", "Thesis", "Book")
EXHIBITION = "ExhibitionEvent"


def kind_of(page: Page) -> str:
    """The type of schema.org that a page is of; its model's ``structured_type``."""
    return str(getattr(page, "structured_type", PLAIN))


def website(details: SiteDetails, root: str, name: str, language: str) -> Data:
    """The site, and how it is searched."""
    search = f"{root}{reverse('search')}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "@id": f"{root}/#site",
        "name": name,
        "url": f"{root}/",
        "inLanguage": language,
        "publisher": {"@id": f"{root}/#house"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def record(
    view: RecordView,
    above: Sequence[RecordView],
    details: SiteDetails,
    root: str,
    image: str = "",
) -> Data:
    """A record; of one whose catalogue entry alone is open, that entry."""
    parent = above[-1] if above else None
    entry: Data = {
        "@type": "ArchiveComponent",
        "@id": _address(view, root),
        "url": _address(view, root),
        "identifier": view.reference_code,
        "name": view.title,
        "dateCreated": _when(view.date_min, view.date_max) or view.date_display,
        "holdingArchive": organisation(details, root),
        "isPartOf": _part(parent, root) if parent else None,
    }
    if view.access is Access.FULL:
        said = dict(view.fields)
        entry |= {
            "description": said.get("scope_content", ""),
            "creator": [{"@type": "Thing", "name": name} for name in view.creators],
            "keywords": list(view.tags),
            "image": image,
            "isAccessibleForFree": True,
        }
    return without_blanks(entry)


def page(
    shown: Page, url: str, details: SiteDetails, root: str, language: str, image: str
) -> Data:
    """A page of the site, as what its model says that it is.

    An article is told with its ``authors`` and its ``search_day``, where the page has
    them; an exhibition with the days on which it ``opens`` and ``closes``; for courses
    and the publicity week see ``cms.metadata.programmes``.
    """
    kind = kind_of(shown)
    summary = shown.search_description or getattr(shown, "summary", "")
    told: Data = {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": shown.title,
        "description": summary,
        "image": image,
        "inLanguage": language,
    }
    if kind in ARTICLES:
        told |= {
            "headline": shown.title[:110],
            "datePublished": day(
                getattr(shown, "search_day", None) or shown.first_published_at
            ),
            "dateModified": day(shown.last_published_at),
            "author": _authors(shown) or organisation(details, root),
            "publisher": organisation(details, root),
        }
    elif kind == EXHIBITION:
        told |= {
            "startDate": day(getattr(shown, "opens", None)),
            "endDate": day(getattr(shown, "closes", None)),
            "eventAttendanceMode": f"{CONTEXT}/OnlineEventAttendanceMode",
            "location": {"@type": "VirtualLocation", "url": url},
            "organizer": organisation(details, root),
        }
    elif (more := programmes.told_of(shown, details, root)) is not None:
        told |= more
    else:
        told["dateModified"] = day(shown.last_published_at)
    return without_blanks(told)


def breadcrumbs(links: Iterable[Link], root: str) -> Data | None:
    """The way down to a page, itself at the end; None where there is none."""
    steps = [
        {
            "@type": "ListItem",
            "position": position,
            "name": link.label,
            "item": link.url if "://" in link.url else root + link.url,
        }
        for position, link in enumerate(links, start=1)
    ]
    if len(steps) < 2:
        return None
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def way_to(view: RecordView, above: Iterable[RecordView]) -> list[Link]:
    """From the fonds down to the record, as breadcrumbs."""
    return [
        Link(one.title, reverse("record", args=[one.reference_code]))
        for one in (*above, view)
    ]


def graph(*things: Data | None) -> Data:
    """One document of all that is told of a page."""
    return {"@context": CONTEXT, "@graph": [one for one in things if one]}


def _part(parent: RecordView, root: str) -> Data:
    url = _address(parent, root)
    return {
        "@type": "ArchiveComponent",
        "@id": url,
        "url": url,
        "identifier": parent.reference_code,
        "name": parent.title,
    }


def _address(view: RecordView, root: str) -> str:
    return root + reverse("record", args=[view.reference_code])


def _authors(shown: Page) -> list[Data]:
    authors = getattr(shown, "authors", None)
    names = [one.name for one in authors.all()] if authors is not None else []
    return [{"@type": "Person", "name": name} for name in names]


def _when(first: date | None, last: date | None) -> str:
    """An ISO 8601 day, or an interval of two."""
    if first is None or last is None:
        return ""
    one, other = first.isoformat(), last.isoformat()
    return one if first == last else f"{one}/{other}"
