"""Tokens by which programs read the archive through the API, and how much each of them asked for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models.people import User


class ApiToken(models.Model):
    """A token that reads with the sight of `user`, what `profile` discloses. Only the SHA-256 of it is kept.

    `hint` is its beginning, by which somebody who finds a token tells which one it is. `purpose` says what it is for, in the
    words of who made it. `paths` are the resources that it opens, all of them where empty. `giver` is who made it in the pages,
    None at the command line; `made_by` the chosen name. Moments are in UTC; `used` is a day, since no address and no hour of a
    reader is anybody's business.
    """

    class Profile(models.TextChoices):
        """For whom: records.disclosure.Profile."""

        PUBLIC = "public", pgettext_lazy("profile", "everybody")
        PARTNER = "partner", pgettext_lazy("profile", "a partner")
        COURT = "court", pgettext_lazy("profile", "a court")

    number = models.BigAutoField(primary_key=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=16)
    purpose = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    giver = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    profile = models.CharField(max_length=8, choices=Profile.choices)
    paths = models.JSONField(default=list)
    made_by = models.CharField(max_length=64)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateField(null=True)
    revoked = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=64, default="")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-number",)

    def __str__(self) -> str:
        return f"token {self.number} of {self.user_id}"


class ApiUse(models.Model):
    """How much was asked for with one token, or by everybody without one: in the minute and in the hour (UTC) that run.

    `key` is the token's number, empty for whoever asks without one. The counts of an hour go into the custody log with the
    first request of a later one.
    """

    key = models.CharField(max_length=24, primary_key=True)
    minute = models.DateTimeField()
    in_minute = models.PositiveIntegerField(default=0)
    hour = models.DateTimeField()
    requests = models.PositiveIntegerField(default=0)
    incidents = models.PositiveIntegerField(default=0)
    reports = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.requests} requests in {self.hour:%H:%M}"
