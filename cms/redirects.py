"""Old addresses of pages lead on, in every language of the site.

Wagtail notes the old address when a page is moved or renamed (with all below it); its
middleware knows it as it was then, without the prefix of a language that is only
another form of the same page.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware


class RedirectsMiddleware(RedirectMiddleware):  # type: ignore[misc]
    """As Wagtail's; then, for ``/xx/old/``, where ``/old/`` leads, with ``/xx``."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        found: HttpResponseBase = super().process_response(request, response)
        if found.status_code != 404:
            return found
        prefix, rest = split_language(request.path_info)
        if not prefix:
            return found
        plain = _Plain(request, rest)
        found = super().process_response(plain, response)
        if isinstance(found, HttpResponseRedirectBase):
            target = found.headers["Location"]
            # An address of another site, or one that has its language already.
            if target.startswith("/") and not split_language(target)[0]:
                found.headers["Location"] = prefix + target
        return found


def split_language(path: str) -> tuple[str, str]:
    """``/en/about/`` → ("/en", "/about/"); ("", path) where no language is meant."""
    first, _slash, rest = path.lstrip("/").partition("/")
    codes = {code for code, _name in settings.LANGUAGES}
    return (f"/{first}", f"/{rest}") if first in codes else ("", path)


class _Plain:
    """The request as if it had come for another path."""

    def __init__(self, request: HttpRequest, path: str) -> None:
        self._request, self._path = request, path

    def __getattr__(self, name: str) -> object:
        return getattr(self._request, name)

    def get_full_path(self) -> str:
        query = self._request.META.get("QUERY_STRING", "")
        return f"{self._path}?{query}" if query else self._path
