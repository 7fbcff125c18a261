"""Undoing: an act is offered for undoing to who did it, once, and for `HOURS`.

Decisions are not undone here: they are withdrawn, by a row of their own. What can be undone is what people arrange around
them: assignments, marks, notices read, saved searches removed. An act that others have changed since is undone as far as they
have not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from tawthiq.casework.domain import bulk, notices, saved_searches
from tawthiq.casework.domain.assignments import Assigned, put_back
from tawthiq.casework.domain.queue_later import bring_back
from tawthiq.casework.models import Undoable, User

HOURS = 24
ASSIGNED, READ, REMOVED, RENAMED, LATER = "assigned", "notices-read", "search-removed", "search-renamed", "put-off"
BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of undoing: how many things are as they were before."""

    act: str
    things: int


def offer(user: User, act: str, content: dict[str, Any]) -> int:
    """Keep what is needed to undo an act; the number by which it is undone."""
    now = datetime.now(UTC)
    Undoable.objects.filter(user=user, at__lt=now - timedelta(hours=HOURS)).delete()
    return Undoable.objects.create(user=user, act=act, content=content, at=now).number


def offered(user: User, number: int) -> Undoable | None:
    """An act that this person may still undo."""
    since = datetime.now(UTC) - timedelta(hours=HOURS)
    return Undoable.objects.filter(user=user, number=number, undone=None, at__gte=since, act__in=_UNDO).first()


def undo(folder: Path | None, user: User, number: int) -> Undone | None:
    """Undo an act of this person; None where there is none to undo (any more)."""
    with transaction.atomic():
        row = offered(user, number)
        if row is None:
            return None
        taken = Undoable.objects.filter(pk=row.pk, undone=None).update(undone=datetime.now(UTC))
        return Undone(row.act, _UNDO[row.act](row, folder)) if taken else None


def _assigned(row: Undoable, folder: Path | None) -> int:
    return put_back(folder, Assigned(row.content["before"], row.content["after"]), row.user)


def _read(row: Undoable, _: Path | None) -> int:
    return notices.mark_unread(row.user, row.content["numbers"])


def _removed(row: Undoable, _: Path | None) -> int:
    return saved_searches.bring_back(row.user, row.content["number"])


def _renamed(row: Undoable, _: Path | None) -> int:
    return saved_searches.put_back(row.user, row.content["number"], row.content["name"], team=row.content["team"])


def _later(row: Undoable, _: Path | None) -> int:
    bring_back(row.user, row.content["subject"])
    return 1


def _bulk(row: Undoable, folder: Path | None) -> int:
    return bulk.undo(folder, row.content, row.user)


_UNDO: dict[str, Callable[[Undoable, Path | None], int]] = {
    ASSIGNED: _assigned,
    READ: _read,
    REMOVED: _removed,
    RENAMED: _renamed,
    LATER: _later,
    BULK: _bulk,
}
