"""Who runs the registrations of events and of classes (the table is in docs/roles.md)."""

from importlib import import_module

from django.db import migrations

roles = import_module("cms.migrations.0007_roles")

ORGANISER = "组织者 organiser"
_ADMIN = ("wagtailadmin", "admin", "access")
_RUN_EVENT = ("cms", "occasion", "run_event")
_RUN_CLASS = ("cms", "occasion", "run_class")
_NAMES = {
    _RUN_EVENT: "Can run the registrations of events",
    _RUN_CLASS: "Can run the registrations of classes",
}
PERMISSIONS = {
    ORGANISER: (_ADMIN, _RUN_EVENT),
    roles.TRAINER: (_RUN_CLASS,),
    roles.ADMINISTRATOR: (_RUN_EVENT, _RUN_CLASS),
}


def allow_running(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, rights in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for right in rights:
            group.permissions.add(permission(apps, right))


def permission(apps, right):
    """The permission, made here if ``post_migrate`` has not come to it yet."""
    app_label, model, action = right
    if right == _ADMIN:
        return roles.first.permission(apps, app_label, model, action)
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename=action, defaults={"name": _NAMES[right]}
    )
    return found


class Migration(migrations.Migration):
    dependencies = [("cms", "0013_programmes")]

    operations = [migrations.RunPython(allow_running, migrations.RunPython.noop)]
