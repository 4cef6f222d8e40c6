"""Who keeps the registers of training, and reads trainer's notes (docs/roles.md)."""

from importlib import import_module

from django.db import migrations

roles = import_module("cms.migrations.0007_roles")

TEACHER, POINT = ("cms", "teacher"), ("cms", "teachingpoint")
ALL = ("add", "change", "delete", "view")
NOTES = "view_trainer_notes"
PERMISSIONS = {
    roles.TRAINER: ("add", "change", "view"),
    roles.ADMINISTRATOR: ALL,
}


def allow_training(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, actions in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for register in (TEACHER, POINT):
            for action in actions:
                right = roles.first.permission(apps, *register, action)
                group.permissions.add(right)
        group.permissions.add(notes_permission(apps))


def notes_permission(apps):
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="lessonpage"
    )
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename=NOTES,
        defaults={"name": "Can read the trainer's notes"},
    )
    return found


class Migration(migrations.Migration):
    dependencies = [("cms", "0015_cases_roles")]

    operations = [migrations.RunPython(allow_training, migrations.RunPython.noop)]
