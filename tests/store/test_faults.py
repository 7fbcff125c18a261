"""Faults while everything happens at once: kill -9 anywhere, a disk that fills up, other processes, a clock set back."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from archive_checks import differing
from doomed import DISK_CALLS, REFUSED, Doomed, forked, outcome
from fault_worker import Filling, Worker, archive_with_witness, expect_nothing_lost
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder, events, keeping
from tawthiq.store.verify import verify

POINTS = 100
AN_ARCHIVE = 10  # kills before the next archive begins: damage of one kill must also survive the next


def survived(path: Path, notes: Path, point: str) -> None:
    """Holds before and after recovery, lost nothing, and goes on."""
    assert differing(path) == [], f"killed at {point}, before recovery"
    expect_nothing_lost(path, notes)
    with ArchiveFolder.open(path) as again:
        again.keep_file("after.html", BytesIO(point.encode()), "text/html", {})
    assert differing(path) == [], f"killed at {point}, after recovery"
    assert not list((path / "evidence" / "incoming").iterdir())


@pytest.mark.parametrize("seed", range(POINTS // AN_ARCHIVE))
def test_kill_at_random_calls_of_everything_loses_nothing(tmp_path: Path, seed: int) -> None:
    random, notes = Random(seed), tmp_path / "notes"
    path = archive_with_witness(tmp_path / "archive")
    for number in range(AN_ARCHIVE):
        worker, call = Worker(path, notes, Random(seed * 100 + number)), random.randrange(1, 220)
        child = forked(lambda worker=worker, call=call: worker.run(99, Doomed(call, (*DISK_CALLS, "write"))))  # type: ignore[misc]
        assert outcome(child) == -signal.SIGKILL
        survived(path, notes, f"call {call} of run {number}")


@pytest.mark.parametrize("seed", range(POINTS // AN_ARCHIVE))
def test_kill_at_random_moments_of_everything_loses_nothing(tmp_path: Path, seed: int) -> None:
    random, notes = Random(seed), tmp_path / "notes"
    path = archive_with_witness(tmp_path / "archive")
    for number in range(AN_ARCHIVE):
        notes.touch()
        worker, before = Worker(path, notes, Random(seed * 100 + number)), notes.stat().st_size
        child = forked(lambda worker=worker: worker.run(10**6))  # type: ignore[misc]
        while notes.stat().st_size == before:
            time.sleep(0.001)
        time.sleep(random.random() * 0.05)
        os.kill(child, signal.SIGKILL)
        assert outcome(child) == -signal.SIGKILL
        survived(path, notes, f"a random moment of run {number}")


def test_a_disk_that_fills_up_at_any_stage_of_everything_loses_nothing(tmp_path: Path) -> None:
    for point in range(1, 60, 2):
        if point % 20 == 1:
            path, notes = archive_with_witness(tmp_path / f"archive {point}"), tmp_path / f"notes {point}"
        worker = Worker(path, notes, Random(point))
        child = forked(lambda worker=worker, point=point: worker.run(40, Filling(point)))  # type: ignore[misc]
        assert outcome(child) == REFUSED
        survived(path, notes, f"synchronisation {point}")


def test_processes_that_collect_stamp_cosign_and_erase_at_once_extend_one_tree(tmp_path: Path) -> None:
    path = archive_with_witness(tmp_path / "archive")
    roles = (("file",), ("file", "erase"), ("log", "stamp"), ("cosign", "act"), ("file", "file", "erase", "log"))
    notes = [tmp_path / f"notes {number}" for number in range(len(roles))]
    workers = [Worker(path, each, Random(n), acts) for n, (each, acts) in enumerate(zip(notes, roles, strict=True))]
    children = [forked(lambda worker=worker: worker.run(20)) for worker in workers]  # type: ignore[misc]
    seen = 0
    while seen < 5:
        assert differing(path) == [], "verified while all of them are at work"
        seen += 1
    assert [outcome(child) for child in children] == [0] * len(children)
    expect_nothing_lost(path, *notes)
    assert differing(path) == []
    with ArchiveFolder.open(path) as archive:
        assert list(archive.erasures())


def test_a_clock_that_was_set_back_is_told_and_the_log_stays_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) - timedelta(days=400)

    with ArchiveFolder.create(tmp_path / "archive", title="t", collector="c") as archive:
        archive.keep_file("before.html", BytesIO(b"before"), None, {})
        with monkeypatch.context() as patched:
            for module in (events, keeping):
                patched.setattr(module, "datetime", Earlier)
            item = archive.keep_file("after.html", BytesIO(b"after"), None, {})
        archive.log([LogEvent("note", datetime.now(UTC), "c", "again on time", {})])
    assert differing(archive.path) == []
    found = next(check.found for check in verify(archive.path) if check.name == "log times")
    assert f"1 entries state a time more than a minute before one above them, entry {item.log_index} by 34,5" in found
    assert "the order of the log stands" in found
