"""Reasons that can name a person lie sealed. Columns in the clear go with what they held: no version with them was released."""

from django.db import migrations

import tawthiq.casework.models.encrypted


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0014_table_imports"),
    ]

    operations = [
        migrations.RemoveField(model_name="person", name="risk_reason"),
        migrations.AddField(
            model_name="person",
            name="risk_reason",
            field=tawthiq.casework.models.encrypted.EncryptedTextField(
                bound_to="number", default=tawthiq.casework.models.encrypted.empty, own_key=False
            ),
        ),
        migrations.RemoveField(model_name="personreveal", name="reason"),
        migrations.RemoveField(model_name="personreveal", name="content"),
        migrations.AddField(
            model_name="personreveal",
            name="content",
            field=tawthiq.casework.models.encrypted.EncryptedTextField(
                bound_to="sha256", default=tawthiq.casework.models.encrypted.empty, own_key=False
            ),
        ),
    ]
