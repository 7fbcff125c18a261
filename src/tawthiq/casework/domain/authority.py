"""Deciding about actors and places: adding, naming, correcting, merging, ending, and taking a decision back.

Decisions are one list for the whole archive, only added to. Each act adds its decisions in one transaction and enters the
custody log: subject is the code decided about ("authority" for several), facts are for each decision its revision, its
entry and its digest, and the digest of the decision before the first, so that the list can be proven whole. Whoever decides
has seen an entry up to a revision: a later decision about the same entry is told first (Overtaken).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import AuthorityDecision
from tawthiq.casework.queries.authority import decisions, last_about
from tawthiq.lexicon.authority import AuthorityRefused, in_force
from tawthiq.lexicon.authority_checks import Ground, remarks
from tawthiq.lexicon.authority_file import content_of, identifier_of
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.lexicon.gazetteer import Gazetteer, gazetteer
from tawthiq.records.authority import Authority, Decision, Step, Told
from tawthiq.records.errors import WrongUsage

AUTHORITY = "authority"
LOGGED_AT_ONCE = 200  # decisions in one entry of the log: some twenty kilobytes


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decides, and what they have seen: the last revision about the entries concerned, None where nobody looked.

    `plain` is the gazetteer with the packs at hand, without anybody's decisions; `at` the moment, now when left out.
    """

    by: str
    seen: int | None = None
    plain: Gazetteer | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """New decisions that can be kept: signed, with the authority that holds them and what a person should know of each."""

    made: tuple[Decision, ...]
    authority: Authority
    remarks: tuple[tuple[Told, ...], ...]


def weigh(made: Sequence[Decision], deciding: Deciding) -> Weighed:
    """Look at decisions as if they were kept; nothing is. Raises AuthorityRefused for the first that cannot be kept."""
    return _weighed(decisions(), made, deciding)


@dataclass(frozen=True, slots=True)
class Sifted:
    """Decisions of a file: those that can be kept, by their place in the file from 0, and why others cannot."""

    sound: tuple[int, ...]
    refused: tuple[tuple[int, AuthorityRefused], ...]
    held: tuple[int, ...]


def sift(made: Sequence[Decision], deciding: Deciding) -> Sifted:
    """Part the decisions of a file into those that can be kept together, those that cannot, and those held already.

    One is held when its identifier is, or when it is unsigned and says what a decision says that is kept.
    """
    before = decisions()
    identifiers = {identifier_of(decision) for decision in before}
    unsigned = {identifier_of(replace(decision, by="", at=None)) for decision in before}
    at = deciding.at or datetime.now(UTC)
    held, left, refused = [], {}, []
    for place, decision in enumerate(made):
        signed = decision.by or decision.at
        if identifier_of(decision) in (identifiers if signed else unsigned):
            held.append(place)
        else:
            left[place] = replace(decision, by=decision.by or deciding.by, at=decision.at or at)
    while errors := _errors(before, left, deciding.plain or gazetteer()):
        refused.extend(errors)
        for place, _error in errors:
            del left[place]
    return Sifted(tuple(left), tuple(sorted(refused, key=lambda each: each[0])), tuple(held))


def _errors(
    before: Sequence[Decision], left: dict[int, Decision], plain: Gazetteer
) -> list[tuple[int, AuthorityRefused]]:
    """What is wrong with decisions that would be kept together, by their places."""
    places = {id(decision): place for place, decision in left.items()}
    try:
        authority = in_force((*before, *left.values()))
    except AuthorityRefused as error:
        place = places.get(id(error.decision))
        if place is None:
            raise
        return [(place, error)]
    ground = Ground(authority, plain)
    found = []
    for number, (place, decision) in enumerate(left.items(), len(before) + 1):
        try:
            if number not in authority.withdrawn:
                remarks(ground, decision)
        except AuthorityRefused as error:
            found.append((place, error))
    return found


