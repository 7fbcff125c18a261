"""What people did at the desk compared with the custody log: sheets, publications, opinions, person files, reveals, pairs of
records, and who may see what. Rows that the log does not know, entries without rows, rows that other hands changed.

Sheets and what is published go with items that are erased, and their entries name no item: in an archive of which something
was erased, such rows that are gone are no difference.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tawthiq.casework.domain import custody, people
from tawthiq.casework.domain.cases import rounds_of, standing
from tawthiq.casework.domain.publishing import PROGRAM
from tawthiq.casework.models import (
    Case,
    CaseContent,
    Group,
    ItemRestriction,
    PersonDecision,
    PersonReveal,
    PersonRevision,
    Publication,
    Qualification,
    SheetWithdrawal,
)
from tawthiq.casework.queries import cases, persons
from tawthiq.casework.queries.verification_secrecy import rounds_about
from tawthiq.custody.entry import is_digest_of
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it is compared: its digest, who made it, whether it is what the digest says."""

    sha256: str
    by: str
    whole: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """One sort of rows: the log's kinds, the fact that holds the digest (the subject where empty), and the rows."""

    name: str
    kinds: tuple[str, ...]
    fact: str
    rows: Callable[[], Iterable[_Row]]
    may_be_erased: bool = True


def differences(folder: ArchiveFolder) -> Iterator[EvidenceDiffers]:
    """Everything that is not as the log has it. The database of the archive is open; what waited is logged."""
    events = [entry.event for entry in folder.entries() if entry.event is not None]
    has_erased = any(folder.erasures())
    for kept in _SORTS:
        yield from _compared(kept, events, gone_is_erased=has_erased and kept.may_be_erased)
    yield from _states()
    yield from _restrictions(folder, events)
    yield from _members(events)


def _compared(kept: _Kept, events: Iterable[LogEvent], *, gone_is_erased: bool) -> Iterator[EvidenceDiffers]:
    told = {
        str(event.facts.get(kept.fact, "") if kept.fact else event.subject): event.actor
        for event in events
        if event.kind in kept.kinds
    }
    found = set()
    for row in kept.rows():
        found.add(row.sha256)
        if not row.whole:
            yield _differs(kept.name, row.sha256[:16], f"the row of {row.by} is not what it was when it was saved")
        elif row.sha256 not in told:
            yield _differs(kept.name, row.sha256[:16], f"the row of {row.by} is not in the custody log")
        elif told[row.sha256] != (row.by or PROGRAM):
            yield _differs(kept.name, row.sha256[:16], f"the row names {row.by}, the log {told[row.sha256]}")
    for digest, who in told.items():
        if digest not in found and not gone_is_erased:
            yield _differs(kept.name, digest[:16], f"the log knows an act of {who}, and no row of it is there")


def _states() -> Iterator[EvidenceDiffers]:
    """Cases whose state is not what their sheets amount to, or that are shown though their last act does not publish."""
    for case in Case.objects.order_by("number").iterator():
        stands, last = standing(rounds_of(case), case.digest), case.publications.last()
        if (stands.state, stands.changed) != (case.state, case.changed):
            yield _differs(
                "case", str(case.incident), f"its sheets amount to {stands.state}, the row says {case.state}"
            )
        if case.published != (last is not None and last.deed == Publication.Deed.PUBLISHED):
            yield _differs(
                "case", str(case.incident), "the row says otherwise than the last act whether it is published"
            )


def _restrictions(folder: ArchiveFolder, events: Iterable[LogEvent]) -> Iterator[EvidenceDiffers]:
    expected: dict[str, set[int]] = {}
    for event in events:
        if event.kind in (custody.ITEM_RESTRICTED, custody.RESTRICTION_LIFTED):
            groups = event.facts.get("groups", []) if event.kind == custody.ITEM_RESTRICTED else []
            expected[event.subject] = set(groups) if isinstance(groups, list) else set()
    found: dict[str, set[int]] = {}
    for item, group in ItemRestriction.objects.values_list("item", "group"):
        found.setdefault(item, set()).add(group)
    for item in sorted({*expected, *found}):
        if expected.get(item, set()) != found.get(item, set()) and not folder.erased(item):
            yield _differs("restriction", item, "the groups that may see it are not those that the log knows")


