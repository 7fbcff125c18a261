"""Deciding about readings: finding values right, correcting, rejecting, adding, splitting, merging; taking it back.

Each act adds its decisions in one transaction, and enters the custody log as one entry that names the digests of all of
them and nothing of their words. Who decides has seen a state of the report (`seen`, the number of the last act about it):
whoever decided since then is told first (Overtaken). An act is taken back whole, for as long as nothing was built on it
(BuiltUpon). Finding a report done adds a row of its own.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Max

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import ReadingCorrection, ReportReview
from tawthiq.casework.queries.reading_corrections import kept
from tawthiq.custody.entry import digest_of
from tawthiq.reading.correction_contract import SCHEMA, WITHDRAWN, correction_to_json, withdrawal_to_json
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.records.reading_correction import MANY, STATEMENT_SLOTS, Judgement, Part, Slot, Target, Value
from tawthiq.records.reading_correction import ReadingCorrection as Decision

MOST_AT_ONCE = 2000
_NONCE_BYTES = 16
_TRIES = 5
_ONLY_CORRECTED = (Slot.ACT, Slot.MODALITY, Slot.SCOPE, Slot.KIND, Slot.STANCE)


class BuiltUpon(TawthiqError):
    """A later decision rests on what is to be taken back; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person decided upon: the capture, its text's digest, who had read it, and the last act about it then."""

    capture: str
    text_sha256: str
    reader: str
    act: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that a person says of a reading: the parts of records.ReadingCorrection that they chose."""

    judgement: Judgement
    slot: Slot
    target: Target
    was: Value | None = None
    given: Value | None = None
    other: Target | None = None
    parts: tuple[Part, ...] = ()


def decide(
    folder: Path | None, judged: Sequence[Judged], seen: Seen, by: str, *, reason: str = "", at: datetime | None = None
) -> list[ReadingCorrection]:
    """Keep what a person decided about one reading as one act, and log it.

    Raises Overtaken when a later act than the one seen is there, and WrongUsage for what cannot be decided so.
    """
    if not judged or len(judged) > MOST_AT_ONCE:
        raise WrongUsage(
            item="a decision about a reading",
            happened=f"{len(judged)} values were named",
            advice=f"decide about 1 to {MOST_AT_ONCE} values at once",
        )
    for each in judged:
        _expect_whole(each)
    at = (at or datetime.now(UTC)).astimezone(UTC)
    rows = [_row(_decision(each, seen, by=by, at=at, reason=reason)) for each in judged]
    return _added(folder, rows, seen.capture, seen.act)


def withdraw(
    folder: Path | None, capture: str, act: int, seen: int, by: str, *, reason: str = "", at: datetime | None = None
) -> list[ReadingCorrection]:
    """Take back all of an act that is in force; its rows stay, and so does its entry in the log.

    Raises Overtaken when nothing of it is in force or a later act than `seen` is there, BuiltUpon as the class says.
    """
    at = (at or datetime.now(UTC)).astimezone(UTC)
    there = kept(capture)
    mine = [(row, decision) for row, decision in there.rows if row.act == act]
    changed = [row for row in there.changed if row.act == act and row.kind != WITHDRAWN and not _is_withdrawn(row)]
    if not mine and not changed:
        raise _overtaken(capture)
    later = [decision for row, decision in there.rows if row.act > act]
    for _, decision in mine:
        _expect_nothing_built(decision, later)
    rows = [_withdrawal(row, by=by, at=at, reason=reason) for row in [*(row for row, _ in mine), *changed]]
    return _added(folder, rows, capture, seen)


def review(folder: Path | None, seen: Seen, by: str, *, at: datetime | None = None) -> ReportReview:
    """Mark a report as looked at whole, and log it. Raises Overtaken when somebody decided about it in the meantime."""
    at = (at or datetime.now(UTC)).astimezone(UTC)
    content = {
        "schema": SCHEMA,
        "reviewed": seen.capture,
        "text_sha256": seen.text_sha256,
        "reader": seen.reader,
        "by": by,
        "time": at.isoformat(),
        "nonce": secrets.token_hex(_NONCE_BYTES),
    }
    return _marked(folder, ReportReview.Kind.REVIEWED, content, seen.capture, seen.act)


def take_back_review(
    folder: Path | None, capture: str, seen: int, by: str, *, at: datetime | None = None
) -> ReportReview:
    """Let a report wait for a review again, and log it. Raises Overtaken where no review stands."""
    at = (at or datetime.now(UTC)).astimezone(UTC)
    last = ReportReview.objects.filter(capture=capture).order_by("-revision").first()
    if last is None or last.kind == ReportReview.Kind.WITHDRAWN:
        raise _overtaken(capture)
    content = {"schema": SCHEMA, "withdraws": last.sha256, "by": by, "time": at.isoformat()}
    return _marked(folder, ReportReview.Kind.WITHDRAWN, content, capture, seen)


def _expect_whole(judged: Judged) -> None:
    """Raises WrongUsage where the parts of a decision do not belong together."""
    judgement, slot = judged.judgement, judged.slot
    gives = judgement in (Judgement.CORRECTED, Judgement.ADDED, Judgement.SPLIT)
    whole = slot in (Slot.EVENT, Slot.STATEMENT)
    wrong = (
        gives != (judged.given is not None)
        or (judgement is Judgement.MERGED) != (judged.other is not None)
        or (judgement is Judgement.REJECTED and slot in _ONLY_CORRECTED)
        or (judgement is Judgement.ADDED and slot not in MANY | {Slot.EVENT, Slot.WHEN, Slot.SPEAKER})
        or (judgement in (Judgement.ACCEPTED, Judgement.CORRECTED) and (whole or judged.was is None))
        or (slot in STATEMENT_SLOTS | {Slot.STATEMENT}) == judged.target.is_event
        or judged.other == judged.target
    )
    if wrong:
        raise WrongUsage(
            item=f"{judgement.value} {slot.value}",
            happened="this cannot be decided so",
            advice="open the report again and choose one of the acts that it offers",
        )


def _decision(judged: Judged, seen: Seen, *, by: str, at: datetime, reason: str) -> Decision:
    return Decision(
        identifier="",
        capture=seen.capture,
        judgement=judged.judgement,
        slot=judged.slot,
        target=judged.target,
        was=judged.was,
        given=judged.given,
        other=judged.other,
        parts=judged.parts,
        text_sha256=seen.text_sha256,
        reader=seen.reader,
        reason=reason,
        by=by,
        at=at,
        nonce=secrets.token_hex(_NONCE_BYTES),
    )


def _row(decision: Decision) -> ReadingCorrection:
    return ReadingCorrection(
        kind=decision.judgement.value,
        slot=decision.slot.value,
        changes=decision.changes,
        capture=decision.capture,
        content=correction_to_json(decision),
        by=decision.by,
        at=decision.at,
    )


def _withdrawal(row: ReadingCorrection, *, by: str, at: datetime, reason: str) -> ReadingCorrection:
    nonce = secrets.token_hex(_NONCE_BYTES)
    return ReadingCorrection(
        kind=WITHDRAWN,
        slot=row.slot,
        changes=False,
        capture=row.capture,
        content=withdrawal_to_json(row.sha256, row.capture, by=by, at=at, reason=reason, nonce=nonce),
        withdraws=row.sha256,
        by=by,
        at=at,
    )


def _added(folder: Path | None, rows: list[ReadingCorrection], capture: str, seen: int) -> list[ReadingCorrection]:
    """The rows of one act, saved and logged."""
    for patience in range(_TRIES - 1, -1, -1):
        try:
            with transaction.atomic():
                _number(rows, capture, seen)
                ReadingCorrection.objects.bulk_create(rows)
            break
        except IntegrityError:  # somebody decided about another report in this moment, under the same number
            if not patience:
                raise
    facts = {"act": rows[0].act, "decisions": [[row.kind, row.sha256] for row in rows]}
    custody.record(folder, custody.READING_DECIDED, rows[0].by, subject=capture, facts=facts, at=rows[0].at)
    return rows


def _number(rows: Iterable[ReadingCorrection], capture: str, seen: int) -> None:
    """Give rows the next act's number, once nobody decided about the capture since `seen`."""
    last = ReadingCorrection.objects.filter(capture=capture).order_by("-act").first()
    if (last.act if last else 0) != seen:
        raise _overtaken(capture, last)
    act = (ReadingCorrection.objects.aggregate(last=Max("act"))["last"] or 0) + 1
    for place, row in enumerate(rows):
        row.act, row.place, row.sha256 = act, place, digest_of(row.content)


