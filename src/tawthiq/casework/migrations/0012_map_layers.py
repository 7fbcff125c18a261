from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0011_reading_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="MapLayerDecision",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("added", "brought along"),
                            ("chosen", "chosen"),
                            ("bundled", "back to the bundled outlines"),
                        ],
                        max_length=8,
                    ),
                ),
                ("sha256", models.CharField(db_index=True, default="", max_length=64)),
                ("title", models.CharField(default="", max_length=120)),
                ("source", models.CharField(default="", max_length=300)),
                ("areas", models.IntegerField(default=0)),
                ("alone", models.BooleanField(default=False)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("number",),
            },
        ),
    ]
