"""How the first owner comes in: a link with a random token, printed once, good for one use and for a day.

There is no default password, and whoever can read the terminal that started the server already holds the archive.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from tawthiq.casework.models import OwnerLink, User

VALID_FOR = timedelta(hours=24)


def make_link(now: datetime | None = None) -> str | None:
    """The token of a fresh link, replacing older ones; None once the archive has an owner."""
    with transaction.atomic():
        OwnerLink.objects.all().delete()
        if _has_owner():
            return None
        token = secrets.token_urlsafe(32)
        OwnerLink.objects.create(token_sha256=_digest(token), expires=(now or timezone.now()) + VALID_FOR)
    return token


def is_valid(token: str, now: datetime | None = None) -> bool:
    """Whether the token still opens the archive."""
    return OwnerLink.objects.filter(token_sha256=_digest(token), expires__gt=now or timezone.now()).exists()


def redeem(token: str, name: str, password: str, now: datetime | None = None) -> User | None:
    """The first owner, made by using up the token; None when it is unknown, used or expired, or an owner exists."""
    with transaction.atomic():
        if _has_owner() or not is_valid(token, now):
            return None
        OwnerLink.objects.all().delete()
        return User.objects.make(name, password, User.Role.OWNER)


def _has_owner() -> bool:
    """Whether somebody can let others in. Users made by command before the first owner are none."""
    return User.objects.filter(role=User.Role.OWNER, is_active=True).exists()


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
