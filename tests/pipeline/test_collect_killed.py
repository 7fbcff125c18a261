"""A run of collecting killed with SIGKILL at random moments: the archive verifies, and running it again finishes the list."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from archive_checks import differing
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_outcome import State
from tawthiq.pipeline.sample_server import SampleServer
from tawthiq.records.capture import SourceKind
from tawthiq.store import ArchiveFolder

ROUNDS = 24
PAGES = 12


@contextmanager
def child(work: Callable[[], None]) -> Iterator[int]:
    """A forked process that does `work` and ends; killed, if it still lives, when the block ends."""
    number = os.fork()
    if number == 0:
        code = 1
        with suppress(BaseException):
            work()
            code = 0
        os._exit(code)
    try:
        yield number
    finally:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(number, 0)


def serve(outlet: int) -> None:
    """Serve the sample site until killed, its addresses told once through the pipe `outlet`."""
    with SampleServer() as server:
        os.write(outlet, json.dumps(server.addresses()[:PAGES]).encode() + b"\n")
        time.sleep(600)


def collected(path: Path, addresses: list[str], acknowledged: Path) -> None:
    """Collect and note the identifier of each capture once it is acknowledged."""
    with ArchiveFolder.open(path) as archive, acknowledged.open("ab", buffering=0) as notes:
        for outcome in collect(archive, addresses):
            for capture in outcome.captures:
                notes.write(f"{capture.id}\n".encode())


def await_notes(acknowledged: Path, count: int) -> None:
    """Wait until so many captures are acknowledged."""
    deadline = time.monotonic() + 60
    while not acknowledged.exists() or acknowledged.read_bytes().count(b"\n") < count:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_run_killed_at_random_moments_loses_nothing_and_keeps_no_page_twice(tmp_path: Path) -> None:
    random = Random(20261122)
    reading, writing = os.pipe()
    interrupted = 0
    with child(lambda: serve(writing)), os.fdopen(reading, "rb") as told:
        addresses = json.loads(told.readline())
        for number in range(ROUNDS):
            path, acknowledged = tmp_path / f"archive-{number}", tmp_path / f"notes-{number}"
            ArchiveFolder.create(path, title="t", collector="c").close()
            with child(lambda path=path, notes=acknowledged: collected(path, addresses, notes)) as worker:
                await_notes(acknowledged, random.randrange(PAGES))
                time.sleep(random.uniform(0.0, 0.02))
                interrupted += os.waitpid(worker, os.WNOHANG)[0] == 0
            assert differing(path) == []
            with ArchiveFolder.open(path) as archive:
                assert {outcome.state for outcome in collect(archive, addresses)} <= {State.KEPT, State.THERE}
            with ArchiveFolder.open(path) as archive:
                kept = [each for each in archive.captures() if each.kind is SourceKind.URL]
            promised = acknowledged.read_text().split() if acknowledged.exists() else []
            assert set(promised) <= {each.id for each in kept}
            assert sorted(each.source for each in kept) == sorted(addresses)
            assert differing(path) == []
    os.close(writing)
    assert interrupted > ROUNDS // 2
