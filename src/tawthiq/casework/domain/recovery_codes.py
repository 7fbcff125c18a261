"""Recovery codes: ten, each good for one sign-in without the other factors. They are shown once; digests are kept.

A code has 79 random bits, so that a plain SHA-256 of it cannot be tried out; the user's number in it keeps equal codes of two
people apart. Its alphabet has no letters that look like others or like digits.
"""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from tawthiq.casework.domain.typed_codes import code_of
from tawthiq.casework.models import RecoveryCode, User

COUNT = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LETTERS = 16
_GROUP = 4


def renew(user: User) -> list[str]:
    """Ten new codes in place of all older ones, in groups of four as they are to be shown."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(COUNT)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return ["-".join(code[at : at + _GROUP] for at in range(0, _LETTERS, _GROUP)) for code in codes]


def use_up(user: User, typed: str) -> bool:
    """Whether the typed code is one of the user's that was not used yet; it is used up by this."""
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(user, code_of(typed)), used=None)
    return unused.update(used=timezone.now()) == 1


def left(user: User) -> int:
    """How many codes are not used yet."""
    return RecoveryCode.objects.filter(user=user, used=None).count()


def _digest(user: User, code: str) -> str:
    return sha256(f"tawthiq recovery code:{user.pk}:{code}".encode()).hexdigest()
