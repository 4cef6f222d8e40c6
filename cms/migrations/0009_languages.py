"""The languages of pages, and who may translate them and say how 繁體 is written."""

from importlib import import_module

from django.conf import settings
from django.db import migrations

first = import_module("cms.migrations.0003_groups")
EDITORS = ("编辑 editor", first.ADMINISTRATOR)


def create_locales(apps, schema_editor):
    for code, _ in settings.LANGUAGES:
        apps.get_model("wagtailcore.Locale").objects.get_or_create(language_code=code)


def allow(apps, schema_editor):
    """Have these rights; wagtail-localize's own is there already at a migration."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="wagtail_localize", model="translation"
    )
    translate, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="submit_translation",
        defaults={"name": "Can submit translations"},
    )
    for group in apps.get_model("auth.Group").objects.filter(name__in=EDITORS):
        group.permissions.add(translate)
        for action in first.ALL:
            right = first.permission(apps, "cms", "traditionalwording", action)
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0008_public_face"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RunPython(create_locales, migrations.RunPython.noop),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
