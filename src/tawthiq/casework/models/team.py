"""The team: one-time links by which people come in, and what the owners ask of everybody."""

from typing import ClassVar

from django.db import models

from tawthiq.casework.models.people import User


class TeamLink(models.Model):
    """A one-time link: for somebody new, who chooses a name and gets `role`, or for `user`, who sets a password.

    Only the SHA-256 of its token is kept. `made_by` is the chosen name of who made it; moments are in UTC.
    """

    token_sha256 = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16, choices=User.Role.choices)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="links")
    made_by = models.CharField(max_length=64)
    made = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("expires", "pk")

    def __str__(self) -> str:
        return f"link until {self.expires:%Y-%m-%d %H:%M} UTC"


class TeamRules(models.Model):
    """What holds for everybody; one row, made when an owner first changes something."""

    second_factor = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "rules of the team"
