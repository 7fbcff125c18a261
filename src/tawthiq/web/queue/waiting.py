"""All kinds of waiting items for one person: those of casework.queries.queue, and those that linking proposes."""

from collections.abc import Callable
from functools import cached_property

from tawthiq.archive.models import Capture
from tawthiq.casework.models import Case
from tawthiq.casework.queries import queue
from tawthiq.casework.queries.link_decisions import constraints_for
from tawthiq.casework.queries.queue import Asking, QueueKind, Waiting, given_to, of_list, of_rows
from tawthiq.casework.queries.queue_subjects import INCIDENT, REPORT
from tawthiq.casework.rules import may_decide_links
from tawthiq.records.link_decision import Constraints
from tawthiq.web.link_deciding.proposals import CONSEQUENTIAL, waiting

_AT_ONCE = 400


class Queue:
    """What waits for the person who asks; decisions about links are looked at once."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking

    @cached_property
    def constraints(self) -> Constraints:
        """The decisions about links that are in force, on the readings as they are."""
        return constraints_for()

    def waiting(self, kind: QueueKind) -> Waiting | None:
        """What waits of one kind; None for who may not decide about it."""
        return _KINDS[kind](self)

    def kinds(self) -> list[Waiting]:
        """Everything that this person may decide about, in the order in which it is worked through."""
        return [found for kind in QueueKind if (found := self.waiting(kind)) is not None]


def _proposals(of: Queue) -> Waiting | None:
    if not may_decide_links(of.asking.user):
        return None
    seen = of.asking.sight.incidents(waiting(of.constraints, CONSEQUENTIAL))
    return of_rows(QueueKind.PROPOSALS, given_to(seen, "number", (INCIDENT,), of.asking), INCIDENT, "number")


def _unfit(of: Queue) -> Waiting | None:
    """The first document of each decision about links that fits no more and whose documents the person may see."""
    if not may_decide_links(of.asking.user):
        return None
    pairs = [(each.first.document, each.second.document) for each in of.constraints.unfit]
    documents = sorted({document for pair in pairs for document in pair})
    seen: set[str] = set()
    mine: set[str] = set()
    for begin in range(0, len(documents), _AT_ONCE):
        rows = of.asking.sight.captures(Capture.objects.filter(identifier__in=documents[begin : begin + _AT_ONCE]))
        seen.update(rows.values_list("identifier", flat=True))
        mine.update(given_to(rows, "pk", (REPORT,), of.asking).values_list("identifier", flat=True))
    found = (first for first, second in pairs if {first, second} <= seen and first in mine)
    return of_list(QueueKind.UNFIT, [f"{REPORT}:{document}" for document in dict.fromkeys(found)])


_KINDS: dict[QueueKind, Callable[[Queue], Waiting | None]] = {
    QueueKind.DISAGREEMENTS: lambda of: queue.waiting_cases(
        QueueKind.DISAGREEMENTS, Case.State.DISAGREEMENT, of.asking
    ),
    QueueKind.SECOND: lambda of: queue.waiting_cases(QueueKind.SECOND, Case.State.SECOND, of.asking),
    QueueKind.PROPOSALS: _proposals,
    QueueKind.CONTRADICTIONS: lambda of: queue.contradictions(of.asking),
    QueueKind.REPORTS: lambda of: queue.new_reports(of.asking),
    QueueKind.SENSITIVE: lambda of: queue.sensitive(of.asking),
    QueueKind.PAIRS: lambda of: queue.pairs(of.asking),
    QueueKind.RESTRICTED: lambda of: queue.restricted(of.asking),
    QueueKind.PAGES: lambda of: queue.pages(of.asking),
    QueueKind.MISFITS: lambda of: queue.unfit_pages(of.asking),
    QueueKind.UNFIT: _unfit,
}
