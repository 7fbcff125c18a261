"""What people decided about a reading, act by act: the machine's version beside the person's, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tawthiq.casework.models import ReadingCorrection
from tawthiq.casework.queries.reading_corrections import history, is_unchanged
from tawthiq.reading.correction_contract import WITHDRAWN, correction_from_json
from tawthiq.records.reading_correction import ReadingCorrection as Decision
from tawthiq.web import labels
from tawthiq.web.desk.meanings import slot_name
from tawthiq.web.desk.opened import Opened
from tawthiq.web.desk.shown import told


@dataclass(frozen=True, slots=True)
class Line:
    """One decision of an act: the slot, the version before (of the machine, or of whom decided earlier), the person's."""

    kind: str
    name: str
    before: str
    after: str
    reader: str
    state: str


@dataclass(frozen=True, slots=True)
class Act:
    """What one person did at once. `in_force` says that something of it still is."""

    number: int
    by: str
    at: datetime
    reason: str
    lines: tuple[Line, ...]
    in_force: bool


def acts_shown(there: Opened, numbers: Sequence[int]) -> list[Act]:
    """The acts with these numbers, in their order."""
    rows: dict[int, list[ReadingCorrection]] = {number: [] for number in numbers}
    for row in history(there.report.capture.identifier).filter(act__in=numbers):
        rows[row.act].append(row)
    fits = {outcome.correction.identifier: outcome.fit.value for outcome in there.settled.outcomes}
    back = {row.withdraws for about in rows.values() for row in about if row.withdraws}
    made = {row.sha256: row for row in ReadingCorrection.objects.filter(sha256__in=back)}
    return [_act(rows[number], fits, made) for number in numbers if rows[number]]


def _act(rows: list[ReadingCorrection], fits: dict[str, str], made: dict[str, ReadingCorrection]) -> Act:
    first = rows[0]
    lines = tuple(_line(row, fits, made) for row in rows)
    return Act(
        first.act,
        first.by,
        first.at,
        str(first.content.get("reason", "")),
        lines,
        any(line.state in ("applied", "holds", "past", "unfit", "changed") for line in lines),
    )


def _line(row: ReadingCorrection, fits: dict[str, str], made: dict[str, ReadingCorrection]) -> Line:
    if not is_unchanged(row):
        return Line(row.get_kind_display(), "", "", "", "", "changed")
    if row.kind == WITHDRAWN:
        back = made.get(row.withdraws)
        inner = _line(back, {}, {}) if back is not None and back.kind != WITHDRAWN else None
        name, before, after = (inner.name, inner.after or inner.before, "") if inner else ("", "", "")
        return Line(row.get_kind_display(), name, before, after, "", "withdrawal")
    decision = correction_from_json(row.content)
    before, after = _versions(decision)
    state = fits.get(decision.identifier, "withdrawn")
    return Line(row.get_kind_display(), slot_name(decision.slot), before, after, decision.reader, state)


def _versions(decision: Decision) -> tuple[str, str]:
    """What stood there before, and what the person says."""
    if decision.was is not None:
        before = told(decision.slot, decision.was)
    else:
        act = labels.label("act", decision.target.act) if decision.target.act else ""
        before = "" if decision.made == decision.target else f"{act}: {decision.target.anchor.text}".removeprefix(": ")
    after = told(decision.slot, decision.given) if decision.given is not None else ""
    if decision.other is not None:
        after = f"{labels.label('act', decision.other.act)}: {decision.other.anchor.text}"
    return before, after
