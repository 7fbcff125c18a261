from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tawthiq.archive.migrations._addresses import address_key


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Work out the address of what was taken in before from the address as asked for."""
    captures = apps.get_model("archive", "Capture")
    for row in captures.objects.exclude(kind__in=("file", "export")).only("number", "kind", "source").iterator(chunk_size=500):
        captures.objects.filter(pk=row.pk).update(address=address_key(row.kind, row.source))


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0007_linked_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="capture",
            name="address",
            field=models.CharField(db_index=True, default="", max_length=64),
        ),
        migrations.CreateModel(
            name="ExportFile",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("export", models.CharField(db_index=True, max_length=128)),
                ("path", models.TextField()),
                ("item", models.CharField(max_length=128)),
            ],
            options={"ordering": ("key",)},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
