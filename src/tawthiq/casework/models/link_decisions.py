"""What people decided about links: rows that are only ever added.

A row names its documents by the identifiers that the log gave their captures, and their tellings by characters, never by
rows of derived state. A withdrawal is a row of its own; what no row withdraws is in force.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class LinkDecision(models.Model):
    """One decision about two tellings (records.LinkDecision), or the withdrawal of one.

    `act` numbers what a person did at once from 1, `place` its decisions from 0: confirming an incident of five tellings
    is one act of four decisions. `content` is the canonical JSON (linking.decision_contract) and `sha256` its digest,
    which the custody log keeps as well. `withdraws` is the digest of what a withdrawal takes back. `at` is in UTC.
    """

    class Kind(models.TextChoices):
        """What was decided."""

        TOGETHER = "together", pgettext_lazy("link decision", "one occurrence")
        APART = "apart", pgettext_lazy("link decision", "different occurrences")
        WITHDRAWN = "withdrawn", pgettext_lazy("link decision", "withdrawn")

    class Deed(models.TextChoices):
        """What the person did, of which the decision is a part."""

        CONFIRMED = "confirmed", pgettext_lazy("link act", "confirmed as one occurrence")
        MERGED = "merged", pgettext_lazy("link act", "two incidents said to be one")
        SPLIT = "split", pgettext_lazy("link act", "tellings taken out")
        JUDGED = "judged", pgettext_lazy("link act", "two tellings judged")
        WITHDRAWN = "withdrawn", pgettext_lazy("link act", "decisions withdrawn")

    number = models.BigAutoField(primary_key=True)
    act = models.IntegerField()
    place = models.IntegerField()
    deed = models.CharField(max_length=16, choices=Deed.choices)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    first_document = models.CharField(max_length=128, db_index=True)
    second_document = models.CharField(max_length=128, db_index=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, db_index=True)
    withdraws = models.CharField(max_length=64, default="", db_index=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["act", "place"], name="one_link_decision_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_document} {self.second_document} by {self.by}"
