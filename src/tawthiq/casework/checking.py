"""The decisions of people as tests of this archive: what the program says of their pages now, all by itself.

The preserved bytes are taken apart anew, with what the archive knows of their host and without anybody's decision, and
compared with the decision in force. The decisions themselves are compared with the custody log: a row that it does not
know, or that it knows and nobody finds, fails.
"""

from collections.abc import Collection, Iterator

from tawthiq.archive.models import Capture
from tawthiq.archive.reading_run import undecided
from tawthiq.casework.models import PageCorrection
from tawthiq.casework.queries.corrections import decision_of, rows_in_force
from tawthiq.page.correcting import Fit, apply
from tawthiq.page.differing import compare
from tawthiq.pipeline.read_capture import NotAPage, page_item
from tawthiq.records.correction import Difference, PageCase, Verdict
from tawthiq.records.correction import PageCorrection as Decision
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEvent
from tawthiq.records.page import Page
from tawthiq.store import ArchiveFolder

TEXT, CUSTODY, PAGE = "text", "custody", "page"
_F1_STEP = 0.0005  # a baseline keeps four digits


def cases(folder: ArchiveFolder) -> Iterator[PageCase]:
    """Every decision in force, in the order in which they were made. The database of the archive is open."""
    logged = _logged(folder)
    for row in rows_in_force().iterator():
        yield _case(folder, row, logged)
    yield from _gone(logged)


def _logged(folder: ArchiveFolder) -> dict[tuple[str, str], LogEvent]:
    """The decisions and withdrawals that the custody log knows, by capture and digest, in its order."""
    events = (entry.event for entry in folder.entries())
    return {
        (event.subject, str(event.facts["decision_sha256"])): event
        for event in events
        if event is not None and "decision_sha256" in event.facts
    }


def _gone(logged: dict[tuple[str, str], LogEvent]) -> Iterator[PageCase]:
    """Decisions that the log knows and the database does not: somebody took their rows away."""
    kept = set(PageCorrection.objects.values_list("capture", "sha256"))
    for (capture, sha256), event in logged.items():
        if (capture, sha256) not in kept:
            difference = Difference(CUSTODY, f"the decision by {event.actor} of {event.time:%Y-%m-%d}", "no row of it")
            yield PageCase(capture, capture, event.kind, Verdict.WORSE, None, (difference,), None)


def _case(folder: ArchiveFolder, row: PageCorrection, logged: Collection[tuple[str, str]]) -> PageCase:
    capture = Capture.objects.filter(identifier=row.capture).first()
    source = capture.source if capture else row.capture
    try:
        decision = decision_of(row)
    except TawthiqError as error:
        return _failed(row, source, Difference(CUSTODY, "as the person saved it", error.happened))
    if (row.capture, row.sha256) not in logged:
        return _failed(row, source, Difference(CUSTODY, "in the custody log", "not there"), decision)
    if capture is None or capture.sha256 != decision.payload_sha256:
        other = Difference(PAGE, "the bytes that were corrected", "others, or not read yet")
        return _failed(row, source, other, decision)
    page = page_item(undecided(folder, capture.number))
    if not isinstance(page, Page):
        reason = page.reason if isinstance(page, NotAPage) else str(page)
        return _failed(row, source, Difference(PAGE, "a page", reason), decision)
    return _compared(row, source, decision, page)


def _compared(row: PageCorrection, source: str, decision: Decision, page: Page) -> PageCase:
    applied = apply(page, decision)
    if applied.fit is Fit.UNFIT:
        unfit = Difference(TEXT, "the characters that were marked", "not all of them, in their order")
        return _failed(row, source, unfit, decision)
    compared = compare(applied.page, page)
    verdict = Verdict.PASSED
    if compared.differences:
        before = decision.baseline
        known = set(compared.differs) <= set(before.differs) and compared.body_f1 >= before.body_f1 - _F1_STEP
        verdict = Verdict.KNOWN if known or TEXT in before.differs else Verdict.WORSE
    return PageCase(row.capture, source, row.kind, verdict, compared.body_f1, compared.differences, decision)


def _failed(row: PageCorrection, source: str, difference: Difference, decision: Decision | None = None) -> PageCase:
    """A case that cannot be compared."""
    known = decision is not None and difference.part == TEXT and TEXT in decision.baseline.differs
    verdict = Verdict.KNOWN if known else Verdict.WORSE
    return PageCase(row.capture, source, row.kind, verdict, None, (difference,), decision)
