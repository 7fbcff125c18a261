"""What became of one source that was collected, and what a person should know of it.

An answer of whatever status is evidence and kept; what came cut short is kept too, marked incomplete, so that nobody takes
half a report for the whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tawthiq.capture.conditional import is_temporary
from tawthiq.capture.names import shown
from tawthiq.pipeline.revisiting import status_of, wanted_pause
from tawthiq.records.capture import Capture, Exchange
from tawthiq.records.errors import CaptureFailed, TawthiqError
from tawthiq.records.visit import Loss, PageVisit

CUT_SHORT = {
    "length": "it is larger than the size limit; the first {size:,} bytes are kept",
    "time": "the server was too slow; the {size:,} bytes that came in time are kept",
    "disconnect": "the connection ended before the answer did; the {size:,} bytes that came are kept",
    "unspecified": "the answer contradicts its own length; {size:,} bytes are kept",
}


class State(StrEnum):
    """What became of one source."""

    KEPT = "kept"
    KEPT_INCOMPLETE = "kept incomplete"
    THERE = "already there"
    UNCHANGED = "unchanged"
    PASSED_OVER = "passed over"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    `source` is fit to be shown; `captures` are those made or found (several for a WARC file); `error` is set when it
    failed or is incomplete; `notes` are remarks for the person, such as a 404 that was kept as such; `retry_after` is how
    many seconds a busy server wants to be left alone.
    """

    source: str
    state: State
    captures: tuple[Capture, ...] = ()
    error: TawthiqError | None = None
    notes: tuple[str, ...] = ()
    retry_after: float | None = None

    @property
    def is_trouble(self) -> bool:
        """Whether a person must look at it: it failed, or is incomplete."""
        return self.state in {State.FAILED, State.KEPT_INCOMPLETE}


def fetched_outcome(source: str, capture: Capture, last: Exchange, notes: tuple[str, ...] = ()) -> Outcome:
    """The outcome of an address that was fetched and kept: a note for an error status, trouble for an answer cut short."""
    told = (*_answer_notes(last), *(() if last.payload else ("the answer holds no bytes; kept as such",)), *notes)
    return _kept(source, capture, last, told)


def visited_outcome(source: str, capture: Capture, seen: PageVisit, notes: tuple[str, ...] = ()) -> Outcome:
    """The outcome of an address that a browser visited: as above, and what the visit lacks."""
    main = seen.exchanges[seen.main] if seen.main is not None else None
    told = (*(_answer_notes(main) if main else ()), *visit_notes(seen), *notes)
    if main is None:
        return Outcome(source, State.KEPT, (capture,), notes=told)
    return replace(_kept(source, capture, main, told), retry_after=wanted_pause(main))


def visit_notes(visit: PageVisit) -> Iterator[str]:
    """What a person should know of a visit that was kept."""
    if visit.stopped:
        yield f"not waited for to the end: {visit.stopped}; kept as far as it came"
    if any(part.piece is not None and part.piece.is_cut for part in visit.parts):
        yield "its pictures do not show all of it: it is too tall or too wide; the rendered page is kept whole"
    others = (each for number, each in enumerate(visit.exchanges) if number != visit.main)
    if cut := sum(each.truncated in ("disconnect", "time", "length") for each in others):
        yield f"{cut} of {visit.requests} requests were answered, but the answers are not whole"
    lost = {loss: sum(each.loss is loss for each in visit.unrecorded) for loss in Loss}
    if lost[Loss.MISSED]:
        yield f"{lost[Loss.MISSED]} of {visit.requests} requests were seen, but their answers were missed"
    if lost[Loss.BLOCKED] or lost[Loss.FAILED]:
        yield f"{lost[Loss.BLOCKED]} of {visit.requests} requests were blocked, {lost[Loss.FAILED]} failed"


def _answer_notes(last: Exchange) -> Iterator[str]:
    """What to say of an answer that is no success: who collects it again later may get the page."""
    status = last.status_line.partition(" ")[2].strip()
    if status.startswith("2"):
        return
    told = f'the server answered "{shown(status, 80)}"; kept as such'
    code = status_of(last)
    if code is not None and is_temporary(code):
        pause = wanted_pause(last)
        told += f"; collect it again with --again{f' in {pause:.0f} seconds' if pause else ' later'}"
    yield told


def _kept(source: str, capture: Capture, last: Exchange, notes: tuple[str, ...]) -> Outcome:
    if last.truncated is None:
        return Outcome(source, State.KEPT, (capture,), notes=notes)
    error = CaptureFailed(
        item=source,
        happened=CUT_SHORT[last.truncated].format(size=len(last.payload)),
        advice="it is kept and marked incomplete; collect it once more with --again, or raise --size-limit",
    )
    return Outcome(source, State.KEPT_INCOMPLETE, (capture,), error=error, notes=notes)


def unexpected(source: str, error: Exception) -> CaptureFailed:
    """A fault that nobody foresaw, as the failure of one source."""
    return CaptureFailed(
        item=source,
        happened=f"collecting it failed in an unforeseen way ({type(error).__name__}: {shown(str(error), 200)})",
        advice="report this fault; save the page with a browser and collect the file",
    )