def _members(events: Iterable[LogEvent]) -> Iterator[EvidenceDiffers]:
    expected: dict[int, set[str]] = {}
    for event in events:
        group = event.facts.get("group")
        if event.kind == custody.GROUP_MEMBERS_CHANGED and isinstance(group, int):
            added, removed = (event.facts.get(name, []) for name in ("added", "removed"))
            members = expected.setdefault(group, set())
            members |= set(map(str, added if isinstance(added, list) else []))
            members -= set(map(str, removed if isinstance(removed, list) else []))
    for row in Group.objects.order_by("pk"):
        if set(row.members.values_list("name", flat=True)) != expected.get(row.pk, set()):
            yield _differs("group", str(row.pk), "its members are not those that the log knows")


def _sheets() -> Iterator[_Row]:
    keys = list(CaseContent.objects.order_by("number").values_list("pk", flat=True))
    for begin in range(0, len(keys), _AT_ONCE):
        found = rounds_about(list(CaseContent.objects.filter(pk__in=keys[begin : begin + _AT_ONCE])))
        for each in found.values():
            yield from (_Row(given.row.sha256, given.row.by, given.unchanged) for given in each.sheets)


def _withdrawals() -> Iterator[_Row]:
    return (_signed(row) for row in SheetWithdrawal.objects.order_by("pk").iterator())


def _opinions() -> Iterator[_Row]:
    return (_signed(row) for row in Qualification.objects.order_by("number").iterator())


def _signed(row: SheetWithdrawal | Qualification) -> _Row:
    return _Row(row.sha256, row.by, row.content.get("by") == row.by and is_digest_of(row.content, row.sha256))


def _publications() -> Iterator[_Row]:
    return (
        _Row(row.sha256, row.by, cases.is_unchanged(row)) for row in Publication.objects.order_by("number").iterator()
    )


def _revisions() -> Iterator[_Row]:
    rows = PersonRevision.objects.order_by("pk").iterator()
    return (_Row(row.sha256, row.by, persons.is_unchanged(row)) for row in rows)


def _reveals() -> Iterator[_Row]:
    """Their reasons are sealed, and told as changed where they are shown; here only who and that it was."""
    return (_Row(row.sha256, row.by, whole=True) for row in PersonReveal.objects.order_by("number").iterator())


def _pairs() -> Iterator[_Row]:
    rows = PersonDecision.objects.select_related("proposal").order_by("pk").iterator()
    return (_Row(row.sha256, row.by, people.is_unchanged(row)) for row in rows)


_PUBLISHING = (custody.PUBLICATION_PROPOSED, custody.CASE_PUBLISHED, custody.CASE_UNPUBLISHED)
_SORTS = (
    _Kept("verification sheet", (custody.SHEET_GIVEN,), "", _sheets),
    _Kept("withdrawn sheet", (custody.SHEET_WITHDRAWN,), "", _withdrawals),
    _Kept("publication", _PUBLISHING, "sha256", _publications),
    _Kept("opinion", (custody.CASE_QUALIFIED,), "sha256", _opinions),
    _Kept("person file", (custody.PERSON_CHANGED,), "change_sha256", _revisions, may_be_erased=False),
    _Kept("shown identity", (custody.PERSON_REVEALED,), "reveal_sha256", _reveals, may_be_erased=False),
    _Kept("pair of records", (custody.PEOPLE_DECIDED,), "decision_sha256", _pairs),
)


def _differs(sort: str, name: str, happened: str) -> EvidenceDiffers:
    return EvidenceDiffers(
        item=f"{sort} {name}",
        happened=happened,
        advice="restore the database from a backup; look at who could change it",
    )
