"""Every address of the project."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import converters  # noqa: F401  (registers <code:…>)
from cms.publicity_week import calendars as week_calendars
from cms.views import (
    api,
    catalogue,
    certificates,
    check_in,
    classes,
    documents,
    feeds,
    health,
    images,
    language,
    pages,
    registered,
    registration,
    registration_group,
    script_texts,
    sitemaps,
    takedown,
    viewer,
)
from cms.views.search import search_page
from cms.views.style import style_page
from cms.views.suggest import suggest

_IMAGE = (
    "iiif/image/<str:image_id>/<str:region>/<str:size>/<str:rotation>"
    "/<str:quality>.<str:image_format>"
)

# For programs, and for the people who work here: one address each.
plain_patterns = [
    # Instead of Wagtail's own, which it holds for its own texts only.
    path("admin/jsi18n/", script_texts.script_texts),
    path("admin/", include(wagtailadmin_urls)),
    path(
        "documents/<int:document_id>/<str:document_filename>",
        documents.document,
        name="document",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path(
        "catalogue/<code:reference_code>/citation.<str:suffix>",
        catalogue.export,
        name="citation",
    ),
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
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path(
        "sitemap-<slug:kind>-<int:number>.xml",
        sitemaps.section,
        name="sitemap-section",
    ),
    path("feeds/records.atom", feeds.records, name="feed-records"),
    path("feeds/all.atom", feeds.everything, name="feed-all"),
    path("feeds/<slug:slug>.atom", feeds.section, name="feed-section"),
]

# For readers: 简体 as it stands, the other languages below their prefix.
reading_patterns: list[URLPattern | URLResolver] = [
    path("search/", search_page, name="search"),
    path("style/", style_page, name="style"),
    path("suggest/", suggest, name="suggest"),
    path("takedown/", takedown.ask, name="takedown"),
    path("takedown/received/", takedown.received, name="takedown-received"),
    path("registration/mine/", registered.find, name="registration-find"),
    path("registration/mine/<str:number>/", registered.show, name="registration-mine"),
    path("registration/<uuid:uid>/", registration.register, name="registration"),
    path(
        "registration/<uuid:uid>/done/<str:number>/",
        registration.done,
        name="registration-done",
    ),
    path(
        "registration/<uuid:uid>/event.ics",
        registration.calendar_file,
        name="registration-ics",
    ),
    path(
        "registration/<uuid:uid>/group/",
        registration_group.group,
        name="registration-group",
    ),
    path(
        "registration/<uuid:uid>/group/list.xlsx",
        registration_group.template,
        name="registration-template",
    ),
    path(
        "registration/<uuid:uid>/group/<str:number>/",
        registration_group.codes,
        name="registration-group-done",
    ),
    path("check-in/", check_in.type_in, name="check-in-box"),
    path("check-in/<str:number>/", check_in.show, name="check-in"),
    path("catalogue/", catalogue.index, name="catalogue"),
    path("catalogue/<code:reference_code>/", catalogue.record, name="record"),
    path("catalogue/<code:reference_code>/<int:page>/", viewer.viewer, name="viewer"),
    # A page that is a file: Wagtail's own pattern knows no dots.
    re_path(r"^((?:[\w\-]+/)+booklet\.pdf)$", pages.serve, name="case-booklet"),
    path(
        "publicity-week/<int:year>/programme.ics",
        week_calendars.of_week,
        name="week-calendar",
    ),
    path(
        "publicity-week/<int:year>/<str:slug>/event.ics",
        week_calendars.of_event,
        name="event-calendar",
    ),
    path("training/classes/", classes.index, name="training-classes"),
    path("training/class/<int:pk>/", classes.show, name="training-class"),
    path(
        "training/class/<int:pk>/class.ics",
        classes.calendar,
        name="training-class-ics",
    ),
    path("certificates/", certificates.look_up, name="certificates"),
    path("certificates/<str:code>.pdf", certificates.as_pdf, name="certificate-pdf"),
    path("certificates/<str:code>/", certificates.show, name="certificate"),
    re_path(wagtail_urls.serve_pattern, pages.serve, name="wagtail_serve"),
    # Signing in to private pages; its view of pages is replaced by ours.
    path("", include(wagtail_urls)),
]

urlpatterns = [
    *plain_patterns,
    *i18n_patterns(*reading_patterns, prefix_default_language=False),
]

handler400 = "cms.views.errors.bad_request"
handler403 = "cms.views.errors.forbidden"
handler404 = "cms.views.errors.not_found"
handler500 = "cms.views.errors.server_error"
