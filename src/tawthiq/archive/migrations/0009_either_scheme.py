from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tawthiq.archive.migrations._addresses import address_key


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Work the keys of addresses out anew: http and https of one host and path share one."""
    captures = apps.get_model("archive", "Capture")
    for row in captures.objects.exclude(address="").only("number", "kind", "source").iterator(chunk_size=500):
        captures.objects.filter(pk=row.pk).update(address=address_key(row.kind, row.source))


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0008_same_address"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
