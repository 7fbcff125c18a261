"""Items of evidence as the log knows them, and how far each has been read."""

from django.db import models


class Capture(models.Model):
    """One act of collecting (records.Capture).

    `number` is the item's place among the captures of the log, from 1. `offset` and `length` are bytes of the payload's
    record within the file `path` of the archive folder. `address` is the key of the address (`archive.addresses`), empty for
    an item without one.
    """

    class State(models.TextChoices):
        """How far reading came: `kept` items (images, style sheets, error answers) hold no report."""

        UNREAD = "unread"
        READ = "read"
        KEPT = "kept"
        FAILED = "failed"

    number = models.BigIntegerField(primary_key=True)
    identifier = models.CharField(max_length=128, unique=True)
    kind = models.CharField(max_length=16)
    source = models.TextField()
    final = models.TextField()
    address = models.CharField(max_length=64, default="", db_index=True)
    collected = models.DateTimeField()
    content_type = models.TextField(default="")
    status = models.IntegerField(null=True)
    path = models.TextField()
    offset = models.BigIntegerField()
    length = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    log_index = models.BigIntegerField()
    logged = models.DateTimeField()
    collector = models.TextField(default="")
    server_address = models.TextField(default="")
    state = models.CharField(max_length=8, choices=State.choices, default=State.UNREAD, db_index=True)
    state_reason = models.TextField(default="")
    state_advice = models.TextField(default="")

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return self.identifier
