"""Tables whose rows people let in as events: rows that are only ever added.

A row names its capture by the identifier that the log gave it. A withdrawal is a row of its own.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class TableImport(models.Model):
    """What the columns of one preserved table hold, as somebody confirmed after a dry run; or the withdrawal of that.

    `content` is canonical JSON (table-import/1, casework.queries.table_imports): the mapping (reading.table_contract), the
    imports that it replaces, and counts of rows. `sha256` is its digest, which the custody log keeps as well. `headings` is
    the digest of the table's headings, `withdraws` that of what a withdrawal takes back. `at` is in UTC.
    """

    class Kind(models.TextChoices):
        """What was done."""

        IMPORTED = "imported", pgettext_lazy("table import", "imported")
        WITHDRAWN = "withdrawn", pgettext_lazy("table import", "taken back")

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    capture = models.CharField(max_length=128)
    revision = models.IntegerField()
    headings = models.CharField(max_length=64, default="", db_index=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, db_index=True)
    withdraws = models.CharField(max_length=64, default="")
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["capture", "revision"], name="one_table_import_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.capture} by {self.by}"
