from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_statistics(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was remembered so far holds names that no secret keyed: the next linking makes all of it anew."""
    apps.get_model("archive", "LinkStatistics").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0013_report_sources"),
    ]

    operations = [
        migrations.RunPython(forget_statistics, migrations.RunPython.noop),
        migrations.CreateModel(
            name="LinkSecret",
            fields=[
                ("key", models.IntegerField(default=1, primary_key=True, serialize=False)),
                ("value", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="linkstatistics",
            name="digest",
            field=models.CharField(default="", max_length=32),
        ),
    ]
