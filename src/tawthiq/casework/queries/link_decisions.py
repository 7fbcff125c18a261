"""Which decisions about links are in force, which fit the present readings, and what came before them.

A row that is not what its digest says it was is not believed: it is listed as changed and constrains nothing. Whatever
takes documents looks at the decisions about them and at those that hang together with these, however far they reach, in a
few queries that do not grow with the archive.

A decision about reports of two compartments (`casework.queries.compartments`) rests while they differ: it stays in force and
in the history, but linking and new decisions go on as if it were not there, so that nobody meets it who may not see it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from tawthiq.archive.models import Event, Report
from tawthiq.casework.models import ItemRestriction, LinkDecision
from tawthiq.casework.queries.compartments import compartments, within_one
from tawthiq.custody.entry import is_digest_of
from tawthiq.linking.anchoring import AnchorText, Trigger, constraints, tells_one
from tawthiq.linking.decision_contract import WITHDRAWN, decision_from_json
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.event import Modality, Scope
from tawthiq.records.link_decision import Constraints
from tawthiq.records.link_decision import LinkDecision as Decision
from tawthiq.records.span import Span

_AT_ONCE = 400  # values in one query


@dataclass(frozen=True, slots=True)
class Kept:
    """Decisions that are in force, and rows that other hands changed and that are not followed."""

    decisions: tuple[Decision, ...]
    changed: tuple[LinkDecision, ...] = ()


def last_act(rows: QuerySet[LinkDecision] | None = None) -> int:
    """The number of the last thing that anybody decided about links, of all or of some rows; 0 when there is none."""
    found = LinkDecision.objects.all() if rows is None else rows
    return found.aggregate(last=Max("act"))["last"] or 0


def last_act_about(documents: Collection[str]) -> LinkDecision | None:
    """The last decision or withdrawal that touches one of the documents; those that rest are passed over."""
    rows = [row for some in _some(documents) for row in _last_rows(some)]
    return max(rows, key=lambda row: (row.act, -row.place), default=None)


def is_unchanged(row: LinkDecision) -> bool:
    """Whether what a row holds is what its digest says it was when the person saved it."""
    try:
        if not is_digest_of(row.content, row.sha256) or row.content["verdict"] != row.kind:
            return False
        if row.content["by"] != row.by or datetime.fromisoformat(row.content["time"]) != row.at:
            return False
        if row.kind == WITHDRAWN:
            return bool(row.content["withdraws"] == row.withdraws)
        decision = decision_from_json(row.content)
    except (UnreadableInput, KeyError, TypeError, ValueError):
        return False
    return (decision.first.document, decision.second.document) == (row.first_document, row.second_document)


def all_in_force(until: int | None = None) -> Kept:
    """Every decision in force, in the order in which they were made; with `until`, as it was after the act of that number."""
    rows = LinkDecision.objects.all()
    return _kept(rows if until is None else rows.filter(act__lte=until))


def in_force_about(documents: Collection[str]) -> Kept:
    """The decisions in force about the documents, and those that hang together with them through other documents."""
    known: set[str] = set()
    rows: dict[int, LinkDecision] = {}
    new = set(documents)
    while new:
        known |= new
        found = [row for some in _some(new) for row in LinkDecision.objects.filter(_touching(some))]
        rows |= {row.number: row for row in found}
        new = {document for row in found for document in (row.first_document, row.second_document)} - known
    return _kept(rows[number] for number in sorted(rows))


def in_force_touching(documents: Collection[str]) -> Kept:
    """The decisions in force about the documents themselves."""
    return _kept([row for some in _some(documents) for row in LinkDecision.objects.filter(_touching(some))])


def history(
    documents: Collection[str] | None = None, among: QuerySet[LinkDecision] | None = None
) -> QuerySet[LinkDecision]:
    """All that was decided, or those of it that are `among` some, the last first; with documents, what touches one of them."""
    rows = (LinkDecision.objects.all() if among is None else among).order_by("-act", "place")
    return rows if documents is None else rows.filter(_touching(list(documents)))


def withdrawn(rows: Iterable[LinkDecision]) -> set[str]:
    """The digests, of those of `rows`, that some row withdraws."""
    digests = [row.sha256 for row in rows]
    return set(LinkDecision.objects.filter(withdraws__in=digests).values_list("withdraws", flat=True))


def constraints_for(documents: Collection[str] | None = None) -> Constraints:
    """What the decisions in force say of events of the present readings, as linking takes it.

    With documents: of their events and of all that hang together with these; else everything.
    """
    decisions = (all_in_force() if documents is None else in_force_about(documents)).decisions
    return replace(fitted(awake(decisions)), compartments=compartments(documents))


def awake(decisions: Iterable[Decision]) -> list[Decision]:
    """Those of some decisions in force that do not rest."""
    return within_one(decisions, lambda decision: (decision.first.document, decision.second.document))


def fitted(decisions: Sequence[Decision]) -> Constraints:
    """Decisions as constraints on the events of the present readings."""
    return constraints(decisions, anchor_texts(_documents(decisions)))


def anchor_texts(documents: Collection[str]) -> dict[str, AnchorText]:
    """The present text and triggers of documents, by identifier; what has no report is left out."""
    texts: dict[str, str] = {}
    triggers: dict[str, list[Trigger]] = {}
    for some in _some(documents):
        texts |= dict(Report.objects.filter(capture__identifier__in=some).values_list("capture__identifier", "text"))
        events = Event.objects.filter(report__capture__identifier__in=some).order_by("key")
        fields = ("report__capture__identifier", "order", "start", "end", "act", "scope", "modality")
        for document, order, start, end, act, scope, modality in events.values_list(*fields):
            linked = tells_one(Scope(scope), Modality(modality))
            triggers.setdefault(document, []).append(Trigger(order, Span(start, end), act, linked))
    return {document: AnchorText(text, tuple(triggers.get(document, ()))) for document, text in texts.items()}


def _kept(rows: Iterable[LinkDecision]) -> Kept:
    sound: list[LinkDecision] = []
    changed: list[LinkDecision] = []
    for row in rows:
        (sound if is_unchanged(row) else changed).append(row)
    gone = {row.withdraws for row in sound if row.kind == WITHDRAWN}
    made = (row for row in sound if row.kind != WITHDRAWN and row.sha256 not in gone)
    return Kept(tuple(decision_from_json(row.content) for row in made), tuple(changed))


def _last_rows(documents: Collection[str]) -> list[LinkDecision]:
    """The last row that touches one of the documents and does not rest, as a list of at most one."""
    rows = LinkDecision.objects.filter(_touching(documents)).order_by("-act", "place")
    if not ItemRestriction.objects.exists():
        return list(rows[:1])
    return within_one(rows, lambda row: (row.first_document, row.second_document))[:1]


def _touching(documents: Collection[str]) -> Q:
    return Q(first_document__in=documents) | Q(second_document__in=documents)


def _documents(decisions: Iterable[Decision]) -> set[str]:
    return {anchor.document for decision in decisions for anchor in (decision.first, decision.second)}


def _some(documents: Collection[str]) -> Iterable[list[str]]:
    """The documents in lists that one query can take."""
    ordered = sorted(documents)
    return (ordered[begin : begin + _AT_ONCE] for begin in range(0, len(ordered), _AT_ONCE))