def decide(folder: Path | None, made: Sequence[Decision], deciding: Deciding) -> list[AuthorityDecision]:
    """Keep decisions as one act and log it in the archive at `folder`; all of them or none.

    Raises AuthorityRefused for the first that breaks a rule or fails a check, Overtaken where somebody else decided about
    one of the entries since the revision that was seen.
    """
    if not made:
        raise WrongUsage(item=AUTHORITY, happened="there is nothing to decide", advice="give at least one decision")
    at = (deciding.at or datetime.now(UTC)).astimezone(UTC)
    try:
        with transaction.atomic():
            before = decisions()
            weighed = _weighed(before, made, replace(deciding, at=at))
            _expect_nothing_new(weighed.authority, len(before), deciding.seen)
            last = AuthorityDecision.objects.filter(revision=len(before)).values_list("sha256", flat=True).first()
            rows = _rows(weighed, len(before), at)
            AuthorityDecision.objects.bulk_create(rows)
    except IntegrityError as error:
        raise _overtaken(made[0].code, None) from error
    _log(folder, rows, last, deciding.by, at)
    return rows


def _weighed(before: Sequence[Decision], made: Sequence[Decision], deciding: Deciding) -> Weighed:
    at = deciding.at or datetime.now(UTC)
    signed = tuple(replace(decision, by=decision.by or deciding.by, at=decision.at or at) for decision in made)
    authority = in_force((*before, *signed))
    ground = Ground(authority, deciding.plain or gazetteer())
    found = tuple(
        () if number in authority.withdrawn else remarks(ground, decision)
        for number, decision in enumerate(signed, len(before) + 1)
    )
    return Weighed(signed, authority, found)


def _expect_nothing_new(authority: Authority, held: int, seen: int | None) -> None:
    """Raises Overtaken where an entry of the new decisions has a decision after the one that was seen."""
    if seen is None:
        return
    for number in range(held + 1, len(authority.decisions) + 1):
        concerned = concerns(authority, number)
        last = last_about(concerned)
        if last is not None and last.revision > seen:
            raise _overtaken(concerned, last)


def concerns(authority: Authority, number: int) -> str:
    """The code (or word) that decision `number` is about: what a withdrawal takes back is about the same."""
    decision = authority.decisions[number - 1]
    if decision.step is not Step.WITHDRAW:
        return entry_of(decision)
    return entry_of(authority.decisions[withdrawn_by(authority, number) - 1])


def withdrawn_by(authority: Authority, number: int) -> int:
    """The number of the decision that the withdrawal `number` takes back."""
    target = authority.decisions[number - 1].target
    taken = [
        at
        for at, identifier in enumerate(authority.identifiers, 1)
        if at < number and at in authority.withdrawn and identifier.startswith(target)
    ]
    return taken[0]


def entry_of(decision: Decision) -> str:
    """What the rows are found by: the code decided about, else the word that is no place."""
    return decision.code or decision.alias


def _rows(weighed: Weighed, held: int, at: datetime) -> list[AuthorityDecision]:
    """The rows of new decisions, which readers are given together."""
    digest = overlay(weighed.authority).digest
    rows = []
    for number, decision in enumerate(weighed.made, held + 1):
        withdraws = withdrawn_by(weighed.authority, number) if decision.step is Step.WITHDRAW else None
        rows.append(
            AuthorityDecision(
                revision=number,
                step=decision.step.value,
                kind=decision.kind.value,
                entry=concerns(weighed.authority, number),
                withdraws=withdraws,
                content=content_of(decision),
                sha256=identifier_of(decision),
                overlay_sha256=digest,
                by=decision.by,
                at=decision.at or at,
            )
        )
    return rows


def _log(folder: Path | None, rows: Sequence[AuthorityDecision], last: str | None, by: str, at: datetime) -> None:
    for begin in range(0, len(rows), LOGGED_AT_ONCE):
        some = rows[begin : begin + LOGGED_AT_ONCE]
        withdrawn = all(row.step == AuthorityDecision.Step.WITHDRAW for row in some)
        kind = custody.AUTHORITY_WITHDRAWN if withdrawn else custody.AUTHORITY_DECIDED
        subject = some[0].entry if len({row.entry for row in some}) == 1 else AUTHORITY
        facts = {
            "decisions": [[row.revision, row.step, row.entry, row.sha256] for row in some],
            "after": rows[begin - 1].sha256 if begin else last,
        }
        custody.record(folder, kind, by, subject=subject, facts=facts, at=at)


def _overtaken(entry: str, last: AuthorityDecision | None) -> Overtaken:
    who = f"{last.by} decided" if last else "somebody else decided"
    return Overtaken(
        item=entry or AUTHORITY,
        happened=f"{who} about this entry in the meantime",
        advice="look at what they decided, then decide again",
    )
