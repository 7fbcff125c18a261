from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0013_case_violations"),
    ]

    operations = [
        migrations.CreateModel(
            name="TableImport",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(choices=[("imported", "imported"), ("withdrawn", "taken back")], max_length=16),
                ),
                ("capture", models.CharField(max_length=128)),
                ("revision", models.IntegerField()),
                ("headings", models.CharField(db_index=True, default="", max_length=64)),
                ("content", models.JSONField()),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("withdraws", models.CharField(default="", max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=["capture", "revision"], name="one_table_import_per_revision")
                ],
            },
        ),
    ]
