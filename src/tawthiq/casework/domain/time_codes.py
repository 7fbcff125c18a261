"""Codes by the clock from an authenticator app: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 seconds.

A secret counts only once a code made with it was typed. A code is taken in its own step, the one before and the one after,
and once: what was taken, and anything older, is refused from then on.
"""

import base64
import hmac
import os
import time
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils import timezone

from tawthiq.casework.domain.field_key import field_keys, put, reveal, writing_keys
from tawthiq.casework.domain.typed_codes import code_of
from tawthiq.casework.models import TimeCode, User

STEP_SECONDS = 30
DIGITS = 6
# Shown by the app on a phone that others may look at, so it says nothing of what the archive is.
ISSUER = "Archive"
_SECRET_BYTES = 20


def begin(folder: Path | None, user: User) -> None:
    """Make a new secret that waits to be confirmed, in place of one that waits. Nothing happens where one counts already.

    Raises what `casework.domain.field_key` raises where the archive's field key cannot be had.
    """
    secret = base64.b32encode(os.urandom(_SECRET_BYTES)).decode("ascii")
    with writing_keys(folder) as keys, transaction.atomic():
        TimeCode.objects.filter(user=user, confirmed=None).delete()
        if not TimeCode.objects.filter(user=user).exists():
            row = TimeCode(user=user)
            put(row, "secret", secret, keys)
            row.save(force_insert=True)


def waiting_secret(folder: Path | None, user: User) -> str | None:
    """The secret (base32) that waits to be confirmed; None where none does. Raises as `begin` does."""
    row = TimeCode.objects.filter(user=user, confirmed=None).first()
    return reveal(row, "secret", field_keys(folder)) if row else None


def address(user: User, secret: str) -> str:
    """The otpauth address that apps read from a picture."""
    return _generator(secret).get_provisioning_uri(user.name, ISSUER)


def confirm(folder: Path | None, user: User, typed: str, now: float | None = None) -> bool:
    """Let the waiting secret count if the typed code was made with it. Raises as `begin` does."""
    row = TimeCode.objects.filter(user=user, confirmed=None).first()
    return row is not None and _taken(folder, row, typed, now)


def accept(folder: Path | None, user: User, typed: str, now: float | None = None) -> bool:
    """Whether the typed code is right, now, and not used yet; it is used up by this. Raises as `begin` does."""
    row = TimeCode.objects.filter(user=user, confirmed__isnull=False).first()
    return row is not None and _taken(folder, row, typed, now)


def _taken(folder: Path | None, row: TimeCode, typed: str, now: float | None) -> bool:
    """Whether the code fits a step near `now` (seconds since 1970) that is later than the last one; notes that step."""
    code = code_of(typed).encode()
    generator = _generator(reveal(row, "secret", field_keys(folder)))
    here = int((time.time() if now is None else now) // STEP_SECONDS)
    fitting = [
        step
        for step in (here - 1, here, here + 1)
        if hmac.compare_digest(generator.generate(step * STEP_SECONDS), code)
    ]
    # One statement that two requests cannot both win: the second finds the step taken.
    return any(
        TimeCode.objects.filter(pk=row.pk, last_step__lt=step).update(
            last_step=step, confirmed=row.confirmed or timezone.now()
        )
        for step in fitting
    )


def _generator(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303  what RFC 6238 and all apps use
