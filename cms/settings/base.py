"""Settings shared by every environment. Paths of data hang under ``DATA_DIR``."""

import os
from pathlib import Path
from typing import Any

import dj_database_url


def listed(variable: str) -> list[str]:
    """What an environment variable lists, separated by commas."""
    parts = os.environ.get(variable, "").split(",")
    return [part.strip() for part in parts if part.strip()]


BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var"))

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
AUTH_USER_MODEL = "cms.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "cms",
    "search",
    "archive",
    "media",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # its words for times, which the admin uses
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.security.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.visits.middleware.VisitsMiddleware",
    "cms.pagecache.middleware.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.languages.prefixes.LanguageMiddleware",
    "cms.traditional.answers.TraditionalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.readers.ReaderMiddleware",
    "cms.security.NulMiddleware",
    "cms.admin.gate.HoldingsMiddleware",
    "cms.redirects.RedirectsMiddleware",
]

CSRF_FAILURE_VIEW = "cms.views.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context.site",
            ],
        },
    },
]

# SQLite as the real default: writers queue for the lock at once instead of
# failing when a read transaction is upgraded.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for the database that ``url`` names."""
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if parsed["ENGINE"].endswith("sqlite3"):
        parsed["OPTIONS"] = SQLITE_OPTIONS
    return parsed


DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
    )
}

# Whole pages for strangers (cms.pagecache). A directory is shared by the processes of
# a machine; without one each process keeps its own.
PAGE_CACHE_SECONDS = int(os.environ.get("PAGE_CACHE_SECONDS", "60"))
PAGE_CACHE_DIR = os.environ.get("PAGE_CACHE_DIR", "")
_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
_IN_FILES = "django.core.cache.backends.filebased.FileBasedCache"
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": _IN_MEMORY},
    "pages": {
        "BACKEND": _IN_FILES if PAGE_CACHE_DIR else _IN_MEMORY,
        "LOCATION": PAGE_CACHE_DIR or "pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    # Parts of page images, none above ``media.derivatives.LARGEST_CROP``.
    "crops": {
        "BACKEND": _IN_MEMORY,
        "LOCATION": "crops",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Search: "embedded" (SQLite FTS5, needs PATH) or "elasticsearch" (HOSTS, INDEX).
SEARCH: dict[str, Any] = {
    "ENGINE": os.environ.get("SEARCH_ENGINE", "embedded"),
    "PATH": DATA_DIR / "search.sqlite3",
    "HOSTS": listed("ELASTICSEARCH_URL") or ["http://127.0.0.1:9200"],
    "INDEX": os.environ.get("ELASTICSEARCH_INDEX", "archive"),
    "SHARDS": int(os.environ.get("ELASTICSEARCH_SHARDS", "1")),
    "REPLICAS": int(os.environ.get("ELASTICSEARCH_REPLICAS", "0")),
    "API_KEY": os.environ.get("ELASTICSEARCH_API_KEY"),
    "CA_CERTS": os.environ.get("ELASTICSEARCH_CA_CERTS"),
}
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "search.wagtail_backend", "AUTO_UPDATE": True}
}

STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "media", "base_url": "/media/"},
    },
    # Never under a public root: these leave the house only through a view that
    # asks the openness predicate.
    "masters": {
        "BACKEND": "media.storage.AtomicFileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "masters", "base_url": None},
    },
    "derivatives": {
        "BACKEND": "media.storage.AtomicFileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "derivatives", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Handouts, packages, booklets: made on demand (cms.kept); may be emptied.
HANDOUTS_DIR = DATA_DIR / "handouts"
HANDOUTS_MOST_BYTES = int(os.environ.get("HANDOUTS_MOST_MB", "500")) * 1024 * 1024
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

LANGUAGE_CODE = "zh-hans"
# Readers' languages: the first without a prefix in the address, the others with.
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LOGIN_URL = "wagtailadmin_login"

# Wagtail puts its own index updates on this queue; OCR never goes through it.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

WAGTAIL_SITE_NAME = "“枫桥经验”陈列馆档案与知识库"
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "cms.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Who works here does so in 简体 or English: 繁體 is made of finished pages.
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    (code, name) for code, name in LANGUAGES if code != "zh-hant"
]
# A translation is a page that is written and reviewed like any other: nothing is
# published by asking for one, nor past the reviewers by "synchronising".
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# Three reviews (初审 复审 终审) by so many different people, none of whom wrote the
# text: 3, or 2 where the house has too few. A change begins them again.
PAGE_REVIEW_PEOPLE = int(os.environ.get("PAGE_REVIEW_PEOPLE", "3"))
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.editing.publish_reviewed"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILREDIRECTS_AUTO_CREATE = True

# Readers of these groups see as this audience; the reading room's audience
# counts only from the reading room's own networks (CIDR), none by default.
# Editors and trainers write what everyone reads: they see what everyone sees.
AUDIENCE_OF_GROUP = {
    "档案员 archivist": "staff",
    "审核员 reviewer": "staff",
    "编辑 editor": "public",
    "教师 trainer": "public",
    "管理员 administrator": "staff",
    "研究人员 researcher": "reading_room",
    "组织者 organiser": "public",
}
READING_ROOM_NETWORKS = listed("READING_ROOM_NETWORKS")
# Reverse proxies whose X-Forwarded-For is believed.
TRUSTED_PROXIES = listed("TRUSTED_PROXIES")

# The text of the draft regulation, which the institution supplies (UTF-8); without it
# the guide shows numbers, titles and summaries.
REGULATION_FILE = os.environ.get("REGULATION_FILE", "")

# A scan with more pixels than this is refused from its header, undecoded.
MAX_IMAGE_PIXELS = int(os.environ.get("MAX_IMAGE_PIXELS", "200_000_000"))
OCR_TIMEOUT_SECONDS = int(os.environ.get("OCR_TIMEOUT_SECONDS", "120"))
# A job whose worker is silent for this long is taken to be dead.
JOB_LEASE_SECONDS = int(os.environ.get("JOB_LEASE_SECONDS", "300"))
JOB_MAX_ATTEMPTS = int(os.environ.get("JOB_MAX_ATTEMPTS", "3"))

# So long after a request for correction or takedown is closed, who asked is forgotten.
TAKEDOWN_KEEP_DAYS = int(os.environ.get("TAKEDOWN_KEEP_DAYS", "180"))

# Who tells people of their registrations: a dotted path (cms.registration.sending);
# empty: nobody does, and people look it up by their number.
REGISTRATION_SENDER = os.environ.get("REGISTRATION_SENDER", "")
# For the sender by e-mail (cms.registration.email.EmailSender).
_EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _EMAIL_HOST
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = _EMAIL_HOST or "localhost"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "0") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# Visits are counted in memory and written so often; 0 only when told to (tests).
VISITS_SECONDS = int(os.environ.get("VISITS_SECONDS", "30"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
