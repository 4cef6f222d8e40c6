"""Lists of honours as everyone may read them."""

from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save


def connect() -> None:
    """Search finds the lists on the section's page; called once, at the start."""
    model: Any = apps.get_model("cms", "HonourList")
    for signal in (post_save, post_delete):
        signal.connect(_changed, sender=model, dispatch_uid="publicity_week.honours")


def _changed(sender: Any, **_sent: Any) -> None:
    from cms.page_search import index

    section: Any = apps.get_model("cms", "WeekIndexPage")
    index.tell(section.objects.all())


def public() -> Any:
    """Published, and saying where they are from; the latest first."""
    model: Any = apps.get_model("cms", "HonourList")
    return model.objects.filter(is_published=True).exclude(source="")


def by_year() -> list[tuple[int, list[Any]]]:
    """The latest year first; one query."""
    lists = public().order_by("-year", "award", "pk")
    return [(year, list(found)) for year, found in groupby(lists, key=_year)]


def of_year(year: int) -> list[Any]:
    """Its lists with their rows; two queries."""
    return list(public().filter(year=year).prefetch_related("honours"))


def addresses() -> list[str]:
    """Of the pages with lists, where there are any; below the live section."""
    section: Any = apps.get_model("cms", "WeekIndexPage")
    page = section.objects.live().public().filter(alias_of=None).first()
    years = [year for year, _lists in by_year()]
    if page is None or not years:
        return []
    root = page.get_url() or ""
    pages = [page.reverse_subpage("honours")]
    pages += [page.reverse_subpage("honours_year", args=[year]) for year in years]
    return [root + one for one in pages]


def latest(until: int) -> list[Any]:
    """The lists of the latest year that is not after ``until``."""
    found = public().filter(year__lte=until).order_by("-year").first()
    return of_year(found.year) if found is not None else []


def text_of_all() -> str:
    """All that they say, for the search."""
    said = []
    for one in public().prefetch_related("honours"):
        said += [str(one.year), one.award, one.decided_by]
        for row in one.honours.all():
            said += [row.name, row.unit, row.citation]
    return "\n".join(filter(None, said))


def _year(one: Any) -> int:
    return int(one.year)
