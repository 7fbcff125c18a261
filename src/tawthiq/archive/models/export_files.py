"""Which item of evidence the files are that an exported chat names."""

from django.db import models


class ExportFile(models.Model):
    """A file of an export: its `path` inside the export, the `item` that it became, and the `export`, both by identifier.

    `key` counts them in the order of the log.
    """

    key = models.BigIntegerField(primary_key=True)
    export = models.CharField(max_length=128, db_index=True)
    path = models.TextField()
    item = models.CharField(max_length=128)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.path
