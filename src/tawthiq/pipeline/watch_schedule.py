"""When a watched address is due: after its own time when all is well, by exponential back-off when it fails.

Pure but for the log it can be told from: state is a convenience, and what the log says of an address is enough to make it
again.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tawthiq.capture.address import parse
from tawthiq.pipeline.revisiting import UNCHANGED
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.log import LogEntry
from tawthiq.records.watch import Watch, WatchState
from tawthiq.store.events import CAPTURED

FIRST_RETRY = 300.0
LONGEST_RETRY = 86_400.0
JITTER = 0.2
COLLECT_FAILED = "collect-failed"


def after_visit(
    watch: Watch, state: WatchState, asked: datetime, *, failed: bool, retry_after: float | None = None
) -> WatchState:
    """The state once a visit that began at `asked` is over; `retry_after` is the pause in seconds that the server wants."""
    if not failed:
        return WatchState(asked, asked, 0, asked + timedelta(seconds=watch.every))
    failures = state.failures + 1
    pause = max(back_off(failures, watch.every), retry_after or 0.0)
    return WatchState(asked, state.succeeded, failures, asked + timedelta(seconds=pause))


def back_off(failures: int, every: int) -> float:
    """Seconds until the next try after so many failures in a row: doubled each time, within bounds, with jitter.

    The first try comes after five minutes, or sooner for what is asked more often; the last bound is a day, or the
    address's own time where that is longer.
    """
    first = min(FIRST_RETRY, every)
    longest = max(LONGEST_RETRY, every)
    pause = min(first * 2.0 ** min(failures - 1, 30), longest)
    chance = secrets.randbelow(1_000_001) / 1_000_000
    return min(pause * (1 - JITTER + 2 * JITTER * chance), longest)


def is_due(watch: Watch, state: WatchState, now: datetime) -> bool:
    """Whether an address is to be asked at `now`; a time further off than any wait means that the clock was set back."""
    if state.due is None:
        return True
    furthest = timedelta(seconds=max(LONGEST_RETRY, watch.every) * (1 + JITTER))
    return state.due <= now or state.due - now > furthest


def told_by_log(entries: Iterable[LogEntry], watches: Sequence[Watch]) -> dict[str, WatchState]:
    """The state of each watched address as the log tells it: when it was asked, and how often it failed since."""
    spelt: dict[str, Watch] = {}
    for watch in watches:
        try:
            spelt[parse(watch.address).url] = watch
        except CaptureFailed:
            continue
    states = {watch.address: WatchState() for watch in watches}
    for entry in entries:
        event = entry.event
        if event is None or event.kind not in (CAPTURED, UNCHANGED, COLLECT_FAILED):
            continue
        facts = event.facts.get("facts") if event.kind == CAPTURED else event.facts
        stated = facts.get("address") if isinstance(facts, dict) else None
        found = spelt.get(event.subject if event.kind == COLLECT_FAILED else str(stated))
        if found is not None:
            failed = event.kind == COLLECT_FAILED
            states[found.address] = after_visit(found, states[found.address], event.time.astimezone(UTC), failed=failed)
    return states


def forgetting(states: dict[str, WatchState], watches: Sequence[Watch]) -> dict[str, WatchState]:
    """The states of what is still watched; what is new is due at once, and a shorter time brings a visit forward."""
    kept: dict[str, WatchState] = {}
    for watch in watches:
        state = states.get(watch.address, WatchState())
        if state.asked and state.due and not state.failures:
            state = replace(state, due=min(state.due, state.asked + timedelta(seconds=watch.every)))
        kept[watch.address] = state
    return kept
