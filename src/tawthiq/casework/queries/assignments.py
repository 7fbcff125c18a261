"""Whose subjects are, what a person looked at lately, and to whom work can be given; each in a constant number of queries.

To whom a case is given while it waits for one more verifier is known to that person alone: who has it to do is likely to be who
gave the sheet that the next one must not know of (docs/verification.md).
"""

from collections.abc import Iterable

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from tawthiq.casework.models import Assignment, Case, RecentLook, User
from tawthiq.casework.rules import READERS

OF_CASES = ("case", "incident")
"""The kinds of subjects by which a case is given to somebody."""
WAITING = (Case.State.SECOND, Case.State.DISAGREEMENT)
"""The states of a case in which another verifier is waited for."""


def assigned_of(subjects: Iterable[str], user: User) -> dict[str, Assignment]:
    """The assignments of some subjects of which a person may know, with their users, by subject."""
    rows = known_to(user, Assignment.objects.filter(subject__in=list(subjects)).select_related("user"))
    return {row.subject: row for row in rows}


def known_to(user: User, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those of some assignments of which a person may know."""
    return rows.exclude(about_secret("subject") & ~Q(user=user))


def about_secret(field: str) -> Q:
    """Whether a field names a case, or its incident, of which nobody may learn who has it to do."""
    found = Q()
    for kind in OF_CASES:
        waiting = Case.objects.filter(state__in=WAITING).order_by()
        named = Concat(Value(f"{kind}:"), Cast("incident", CharField()), output_field=CharField())
        found |= Q(**{f"{field}__in": waiting.annotate(named=named).values("named")})
    return found


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
