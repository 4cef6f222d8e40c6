"""Wagtail's pages, found by the Chinese tree and shown in the reader's language."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from wagtail import hooks, views
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from cms.languages.head import PageLanguages
from cms.languages.prefixes import DEFAULT, bare, reading_language
from cms.languages.translated import languages_of, translations_of


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at ``path``, in the language of the address where it was translated.

    What the original refuses (unpublished, private) its translations do not give.
    """
    original = _route(request, path)
    if original is None:
        went = _went(request)
        if went is None:
            raise Http404
        return went
    translations = translations_of(original.page)
    language = reading_language() or DEFAULT
    request.page_languages = PageLanguages(  # type: ignore[attr-defined]
        language if language in translations else DEFAULT,
        languages_of(original.page, translations),
    )
    if language not in translations:
        return _serve(request, path, original)
    found = _translated(request, original.page, translations[language], path)
    return _as_the_original_allows(request, path, original, found)


def _serve(request: HttpRequest, path: str, found: RouteResult) -> HttpResponseBase:
    """Wagtail's own view, told what it would find by the language's own tree."""
    request._wagtail_route_for_request = found  # type: ignore[attr-defined]
    response: HttpResponseBase = views.serve(request, path)
    return response


def _as_the_original_allows(
    request: HttpRequest, path: str, original: RouteResult, found: RouteResult
) -> HttpResponseBase:
    """All that Wagtail does around the original (who may see it), then ``found``."""

    def serve_found(page: Page, *rest: object) -> HttpResponseBase:
        return _serve(request, path, found)

    chain = serve_found
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        chain = wrap(chain)
    for ask in hooks.get_hooks("before_serve_page"):
        answer = ask(original.page, request, original.args, original.kwargs)
        if isinstance(answer, HttpResponse):
            return answer
    return chain(original.page, request, original.args, original.kwargs)


def _route(request: HttpRequest, path: str) -> RouteResult | None:
    site = Site.find_for_request(request)
    if site is None:
        return None
    try:
        found: RouteResult = site.root_page.specific.route(request, _components(path))
    except Http404:
        return None
    return found


def _translated(
    request: HttpRequest, original: Page, translation: Page, path: str
) -> RouteResult:
    """The translation's own answer to what of ``path`` goes on below the page."""
    above = original.depth - Site.find_for_request(request).root_page.depth
    below = _components(path)[above:]
    found: RouteResult = translation.specific.route(request, below)
    return found


def _components(path: str) -> list[str]:
    return [component for component in path.split("/") if component]


def _went(request: HttpRequest) -> HttpResponseRedirectBase | None:
    """Where a page went: that is kept for its 简体 address, and holds for all."""
    asked = bare(request.get_full_path())
    if asked == request.get_full_path():
        return None  # Wagtail's own middleware looks this up.
    found = get_redirect(request, Redirect.normalise_path(asked, decode_unicode=False))
    return redirect(found.link) if found is not None and found.link else None
