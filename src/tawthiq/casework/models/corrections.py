"""What people decided about pages: rows that are only ever added.

A row names its capture by the identifier that the log gave it, never by a row of derived state, so that readings may be
dropped and rebuilt around it. The last row of a capture is in force; a withdrawal is a row of its own.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class PageCorrection(models.Model):
    """One decision about the page of one capture (records.PageCorrection), or the withdrawal of the one before it.

    `content` is the decision's canonical JSON (page.correction_contract) and `sha256` its digest, which the custody log
    keeps as well; `text` is the page's text as it was corrected. `revision` counts the decisions about one capture from 1.
    `at` is the moment in UTC. A withdrawal has no text, and its content names what it withdraws.
    """

    class Kind(models.TextChoices):
        """What the person did."""

        CORRECTED = "corrected", pgettext_lazy("correction", "corrected")
        CONFIRMED = "confirmed", pgettext_lazy("correction", "found right")
        WITHDRAWN = "withdrawn", pgettext_lazy("correction", "withdrawn")

    number = models.BigAutoField(primary_key=True)
    capture = models.CharField(max_length=128)
    revision = models.IntegerField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(default="")
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["capture", "revision"], name="one_decision_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.capture} by {self.by}"
