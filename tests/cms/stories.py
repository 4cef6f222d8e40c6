"""Pages of the site for tests of the search."""

from typing import Any

from wagtail.models import Page, Site

from cms.models import StandardPage
from search.drain import drain


def front_page() -> Page:
    return Site.objects.get(is_default_site=True).root_page


def story(title: str, *texts: str, parent: Page | None = None, **fields: Any) -> Any:
    """A live page of plain text; the index has yet to hear of it."""
    above = Page.objects.get(pk=(parent or front_page()).pk)
    page = StandardPage(title=title, **fields)
    page.body = [("text", f"<p>{text}</p>") for text in texts]
    above.add_child(instance=page)
    return page


def drain_all() -> None:
    while drain():
        pass
