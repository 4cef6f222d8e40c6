"""Which records a step works on: those ticked, or all that a filtered list shows."""

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from archive.models import Record
from cms.admin.record_filters import RecordFilterSet
from cms.admin.record_search import find

# Of the list itself, not of what it shows.
_OF_THE_PAGE = frozenset(
    {"p", "tree", "next", "ordering", "export", "csrfmiddlewaretoken"}
)


def chosen(request: HttpRequest) -> QuerySet[Record]:
    """By the address: ``id`` (several), or what the list has, its filters and ``q``.

    Without any of them nothing is chosen: never everything there is.
    """
    records = Record.objects.order_by("reference_code")
    ids = [one for one in request.GET.getlist("id") if one.isdecimal()]
    if ids:
        return records.filter(pk__in=ids)
    wanted = conditions(request.GET)
    if not wanted:
        return records.none()
    filtered = RecordFilterSet(wanted, queryset=records, request=request)
    if not filtered.is_valid():
        return records.none()
    found: QuerySet[Record] = filtered.qs
    typed = wanted.get("q", "")
    return find(typed, found, ranked=False).records if typed else found


def conditions(query: QueryDict) -> QueryDict:
    """The parameters that say what the list shows, empty ones left out."""
    wanted = QueryDict(mutable=True)
    for name, values in query.lists():
        given = [value for value in values if value]
        if given and name not in _OF_THE_PAGE and not name.startswith("_"):
            wanted.setlist(name, given)
    return wanted
