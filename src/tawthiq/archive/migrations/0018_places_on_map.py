from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0017_log_acts"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="incidentplace", name="incident_place_on_map"),
        migrations.AddIndex(
            model_name="incidentplace",
            index=models.Index(
                fields=["latitude", "longitude", "code", "kind", "name", "name_en", "incident", "disputed"],
                name="incident_place_on_map",
            ),
        ),
    ]
