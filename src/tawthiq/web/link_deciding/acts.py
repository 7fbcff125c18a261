"""The history of decisions about links as people read it: one act after another, with the words that were decided about."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import QuerySet

from tawthiq.archive.models import Capture, IncidentEvent
from tawthiq.casework.models import LinkDecision
from tawthiq.casework.queries.link_decisions import history, is_unchanged, withdrawn
from tawthiq.casework.queries.visibility import Sight
from tawthiq.linking.decision_contract import decision_from_json
from tawthiq.records.link_decision import EventAnchor

SHOWN_OF_ACT = 12  # decisions of one act that the list shows
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Side:
    """One telling of a decision as it was worded then, and the number of its report, None where there is none now."""

    anchor: EventAnchor
    report: int | None
    publisher: str

    @property
    def span(self) -> str:
        """The characters, as the address of a report names them."""
        return f"{self.anchor.start}-{self.anchor.end}"


@dataclass(frozen=True, slots=True)
class Line:
    """One decision of an act; `state` is "in_force", "unfit", "withdrawn", "changed" or "withdrawal"."""

    row: LinkDecision
    state: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did at once: its first row, its lines, how many more there are, and which can be withdrawn.

    `withdrawals` counts the earlier decisions that the act withdrew, listed or not.
    """

    row: LinkDecision
    reason: str
    lines: tuple[Line, ...]
    more: int
    in_force: tuple[str, ...]
    withdrawals: int

    @property
    def told(self) -> tuple[Line, ...]:
        """The lines that have words of their own to show: what a withdrawal took back stands under its own act."""
        return tuple(line for line in self.lines if line.state != "withdrawal")

    @property
    def unlisted(self) -> tuple[str, ...]:
        """Those in force that no box stands beside: all but the shown ones, or the only one."""
        shown = {line.row.sha256 for line in self.lines} if len(self.in_force) > 1 else set()
        return tuple(digest for digest in self.in_force if digest not in shown)


def acts(numbers: Sequence[int], unfit: Collection[str], seen: Sight) -> list[Act]:
    """The acts with these numbers, as far as seen, the last first; `unfit` are digests of decisions that fit no more."""
    rows = list(seen.link_decisions(LinkDecision.objects.filter(act__in=numbers)).order_by("-act", "place"))
    gone = withdrawn(rows)
    reports = _reports({document for row in rows for document in (row.first_document, row.second_document)})
    in_part = seen.acts_in_part(numbers)
    found = [_act(list(group), gone, unfit, reports) for _, group in groupby(rows, key=lambda row: row.act)]
    return [replace(act, reason="") if act.row.act in in_part else act for act in found]


def act_numbers(
    seen: QuerySet[LinkDecision], documents: Collection[str] | None = None, only: Collection[str] | None = None
) -> list[int]:
    """The numbers of acts in `seen`, the last first: all, those about some documents, or those with one of some digests."""
    rows = history(documents, seen)
    if only is not None:
        rows = rows.filter(sha256__in=only)
    return list(rows.order_by("-act").values_list("act", flat=True).distinct())


def incident_of(event: int) -> int | None:
    """The number of the incident that an event belongs to now."""
    return IncidentEvent.objects.filter(event=event).values_list("incident", flat=True).first()


def _act(
    rows: list[LinkDecision], gone: set[str], unfit: Collection[str], reports: dict[str, tuple[int | None, str]]
) -> Act:
    lines = [_line(row, gone, unfit, reports) for row in rows]
    in_force = tuple(line.row.sha256 for line in lines if line.state in ("in_force", "unfit"))
    sound = [line.row for line in lines if line.state != "changed"]
    reason = str(sound[0].content.get("reason", "")) if sound else ""
    withdrawals = sum(line.state == "withdrawal" for line in lines)
    more = max(0, len(lines) - SHOWN_OF_ACT)
    return Act(rows[0], reason, tuple(lines[:SHOWN_OF_ACT]), more, in_force, withdrawals)


def _line(
    row: LinkDecision, gone: set[str], unfit: Collection[str], reports: dict[str, tuple[int | None, str]]
) -> Line:
    if not is_unchanged(row):
        return Line(row, "changed", ())
    if row.kind == LinkDecision.Kind.WITHDRAWN:
        return Line(row, "withdrawal", ())
    state = "withdrawn" if row.sha256 in gone else "unfit" if row.sha256 in unfit else "in_force"
    decision = decision_from_json(row.content)
    return Line(row, state, tuple(_side(anchor, reports) for anchor in (decision.first, decision.second)))


def _side(anchor: EventAnchor, reports: dict[str, tuple[int | None, str]]) -> Side:
    number, publisher = reports.get(anchor.document, (None, ""))
    return Side(anchor, number, publisher)


def _reports(documents: Iterable[str]) -> dict[str, tuple[int | None, str]]:
    """The numbers and publishers of the reports of captures."""
    wanted = sorted(documents)
    found: dict[str, tuple[int | None, str]] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        rows = Capture.objects.filter(identifier__in=wanted[begin : begin + _AT_ONCE])
        for identifier, number, publisher, source in rows.values_list(
            "identifier", "report__pk", "report__publisher", "source"
        ):
            found[identifier] = (number, publisher or source)
    return found
