"""Second factors: what a person shows beside the password. Codes by the clock, security keys, recovery codes.

Rows are deleted when a factor is removed; that it was there stands in the custody log.
"""

from typing import ClassVar

from django.db import models

from tawthiq.casework.models.encrypted import EncryptedTextField
from tawthiq.casework.models.people import User


class TimeCode(models.Model):
    """An authenticator app of one user (RFC 6238). It counts once `confirmed`, by a code, has a moment (UTC).

    `secret` is the shared key in base32. `last_step` is the step of 30 seconds of the last code accepted: that code and
    older ones are refused.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="time_code")
    secret = EncryptedTextField(bound_to="user_id")
    confirmed = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"codes by the clock of {self.user_id}"


class SecurityKey(models.Model):
    """A security key or passkey (WebAuthn level 2) that answers at one host only, `host`.

    `credential` is the attested credential data as fido2 writes it, `credential_sha256` the digest of its identifier.
    `uses` is the authenticator's own counter at its last answer; one that does not grow tells of a copy, and `suspected` then
    keeps the key out. `used` is the day of the last answer.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="security_keys")
    name = models.CharField(max_length=64)
    host = models.CharField(max_length=253)
    credential = models.BinaryField()
    credential_sha256 = models.CharField(max_length=64, unique=True)
    uses = models.BigIntegerField(default=0)
    suspected = models.BooleanField(default=False)
    added = models.DateField()
    used = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("pk",)

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"


class RecoveryCode(models.Model):
    """One of ten codes for a day without the other factors. Only its digest is kept; `used` is when it was used up (UTC)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"
