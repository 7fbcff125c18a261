"""Stamping that is killed, and stamping in company: the archive stays sound and the next run finishes."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from archive_checks import differing
from doomed import killed_at
from stamping_archive import names, new_archive, set_up, stamped
from tawthiq.pipeline.stamp_outcome import StampState
from tawthiq.pipeline.stamping import stamp
from tawthiq.store import ArchiveFolder, log
from tawthiq.store.timestamps import read_stamped
from timestamp_authority import TimestampAuthority, timestamp_authority


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[TimestampAuthority]:
    with timestamp_authority(tmp_path / "authority") as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_archive(tmp_path / "archive")


def test_kill_at_every_step_of_stamping_leaves_a_sound_archive_and_the_next_run_finishes(
    path: Path, authority: TimestampAuthority, tmp_path: Path
) -> None:
    set_up(path, authority.settings("north"))
    point, ended = 0, -1
    while ended != 0:
        point += 1
        copy = tmp_path / f"copy{point}"
        subprocess.run(["cp", "-r", path, copy], check=True)
        ended = killed_at(point, lambda copy=copy: stamped(copy))  # type: ignore[misc]
        assert ended in (0, -signal.SIGKILL)
        assert differing(copy) == [], f"killed at step {point}, before recovery"
        stamped(copy)
        (covered,) = stamped(copy)
        assert covered.state is StampState.COVERED
        assert [name for name in names(copy) if name.endswith(".tsr")]
        assert differing(copy) == [], f"killed at step {point}, after finishing"
    assert point > 30


def test_two_processes_that_stamp_at_once_keep_one_another_whole(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings("north"))
    children = []
    for _ in range(3):
        child = os.fork()
        if not child:
            time.sleep(0.05)
            stamped(path)
            os._exit(0)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
    assert [outcome.state for outcome in stamped(path)] == [StampState.COVERED]
    assert differing(path) == []


def test_what_another_process_has_not_signed_yet_is_left_for_later(
    path: Path, authority: TimestampAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(path, authority.settings("north"))
    monkeypatch.setattr(log, "CHECKPOINT_SECONDS", 1e9)
    with ArchiveFolder.open(path) as busy:
        busy.keep_file("second.html", BytesIO(b"<p>second</p>"), "text/html", {})
        with ArchiveFolder.open(path) as archive:
            (first,) = stamp(archive)
            assert (first.state, first.size) == (StampState.STAMPED, 2)
            assert read_stamped(path).waits("north")
    assert [outcome.state for outcome in stamped(path)] == [StampState.STAMPED]
    assert not read_stamped(path).waits("north")
    assert differing(path) == []


def test_a_head_that_is_stamped_already_is_not_stamped_again(
    path: Path, authority: TimestampAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "CHECKPOINT_SECONDS", 1e9)
    set_up(path, authority.settings("north"))
    with ArchiveFolder.open(path) as busy:
        list(stamp(busy))
        busy.keep_file("second.html", BytesIO(b"<p>second</p>"), "text/html", {})
        with ArchiveFolder.open(path) as archive:
            (outcome,) = stamp(archive)
    assert (outcome.state, outcome.size) == (StampState.COVERED, 2)
    assert "not signed yet" in outcome.notes[0]
    assert len(authority.requests) == 1