def _marked(
    folder: Path | None, kind: ReportReview.Kind, content: dict[str, str], capture: str, seen: int
) -> ReportReview:
    at = datetime.fromisoformat(content["time"])
    row = ReportReview(kind=kind, capture=capture, content=content, sha256=digest_of(content), by=content["by"], at=at)
    try:
        with transaction.atomic():
            last = ReadingCorrection.objects.filter(capture=capture).order_by("-act").first()
            if (last.act if last else 0) != seen:
                raise _overtaken(capture, last)
            row.revision = (ReportReview.objects.filter(capture=capture).aggregate(n=Max("revision"))["n"] or 0) + 1
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _overtaken(capture) from error
    logged = custody.REPORT_REVIEWED if kind == ReportReview.Kind.REVIEWED else custody.REVIEW_WITHDRAWN
    facts = {"revision": row.revision, "review_sha256": row.sha256}
    custody.record(folder, logged, row.by, subject=capture, facts=facts, at=at)
    return row


def _is_withdrawn(row: ReadingCorrection) -> bool:
    return ReadingCorrection.objects.filter(withdraws=row.sha256).exists()


def _expect_nothing_built(decision: Decision, later: Iterable[Decision]) -> None:
    """Raises BuiltUpon when a later decision is about what this one made or gave, or about an event that it changed whole."""
    resting = next((each for each in later if _rests(each, decision)), None)
    if resting is not None:
        raise BuiltUpon(
            item=f"{resting.by}, {resting.at:%Y-%m-%d %H:%M} UTC",
            happened="a later decision rests on what would be taken back",
            advice="take back the later decision first",
        )


def _rests(later: Decision, decision: Decision) -> bool:
    about = {later.target, later.other}
    if decision.made is not None and decision.made in about:
        return True
    if decision.judgement in (Judgement.SPLIT, Judgement.MERGED) and decision.target in about and later.changes:
        return True
    same = later.target == decision.target and later.slot is decision.slot
    return bool(same and later.was and decision.given and later.was.anchor.span == decision.given.anchor.span)


def _overtaken(capture: str, last: ReadingCorrection | None = None) -> Overtaken:
    who = f"{last.by} decided" if last else "somebody else decided"
    return Overtaken(
        item=f"{last.at:%Y-%m-%d %H:%M} UTC" if last else capture,
        happened=f"{who} about this report in the meantime",
        advice="look at what they decided, then decide again",
    )
