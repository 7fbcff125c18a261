"""What people decide about readings, and which reports somebody looked at whole."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables of rows that are only ever added."""

    dependencies: ClassVar = [
        ("casework", "0010_verification"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ReadingCorrection",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("act", models.IntegerField()),
                ("place", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accepted", "found right"),
                            ("corrected", "corrected"),
                            ("rejected", "rejected"),
                            ("added", "added"),
                            ("split", "split in two"),
                            ("merged", "merged"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                ("slot", models.CharField(default="", max_length=16)),
                ("changes", models.BooleanField()),
                ("capture", models.CharField(db_index=True, max_length=128)),
                ("content", models.JSONField()),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("withdraws", models.CharField(db_index=True, default="", max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("number",),
                "indexes": [models.Index(fields=["changes", "capture"], name="reading_decision_changes")],
                "constraints": [
                    models.UniqueConstraint(fields=("act", "place"), name="one_reading_decision_per_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportReview",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(choices=[("reviewed", "reviewed"), ("withdrawn", "taken back")], max_length=16),
                ),
                ("capture", models.CharField(max_length=128)),
                ("revision", models.IntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("capture", "revision"), name="one_review_per_revision")
                ],
            },
        ),
    ]
