"""Opening cases, and keeping their state in step with what people found and with what linking proposes now.

A case opened twice is one case. The state follows from the sheets about what the incident holds now; where none of
these decides, from the last content that people did decide about, and the case then says that it changed since.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from tawthiq.archive.models import IncidentReport
from tawthiq.casework.case_content import CaseContent, content_to_json
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.models import Assignment, Case, CaseItem, CaseViolation, Notice, User
from tawthiq.casework.models import CaseContent as ContentRow
from tawthiq.casework.queries.case_contents import content_of, contents_of
from tawthiq.casework.queries.verification_secrecy import Round, rounds_about
from tawthiq.casework.verification_outcome import DISAGREEMENT, SECOND
from tawthiq.casework.verification_sheet import VIOLATION
from tawthiq.records.errors import TawthiqError, WrongUsage

DECIDED = (Case.State.VERIFIED, Case.State.REJECTED, Case.State.UNDECIDED)
"""The states in which people have come to something."""
_NONCE_BYTES = 16
_AT_ONCE = 200


class NotAllowed(TawthiqError):
    """The person may not do this; nothing was saved."""


def open_case(folder: Path | None, incident: int, by: str) -> Case:
    """The case of an incident, opened now if it is not yet. Raises WrongUsage where no such incident is proposed."""
    content = content_of(incident)
    if content is None:
        known = Case.objects.filter(incident=incident).first()
        if known is not None:
            return known
        raise WrongUsage(
            item=f"incident {incident}",
            happened="linking proposes no incident of this number",
            advice="open the list of incidents again",
        )
    at = datetime.now(UTC)
    with transaction.atomic():
        case, new = Case.objects.get_or_create(
            incident=incident, defaults={"opened_by": by, "opened": at, "digest": content.digest}
        )
        keep_items(case, content.documents)
    if new:
        entry = partial(custody.record, folder, custody.CASE_OPENED, by, subject=subject(case), at=at)
        transaction.on_commit(entry)
    return case


def locked(case: int) -> Case:
    """A case for the transaction at hand: whoever else changes it waits (on SQLite the transaction itself does that)."""
    return Case.objects.select_for_update().get(pk=case)


def keep_items(case: Case, documents: Iterable[str]) -> None:
    """Remember the items that a case is about."""
    CaseItem.objects.bulk_create([CaseItem(case=case, item=item) for item in documents], ignore_conflicts=True)


def kept_content(case: Case, content: CaseContent, at: datetime) -> ContentRow:
    """The row of what an incident holds, made when people first decide about it. The caller holds the transaction."""
    keep_items(case, content.documents)
    row, _ = ContentRow.objects.get_or_create(
        case=case, digest=content.digest, defaults={"content": content_to_json(content), "at": at}
    )
    return row


def refresh(incidents: Collection[int] | None = None) -> int:
    """Bring cases in step with what linking proposes now, all or those of some incidents; how many changed since
    verified.

    Who gave the sheets, and who is to do the case, is told.
    """
    rows = Case.objects.all() if incidents is None else Case.objects.filter(incident__in=incidents)
    numbers = list(rows.order_by("number").values_list("number", "incident"))
    found = 0
    for begin in range(0, len(numbers), _AT_ONCE):
        some = numbers[begin : begin + _AT_ONCE]
        contents = contents_of([incident for _, incident in some])
        found += sum(_refreshed(number, contents.get(incident)) for number, incident in some)
    return found


def refresh_about(documents: Collection[str]) -> int:
    """Bring the cases in step that some items belong to, or did when people decided about them; how many changed."""
    known: set[int] = set()
    wanted = sorted(documents)
    for begin in range(0, len(wanted), _AT_ONCE):
        some = wanted[begin : begin + _AT_ONCE]
        known |= set(Case.objects.filter(items__item__in=some).values_list("incident", flat=True))
        told = IncidentReport.objects.filter(report__capture__identifier__in=some).values("incident")
        known |= set(Case.objects.filter(incident__in=told).values_list("incident", flat=True))
    return refresh(known)


def _refreshed(number: int, content: CaseContent | None) -> bool:
    digest = content.digest if content else ""
    if Case.objects.filter(pk=number, digest=digest).exists():
        return False
    with transaction.atomic():
        case = locked(number)
        before = case.changed
        if content is not None:
            keep_items(case, content.documents)
        follow(case, digest)
    if case.changed and not before:
        authors = {given.row.by for each in rounds_of(case) for given in each.in_force}
        tell({*authors, *assigned_to(case)}, Notice.Kind.UNFIT, subject(case), "")
    return case.changed and not before


def follow(case: Case, digest: str) -> Case:
    """Set a case's state from its sheets; `digest` is that of what its incident holds now. The caller holds the
    transaction.
    """
    stands = standing(rounds_of(case), digest)
    case.state, case.changed, case.digest = stands.state, stands.changed, digest
    case.save(update_fields=["state", "digest", "changed"])
    settled = stands.decided.verdict.settled if stands.decided else {}
    codes = {name.partition(":")[2] for name in settled if name.startswith(f"{VIOLATION}:")}
    CaseViolation.objects.filter(case=case).exclude(code__in=codes).delete()
    CaseViolation.objects.bulk_create([CaseViolation(case=case, code=code) for code in codes], ignore_conflicts=True)
    return case


@dataclass(frozen=True, slots=True)
class Standing:
    """What sheets make of a case: its state, whether it changed since people decided, and the sheets that decide."""

    state: str
    changed: bool
    decided: Round | None


def standing(rounds: Sequence[Round], digest: str) -> Standing:
    """Where a case stands with these sheets; `digest` is that of what its incident holds now."""
    now = next((each for each in rounds if each.about.digest == digest), None)
    past = [each for each in rounds if each is not now and each.verdict.state in DECIDED]
    state = now.verdict.state if now else Case.State.OPEN.value
    decided = now if state in DECIDED else past[-1] if past else None
    changed = bool(past) and state not in DECIDED
    if changed and state == Case.State.OPEN:
        state = past[-1].verdict.state
    return Standing(state, changed, decided)


def rounds_of(case: Case) -> list[Round]:
    """The sheets of a case by what they are about, in the order in which these were first decided about. Not for pages."""
    contents = list(ContentRow.objects.filter(case=case).order_by("number"))
    found = rounds_about(contents)
    return [found[each.pk] for each in contents]


def subject(case: Case) -> str:
    """How notices name a case."""
    return f"case:{case.incident}"


def assigned_to(case: Case) -> set[str]:
    """The names of those who have the case, or its incident, to do."""
    asked = (subject(case), f"incident:{case.incident}")
    return set(Assignment.objects.filter(subject__in=asked).values_list("user__name", flat=True))


def tell_of(case: Case, before: str, authors: Collection[str], by: str) -> None:
    """Tell of a state that was reached. While a sheet is secret, nobody learns from a notice who gave it."""
    if case.state == before:
        return
    if case.state in (SECOND, DISAGREEMENT):
        kind = Notice.Kind.THIRD_NEEDED if case.state == DISAGREEMENT else Notice.Kind.SECOND_NEEDED
        told = assigned_to(case) | (set(authors) if case.state == DISAGREEMENT else set())
        tell(told - {by} if case.state == SECOND else told, kind, subject(case), "")
    elif case.state in DECIDED:
        kind = Notice.Kind.VERIFIED if case.state == Case.State.VERIFIED else Notice.Kind.REJECTED
        if case.state != Case.State.UNDECIDED:
            tell({*authors, *assigned_to(case)}, kind, subject(case), by)


def active(name: str) -> User:
    """The account of a person who acts. Raises NotAllowed for one that is closed or not there."""
    user = User.objects.filter(name=name, is_active=True).first()
    if user is None:
        raise NotAllowed(
            item=name, happened="there is no open account of this name", advice="ask an owner of the archive"
        )
    return user


def sealed(content: Mapping[str, Any], by: str, at: datetime) -> dict[str, Any]:
    """What an act keeps: its content with who, when, and a nonce, so that its digest tells nothing to who guesses."""
    return {**content, "by": by, "at": at.isoformat(), "nonce": secrets.token_hex(_NONCE_BYTES)}
