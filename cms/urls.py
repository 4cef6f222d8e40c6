"""Every address of the project."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import converters  # noqa: F401  (registers <code:…>)
from cms.views import api, catalogue, health, images, language, script_texts, viewer
from cms.views.search import search_page

_IMAGE = (
    "iiif/image/<str:image_id>/<str:region>/<str:size>/<str:rotation>"
    "/<str:quality>.<str:image_format>"
)

urlpatterns = [
    # Instead of Wagtail's own, which it holds for its own texts only.
    path("admin/jsi18n/", script_texts.script_texts),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("search/", search_page, name="search"),
    path("catalogue/", catalogue.index, name="catalogue"),
    path("catalogue/<code:reference_code>/", catalogue.record, name="record"),
    path(
        "catalogue/<code:reference_code>/citation.<str:suffix>",
        catalogue.export,
        name="citation",
    ),
    path("catalogue/<code:reference_code>/<int:page>/", viewer.viewer, name="viewer"),
    path("iiif/image/<str:image_id>", images.base, name="iiif-base"),
    path("iiif/image/<str:image_id>/info.json", images.info, name="iiif-info"),
    path(_IMAGE, images.image, name="iiif-image"),
    path("api/v1/search", api.search, name="api-search"),
    path("api/v1/records", api.records, name="api-records"),
    path("api/v1/records/<code:reference_code>", api.record, name="api-record"),
    path("api/v1/pages", api.pages, name="api-pages"),
    path("api/v1/openapi.json", api.openapi, name="api-openapi"),
    path("api/v1/<path:path>", api.missing, name="api-missing"),
    path("language/<str:language>/", language.choose, name="language"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    # Pictures of pages, as Wagtail resized them; nothing else below MEDIA_ROOT.
    path(
        "media/images/<path:path>",
        serve,
        {"document_root": settings.MEDIA_ROOT / "images"},
        name="rendition",
    ),
    path("robots.txt", health.robots, name="robots"),
    path("", include(wagtail_urls)),
]

handler400 = "cms.views.errors.bad_request"
handler403 = "cms.views.errors.forbidden"
handler404 = "cms.views.errors.not_found"
handler500 = "cms.views.errors.server_error"
