import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_sealed_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiUse",
            fields=[
                ("key", models.CharField(max_length=24, primary_key=True, serialize=False)),
                ("minute", models.DateTimeField()),
                ("in_minute", models.PositiveIntegerField(default=0)),
                ("hour", models.DateTimeField()),
                ("requests", models.PositiveIntegerField(default=0)),
                ("incidents", models.PositiveIntegerField(default=0)),
                ("reports", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("hint", models.CharField(max_length=16)),
                ("purpose", models.CharField(max_length=120)),
                (
                    "profile",
                    models.CharField(
                        choices=[("public", "everybody"), ("partner", "a partner"), ("court", "a court")], max_length=8
                    ),
                ),
                ("paths", models.JSONField(default=list)),
                ("made_by", models.CharField(max_length=64)),
                ("made", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("used", models.DateField(null=True)),
                ("revoked", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(default="", max_length=64)),
                (
                    "giver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
    ]
