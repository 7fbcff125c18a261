"""Limits on guessing: passwords, codes and recovery codes, each counted for the name and for the address it comes from.

An attempt is counted before it is looked at and taken back when it was right, so that many at the same moment get no further
than one after another. Counts live in the archive's database: several server processes share them, a restart forgets nothing.
"""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tawthiq.casework.models import FailedAttempts

WINDOW = timedelta(minutes=15)
FAILURES_OF_A_NAME = 5
FAILURES_OF_AN_ADDRESS = 20


class Guess(StrEnum):
    """What is guessed at."""

    PASSWORD = "password"  # noqa: S105  the name of a kind, not a password
    CODE = "code"
    RECOVERY = "recovery"


def admit(guess: Guess, name: str, address: str, now: datetime | None = None) -> bool:
    """Count an attempt; whether it may be looked at. Names that nobody has are counted like others."""
    moment = now or timezone.now()
    FailedAttempts.objects.filter(since__lte=moment - WINDOW).delete()
    of_address = _count(_key(guess, "address", address), moment)
    of_name = _count(_key(guess, "name", name), moment)
    return of_name <= FAILURES_OF_A_NAME and of_address <= FAILURES_OF_AN_ADDRESS


def has_just_been_blocked(guess: Guess, name: str) -> bool:
    """Whether the last attempt was the first that was refused for the name; so that it is told once in a window."""
    return FailedAttempts.objects.filter(key=_key(guess, "name", name), count=FAILURES_OF_A_NAME + 1).exists()


def succeeded(guess: Guess, name: str, address: str) -> None:
    """Start anew for a name whose attempt was right; its address keeps what it failed before."""
    FailedAttempts.objects.filter(key=_key(guess, "name", name)).delete()
    FailedAttempts.objects.filter(key=_key(guess, "address", address), count__gt=0).update(count=F("count") - 1)


def _count(key: str, now: datetime) -> int:
    """How often this was tried since the window began, this time included."""
    with transaction.atomic():
        row, _made = FailedAttempts.objects.select_for_update().get_or_create(key=key, defaults={"since": now})
        row.count += 1
        row.save(update_fields=["count"])
    return row.count


def _key(guess: Guess, what: str, value: str) -> str:
    told = unicodedata.normalize("NFKC", value).casefold()
    return sha256(f"{guess}:{what}:{told}".encode("utf-8", "surrogatepass")).hexdigest()
