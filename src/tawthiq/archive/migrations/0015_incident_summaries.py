import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_statistics(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Incidents linked so far have neither places nor tolls for maps: the next linking makes all of them anew."""
    apps.get_model("archive", "LinkStatistics").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0014_link_secret"),
    ]

    operations = [
        migrations.RunPython(forget_statistics, migrations.RunPython.noop),
        migrations.CreateModel(
            name="IncidentPlace",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("order", models.IntegerField()),
                ("code", models.CharField(default="", max_length=64)),
                ("kind", models.CharField(default="", max_length=16)),
                ("name", models.TextField(default="")),
                ("name_en", models.TextField(default="")),
                ("country", models.CharField(default="", max_length=2)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("disputed", models.BooleanField(default=False)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="archive.claim"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="archive.incident"
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
                "indexes": [
                    models.Index(fields=["latitude", "longitude", "code", "kind"], name="incident_place_on_map"),
                    models.Index(fields=["code", "incident"], name="incident_place_by_code"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentToll",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("harm", models.CharField(max_length=16)),
                ("minimum", models.BigIntegerField()),
                ("maximum", models.BigIntegerField()),
                ("open", models.BooleanField(default=False)),
                (
                    "highest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="archive.claim"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tolls", to="archive.incident"
                    ),
                ),
                (
                    "lowest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="archive.claim"
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
                "indexes": [
                    models.Index(fields=["harm", "incident", "minimum", "maximum", "open"], name="incident_toll_bounds")
                ],
            },
        ),
    ]
