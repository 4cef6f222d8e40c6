"""The texts of the admin's scripts, in the language of the person who works there."""

from django.http import HttpRequest, HttpResponseBase
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

# The later package wins: ours says what Wagtail's catalogue lacks.
_catalogue = JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms"])


def script_texts(request: HttpRequest) -> HttpResponseBase:
    """Wagtail's catalogue of its scripts, completed by ``djangojs.po`` of ``cms``."""
    answer: HttpResponseBase = get_localized_response(_catalogue, request)
    return answer
