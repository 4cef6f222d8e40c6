"""Organisers of the publicity week (the table is in docs/roles.md)."""

from importlib import import_module

from django.db import migrations

first = import_module("cms.migrations.0003_groups")
roles = import_module("cms.migrations.0007_roles")

ORGANISER = "组织者 organiser"
HONOURS, PROGRAMME = ("cms", "honourlist"), ("cms", "programmepage")
ROLL_OVER = "roll_over"
# Below which page organisers write is told where the section is made.
PERMISSIONS = {
    ORGANISER: {
        ("wagtailadmin", "admin"): ("access",),
        HONOURS: ("add", "change", "view"),
        PROGRAMME: (ROLL_OVER,),
        ("cms", "fixedwording"): ("view",),
        ("cms", "reusabletext"): ("view",),
        ("cms", "signoff"): ("view",),
    },
    roles.EDITOR: {HONOURS: ("add", "change", "view")},
    first.ADMINISTRATOR: {HONOURS: first.ALL, PROGRAMME: (ROLL_OVER,)},
}
UPLOADS = ("add", "choose")


def allow_week(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, rights in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for (app_label, model), actions in rights.items():
            for action in actions:
                right = first.permission(apps, app_label, model, action)
                group.permissions.add(right)
    first.allow_uploads(apps, Group.objects.get(name=ORGANISER), UPLOADS)


class Migration(migrations.Migration):
    dependencies = [("cms", "0017_classes_roles")]

    operations = [migrations.RunPython(allow_week, migrations.RunPython.noop)]
