"""A person's notices, and how many of them are unread: those about subjects that the person may see now."""

from django.db.models import F, QuerySet

from tawthiq.casework.models import Notice, User
from tawthiq.casework.queries.queue_subjects import seen_of
from tawthiq.casework.queries.visibility import Sight

MOST_COUNTED = 99
_LOOKED_AT = 300


def notices(user: User) -> QuerySet[Notice]:
    """All notices of a person, the unread ones first, in each part the last first."""
    return Notice.objects.filter(user=user).order_by(F("read").asc(nulls_first=True), "-at", "-number")


def unread(user: User, sight: Sight) -> int:
    """How many notices wait, `MOST_COUNTED` at most: one indexed query for somebody who has none."""
    subjects = list(
        Notice.objects.filter(user=user, read=None).order_by().values_list("subject", flat=True)[:_LOOKED_AT]
    )
    if not subjects:
        return 0
    seen = set(subjects) if sight.sees_all else seen_of(subjects, user, sight)
    return min(MOST_COUNTED, sum(subject in seen for subject in subjects))
