"""People's decisions about pages, as reading asks for them, and which reports were read without the one in force.

Decisions are casework, a room above: `Corrections` is handed down to whoever reads.
"""

from collections.abc import Mapping
from typing import Protocol

from tawthiq.archive.models import Capture, Report
from tawthiq.pipeline.correct_page import CORRECTED
from tawthiq.records.correction import PageCorrection
from tawthiq.records.errors import TawthiqError


class Corrections(Protocol):
    """Decisions in force, by the identifier of the capture."""

    def of(self, capture: str) -> PageCorrection | None:
        """The decision about a capture's page. Raises EvidenceDiffers for one that was changed by other hands."""

    def stamps(self) -> Mapping[str, str]:
        """For each capture with a decision in force, how the stamp of its report names it."""


def correction_for(corrections: Corrections | None, capture: str) -> PageCorrection | TawthiqError | None:
    """The decision about a capture's page, or the error that says why it cannot be trusted."""
    try:
        return corrections.of(capture) if corrections else None
    except TawthiqError as error:
        return error


def mark_outdated(corrections: Corrections | None) -> None:
    """Set to unread what was read without the decision in force, or with one that is no longer in force."""
    if corrections is None:
        return
    stamps = corrections.stamps()
    with_one = Report.objects.filter(reader__contains=CORRECTED).values_list("capture__identifier", "reader")
    outdated = {capture for capture, reader in with_one if stamps.get(capture, "\0") not in reader}
    outdated |= set(stamps) - {capture for capture, _ in with_one}
    read = (Capture.State.READ, Capture.State.FAILED)
    for capture in sorted(outdated):
        Capture.objects.filter(identifier=capture, state__in=read).update(state=Capture.State.UNREAD)
