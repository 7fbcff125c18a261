"""Giving work to people: taking a subject, giving it to somebody, releasing it. A word goes with it; nothing is decided by it.

An incident that is somebody's work is a case from then on, so that it stands in the list of cases; releasing leaves the case.

Each act is one transaction and one entry of the custody log, which names the subjects and to whom they were given, never the
word. Who is given something is told inside the application.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.cases import open_case, subject
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.models import Assignment, Case, Notice, User
from tawthiq.casework.queries.queue_subjects import INCIDENT, seen_of, subject_of
from tawthiq.casework.queries.visibility import sight_of
from tawthiq.casework.rules import may_assign
from tawthiq.records.errors import WrongUsage

LONGEST_WORD = 500
_AT_ONCE = 400
State = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Assigned:
    """What an act changed: for each subject whose it was before and whose it is now, [name, word] or nothing.

    `opened` are the cases that it opened, subject and digest of what the incident holds.
    """

    before: State
    after: State
    opened: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> list[str]:
        """The subjects that are somebody else's now than before, or nobody's."""
        return sorted(each for each in self.after if self.after[each] != self.before[each])


def assign(folder: Path | None, subjects: Iterable[str], to: str | None, by: User, word: str = "") -> Assigned:
    """Give subjects to the user called `to`, or to nobody. What `by` or the receiver may not see is left out.

    Raises WrongUsage where there is no such user at the desk, or `by` may not give work.
    """
    receiver = _receiver(to, by)
    wanted = [text for text in dict.fromkeys(subjects) if subject_of(text)]
    seen = seen_of(wanted, by, sight_of(by))
    if receiver is not None and receiver.pk != by.pk:
        seen &= seen_of(seen, receiver, sight_of(receiver))
    word = " ".join("".join(sign if sign.isprintable() else " " for sign in word).split())[:LONGEST_WORD]
    after: State = {text: [to, word] if to else [] for text in wanted if text in seen}
    with transaction.atomic():
        before = state_of(after)
        _put(after, by.name)
        opened = _open(folder, [text for text in after if after[text]], by.name)
    done = Assigned(before, after, opened)
    _tell(folder, done, by.name)
    return done


def put_back(folder: Path | None, done: Assigned, by: User) -> int:
    """Undo an act as far as nobody changed it since; how many subjects are as they were before."""
    with transaction.atomic():
        now = state_of(done.after)
        back = {text: done.before[text] for text in done.changed if now[text] == done.after[text]}
        names = User.objects.filter(name__in={state[0] for state in back.values() if state}, is_active=True)
        known = set(names.values_list("name", flat=True))
        back = {text: state for text, state in back.items() if not state or state[0] in known}
        _put(back, by.name)
    _tell(folder, Assigned(done.after, back), by.name)
    return len(back)


def state_of(subjects: Iterable[str]) -> State:
    """Whose some subjects are: name and word, or nothing."""
    asked = sorted(subjects)
    found: State = {text: [] for text in asked}
    for begin in range(0, len(asked), _AT_ONCE):
        rows = Assignment.objects.filter(subject__in=asked[begin : begin + _AT_ONCE])
        found |= {text: [name, word] for text, name, word in rows.values_list("subject", "user__name", "word")}
    return found


def _open(folder: Path | None, subjects: Iterable[str], by: str) -> tuple[tuple[str, str], ...]:
    """Open the cases of incidents that have none. The caller holds the transaction."""
    named = [found for text in subjects if (found := subject_of(text)) and found.kind == INCIDENT]
    numbers = [found.number for found in named]
    known: set[int] = set()
    for begin in range(0, len(numbers), _AT_ONCE):
        rows = Case.objects.filter(incident__in=numbers[begin : begin + _AT_ONCE])
        known |= set(rows.values_list("incident", flat=True))
    cases = [open_case(folder, number, by) for number in numbers if number not in known]
    return tuple((subject(case), case.digest) for case in cases)


def _receiver(to: str | None, by: User) -> User | None:
    if not may_assign(by):
        raise WrongUsage(item=by.name, happened="who only reads gives no work", advice="ask somebody of the desk")
    if not to:
        return None
    return receiver_called(to)


def receiver_called(name: str) -> User:
    """Who can be given work under a name. Raises WrongUsage where nobody of that name works at the desk."""
    found = User.objects.filter(name=name, is_active=True).first() if name.isprintable() else None
    if found is None or not may_assign(found):
        raise WrongUsage(
            item=repr(name[:64]), happened="nobody of that name works at the desk", advice="choose somebody of the list"
        )
    return found


def _put(after: State, by: str) -> None:
    """The rows as they are to be. The caller holds the transaction."""
    at, asked = datetime.now(UTC), sorted(after)
    ids = dict(User.objects.filter(name__in={state[0] for state in after.values() if state}).values_list("name", "pk"))
    for begin in range(0, len(asked), _AT_ONCE):
        Assignment.objects.filter(subject__in=asked[begin : begin + _AT_ONCE]).delete()
    Assignment.objects.bulk_create(
        [
            Assignment(subject=text, kind=text.partition(":")[0], user_id=ids[state[0]], by=by, word=state[1], at=at)
            for text, state in after.items()
            if state
        ],
        batch_size=_AT_ONCE,
    )


def _tell(folder: Path | None, done: Assigned, by: str) -> None:
    """Log what changed hands, and tell those whose hands they are."""
    changed = done.changed
    if not changed:
        return
    given = [[text, done.after[text][0] if done.after[text] else None] for text in changed]
    facts = {"given": given}
    transaction.on_commit(
        lambda: custody.record(folder, custody.ASSIGNED, by, subject="assignments", facts=facts, later=True)
    )
    for text in changed[:_AT_ONCE]:
        before, after = done.before[text], done.after[text]
        if after and (not before or before[0] != after[0]):
            tell([after[0]], Notice.Kind.ASSIGNED, text, by)
        elif before and not after:
            tell([before[0]], Notice.Kind.RELEASED, text, by)
