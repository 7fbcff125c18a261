"""Soft claims: the queue shows an item to one person at a time, for some minutes. Nothing is locked by that.

A claim that is not renewed expires by itself; whoever opens the item by its address sees who is looking at it and may decide
all the same, for decisions have their own guard (Overtaken).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from tawthiq.casework.models import QueueClaim, User

MINUTES = 5


def claim(user: User, subject: str) -> bool:
    """Have the queue show a subject to nobody else for some minutes; False when somebody else has it."""
    now = datetime.now(UTC)
    until = now + timedelta(minutes=MINUTES)
    free = QueueClaim.objects.filter(Q(user=user) | Q(until__lte=now), subject=subject)
    if free.update(user=user, until=until):
        return True
    try:
        with transaction.atomic():
            QueueClaim.objects.create(subject=subject, user=user, until=until)
    except IntegrityError:  # somebody was faster
        return False
    return True


def let_go(user: User, keep: str = "") -> None:
    """End a person's claims, all but the one to keep, and those of everybody that have expired."""
    mine = Q(user=user) & ~Q(subject=keep)
    QueueClaim.objects.filter(mine | Q(until__lte=datetime.now(UTC))).delete()


def claimed_by_others(user: User, subjects: Iterable[str]) -> dict[str, str]:
    """The names of those who are looking at some subjects just now, by subject."""
    held = QueueClaim.objects.filter(subject__in=list(subjects), until__gt=datetime.now(UTC)).exclude(user=user)
    return dict(held.values_list("subject", "user__name"))
