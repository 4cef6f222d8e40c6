"""The roles, with exactly the rights they need (the table is in docs/roles.md)."""

from importlib import import_module

from django.conf import settings
from django.db import migrations

first = import_module("cms.migrations.0003_groups")
ALL, ARCHIVIST, REVIEWER = first.ALL, first.ARCHIVIST, first.REVIEWER
ADMINISTRATOR, RESEARCHER = first.ADMINISTRATOR, first.RESEARCHER

SEES_HOLDINGS = {
    **first.SEES_HOLDINGS,
    ("cms", "descriptiontemplate"): ("view",),
    ("archive", "codetemplate"): ("view",),
    ("archive", "acquisition"): ("view",),
    ("archive", "acquisitionitem"): ("view",),
}
DESCRIBES = {
    ("cms", "descriptiontemplate"): ALL,
    ("archive", "codetemplate"): ALL,
    ("archive", "acquisition"): ("add", "change", "view"),
    ("archive", "acquisitionitem"): ("view",),
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
    RESEARCHER: {},
}


def create_groups(apps, schema_editor):
    """Have the groups, each with these rights and no others on what is named here."""
    first.create_groups(apps, schema_editor)
    Group = apps.get_model("auth.Group")
    for name in settings.AUDIENCE_OF_GROUP:
        group = Group.objects.get(name=name)
        for (app_label, model), actions in PERMISSIONS.get(name, {}).items():
            for action in actions:
                right = first.permission(apps, app_label, model, action)
                group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_desk"),
        ("archive", "0006_acquisitions"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
