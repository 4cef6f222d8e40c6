"""Who runs classes (the table is in docs/roles.md): any trainer any class."""

from importlib import import_module

from django.db import migrations

roles = import_module("cms.migrations.0007_roles")

CLASS = ("cms", "trainingclass")
PERMISSIONS = {
    roles.TRAINER: ("view", "add", "change", "delete"),
    roles.ADMINISTRATOR: ("view", "add", "change", "delete"),
}


def allow_classes(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, actions in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for action in actions:
            group.permissions.add(roles.first.permission(apps, *CLASS, action))
        group.permissions.add(run_class(apps))


def run_class(apps):
    """The permission, made here if ``post_migrate`` has not come to it yet."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="occasion"
    )
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="run_class",
        defaults={"name": "Can run the registrations of classes"},
    )
    return found


class Migration(migrations.Migration):
    dependencies = [("cms", "0016_training_roles")]

    operations = [migrations.RunPython(allow_classes, migrations.RunPython.noop)]
