"""Fetching ahead: while one item is being kept, the next addresses are already asked for, each host by one worker at a time.

A few workers, each with connections of its own; every address of one host goes to the same worker, and all share one
timetable of pauses, so no host is asked more often than by a single fetcher. Results are taken in the order of the sources.
Workers are daemon threads: an interrupt does not wait for a server that hangs.
"""

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from queue import SimpleQueue
from types import TracebackType

from tawthiq.capture.address import Address
from tawthiq.capture.conditional import Validators
from tawthiq.capture.http import NOTHING_KNOWN, Fetcher
from tawthiq.capture.pauses import Pauses
from tawthiq.capture.robots import Robots
from tawthiq.capture.settings import FetchSettings
from tawthiq.records.capture import Exchange

WORKERS = 4
# How many sources may be under way. Each may bring an answer of the size limit into memory, so it is a small number.
AHEAD = 4

Fetched = Future[list[Exchange]]
Known = Mapping[str, Validators]
Jobs = SimpleQueue[tuple[str, Known, bool, Fetched] | None]


class FetchingAhead:
    """Workers that fetch addresses. Used as a context manager; leaving it drops what nobody has taken.

    Raises WrongUsage when the settings' proxy or certificate authorities cannot be used.
    """

    def __init__(self, settings: FetchSettings, workers: int = WORKERS, pauses: Pauses | None = None) -> None:
        self.pauses = pauses or Pauses(settings.pause)
        self.robots = Robots(settings.robots, self.pauses)
        self._fetchers = [Fetcher(settings, self.pauses, self.robots) for _ in range(workers)]
        self._queues: list[Jobs] = [SimpleQueue() for _ in range(workers)]
        self._worker_of: dict[str, int] = {}
        self._started: set[int] = set()
        self._open: set[Fetched] = set()

    def __enter__(self) -> "FetchingAhead":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for fetched in list(self._open):
            fetched.cancel()
        for queue in self._queues:
            queue.put(None)

    def start(
        self, given: str, address: Address, known: Known = NOTHING_KNOWN, *, from_outside: bool = False
    ) -> Fetched:
        """Have `given`, which spells `address`, fetched; its exchanges, or CaptureFailed, come through the future.

        `known` holds validators by wire address, `from_outside` says that no person named it (see `Fetcher.fetch`).
        """
        number = self._worker_of.setdefault(address.host, len(self._worker_of) % len(self._queues))
        fetched: Fetched = Future()
        self._open.add(fetched)
        fetched.add_done_callback(self._open.discard)
        self._queues[number].put((given, known, from_outside, fetched))
        if number not in self._started:
            self._started.add(number)
            threading.Thread(target=self._work, args=(number,), daemon=True).start()
        return fetched

    def _work(self, number: int) -> None:
        with self._fetchers[number] as fetcher:
            while (job := self._queues[number].get()) is not None:
                given, known, from_outside, fetched = job
                if not fetched.set_running_or_notify_cancel():
                    continue
                try:
                    fetched.set_result(fetcher.fetch(given, known, from_outside=from_outside))
                except BaseException as error:
                    fetched.set_exception(error)
