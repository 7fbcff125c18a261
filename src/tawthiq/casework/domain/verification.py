"""Verifying a case: drafts, finished sheets, withdrawals, and looking at what others found.

Independence is kept here, whatever a page shows: a sheet is taken only from an open account that may verify, that has
no sheet in force about this content, and that does not know what anybody else found (`Round.bars`). Each act is one
transaction under the case's lock, so that two people who finish in one moment are both counted and one person who
sends twice is counted once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.cases import NotAllowed, active, follow, kept_content, locked, sealed, tell_of
from tawthiq.casework.domain.publishing import withdraw_when_unverified
from tawthiq.casework.models import Case, SheetDraft, SheetsSeen, SheetWithdrawal, User, VerificationSheet
from tawthiq.casework.models import CaseContent as ContentRow
from tawthiq.casework.queries.case_contents import content_of
from tawthiq.casework.queries.verification_part import part_taken
from tawthiq.casework.queries.verification_secrecy import Round, round_about
from tawthiq.casework.rules import may_verify
from tawthiq.casework.sheet_checks import expect_whole
from tawthiq.casework.verification_outcome import NEEDED
from tawthiq.casework.verification_sheet import Sheet, sheet_to_json
from tawthiq.custody.entry import digest_of
from tawthiq.records.errors import TawthiqError, WrongUsage

LONGEST_REASON = 2000
MOST_DRAFT = 200_000  # characters of a draft as JSON
WITHDRAWAL = "tawthiq/sheet-withdrawal/1"


class Overtaken(TawthiqError):
    """The incident is not what it was when the form was made; nothing was finished, and what was typed is kept as a
    draft.
    """


class Barred(NotAllowed):
    """The person has given a sheet already, or knows what somebody else found; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person typed so far: the fields of the form with their values, about the content of `digest`."""

    fields: dict[str, list[str]]
    digest: str
    at: datetime


def keep_draft(case: Case, by: str, fields: dict[str, list[str]], digest: str) -> None:
    """Keep what a person typed so far in place of what they typed before.

    Raises NotAllowed, and WrongUsage for far too much.
    """
    user = _verifier(by)
    size = sum(len(value) for values in fields.values() for value in values)
    if size > MOST_DRAFT:
        raise WrongUsage(item="a draft", happened=f"it has {size} characters", advice="shorten the remarks")
    at = datetime.now(UTC)
    SheetDraft.objects.update_or_create(
        case=case, user=user, defaults={"fields": fields, "digest": digest[:64], "at": at}
    )


def draft_of(case: Case, by: str) -> Draft | None:
    """What a person typed so far, for that person alone."""
    row = SheetDraft.objects.filter(case=case, user__name=by).first()
    return Draft(row.fields, row.digest, row.at) if row else None


def drop_draft(case: Case, by: str) -> None:
    """Throw away what a person typed, at their own wish."""
    SheetDraft.objects.filter(case=case, user__name=by).delete()


def finish(folder: Path | None, case: Case, sheet: Sheet, seen: str, by: str) -> VerificationSheet:
    """Keep a person's findings for good; `seen` is the digest of the content that their form showed.

    Raises Overtaken when the incident holds something else by now, Barred and NotAllowed, and Incomplete for a sheet
    that leaves a question without an answer (`sheet_checks`).
    """
    try:
        with transaction.atomic():
            row, before, authors, at = _finished(case, sheet, seen, by)
    except IntegrityError as error:  # the same person, in the same moment, from another window
        raise _barred("you have given a sheet about this already") from error
    custody.record(folder, custody.SHEET_GIVEN, by, subject=row.sha256, at=at)
    after = Case.objects.get(pk=case.pk)
    tell_of(after, before, authors, by)
    withdraw_when_unverified(folder, after, by)
    return row


def _finished(case: Case, sheet: Sheet, seen: str, by: str) -> tuple[VerificationSheet, str, set[str], datetime]:
    at = datetime.now(UTC)
    held = locked(case.pk)
    _verifier(by)
    content = content_of(held.incident)
    if content is None or content.digest != seen:
        raise Overtaken(
            item=f"incident {held.incident}",
            happened="what is told of it changed since the page was made",
            advice="what you typed is kept; look at what changed, then finish",
        )
    expect_whole(sheet, content)
    about = kept_content(held, content, at)
    found = round_about(about)
    _expect_independent(found, by)
    turn = sum(given.row.by == by for given in found.sheets)
    kept: dict[str, Any] = sealed(
        {
            **sheet_to_json(sheet),
            "case": held.incident,
            "about": content.digest,
            "turn": turn,
            "part": part_taken(content, by),
        },
        by,
        at,
    )
    row = VerificationSheet.objects.create(about=about, turn=turn, content=kept, sha256=digest_of(kept), by=by, at=at)
    SheetDraft.objects.filter(case=held, user__name=by).delete()
    authors = _remember_authors(about, at)
    before = held.state
    follow(held, content.digest)
    return row, before, authors, at


def withdraw(folder: Path | None, sheet: VerificationSheet, reason: str, by: str) -> None:
    """Take back one's own sheet; it stays in the history, and counts no more.

    Raises NotAllowed for the sheet of another or a closed account, WrongUsage without a reason or for one taken back
    already.
    """
    words = reason.strip()[:LONGEST_REASON]
    if not words:
        raise WrongUsage(item="a withdrawal", happened="it has no reason", advice="say why you take the sheet back")
    at = datetime.now(UTC)
    try:
        with transaction.atomic():
            case = locked(sheet.about.case_id)
            _verifier(by)
            if sheet.by != by:
                raise NotAllowed(item="a sheet", happened="somebody else gave it", advice="only they can take it back")
            kept = sealed({"schema": WITHDRAWAL, "sheet": sheet.sha256, "reason": words}, by, at)
            SheetWithdrawal.objects.create(sheet=sheet, content=kept, sha256=digest_of(kept), by=by, at=at)
            follow(case, case.digest)
    except IntegrityError as error:
        raise WrongUsage(
            item="a sheet", happened="it was taken back already", advice="look at the history of the case"
        ) from error
    custody.record(folder, custody.SHEET_WITHDRAWN, by, subject=digest_of(kept), at=at)
    withdraw_when_unverified(folder, case, by)


def look(folder: Path | None, about: ContentRow, by: str) -> None:
    """Open what others found before it amounts to anything: remembered, and whoever does it gives no sheet about it any
    more.

    Raises NotAllowed for a closed account or one that may not verify.
    """
    _verifier(by)
    at = datetime.now(UTC)
    with transaction.atomic():
        case = locked(about.case_id)
        new = _remember(about, by, SheetsSeen.How.OPENED, at)
    if new:
        custody.record(folder, custody.SHEETS_OPENED, by, subject=f"case:{case.incident}", at=at)


def note_shown(found: Round, by: str) -> None:
    """Remember that somebody was shown what others found, when it is settled: should it be opened again, they know it."""
    if by in found.seen or not any(given.row.by != by for given in found.sheets):
        return
    with transaction.atomic():
        _remember(found.about, by, SheetsSeen.How.SHOWN, datetime.now(UTC))


def _remember(about: ContentRow, by: str, how: str, at: datetime) -> bool:
    return SheetsSeen.objects.get_or_create(about=about, by=by, defaults={"how": how, "at": at})[1]


def _remember_authors(about: ContentRow, at: datetime) -> set[str]:
    """Once two sheets stand, those who gave them may see each other's. The names of all who gave one."""
    authors = {given.row.by for given in round_about(about).in_force}
    if len(authors) >= NEEDED:
        for name in sorted(authors):
            _remember(about, name, SheetsSeen.How.FINISHED, at)
    return authors


def _expect_independent(found: Round, by: str) -> None:
    if any(given.row.by == by for given in found.in_force):
        raise _barred("you have given a sheet about this already")
    if found.is_settled:
        raise _barred("enough people have spoken")
    if found.bars(by):
        raise _barred("you know what somebody else found")


def _verifier(name: str) -> User:
    user = active(name)
    if not may_verify(user):
        raise NotAllowed(
            item=name, happened="this role does not verify", advice="ask an owner for the role of a reviewer"
        )
    return user


def _barred(happened: str) -> Barred:
    return Barred(
        item="this case", happened=happened, advice="another person verifies it; yours would not be independent"
    )
