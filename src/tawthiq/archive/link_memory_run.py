"""One run of linking: reports that wait take their place one step after the other, or all of them are linked anew.

A full run is made when it is asked for, when there is no memory or one that another version or other weights made, and when so
many reports came since that the statistics no longer speak for them. Few reports are always linked anew: that takes a moment,
and their words are too few to be counted once and for all.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Max

from tawthiq.archive.link_inputs import link_inputs
from tawthiq.archive.link_memory import LINKER, Memory, mark, memory, stamp
from tawthiq.archive.link_memory_full import link_all
from tawthiq.archive.link_memory_incidents import Decided, Way
from tawthiq.archive.link_memory_rows import chunks, in_stretches, select
from tawthiq.archive.link_memory_shingles import REPORTS as MOST_REPORTS
from tawthiq.archive.link_memory_step import step
from tawthiq.archive.models import (
    CopyFamily,
    Incident,
    LinkedReport,
    LinkRun,
    LinkStatistics,
    RememberedReport,
    Report,
    UnlinkedReport,
)
from tawthiq.archive.rebuilding import LinkSummary
from tawthiq.linking.scoring import Weights, shipped_weights
from tawthiq.linking.uncollected import uncollected
from tawthiq.records.link_decision import Constraints

FEW = 500  # reports
GROWTH = 0.1  # share of the reports that came since the statistics were taken
AT_ONCE = 100  # reports in one step
Progress = Callable[[int, int], None]


def relink(
    progress: Progress | None = None,
    decided: Decided | None = None,
    weights: Weights | None = None,
    *,
    again: bool = False,
) -> LinkSummary:
    """Link what is not linked yet, or everything. See `rebuilding.link_archive`."""
    tell, asked = progress or _silent, decided or _undecided
    used = weights or shipped_weights()
    known = memory()
    waiting = _waiting()
    reason = "it was asked for" if again else _stale(known, stamp(used), waiting)
    if reason or known is None:
        return _full(tell, asked, used, reason)
    return _steps(waiting, Way(known.statistics, used, asked), tell)


def _full(tell: Progress, decided: Decided, weights: Weights, reason: str) -> LinkSummary:
    total = Report.objects.count()
    inputs = {}
    for number, loaded in link_inputs():
        inputs[number] = loaded
        tell(len(inputs), total)
    before = set(LinkedReport.objects.values_list("pk", flat=True))
    link_all(inputs, weights, decided, stamp(weights))
    found = _summary()
    return LinkSummary(total, *found, added=len(inputs.keys() - before), changed=found[1], full=reason)


def _steps(waiting: list[int], way: Way, tell: Progress) -> LinkSummary:
    added = changed = done = 0
    total = Report.objects.count()
    for some in chunks(waiting, AT_ONCE):
        with transaction.atomic(), uncollected():
            stepped = step(some, way)
            LinkStatistics.objects.update(added=F("added") + stepped.added)
            LinkRun.objects.update(reports=total, linker=LINKER)
        added += stepped.added
        changed += stepped.incidents.made + stepped.incidents.gone
        done += len(some)
        tell(done, len(waiting))
    return LinkSummary(total, *_summary(), added=added, changed=changed)


def _summary() -> tuple[int, int]:
    """How many families and incidents there are."""
    return CopyFamily.objects.count(), Incident.objects.count()


def _waiting() -> list[int]:
    """The numbers of the reports to be linked; rows behind the last linked one count even if nobody marked them."""
    last = LinkedReport.objects.aggregate(last=Max("report"))["last"] or 0
    mark(number for (number,) in in_stretches(Report, ["capture_id"], "capture_id", [(last + 1, MOST_REPORTS)]))
    return list(UnlinkedReport.objects.order_by("number").values_list("number", flat=True))


def _stale(known: Memory | None, wanted: str, waiting: list[int]) -> str:
    """Why everything is to be linked anew; empty where the memory will do."""
    if known is None:
        return "nothing is remembered of an earlier run"
    if known.stamp != wanted:
        same = known.stamp.rpartition(" ")[0] == wanted.rpartition(" ")[0]
        return "its weights are others now" if same else "another version linked it"
    remembered = sum(1 for _ in select(RememberedReport, ["number"], "number", waiting))
    new = known.added + len(waiting) - remembered
    if new and new + known.seen <= FEW:
        return "so few reports are linked all at once"
    if new > GROWTH * known.seen:
        return f"{new} reports came since words were counted in {known.seen}"
    return ""


def _undecided(_documents: object) -> Constraints:
    """Nobody decided anything."""
    return Constraints()


def _silent(_done: int, _total: int) -> None:
    """No progress is shown."""
