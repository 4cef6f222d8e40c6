"""The groups of ``settings.AUDIENCE_OF_GROUP`` and what each may do."""

from django.conf import settings
from django.db import migrations

ARCHIVIST = "档案员 archivist"
REVIEWER = "审核员 reviewer"
ADMINISTRATOR = "管理员 administrator"
RESEARCHER = "研究人员 researcher"

ALL = ("add", "change", "delete", "view")

# (app label, model) → actions. "change" on a decision is to approve or refuse it,
# on a job to try it again, on a folio to correct its text.
SEES_HOLDINGS = {
    ("wagtailadmin", "admin"): ("access",),
    ("archive", "record"): ("view",),
    ("archive", "folio"): ("view",),
    ("archive", "job"): ("view",),
    ("archive", "opennessdecision"): ("view",),
    ("archive", "grant"): ("view",),
    ("taggit", "tag"): ("view",),
}
PERMISSIONS = {
    ARCHIVIST: {
        **SEES_HOLDINGS,
        ("archive", "record"): ALL,
        ("archive", "folio"): ("view", "change"),
        ("archive", "job"): ("view", "change"),
        ("archive", "opennessdecision"): ("view", "add"),
        ("taggit", "tag"): ALL,
    },
    REVIEWER: {
        **SEES_HOLDINGS,
        ("archive", "opennessdecision"): ("view", "add", "change"),
        ("archive", "grant"): ("view", "add"),
    },
    ADMINISTRATOR: {
        **SEES_HOLDINGS,
        ("archive", "record"): ALL,
        ("archive", "folio"): ("view", "change"),
        ("archive", "job"): ("view", "change"),
        ("archive", "opennessdecision"): ("view", "add", "change"),
        ("archive", "grant"): ("view", "add"),
        ("taggit", "tag"): ALL,
        ("cms", "user"): ALL,
        ("cms", "sitedetails"): ("change",),
        ("auth", "group"): ALL,
        ("wagtailcore", "site"): ALL,
        ("wagtailcore", "collection"): ALL,
        ("wagtailredirects", "redirect"): ALL,
    },
    RESEARCHER: {},
}
# What may be done with everything below the root page and the root collection.
PAGES = {ADMINISTRATOR: ("add", "change", "publish", "bulk_delete", "lock", "unlock")}
UPLOADS = {
    ARCHIVIST: ("add", "change", "choose"),
    REVIEWER: ("choose",),
    ADMINISTRATOR: ("add", "change", "delete", "choose"),
}


def create_groups(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name in settings.AUDIENCE_OF_GROUP:
        group, _ = Group.objects.get_or_create(name=name)
        for (app_label, model), actions in PERMISSIONS.get(name, {}).items():
            for action in actions:
                group.permissions.add(permission(apps, app_label, model, action))
        allow_pages(apps, group, PAGES.get(name, ()))
        allow_uploads(apps, group, UPLOADS.get(name, ()))


def permission(apps, app_label, model, action):
    """The permission, made here if ``post_migrate`` has not come to it yet."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename=f"{action}_{model}",
        defaults={"name": f"Can {action} {model}"},
    )
    return found


def allow_pages(apps, group, actions):
    root = apps.get_model("wagtailcore.Page").objects.filter(depth=1).first()
    for action in actions if root else ():
        apps.get_model("wagtailcore.GroupPagePermission").objects.get_or_create(
            group=group,
            page=root,
            permission=permission(apps, "wagtailcore", "page", action),
        )


def allow_uploads(apps, group, actions):
    root = apps.get_model("wagtailcore.Collection").objects.filter(depth=1).first()
    for action in actions if root else ():
        for app_label, model in (
            ("wagtailimages", "image"),
            ("wagtaildocs", "document"),
        ):
            apps.get_model("wagtailcore.GroupCollectionPermission").objects.get_or_create(
                group=group,
                collection=root,
                permission=permission(apps, app_label, model, action),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_homepage_sitedocument_siteimage_siterendition"),
        ("archive", "0001_initial"),
        ("taggit", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtailredirects", "0001_initial"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
