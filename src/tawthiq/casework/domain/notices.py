"""Telling people of what others did. A notice stays inside the application; nothing here sends anything anywhere.

Nobody is told of their own acts, nor of what they may not see: an outsider learns nothing from being told.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction

from tawthiq.casework.models import Notice, User
from tawthiq.casework.queries.queue_subjects import seen_of, subject_of
from tawthiq.casework.queries.visibility import sight_of
from tawthiq.records.errors import WrongUsage


def tell(names: Iterable[str], kind: str, subject: str, by: str) -> int:
    """Put a notice of `kind` (Notice.Kind) about a subject "KIND:KEY" before users by name; how many were told.

    Whoever acted (`by`), accounts that are closed and those who may not see the subject are left out. An unread notice of the
    same kind and subject is renewed. Raises WrongUsage for a kind or subject that there is not.
    """
    if kind not in Notice.Kind.values or subject_of(subject) is None:
        raise WrongUsage(
            item=f"{kind} {subject}"[:200],
            happened="a notice is about a kind and a subject that there are",
            advice="name one of Notice.Kind and a subject KIND:KEY",
        )
    wanted = User.objects.filter(name__in=set(names), is_active=True).exclude(name=by).exclude(role=User.Role.PUBLIC)
    told = [user for user in wanted if seen_of([subject], user, sight_of(user))]
    at = datetime.now(UTC)
    with transaction.atomic():
        unread = Notice.objects.filter(user__in=told, kind=kind, subject=subject, read=None)
        known = set(unread.values_list("user_id", flat=True))
        unread.update(by=by, at=at)
        new = [Notice(user=user, kind=kind, subject=subject, by=by, at=at) for user in told if user.pk not in known]
        Notice.objects.bulk_create(new, ignore_conflicts=True)  # somebody else may be telling the same at this moment
    return len(told)


def mark_read(user: User, numbers: Iterable[int] | None = None) -> list[int]:
    """Mark a person's unread notices as read, all or those with these numbers; the numbers of those that became so."""
    with transaction.atomic():
        unread = Notice.objects.filter(user=user, read=None)
        if numbers is not None:
            unread = unread.filter(number__in=list(numbers))
        marked = list(unread.values_list("number", flat=True))
        Notice.objects.filter(number__in=marked, read=None).update(read=datetime.now(UTC))
    return marked


def mark_unread(user: User, numbers: Iterable[int]) -> int:
    """Take back that notices were read, those left out of which an unread one is there again; how many became unread."""
    with transaction.atomic():
        rows = list(Notice.objects.filter(user=user, number__in=list(numbers)).exclude(read=None))
        there = set(Notice.objects.filter(user=user, read=None).values_list("kind", "subject"))
        chosen: dict[tuple[str, str], int] = {}
        for row in rows:
            if (row.kind, row.subject) not in there:
                chosen.setdefault((row.kind, row.subject), row.number)
        return Notice.objects.filter(number__in=chosen.values()).update(read=None)
