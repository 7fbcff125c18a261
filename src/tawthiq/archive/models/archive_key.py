"""Which archive a database belongs to."""

from django.db import models


class ArchiveKey(models.Model):
    """The public key of the archive's custody log, as C2SP signed-note writes it; one row, in PostgreSQL only."""

    key = models.IntegerField(primary_key=True, default=1)
    value = models.TextField()

    def __str__(self) -> str:
        return self.value
