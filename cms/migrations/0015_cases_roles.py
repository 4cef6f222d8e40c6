"""Who names kinds of disputes and who clears texts of personal data; the first kinds."""

from importlib import import_module

from django.db import migrations

first = import_module("cms.migrations.0003_groups")
roles = import_module("cms.migrations.0007_roles")

DISPUTE, CLEARANCE = ("cms", "disputetype"), ("cms", "personaldataclearance")
RIGHTS = {
    roles.EDITOR: {
        DISPUTE: ("add", "change", "view"),
        CLEARANCE: ("add", "view"),
    },
    roles.TRAINER: {DISPUTE: ("view",)},
    first.REVIEWER: {DISPUTE: ("view",), CLEARANCE: ("add", "view")},
    first.ADMINISTRATOR: {DISPUTE: first.ALL, CLEARANCE: ("add", "view")},
}
DISPUTES = (
    ("相邻关系", "Neighbouring property"),
    ("婚姻家庭", "Marriage and family"),
    ("邻里", "Neighbours"),
    ("劳动争议", "Labour"),
    ("土地承包", "Contracted land"),
    ("山林用水", "Woodland and water"),
    ("合同", "Contracts"),
    ("债务", "Debts"),
    ("物业", "Property management"),
    ("消费", "Consumers"),
    ("交通事故", "Traffic accidents"),
    ("医疗", "Medical care"),
    ("其他", "Other"),
)


def allow_cases(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for (app_label, model), actions in rights.items():
            for action in actions:
                right = first.permission(apps, app_label, model, action)
                group.permissions.add(right)


def name_disputes(apps, schema_editor):
    """A house that has named its own keeps them."""
    DisputeType = apps.get_model("cms.DisputeType")
    if DisputeType.objects.exists():
        return
    for position, (name, name_en) in enumerate(DISPUTES, start=1):
        DisputeType.objects.create(name=name, name_en=name_en, position=position * 10)


class Migration(migrations.Migration):
    dependencies = [("cms", "0014_registration_roles")]

    operations = [
        migrations.RunPython(allow_cases, migrations.RunPython.noop),
        migrations.RunPython(name_disputes, migrations.RunPython.noop),
    ]
