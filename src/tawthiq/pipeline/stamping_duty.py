"""Stamping as a duty of a run that lasts: done when due, and not asking again at once who failed or has nothing yet.

What is due is told from the archive; only the patience with an authority is this process's own, and forgotten with it.
"""

import time
from collections.abc import Callable
from pathlib import Path

from tawthiq.pipeline.stamp_outcome import StampState, told
from tawthiq.pipeline.stamping import stamp
from tawthiq.store import ArchiveFolder

# After a failure, doubled with each further one; then a day holds six attempts.
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 300.0, 4 * 3600.0
# A calendar that has no block yet is asked again after this long.
PENDING_WAIT_SECONDS = 3600.0


class StampingDuty:
    """Has stamped what is due. `now` counts seconds and never goes back."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures: dict[tuple[Path, str], int] = {}
        self._not_before: dict[tuple[Path, str], float] = {}

    def __call__(self, archive: ArchiveFolder) -> list[str]:
        """A line for each thing done or failed, and each remark; none when nothing was due."""
        names = [authority.name for authority in archive.settings.authorities]
        leave = {name for name in names if self._now() < self._not_before.get((archive.path, name), 0.0)}
        lines: list[str] = []
        for outcome in stamp(archive, if_due=True, leave=leave):
            if not outcome.state.asked:
                continue
            self._wait((archive.path, outcome.authority), outcome.state)
            lines += [told(outcome), *(f"{outcome.authority}: {note}" for note in outcome.notes)]
        return lines

    def _wait(self, whom: tuple[Path, str], state: StampState) -> None:
        """Note when an authority may be asked again."""
        wait = PENDING_WAIT_SECONDS if state is StampState.PENDING else 0.0
        failures = self._failures.get(whom, 0) + 1 if state is StampState.FAILED else 0
        if failures:
            wait = min(FIRST_WAIT_SECONDS * 2 ** (failures - 1), LONGEST_WAIT_SECONDS)
        self._failures[whom] = failures
        self._not_before[whom] = self._now() + wait


stamping_duty = StampingDuty()
