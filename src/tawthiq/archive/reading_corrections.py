"""People's decisions about readings, as reading asks for them: applied when a report's reading is saved.

Decisions are casework, a room above: `ReadingCorrections` is handed down to whoever reads. The stamp of a report names what
it was changed by (`DESK`), so that what was read without the decisions in force can be told and is read again.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from tawthiq.archive.models import Capture
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.reading.correcting import apply
from tawthiq.records.reading_correction import ReadingCorrection

DESK = " + desk "
_AT_ONCE = 500
_DIGITS = 16


class ReadingCorrections(Protocol):
    """Decisions in force that change readings."""

    def of(self, captures: Collection[str]) -> Mapping[str, Sequence[ReadingCorrection]]:
        """The decisions about captures, by the capture's identifier; captures without any are left out."""

    def stamps(self) -> Mapping[str, str]:
        """For each capture about whose reading anything was ever changed, the stamp of what is in force, empty for nothing."""


def with_decisions(read: ReadCapture, decisions: Sequence[ReadingCorrection]) -> ReadCapture:
    """What was read, as people decided, with the stamp of their decisions."""
    if not decisions:
        return read
    reading = apply(read.page.text, read.reading, decisions).reading
    return replace(read, reading=reading, corrected=f"{DESK}{stamp_of(decisions)}{read.corrected}")


def stamp_of(decisions: Iterable[ReadingCorrection]) -> str:
    """How the stamp of a report names the decisions that its reading was changed by; empty without any."""
    identifiers = sorted(decision.identifier for decision in decisions if decision.changes)
    return hashlib.sha256("\n".join(identifiers).encode()).hexdigest()[:_DIGITS] if identifiers else ""


def mark_undecided(corrections: ReadingCorrections | None) -> None:
    """Set to unread the reports that were read without the decisions in force, or with some that are in force no longer."""
    if corrections is None:
        return
    stamps = corrections.stamps()
    captures = sorted(stamps)
    for begin in range(0, len(captures), _AT_ONCE):
        read = Capture.objects.filter(identifier__in=captures[begin : begin + _AT_ONCE], state=Capture.State.READ)
        outdated = [
            number
            for number, capture, reader in read.values_list("number", "identifier", "report__reader")
            if _stamped(reader or "") != stamps[capture]
        ]
        Capture.objects.filter(number__in=outdated).update(state=Capture.State.UNREAD)


def _stamped(reader: str) -> str:
    """The stamp of decisions in the stamp of a report."""
    return reader.partition(DESK)[2].partition(" ")[0]
