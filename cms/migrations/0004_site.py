"""The front page as the root of the site, in place of Wagtail's welcome page."""

from django.conf import settings
from django.db import migrations


def create_site(apps, schema_editor):
    HomePage = apps.get_model("cms.HomePage")
    Page = apps.get_model("wagtailcore.Page")
    if HomePage.objects.exists():
        return
    # The site that points at the welcome page goes with it.
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    root = Page.objects.get(depth=1)
    taken = set(Page.objects.filter(depth=2).values_list("path", flat=True))
    step = next(n for n in range(1, 10_000) if f"{root.path}{n:04}" not in taken)
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="homepage"
    )
    locale, _ = apps.get_model("wagtailcore.Locale").objects.get_or_create(
        language_code=settings.LANGUAGE_CODE
    )
    home = HomePage.objects.create(
        title="首页",
        draft_title="首页",
        slug="home",
        content_type=content_type,
        locale=locale,
        path=f"{root.path}{step:04}",
        depth=2,
        numchild=0,
        url_path="/home/",
    )
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    apps.get_model("wagtailcore.Site").objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_groups"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create_site, migrations.RunPython.noop)]
