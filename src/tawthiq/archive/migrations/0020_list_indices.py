from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0019_queue_indices"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["first", "last", "number"], name="incidents_by_days"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["-published", "-capture"], name="reports_by_day"),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(fields=["incident", "slot"], name="slots_of_incident"),
        ),
    ]
