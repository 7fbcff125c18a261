"""What people decided about the authority: rows that are only ever added, in one order for all entries."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class AuthorityDecision(models.Model):
    """One decision about an actor or a place (records.authority.Decision).

    `revision` counts all decisions from 1 without gaps: the list of rows is the authority. `content` is the decision's
    JSON (lexicon.authority_file) and `sha256` its digest, which is also its identifier and stands in the custody log.
    `entry` is the code decided about (the word, where it is said to be no place), `withdraws` the revision of the decision
    that the row takes back. `overlay_sha256` is the digest of what readers were given after the act that the row is of.
    `at` is the moment in UTC.
    """

    class Step(models.TextChoices):
        """What the person did."""

        ADD = "add", pgettext_lazy("authority", "added")
        ALIAS = "alias", pgettext_lazy("authority", "wording added")
        CORRECT = "correct", pgettext_lazy("authority", "corrected")
        MERGE = "merge", pgettext_lazy("authority", "merged")
        END = "end", pgettext_lazy("authority", "ended")
        NOT_PLACE = "not-place", pgettext_lazy("authority", "said to be no place")
        WITHDRAW = "withdraw", pgettext_lazy("authority", "withdrawn")

    class Kind(models.TextChoices):
        """What the entry is about."""

        ACTOR = "actor", pgettext_lazy("authority", "actor")
        PLACE = "place", pgettext_lazy("authority", "place")

    number = models.BigAutoField(primary_key=True)
    revision = models.IntegerField(unique=True)
    step = models.CharField(max_length=16, choices=Step.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    entry = models.TextField(db_index=True)
    withdraws = models.IntegerField(null=True, unique=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)
    overlay_sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("revision",)

    def __str__(self) -> str:
        return f"{self.step} {self.entry} by {self.by}"
