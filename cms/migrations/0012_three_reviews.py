"""The workflow for pages becomes 初审 → 复审 → 终审, and the roles get what they need."""

from importlib import import_module

from django.conf import settings
from django.db import migrations

first = import_module("cms.migrations.0003_groups")
roles = import_module("cms.migrations.0007_roles")
ADMINISTRATOR, REVIEWER = first.ADMINISTRATOR, first.REVIEWER
EDITOR, TRAINER = roles.EDITOR, roles.TRAINER
ALL = first.ALL

WORKFLOW = "页面审核"
# 责任编辑初审、部门负责人复审、总编终审: whoever leads the house narrows the last.
STAGES = (
    ("初审", (EDITOR, REVIEWER, ADMINISTRATOR)),
    ("复审", (REVIEWER, ADMINISTRATOR)),
    ("终审", (REVIEWER, ADMINISTRATOR)),
)
WORDING, REUSABLE = ("cms", "fixedwording"), ("cms", "reusabletext")
SHEET, REDIRECT = ("cms", "signoff"), ("wagtailredirects", "redirect")
PERMISSIONS = {
    EDITOR: {
        WORDING: ("view",),
        REUSABLE: ("add", "change", "view"),
        SHEET: ("view",),
        REDIRECT: ("add", "change", "delete", "view"),
    },
    TRAINER: {WORDING: ("view",), REUSABLE: ("view",), SHEET: ("view",)},
    REVIEWER: {WORDING: ALL, REUSABLE: ("view", "publish"), SHEET: ("view",)},
    ADMINISTRATOR: {
        WORDING: ALL,
        REUSABLE: (*ALL, "publish"),
        SHEET: ("view",),
        REDIRECT: ("add", "change", "delete", "view"),
    },
}


def create_groups(apps, schema_editor):
    """Have the groups with these rights on top of those that they had."""
    roles.create_groups(apps, schema_editor)
    Group = apps.get_model("auth.Group")
    for name in settings.AUDIENCE_OF_GROUP:
        group, _ = Group.objects.get_or_create(name=name)
        for (app_label, model), actions in PERMISSIONS.get(name, {}).items():
            for action in actions:
                right = first.permission(apps, app_label, model, action)
                group.permissions.add(right)


def three_reviews(apps, schema_editor):
    """Pages that are in the one old review go on to the three when it is passed."""
    Workflow = apps.get_model("wagtailcore.Workflow")
    workflow = Workflow.objects.filter(name=WORKFLOW).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    apps.get_model("wagtailcore.WorkflowTask").objects.filter(
        workflow=workflow
    ).delete()
    for order, (name, groups) in enumerate(STAGES):
        task = review(apps, name, groups)
        apps.get_model("wagtailcore.WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=order
        )
    root = apps.get_model("wagtailcore.Page").objects.filter(depth=1).first()
    if root is not None:
        apps.get_model("wagtailcore.WorkflowPage").objects.get_or_create(
            page=root, defaults={"workflow": workflow}
        )
    apps.get_model("wagtailcore.WorkflowContentType").objects.get_or_create(
        content_type=content_type(apps, *REUSABLE), defaults={"workflow": workflow}
    )


def review(apps, name, groups):
    PageReview = apps.get_model("cms.PageReview")
    task = PageReview.objects.filter(name=name).first()
    if task is None:
        task = PageReview.objects.create(
            name=name, active=True, content_type=content_type(apps, "cms", "pagereview")
        )
    Group = apps.get_model("auth.Group")
    task.groups.set(Group.objects.filter(name__in=groups))
    return task


def content_type(apps, app_label, model):
    found, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0011_booking_roles"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(create_groups, migrations.RunPython.noop),
        migrations.RunPython(three_reviews, migrations.RunPython.noop),
    ]
