"""Pairs of records that may be one person, and what people decided about them. Protected data: names stand here, sealed.

A pair is named by a key over both places, never by a row of derived state, so that proposals may be made anew around it.
Decisions are rows that are only ever added.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models.encrypted import EncryptedTextField


class PersonProposal(models.Model):
    """One proposed pair. `key` is the digest of both places; `sealed` holds the values as their sources wrote them, their
    places and the reasons (casework.domain.people.content_of); `state` follows from the decisions (casework.people_state).
    `content` is null; rows of older versions hold the same there in the clear until they are sealed (domain.people_sealing).

    `first_capture` and `second_capture` are the identifiers that the log gave the items in which the records stand.
    """

    class State(models.TextChoices):
        """What holds by now: one person only where two people said so and nobody otherwise."""

        WAITING = "waiting", pgettext_lazy("people pair", "waiting")
        SAME = "same", pgettext_lazy("people pair", "one person")
        DIFFERENT = "different", pgettext_lazy("people pair", "two persons")
        UNSURE = "unsure", pgettext_lazy("people pair", "unsure")

    number = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    first_capture = models.CharField(max_length=128, db_index=True)
    second_capture = models.CharField(max_length=128, db_index=True)
    probability = models.FloatField()
    content = models.JSONField(null=True)
    sealed = EncryptedTextField(bound_to="key")
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING, db_index=True)

    class Meta:
        ordering = ("-probability", "number")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-probability", "number"], name="people_queue")
        ]

    def __str__(self) -> str:
        return f"pair {self.number}"


class PersonDecision(models.Model):
    """What one person said of one pair, once; `revision` counts the decisions about the pair from 1, `at` is in UTC.

    `content` is canonical JSON with a nonce, `sha256` its digest, which the custody log keeps as well: the log tells that
    somebody decided, and not about whom.
    """

    class Verdict(models.TextChoices):
        """What was decided."""

        SAME = "same", pgettext_lazy("people decision", "one person")
        DIFFERENT = "different", pgettext_lazy("people decision", "two persons")
        UNSURE = "unsure", pgettext_lazy("people decision", "unsure")

    number = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(PersonProposal, on_delete=models.PROTECT, related_name="decisions")
    revision = models.IntegerField()
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "revision"], name="one_people_decision_per_revision")
        ]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.by}"
