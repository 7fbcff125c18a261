import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take all reports for linked where a linking was: which of them it saw was not kept before."""
    reports, linked = apps.get_model("archive", "Report"), apps.get_model("archive", "LinkedReport")
    if apps.get_model("archive", "LinkRun").objects.exists():
        numbers = reports.objects.values_list("pk", flat=True)
        linked.objects.bulk_create((linked(report_id=number) for number in numbers), batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0006_boilerplate_memory"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkedReport",
            fields=[
                ("report", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="linked", serialize=False, to="archive.report")),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
