"""``/training/classes/`` and ``/training/class/…/``: the classes, for everyone."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms import calendars
from cms.metadata.classes import told_of
from cms.models.site import site_details
from cms.searchquery import page_number
from cms.training import classes
from cms.views.errors import not_found

PAST_ON_A_PAGE = 20


def index(request: HttpRequest) -> HttpResponse:
    """Those to come in full, those that are over by pages."""
    pages = Paginator(classes.past(), PAST_ON_A_PAGE)
    page = pages.get_page(page_number(request.GET.get("page", "")) or 1)
    context = {
        "coming": classes.coming(),
        "past": classes.views(page.object_list),
        "page_of_past": page,
    }
    return render(request, "cms/training/class_list.html", context)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A class with its timetable; 404 for one that is not for everyone."""
    one = classes.find(pk)
    if one is None:
        return not_found(request)
    root = request.build_absolute_uri("/")[:-1]
    context = {"one": one, "told": told_of(one, site_details(request), root)}
    return render(request, "cms/training/class.html", context)


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Its sessions, to open or to subscribe to."""
    one = classes.find(pk)
    if one is None:
        return not_found(request)
    root = request.build_absolute_uri("/")[:-1]
    made = calendars.calendar(one.title, classes.entries(one, root))
    return calendars.response(f"class-{pk}.ics", made)
