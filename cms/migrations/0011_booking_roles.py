"""Who answers the requests of groups (the table is in docs/roles.md)."""

from importlib import import_module

from django.db import migrations

roles = import_module("cms.migrations.0007_roles")

BOOKING = ("cms", "groupbooking")
PERMISSIONS = {
    roles.ARCHIVIST: ("view", "change"),
    roles.EDITOR: ("view", "change"),
    roles.ADMINISTRATOR: ("view", "change", "delete"),
}


def allow_bookings(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, actions in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for action in actions:
            group.permissions.add(roles.first.permission(apps, *BOOKING, action))


class Migration(migrations.Migration):
    dependencies = [("cms", "0010_takedown_roles")]

    operations = [migrations.RunPython(allow_bookings, migrations.RunPython.noop)]
