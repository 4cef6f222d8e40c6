"""The roles, with exactly the rights they need (the table is in docs/roles.md)."""

from importlib import import_module

from django.conf import settings
from django.db import migrations

first = import_module("cms.migrations.0003_groups")
ALL, ARCHIVIST, REVIEWER = first.ALL, first.ARCHIVIST, first.REVIEWER
ADMINISTRATOR, RESEARCHER = first.ADMINISTRATOR, first.RESEARCHER
EDITOR, TRAINER = "编辑 editor", "教师 trainer"

SEES_HOLDINGS = {
    **first.SEES_HOLDINGS,
    ("cms", "descriptiontemplate"): ("view",),
    ("archive", "codetemplate"): ("view",),
    ("archive", "acquisition"): ("view",),
    ("archive", "acquisitionitem"): ("view",),
    ("archive", "subject"): ("view",),
    ("archive", "authority"): ("view",),
}
DESCRIBES = {
    ("cms", "descriptiontemplate"): ALL,
    ("archive", "codetemplate"): ALL,
    ("archive", "acquisition"): ("add", "change", "view"),
    ("archive", "acquisitionitem"): ("view",),
    ("archive", "subject"): ALL,
    ("archive", "authority"): ALL,
}
PERMISSIONS = {
    ARCHIVIST: {**SEES_HOLDINGS, **first.PERMISSIONS[ARCHIVIST], **DESCRIBES},
    REVIEWER: {
        **SEES_HOLDINGS,
        **first.PERMISSIONS[REVIEWER],
        ("archive", "record"): ("view", "publish"),
    },
    ADMINISTRATOR: {
        **SEES_HOLDINGS,
        **first.PERMISSIONS[ADMINISTRATOR],
        **DESCRIBES,
        ("archive", "record"): (*ALL, "publish"),
    },
    EDITOR: {("wagtailadmin", "admin"): ("access",)},
    TRAINER: {("wagtailadmin", "admin"): ("access",)},
    RESEARCHER: {},
}
# "add" lets somebody change the pages that are their own. Nobody publishes what
# they wrote alone: reviewers and administrators pass the pages that are submitted.
# To pass one is to publish it, for which Wagtail asks for that right, too.
PAGES = {EDITOR: ("add", "change"), TRAINER: ("add",), REVIEWER: ("publish",)}
UPLOADS = {EDITOR: ("add", "change", "choose"), TRAINER: ("add", "choose")}
PASSES_PAGES = (REVIEWER, ADMINISTRATOR)


def create_groups(apps, schema_editor):
    """Have the groups with these rights; rights that somebody added stay."""
    first.create_groups(apps, schema_editor)
    Group = apps.get_model("auth.Group")
    for name in settings.AUDIENCE_OF_GROUP:
        group, _ = Group.objects.get_or_create(name=name)
        for (app_label, model), actions in PERMISSIONS.get(name, {}).items():
            for action in actions:
                right = first.permission(apps, app_label, model, action)
                group.permissions.add(right)
        first.allow_pages(apps, group, PAGES.get(name, ()))
        first.allow_uploads(apps, group, UPLOADS.get(name, ()))


def review_pages(apps, schema_editor):
    """Wagtail's own groups give way to ours, also in its workflow for pages.

    A group of Wagtail's that has members stays.
    """
    Group = apps.get_model("auth.Group")
    for task in apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(
        name="Moderators approval"
    ):
        task.groups.set(Group.objects.filter(name__in=PASSES_PAGES))
        task.name = "页面审核"
        task.save(update_fields=["name"])
    apps.get_model("wagtailcore.Workflow").objects.filter(
        name="Moderators approval"
    ).update(name="页面审核")
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_desk"),
        ("archive", "0008_authorities"),
    ]

    operations = [
        migrations.RunPython(create_groups, migrations.RunPython.noop),
        migrations.RunPython(review_pages, migrations.RunPython.noop),
    ]
