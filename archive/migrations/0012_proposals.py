from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0011_speed")]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="action",
            field=models.CharField(
                choices=[
                    ("create", "新建"),
                    ("edit", "著录"),
                    ("propose", "改动待发布"),
                    ("recode", "改档号"),
                    ("move", "移动"),
                    ("delete", "删除"),
                    ("submit", "提交审核"),
                    ("return", "退回"),
                    ("publish", "发布"),
                ],
                max_length=10,
                verbose_name="操作",
            ),
        ),
    ]
