"""Putting items off: they come last in one's own queue, and stay where they are in everybody else's."""

from datetime import UTC, datetime

from tawthiq.casework.models import QueueLater, User
from tawthiq.casework.queries.queue_subjects import subject_of

MOST_KEPT = 500


def put_off(user: User, subject: str) -> bool:
    """Put a subject off, or again behind what was put off before; False for what names no subject."""
    if subject_of(subject) is None:
        return False
    QueueLater.objects.update_or_create(user=user, subject=subject, defaults={"at": datetime.now(UTC)})
    kept = QueueLater.objects.filter(user=user).order_by("-at", "-pk").values_list("pk", flat=True)[:MOST_KEPT]
    QueueLater.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
    return True


def put_off_by(user: User) -> list[str]:
    """What a person put off, longest ago first."""
    return list(QueueLater.objects.filter(user=user).order_by("at", "pk").values_list("subject", flat=True))


def bring_back(user: User, subject: str) -> None:
    """Have a subject stand in the queue where it stood before it was put off."""
    QueueLater.objects.filter(user=user, subject=subject).delete()
