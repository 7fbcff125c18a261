import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_links(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Links of before hold no claims by slot: they are dropped, and pages say that `tawthiq link` is due."""
    for name in ("LinkedReport", "LinkRun", "IncidentEvent", "IncidentReport", "Incident"):
        apps.get_model("archive", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0009_either_scheme"),
    ]

    operations = [
        migrations.RunPython(forget_links, migrations.RunPython.noop),
        migrations.DeleteModel(name="Claim"),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("order", models.IntegerField()),
                ("sources", models.IntegerField()),
            ],
            options={
                "ordering": ("key",),
            },
        ),
        migrations.CreateModel(
            name="AttachedStatement",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("statement", models.IntegerField(null=True)),
                ("kind", models.CharField(max_length=24)),
                ("speaker", models.TextField(default="")),
                ("speaker_actor", models.CharField(default="", max_length=32)),
                ("accused", models.CharField(default="", max_length=32)),
                ("told", models.DateField(null=True)),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                ("text", models.TextField()),
                ("sign_start", models.IntegerField(null=True)),
                ("sign_end", models.IntegerField(null=True)),
                ("sign_text", models.TextField(default="")),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="archive.incident"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attached", to="archive.report"
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event", models.IntegerField()),
                ("slot", models.CharField(max_length=16)),
                ("harm", models.CharField(default="", max_length=16)),
                ("group", models.CharField(default="all", max_length=16)),
                ("part_of", models.BooleanField(default=False)),
                ("minimum", models.BigIntegerField(null=True)),
                ("maximum", models.BigIntegerField(null=True)),
                ("first", models.DateField(null=True)),
                ("last", models.DateField(null=True)),
                ("precision", models.CharField(default="", max_length=8)),
                ("code", models.CharField(default="", max_length=64)),
                ("shown", models.TextField(default="")),
                ("speaker", models.TextField(default="")),
                ("speaker_actor", models.CharField(default="", max_length=32)),
                ("hedged", models.BooleanField(default=False)),
                ("told", models.DateField(null=True)),
                ("told_at", models.CharField(default="", max_length=40)),
                ("source", models.TextField(default="")),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                ("text", models.TextField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="archive.incident"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="archive.report"
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="archive.position"
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("slot", models.CharField(max_length=16)),
                ("group", models.CharField(default="", max_length=16)),
                ("standing", models.CharField(max_length=16)),
                ("disputes", models.JSONField(default=list)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="archive.incident"
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
            },
        ),
        migrations.AddField(
            model_name="position",
            name="slot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="positions", to="archive.slot"
            ),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(fields=["slot", "standing"], name="slot_standing"),
        ),
    ]
