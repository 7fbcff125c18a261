"""What `tawthiq doctor` says of work that recurs: verifying on schedule, backing up, being cosigned by other teams."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tawthiq.cli.verb_doctor_machine import Finding, Health
from tawthiq.records.log import LogEntry
from tawthiq.store.cosignatures import cosignatures
from tawthiq.store.events import BACKED_UP
from tawthiq.store.fixity import is_overdue, last_check
from tawthiq.store.journal import entries_from
from tawthiq.store.layout import Layout
from tawthiq.store.settings import read_settings


def custody(layout: Layout) -> Iterator[Finding]:
    """A line each. Raises what reading the journal raises."""
    entries = list(entries_from(layout, 0))
    yield _fixity(entries, read_settings(layout.settings).fixity_days)
    yield _backup(entries)
    yield _witnesses(entries)


def _fixity(entries: Sequence[LogEntry], days: float) -> Finding:
    last, checked = last_check(entries)
    since = "never checked"
    if last is not None:
        since = (
            f"checked on {last:%Y-%m-%d} UTC" if checked else f"not checked since it was made on {last:%Y-%m-%d} UTC"
        )
    if is_overdue(last, days, datetime.now(UTC)):
        return Finding("archive fixity", Health.WARNING, f"{since}; overdue", "run: tawthiq verify --record")
    return Finding("archive fixity", Health.OK, f"{since}; due every {days:g} days")


def _backup(entries: Sequence[LogEntry]) -> Finding:
    made = [(entry.index, entry.event) for entry in entries if entry.event and entry.event.kind == BACKED_UP]
    if not made:
        advice = "make one with: tawthiq backup FILE.tar.age --passphrase"
        return Finding("archive backup", Health.OPTIONAL, "the log knows of no backup", advice)
    index, event = made[-1]
    return Finding(
        "archive backup", Health.OK, f"last on {event.time:%Y-%m-%d} UTC; {len(entries) - index - 1} entries since"
    )


def _witnesses(entries: Sequence[LogEntry]) -> Finding:
    kept = cosignatures(entries)
    if not kept:
        advice = "have another team cosign it: tawthiq witness"
        return Finding("archive witnesses", Health.OPTIONAL, "no other team has cosigned this log", advice)
    found = f"{len({each.key for each in kept})} cosigned, up to {max(each.size for each in kept)} of {len(entries)} entries"
    return Finding("archive witnesses", Health.OK, found)
