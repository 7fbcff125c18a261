"""Who has what to do: assignments that hold now, and what a person looked at lately.

Rows say what holds; who assigned what to whom, and when, stands in the custody log.
"""

from typing import ClassVar

from django.db import models

from tawthiq.casework.models.people import User


class Assignment(models.Model):
    """A subject ("KIND:KEY", casework.queries.queue_subjects) that somebody has to do; `word` is what the giver says of it.

    `kind` repeats the part of the subject before the colon, so that lists of one kind need no search in words.
    """

    number = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=16)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    by = models.CharField(max_length=64)
    word = models.CharField(max_length=500, default="")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-at", "-number")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-at", "-number"], name="assignments_of_user"),
            models.Index(fields=["kind", "user"], name="assignments_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} for {self.user_id}"


class RecentLook(models.Model):
    """A subject whose page a person opened lately, and when last, in UTC; the last few of each person are kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "subject"], name="one_look_per_subject")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "-at"], name="looks_of_user")]

    def __str__(self) -> str:
        return f"{self.subject} by {self.user_id}"
