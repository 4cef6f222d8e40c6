"""Who works on requests for correction and takedown, and who sees the visits."""

from importlib import import_module

from django.db import migrations

first = import_module("cms.migrations.0003_groups")
RIGHTS = {
    first.ARCHIVIST: {("cms", "takedownrequest"): ("view", "change")},
    first.REVIEWER: {("cms", "takedownrequest"): ("view", "change")},
    first.ADMINISTRATOR: {
        ("cms", "takedownrequest"): ("view", "change"),
        ("cms", "visitcount"): ("view",),
    },
}


def give_rights(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for (app_label, model), actions in rights.items():
            for action in actions:
                right = first.permission(apps, app_label, model, action)
                group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("cms", "0009_languages")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
