"""Whose subjects are, what a person looked at lately, and to whom work can be given; each in a constant number of queries."""

from collections.abc import Iterable

from django.db.models import QuerySet

from tawthiq.casework.models import Assignment, RecentLook, User
from tawthiq.casework.rules import READERS


def assigned_of(subjects: Iterable[str]) -> dict[str, Assignment]:
    """The assignments of some subjects, with their users, by subject."""
    rows = Assignment.objects.filter(subject__in=list(subjects)).select_related("user")
    return {row.subject: row for row in rows}


def assigned_to(user: User) -> QuerySet[Assignment]:
    """What a person has to do, given last first."""
    return Assignment.objects.filter(user=user).order_by("-at", "-number")


def looked_at(user: User) -> QuerySet[RecentLook]:
    """What a person looked at lately, the last first."""
    return RecentLook.objects.filter(user=user).order_by("-at", "-pk")


def receivers() -> list[str]:
    """The names of all who can be given work: everybody active at the desk but those who only read."""
    found = User.objects.filter(is_active=True).exclude(role__in=READERS).order_by("name")
    return list(found.values_list("name", flat=True))
