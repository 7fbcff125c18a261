"""Entries of the custody log as rows, so that pages can list and narrow them. Derived: the log's files are what counts."""

from django.db import models


class LogAct(models.Model):
    """One entry of the log (records.LogEntry), by its index. `erased` entries keep nothing but their leaf.

    The facts of the event stay in the log's files, where they are read when somebody looks at one entry. `at` is in UTC.
    """

    index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=64)
    actor = models.TextField(default="")
    subject = models.TextField(default="")
    at = models.DateTimeField(null=True)
    leaf = models.CharField(max_length=64)
    erased = models.BooleanField(default=False)

    class Meta:
        ordering = ("-index",)
        indexes = (
            models.Index(fields=("kind", "-index"), name="log_acts_by_kind"),
            models.Index(fields=("actor", "-index"), name="log_acts_by_actor"),
            models.Index(fields=("at", "index"), name="log_acts_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.index} {self.kind}"


class LogActItem(models.Model):
    """Something that an entry speaks of: the identifier of an item of evidence, or a subject such as "case:300552".

    `key` is the index of the entry times 1,024 plus a count from 0.
    """

    key = models.BigIntegerField(primary_key=True)
    act = models.ForeignKey(LogAct, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=128, db_index=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return f"{self.act_id} {self.item}"
