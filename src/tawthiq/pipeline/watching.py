"""Watching: visit what is due, sleep until something is, go on whatever happens; and do the duties that have a schedule.

A visit is finished or it is not: its state is written when it is over, so an interrupted one comes again, and finds in the
archive what it had kept. Two runs beside each other share the work: each address has a lock, and whoever comes second
reads the state anew. Nothing that a site does ends a run; a disk that refuses, or an archive that differs, does.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.capture.conditional import is_temporary
from tawthiq.capture.names import shown
from tawthiq.capture.settings import FetchSettings
from tawthiq.pipeline.collect import fetch_settings
from tawthiq.pipeline.collect_browser import browsing_settings
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.collect_session import Session, collect_session
from tawthiq.pipeline.stamping_duty import stamping_duty
from tawthiq.pipeline.visit_lists import Wish
from tawthiq.pipeline.visiting import visited
from tawthiq.pipeline.watch_schedule import after_visit, forgetting, is_due, told_by_log
from tawthiq.records.errors import EvidenceDiffers, StorageFailed, TawthiqError, WrongUsage
from tawthiq.records.watch import Watch, WatchState
from tawthiq.store import ArchiveFolder
from tawthiq.store.fixity import check_if_due
from tawthiq.store.watch_list import WatchList
from tawthiq.store.watch_state import WatchStates

# The list may be changed, and the clock set, while a run sleeps.
LONGEST_SLEEP = 60.0
# What is due all the same is in the hands of another run.
SHORTEST_SLEEP = 10.0

# How often a run asks whether the archive is to be verified: the question reads the whole log.
FIXITY_QUESTION = 3600.0

Duty = Callable[[ArchiveFolder], Sequence[str]]


class Seldom:
    """A duty that is thought of once in so many seconds, and at the start of a run. `now` counts seconds, never back."""

    def __init__(self, duty: Duty, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._duty, self._seconds, self._now = duty, seconds, now
        self._asked: dict[Path, float] = {}

    def __call__(self, archive: ArchiveFolder) -> Sequence[str]:
        """What the duty tells, nothing while its time has not come."""
        last = self._asked.get(archive.path)
        if last is not None and self._now() - last < self._seconds:
            return ()
        self._asked[archive.path] = self._now()
        return self._duty(archive)


# What else is done when its time has come: each does what is due and says so, a line for each thing done.
DUTIES: tuple[Duty, ...] = (stamping_duty, Seldom(check_if_due, FIXITY_QUESTION))


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened: what became of one source of a watched address, or a line of a duty."""

    watch: Watch | None
    outcome: Outcome | None
    line: str = ""


class Watching:
    """One run over an archive's watch list. `now` gives the time (UTC), `sleep` waits for seconds."""

    def __init__(
        self,
        archive: ArchiveFolder,
        fetching: FetchSettings | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._archive = archive
        self._fetching = fetching or fetch_settings(archive)
        self._list = WatchList(archive.path)
        self._states = WatchStates(archive.path)
        self._now, self._sleep = now, sleep

    def once(self, *, due_only: bool) -> Iterator[Told]:
        """Visit everything once, or only what is due; then the duties. Raises WrongUsage for a list that cannot be read."""
        begun = self._now()
        self._archive.unlock()
        watches = self._list.read()
        states = self.states(watches)
        chosen = [watch for watch in watches if not due_only or is_due(watch, states[watch.address], begun)]
        if chosen:
            with collect_session(self._archive, self._fetching) as session:
                for watch in chosen:
                    yield from self._visit(session, watch, states[watch.address], None if due_only else begun)
            self._archive.flush()
        yield from self._duties()

    def always(self) -> Iterator[Told]:
        """Visit what is due and sleep until more is, for ever."""
        while True:
            try:
                yield from self.once(due_only=True)
                pause = self.seconds_to_next()
            except WrongUsage as error:
                # Somebody is in the middle of editing the list: the run outlives it.
                yield Told(None, None, str(error))
                pause = LONGEST_SLEEP
            self._sleep(pause)

    def seconds_to_next(self) -> float:
        """How long to sleep: until the next address is due, but never longer than a minute."""
        watches = self._list.read()
        now = self._now()
        dues = [state.due for state in self.states(watches).values()]
        waits = [(due - now).total_seconds() if due else 0.0 for due in dues]
        return min(max(min(waits, default=LONGEST_SLEEP), SHORTEST_SLEEP), LONGEST_SLEEP)

    def states(self, watches: Sequence[Watch]) -> dict[str, WatchState]:
        """The state of each watched address: as it was written, or, where there is none, as the log tells it."""
        stored = {watch.address: state for watch in watches if (state := self._states.read(watch.address))}
        unknown = [watch for watch in watches if watch.address not in stored]
        told = told_by_log(self._archive.entries(), unknown) if unknown else {}
        return forgetting({**stored, **told}, watches)

    def _visit(self, session: Session, watch: Watch, told: WatchState, begun: datetime | None) -> Iterator[Told]:
        """One visit, unless another run is at it or has done it meanwhile (since `begun`, or so that it is not due).

        `told` is the state at the beginning of the run, for an address that has none written down.
        """
        with self._states.at_work(watch.address) as ours:
            stored = self._states.read(watch.address)
            state = forgetting({watch.address: stored or told}, [watch])[watch.address]
            done = state.asked is not None and state.asked >= begun if begun else not is_due(watch, state, self._now())
            if not ours or done:
                return
            if stored is None:
                # Else an interrupted first visit would count as done: the log says that the address was asked.
                self._states.write(watch.address, told)
            asked = self._now()
            first: Outcome | None = None
            for outcome in self._outcomes(session, watch):
                first = first or outcome
                yield Told(watch, outcome)
                if isinstance(outcome.error, StorageFailed):
                    raise outcome.error
            failed = first is None or first.state is State.FAILED or _is_not_now(first)
            pause = first.retry_after if first else None
            self._states.write(watch.address, after_visit(watch, state, asked, failed=failed, retry_after=pause))

    def _outcomes(self, session: Session, watch: Watch) -> Iterator[Outcome]:
        """What becomes of a watched address; what is wrong with it is an outcome too."""
        browser = browsing_settings(self._archive) if watch.browser else None
        wish = Wish(watch.kind, watch.items, watch.reason, None, browser)
        try:
            yield from visited(self._archive, session, wish, watch.address)
        except (StorageFailed, EvidenceDiffers, WrongUsage):
            raise
        except TawthiqError as error:
            yield Outcome(shown(watch.address, 500), State.FAILED, error=error)

    def _duties(self) -> Iterator[Told]:
        for duty in DUTIES:
            try:
                for line in duty(self._archive):
                    yield Told(None, None, line)
            except (StorageFailed, EvidenceDiffers):
                raise
            except TawthiqError as error:
                yield Told(None, None, str(error))


def _is_not_now(outcome: Outcome) -> bool:
    """Whether what was kept, as a browser keeps everything, only says that the page cannot be had now."""
    status = outcome.captures[0].status if outcome.captures else None
    return status is not None and is_temporary(status)
