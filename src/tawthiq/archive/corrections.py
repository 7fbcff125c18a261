"""People's decisions about pages, as reading asks for them, and which reports were read without the one in force.

Decisions are casework, a room above: `Corrections` is handed down to whoever reads.
"""

from collections.abc import Mapping
from typing import Protocol

from tawthiq.archive.models import Capture
from tawthiq.pipeline.correct_page import CORRECTED
from tawthiq.records.correction import PageCorrection
from tawthiq.records.errors import TawthiqError

_AT_ONCE = 500


class Corrections(Protocol):
    """Decisions in force, by the identifier of the capture."""

    def of(self, capture: str) -> PageCorrection | None:
        """The decision about a capture's page. Raises EvidenceDiffers for one that was changed by other hands."""

    def stamps(self) -> Mapping[str, str]:
        """For each capture about which anything was ever decided, how the stamp of its report names what is in force.

        Empty where nothing is in force any more.
        """


def correction_for(corrections: Corrections | None, capture: str) -> PageCorrection | TawthiqError | None:
    """The decision about a capture's page, or the error that says why it cannot be trusted."""
    try:
        return corrections.of(capture) if corrections else None
    except TawthiqError as error:
        return error


def mark_outdated(corrections: Corrections | None) -> None:
    """Set to unread what was read without the decision in force, or with one that is no longer in force.

    A page that failed is tried again wherever a person ever decided: the decision may have been what failed.
    """
    if corrections is None:
        return
    stamps = corrections.stamps()
    captures = sorted(stamps)
    for begin in range(0, len(captures), _AT_ONCE):
        some = captures[begin : begin + _AT_ONCE]
        read = Capture.objects.filter(identifier__in=some, state__in=(Capture.State.READ, Capture.State.FAILED))
        outdated = [
            number
            for number, capture, reader in read.values_list("number", "identifier", "report__reader")
            if reader is None or (stamps[capture] not in reader if stamps[capture] else CORRECTED in reader)
        ]
        Capture.objects.filter(number__in=outdated).update(state=Capture.State.UNREAD)
