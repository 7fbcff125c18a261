"""What the queue remembers: who is looking at an item just now, what a person put off, and acts that can be undone."""

from typing import ClassVar

from django.db import models

from tawthiq.casework.models.people import User


class QueueClaim(models.Model):
    """A subject that the queue has shown to somebody; until then (UTC) it shows it to nobody else. A courtesy, not a lock."""

    subject = models.CharField(max_length=160, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.subject} until {self.until:%H:%M}"


class QueueLater(models.Model):
    """A subject that a person put off: it comes last in that person's queue, and in nobody else's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "subject"], name="one_putting_off_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.subject} later for {self.user_id}"


class Undoable(models.Model):
    """An act that its maker may undo for a while. `content` says what it left and what was before it.

    `act` names the act (casework.domain.queue_undo); `undone` is the moment in UTC at which it was undone.
    """

    number = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=32)
    content = models.JSONField()
    at = models.DateTimeField(db_index=True)
    undone = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.act} by {self.user_id}"
