"""Which decisions about readings are in force, and what came before them.

A row that is not what its digest says it was is not believed: it is listed as changed and changes no reading.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from tawthiq.archive.reading_corrections import stamp_of
from tawthiq.casework.models import ReadingCorrection
from tawthiq.custody.entry import is_digest_of
from tawthiq.reading.correction_contract import WITHDRAWN, correction_from_json
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.reading_correction import ReadingCorrection as Decision

_AT_ONCE = 400  # values in one query


@dataclass(frozen=True, slots=True)
class Kept:
    """Decisions that are in force, each with its row, and rows that other hands changed and that are not followed."""

    rows: tuple[tuple[ReadingCorrection, Decision], ...]
    changed: tuple[ReadingCorrection, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in force, in the order in which they were made."""
        return tuple(decision for _, decision in self.rows)


def is_unchanged(row: ReadingCorrection) -> bool:
    """Whether what a row holds is what its digest says it was when the person saved it."""
    try:
        content = row.content
        same = is_digest_of(content, row.sha256) and content["judgement"] == row.kind
        same = same and (content["by"], content["capture"]) == (row.by, row.capture)
        if not same or datetime.fromisoformat(content["time"]) != row.at:
            return False
        if row.kind == WITHDRAWN:
            return bool(content["withdraws"] == row.withdraws) and not row.changes
        return correction_from_json(content, row.sha256).changes == row.changes
    except (UnreadableInput, KeyError, TypeError, ValueError):
        return False


def last_act(capture: str) -> int:
    """The number of the last act about a capture's reading; 0 when there is none."""
    return ReadingCorrection.objects.filter(capture=capture).aggregate(last=Max("act"))["last"] or 0


def history(capture: str) -> QuerySet[ReadingCorrection]:
    """Every decision about a capture's reading and every withdrawal, the last first."""
    return ReadingCorrection.objects.filter(capture=capture).order_by("-act", "place")


def kept(capture: str) -> Kept:
    """What is in force about a capture's reading: one query."""
    return _kept(ReadingCorrection.objects.filter(capture=capture).order_by("number"))


def all_kept() -> Kept:
    """What is in force about all readings, in the order in which it was decided."""
    return _kept(ReadingCorrection.objects.order_by("number"))


def _kept(rows: Iterable[ReadingCorrection]) -> Kept:
    sound: list[ReadingCorrection] = []
    changed: list[ReadingCorrection] = []
    for row in rows:
        (sound if is_unchanged(row) else changed).append(row)
    gone = {row.withdraws for row in sound if row.kind == WITHDRAWN}
    made = (row for row in sound if row.kind != WITHDRAWN and row.sha256 not in gone)
    return Kept(tuple((row, correction_from_json(row.content, row.sha256)) for row in made), tuple(changed))


class ReadingsInForce:
    """The decisions in force as reading asks for them (archive.reading_corrections.ReadingCorrections)."""

    def of(self, captures: Collection[str]) -> Mapping[str, tuple[Decision, ...]]:
        """The decisions in force that change readings, by capture; captures without any are left out."""
        return {capture: found for capture, found in self._by_capture(captures).items() if found}

    def stamps(self) -> Mapping[str, str]:
        """For each capture about whose reading anything was ever changed, the stamp of what is in force, empty for nothing."""
        ever = ReadingCorrection.objects.filter(changes=True).order_by().values_list("capture", flat=True).distinct()
        return {capture: stamp_of(found) for capture, found in self._by_capture(list(ever)).items()}

    def _by_capture(self, captures: Collection[str]) -> dict[str, tuple[Decision, ...]]:
        found: dict[str, tuple[Decision, ...]] = {}
        ordered = sorted(captures)
        for begin in range(0, len(ordered), _AT_ONCE):
            some = ordered[begin : begin + _AT_ONCE]
            rows: dict[str, list[ReadingCorrection]] = {}
            for row in ReadingCorrection.objects.filter(capture__in=some).exclude(kind="accepted").order_by("number"):
                rows.setdefault(row.capture, []).append(row)
            found |= {capture: _kept(about).decisions for capture, about in rows.items()}
        return {
            capture: tuple(decision for decision in decisions if decision.changes)
            for capture, decisions in found.items()
        }
