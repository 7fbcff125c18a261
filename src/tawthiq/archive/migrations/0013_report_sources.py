import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0012_link_memory"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportSource",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("source", models.TextField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_sources",
                        to="archive.incident",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incident_sources",
                        to="archive.report",
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
            },
        ),
    ]
