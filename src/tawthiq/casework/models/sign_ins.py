"""Sign-ins: which sessions are open, whose forms a browser holds, and how often somebody failed."""

from typing import ClassVar

from django.db import models

from tawthiq.casework.models.people import User


class OpenSession(models.Model):
    """A session of one user, named by Django's session key. `seen` is exact to ten minutes; moments are in UTC.

    `browser` says roughly what program it is ("Firefox, Android"): no address and no version is kept.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=64, default="")
    began = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-seen", "-pk")

    def __str__(self) -> str:
        return f"session of {self.user_id}"


class FormSecret(models.Model):
    """Whose forms carry tokens made with one secret of Django's protection against forged forms.

    The secret changes with each sign-in, so a form that arrives too late still tells who it was made for. Only the secret's
    SHA-256 is kept. `user` is None where two users' forms were made with it: then it tells of nobody.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True)
    seen = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"forms of {self.user_id}"


class FailedAttempts(models.Model):
    """How often something failed since the window began: a password, a code, a recovery code; for a name or an address.

    `key` is the SHA-256 of what failed and for whom, so that the table holds neither names nor addresses.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M}"
