"""What people decided about readings, and which reports somebody looked at whole: rows that are only ever added.

A row names its capture by the identifier that the log gave it and its values by characters, never by rows of derived state.
A withdrawal is a row of its own; what no row withdraws is in force.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class ReadingCorrection(models.Model):
    """One decision about a reading (records.ReadingCorrection), or the withdrawal of one.

    `act` numbers what a person did at once from 1, `place` its decisions from 0: accepting all that is left is one act.
    `content` is the canonical JSON (reading.correction_contract) and `sha256` its digest, which the custody log keeps as
    well. `changes` says that the reading is another one by it. `withdraws` is the digest of what a withdrawal takes back.
    `at` is in UTC.
    """

    class Kind(models.TextChoices):
        """What was decided."""

        ACCEPTED = "accepted", pgettext_lazy("reading decision", "found right")
        CORRECTED = "corrected", pgettext_lazy("reading decision", "corrected")
        REJECTED = "rejected", pgettext_lazy("reading decision", "rejected")
        ADDED = "added", pgettext_lazy("reading decision", "added")
        SPLIT = "split", pgettext_lazy("reading decision", "split in two")
        MERGED = "merged", pgettext_lazy("reading decision", "merged")
        WITHDRAWN = "withdrawn", pgettext_lazy("reading decision", "withdrawn")

    number = models.BigAutoField(primary_key=True)
    act = models.IntegerField()
    place = models.IntegerField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    slot = models.CharField(max_length=16, default="")
    changes = models.BooleanField()
    capture = models.CharField(max_length=128, db_index=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, db_index=True)
    withdraws = models.CharField(max_length=64, default="", db_index=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["act", "place"], name="one_reading_decision_per_place")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["changes", "capture"], name="reading_decision_changes")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slot} {self.capture} by {self.by}"


class ReportReview(models.Model):
    """Somebody looked at a report whole, and was done with it; or took that back.

    The last row of a capture says whether it is reviewed. `content` holds the digests of the text and of the reading that
    the person saw; `sha256` is its digest, which the custody log keeps as well. `at` is in UTC.
    """

    class Kind(models.TextChoices):
        """What the person said."""

        REVIEWED = "reviewed", pgettext_lazy("report review", "reviewed")
        WITHDRAWN = "withdrawn", pgettext_lazy("report review", "taken back")

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    capture = models.CharField(max_length=128)
    revision = models.IntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["capture", "revision"], name="one_review_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.capture} by {self.by}"
