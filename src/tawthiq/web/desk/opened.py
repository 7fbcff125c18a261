"""A report opened at the desk: its text, its reading as people decided, and how forms name what is in it.

Names ("e0.place.1": the second place of the first event) hold for one reading only. A form carries the digests of the text and
of the reading that it showed and the number of the last act then; where one of them differs, nothing is saved.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from tawthiq.archive.models import Report
from tawthiq.archive.restoring import read_reports
from tawthiq.casework.domain.reading_corrections import Seen
from tawthiq.casework.models import ReportReview
from tawthiq.casework.queries.reading_corrections import Kept, kept, last_act
from tawthiq.casework.queries.reviewed import review_of
from tawthiq.reading.correcting import Corrected, Fit, apply
from tawthiq.reading.correcting_values import values_of, values_of_statement
from tawthiq.records.correction import text_digest
from tawthiq.records.reading import Document
from tawthiq.records.reading_correction import ReadingCorrection, Slot, Target, Value
from tawthiq.records.span import Span

SELECTABLE = frozenset({"title", "byline", "date", "agency", "body", "caption"})
_TOKEN = re.compile(r"([es])(\d{1,5})(?:\.([a-z]{2,9})(?:\.(\d{1,4}|new))?)?")


@dataclass(frozen=True, slots=True)
class Named:
    """What a form names: an event or statement of the reading, and of it a slot and the value that stands there, if any."""

    token: str
    target: Target
    slot: Slot | None = None
    value: Value | None = None

    @property
    def is_event(self) -> bool:
        """Whether it is an event, or in one."""
        return self.target.is_event


@dataclass(frozen=True)
class Opened:
    """One report with what is in force about it."""

    report: Report
    document: Document
    kept: Kept
    settled: Corrected
    act: int
    review: ReportReview | None

    @property
    def text(self) -> str:
        """The report's text."""
        return self.document.text

    @cached_property
    def text_stamp(self) -> str:
        """The digest of the text."""
        return text_digest(self.text)

    @cached_property
    def reading_stamp(self) -> str:
        """The digest of the reading that is shown."""
        told = repr((self.settled.reading, self.settled.events, self.settled.statements))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def seen(self) -> Seen:
        """What a decision made now is made upon."""
        return Seen(self.report.capture.identifier, self.text_stamp, self.report.reader, self.act)

    @cached_property
    def values(self) -> dict[str, Named]:
        """Every value of the reading by its name, in the order in which the page shows them."""
        found: dict[str, Named] = {}
        for at, (event, target) in enumerate(zip(self.settled.reading.events, self.settled.events, strict=True)):
            _number(found, f"e{at}", target, list(values_of(self.text, event)))
        told = zip(self.settled.reading.statements, self.settled.statements, strict=True)
        for at, (statement, target) in enumerate(told):
            _number(found, f"s{at}", target, list(values_of_statement(self.text, statement)))
        return found

    @cached_property
    def decided(self) -> dict[tuple[Target, Slot], list[ReadingCorrection]]:
        """The decisions in force by what they are about, the last first: who found a value right, or put it there."""
        found: dict[tuple[Target, Slot], list[ReadingCorrection]] = {}
        for outcome in reversed(self.settled.outcomes):
            decision = outcome.correction
            if outcome.fit in (Fit.APPLIED, Fit.HOLDS):
                about = (decision.made, Slot.ACT) if decision.made else (decision.target, decision.slot)
                found.setdefault(about, []).append(decision)
        return found

    def named(self, token: str) -> Named | None:
        """What a form names; None for anything that is not in this reading."""
        if token in self.values:
            return self.values[token]
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        kind, number, slot, order = match.groups()
        targets = self.settled.events if kind == "e" else self.settled.statements
        if int(number) >= len(targets):
            return None
        target = targets[int(number)]
        if slot is None:
            return Named(token, target)
        if order != "new" or slot not in set(Slot):
            return None
        return Named(token, target, Slot(slot))

    def may_select(self, span: Span) -> bool:
        """Whether the characters lie in the report itself: never in readers' comments, menus or other pages' headlines."""
        zones = [(zone.kind, Span(zone.start, zone.end)) for zone in self.report.zones.all()]
        touched = [kind for kind, zone in zones if zone.overlaps(span)]
        return bool(touched) and set(touched) <= SELECTABLE


def _number(found: dict[str, Named], record: str, target: Target, values: list[tuple[Slot, Value]]) -> None:
    orders: dict[Slot, int] = {}
    for slot, value in values:
        order = orders[slot] = orders.get(slot, -1) + 1
        token = f"{record}.{slot.value}.{order}"
        found[token] = Named(token, target, slot, value)


def opened(report: Report) -> Opened:
    """The report at the desk. Its zones are loaded with it."""
    capture = report.capture.identifier
    (_, inputs), *_ = read_reports([(report.pk, report.pk + 1)])
    about = kept(capture)
    settled = apply(report.text, inputs.reading, about.decisions)
    return Opened(report, inputs.document, about, settled, last_act(capture), review_of(capture))
