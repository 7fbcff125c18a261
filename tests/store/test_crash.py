"""Crashes, full disks and company: an archive stays sound, and nothing that was acknowledged is lost."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from archive_checks import MakeExchange, differing, files_of
from doomed import Doomed, forked, killed_at, outcome
from tawthiq.records.errors import ArchiveBusy, StorageFailed
from tawthiq.store import ArchiveFolder
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.verify import verify


def keep(path: Path, acknowledged: Path, count: int, doomed: Doomed) -> None:
    """Keep files, noting the identifier of each once it is acknowledged."""
    with acknowledged.open("a", buffering=1) as notes, ArchiveFolder.open(path) as archive:
        doomed.arm()
        for number in range(count):
            notes.write(archive.keep_file(f"{number}.html", BytesIO(b"text %d" % number), "text/html", {}).id + "\n")
            if number == 1:
                archive.flush()


def start(path: Path, acknowledged: Path, *, count: int = 3, die_at: int = 0) -> int:
    """Run `keep` in a child process; returns its number."""
    acknowledged.touch()
    return forked(lambda: keep(path, acknowledged, count, Doomed(die_at)))


def noted(acknowledged: Path) -> set[str]:
    """The identifiers that were acknowledged, the last line left out when it is cut."""
    return set(acknowledged.read_text().split("\n")[:-1])


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)


def new_archive(path: Path) -> ArchiveFolder:
    archive = ArchiveFolder.create(path, title="t", collector="c")
    archive.close()
    return archive


def test_kill_at_every_step_of_keeping_leaves_a_sound_archive_and_loses_nothing(tmp_path: Path) -> None:
    point = 0
    while True:
        point += 1
        archive, notes = new_archive(tmp_path / str(point)), tmp_path / f"{point}.notes"
        ended = outcome(start(archive.path, notes, die_at=point))
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        assert differing(archive.path) == [], f"killed at step {point}, before recovery"
        with ArchiveFolder.open(archive.path) as again:
            kept = [capture.id for capture in again.captures()]
            assert noted(notes) <= set(kept)
            assert len(kept) == len(set(kept))
            assert [again.record(capture).payload[:5] for capture in again.captures()] == [b"text "] * len(kept)
            again.keep_file("after.html", BytesIO(b"after"), "text/html", {})
        assert differing(archive.path) == [], f"killed at step {point}, after recovery"
        assert not list((archive.path / "evidence" / "incoming").iterdir())
    assert point > 50


def test_kill_at_every_step_of_recovery_is_met_by_doing_it_again(tmp_path: Path) -> None:
    cut = b'{"event":{"actor":"c","fa'
    for point in range(1, 40):
        archive, notes = new_archive(tmp_path / str(point)), tmp_path / f"{point}.notes"
        assert outcome(start(archive.path, notes, die_at=24)) == -signal.SIGKILL
        with (archive.path / "log" / "journal" / "000.jsonl").open("ab") as journal:
            journal.write(cut)
        killed_in_recovery(archive.path, point)
        with ArchiveFolder.open(archive.path) as again:
            kept = [capture.id for capture in again.captures()]
        assert noted(notes) <= set(kept)
        assert len(kept) == len(set(kept))
        events = [entry.event for entry in again.entries() if entry.event]
        torn = [event.facts["file_sha256"] for event in events if event.kind == "torn-line"]
        assert torn.count(hashlib.sha256(cut).hexdigest()) == 1
        assert differing(archive.path) == []


def killed_in_recovery(path: Path, point: int) -> None:
    """Open the archive in a child that dies at call number `point` of recovery, if there are so many."""
    assert killed_at(point, lambda: ArchiveFolder.open(path)) in (0, -signal.SIGKILL)


def erase(path: Path, item: str, doomed: Doomed) -> None:
    """Erase an item; half of a journal file that is hit reaches the disk under the name of the draft."""
    with ArchiveFolder.open(path) as archive:
        doomed.arm()
        archive.erase(item, reason="asked for", authorised_by="lead-2")


def test_kill_at_every_step_of_erasing_leaves_an_archive_that_holds_and_the_next_use_finishes_it(
    tiny: Path, tmp_path: Path
) -> None:
    with ArchiveFolder.open(tiny) as archive:
        capture, other = archive.captures()
    begun = 0
    for point in range(1, 200):
        path = tmp_path / f"copy {point}"
        shutil.copytree(tiny, path)
        ended = outcome(forked(lambda path=path, point=point: erase(path, capture.id, Doomed(point))))  # type: ignore[misc]
        assert ended in (0, -signal.SIGKILL)
        assert differing(path) == [], f"killed at step {point}, before recovery"
        with ArchiveFolder.open(path) as again:
            left = [each.id for each in again.captures()]
            erasures = list(again.erasures())
        assert left in ([capture.id, other.id], [other.id])
        assert len(erasures) == 2 - len(left), f"killed at step {point}"
        begun += len(erasures)
        holding = [file.name for file in files_of(path) if b"news.example" in file.read_bytes()]
        assert bool(holding) == (capture.id in left), f"killed at step {point}: {holding}"
        assert (path / capture.path).exists() == (capture.id in left)
        assert differing(path) == [], f"killed at step {point}, after recovery"
        assert not list((path / "evidence" / "incoming").iterdir())
        if ended == 0:
            break
    assert ended == 0
    assert 20 < begun < point


def test_kill_at_every_step_of_finishing_an_erasure_is_met_by_doing_it_again(tiny: Path, tmp_path: Path) -> None:
    with ArchiveFolder.open(tiny) as archive:
        capture, other = archive.captures()
    for point in range(1, 60):
        path = tmp_path / f"copy {point}"
        shutil.copytree(tiny, path)
        assert outcome(forked(lambda path=path: erase(path, capture.id, Doomed(9)))) == -signal.SIGKILL  # type: ignore[misc]
        assert len(list(path.rglob("*.erasing"))) == 1
        killed_in_recovery(path, point)
        assert differing(path) == []
        with ArchiveFolder.open(path) as again:
            assert [each.id for each in again.captures()] == [other.id]
            assert len(list(again.erasures())) == 1
        assert differing(path) == []


def erase_on_a_filling_disk(path: Path, item: str, room: int) -> None:
    """Erase an item on a disk that refuses from synchronisation number `room` on; leave with 3 when it does."""
    archive, real, left = ArchiveFolder.open(path), os.fsync, room

    def filling(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            raise OSError(28, "No space left on device")
        real(descriptor)

    os.fsync = filling
    try:
        with archive:
            archive.erase(item, reason="asked for", authorised_by="lead-2")
    except StorageFailed:
        os._exit(3)


def test_a_disk_that_fills_up_at_any_step_of_erasing_leaves_an_archive_that_holds(tiny: Path, tmp_path: Path) -> None:
    with ArchiveFolder.open(tiny) as archive:
        capture, other = archive.captures()
    for point in range(1, 100):
        path = tmp_path / f"copy {point}"
        shutil.copytree(tiny, path)
        ended = outcome(forked(lambda path=path, point=point: erase_on_a_filling_disk(path, capture.id, point)))  # type: ignore[misc]
        assert ended in (0, 3)
        assert differing(path) == [], f"disk full at step {point}"
        with ArchiveFolder.open(path) as again:
            left = [each.id for each in again.captures()]
            assert left in ([capture.id, other.id], [other.id])
            assert len(list(again.erasures())) == 2 - len(left)
        assert (path / capture.path).exists() == (capture.id in left)
        assert differing(path) == [], f"disk full at step {point}, after recovery"
        if ended == 0:
            break
    assert left == [other.id]
    assert point > 10


def test_kill_at_every_step_of_making_an_archive_leaves_a_whole_one_or_none(tmp_path: Path) -> None:
    for point in range(1, 60):
        path = tmp_path / str(point)
        ended = killed_at(point, lambda path=path: ArchiveFolder.create(path, title="t", collector="c"))  # type: ignore[misc]
        if (path / "tawthiq.toml").exists():
            assert differing(path) == []
            assert [entry.event.kind for entry in ArchiveFolder.open(path).entries() if entry.event] == [
                "archive-created"
            ]
        else:
            assert ended == -signal.SIGKILL
    assert ended == 0


def test_kill_at_random_moments_while_two_processes_collect(tmp_path: Path) -> None:
    archive, random = new_archive(tmp_path / "archive"), Random(5)
    notes = [tmp_path / "first.notes", tmp_path / "second.notes"]
    for _ in range(6):
        children = [start(archive.path, each, count=10**6) for each in notes]
        time.sleep(0.1 + random.random() / 4)
        for child in children:
            os.kill(child, signal.SIGKILL)
            assert outcome(child) == -signal.SIGKILL
        assert differing(archive.path) == []
    with ArchiveFolder.open(archive.path) as again:
        kept = [capture.id for capture in again.captures()]
    acknowledged = noted(notes[0]) | noted(notes[1])
    assert acknowledged
    assert acknowledged <= set(kept)
    assert len(kept) == len(set(kept))
    assert differing(archive.path) == []


def test_two_processes_append_to_one_tree(tmp_path: Path) -> None:
    archive = new_archive(tmp_path / "archive")
    notes = [tmp_path / "first.notes", tmp_path / "second.notes"]
    children = [start(archive.path, each, count=40) for each in notes]
    assert [outcome(child) for child in children] == [0, 0]
    kept = [capture.id for capture in ArchiveFolder.open(archive.path).captures()]
    assert set(kept) == noted(notes[0]) | noted(notes[1])
    assert len(kept) == 80
    assert differing(archive.path) == []


@pytest.mark.parametrize("limit", [400, 1000, 2000, 3000, 5000])
def test_a_file_size_limit_stops_keeping_with_advice_and_a_sound_archive(tmp_path: Path, limit: int) -> None:
    archive = new_archive(tmp_path / "archive")
    script = """
import io, os, resource, sys
from pathlib import Path
from tawthiq.store import ArchiveFolder, files
from tawthiq.records.errors import StorageFailed
archive = ArchiveFolder.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    for number in range(20):
        print(archive.keep_file("a.bin", io.BytesIO(os.urandom(300)), None, {}).id, flush=True)
except StorageFailed as error:
    print(error, file=sys.stderr)
    sys.exit(3)
"""
    stopped = run(script, str(archive.path), str(limit))
    assert stopped.returncode == 3, stopped.stderr
    assert "the disk refused" in stopped.stderr
    assert "larger than this system allows" in stopped.stderr
    assert differing(archive.path) == []
    with ArchiveFolder.open(archive.path) as again:
        assert set(stopped.stdout.split()) <= {capture.id for capture in again.captures()}
        again.keep_file("after.bin", BytesIO(b"after"), None, {})
    assert differing(archive.path) == []


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that has no room for another byte, as far as synchronising goes."""

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        yield


def test_a_full_disk_is_named_and_what_was_kept_stays(
    archive: ArchiveFolder, exchange: MakeExchange, request: pytest.FixtureRequest
) -> None:
    capture = archive.keep_exchanges("http://news.example/1", [exchange()], {})
    archive.flush()
    request.getfixturevalue("full_disk")
    with pytest.raises(StorageFailed, match="Free some space"):
        archive.keep_exchanges("http://news.example/2", [exchange()], {})
    assert [each.id for each in ArchiveFolder.open(archive.path).captures()] == [capture.id]
    assert differing(archive.path) == []


def test_a_disk_that_fills_up_at_any_step_and_is_cleared_again_loses_nothing(
    tmp_path: Path, exchange: MakeExchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, point, refused = os.fsync, 0, True

    def filling(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            raise OSError(28, "No space left on device")
        real(descriptor)

    while refused:
        point, left = point + 1, 10**9
        acknowledged = []
        with ArchiveFolder.create(tmp_path / str(point), title="t", collector="c") as archive:
            acknowledged.append(archive.keep_exchanges("http://news.example/1", [exchange()], {}).id)
            left = point
            monkeypatch.setattr(os, "fsync", filling)
            with suppress(StorageFailed):
                acknowledged.append(archive.keep_exchanges("http://news.example/2", [exchange()], {}).id)
                archive.flush()
                refused = False
            monkeypatch.setattr(os, "fsync", real)
            assert differing(archive.path) == [], f"disk full at step {point}"
            acknowledged.append(archive.keep_exchanges("http://news.example/3", [exchange()], {}).id)
        with ArchiveFolder.open(archive.path) as again:
            kept = [capture.id for capture in again.captures()]
        assert set(acknowledged) <= set(kept)
        assert len(kept) == len(set(kept))
        assert differing(archive.path) == [], f"disk full at step {point}, after recovery"
    assert point > 8


def test_a_read_only_archive_can_be_read_and_says_why_it_cannot_be_written(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def read_only(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(30, "Read-only file system", str(path))
        return real(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", read_only)
    archive = ArchiveFolder.open(tiny)
    assert [archive.record(capture).payload for capture in archive.captures()] == [b"<p>report</p>", b"<p>saved</p>"]
    assert differing(tiny) == []
    with pytest.raises(StorageFailed, match="read-only"):
        archive.keep_file("a.html", BytesIO(b"x"), None, {})


def test_a_torn_last_line_is_kept_aside_and_logged(tiny: Path) -> None:
    journal = tiny / "log" / "journal" / "000.jsonl"
    (tiny / "evidence" / "incoming" / "run").mkdir(parents=True)
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"event":{"actor"')
    assert differing(tiny) == []
    with ArchiveFolder.open(tiny) as archive:
        events = [entry.event for entry in archive.entries() if entry.event]
    assert events[-1].kind == "torn-line"
    assert (tiny / str(events[-1].facts["path"])).read_bytes() == b'{"event":{"actor"'
    assert journal.read_bytes().startswith(whole)
    assert differing(tiny) == []


def test_evidence_left_behind_is_kept_and_logged_once(tiny: Path) -> None:
    left = tiny / "evidence" / "incoming" / "run"
    left.mkdir(parents=True)
    (left / "half.warc.gz").write_bytes(b"\x1f\x8b half of a file")
    stray = tiny / "evidence" / "2026" / "01" / "01" / "stray.warc.gz"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"in place, its intent lost")
    for _ in range(2):
        ArchiveFolder.open(tiny).close()
        found = {entry.event.subject: entry.event.kind for entry in ArchiveFolder.open(tiny).entries() if entry.event}
        assert found["half.warc.gz"] == "incomplete"
        assert found["stray.warc.gz"] == "recovered"
        assert differing(tiny) == []
    assert (tiny / "evidence" / "incomplete" / "half.warc.gz").read_bytes() == b"\x1f\x8b half of a file"


def test_files_of_a_live_run_are_left_alone(archive: ArchiveFolder, exchange: MakeExchange) -> None:
    archive.keep_exchanges("http://news.example/1", [exchange()], {})
    (run_folder,) = (archive.path / "evidence" / "incoming").iterdir()
    (run_folder / "being-written.warc.gz").write_bytes(b"half")
    with ArchiveFolder.open(archive.path) as other:
        other.keep_exchanges("http://news.example/2", [exchange()], {})
    assert (run_folder / "being-written.warc.gz").exists()
    assert differing(archive.path) == []
    assert "being-written" in next(check.found for check in verify(archive.path) if check.name == "open files")


def test_a_held_lock_is_waited_for_and_then_named(archive: ArchiveFolder) -> None:
    archive.close()
    other = ArchiveFolder.open(archive.path, wait_seconds=0.05)
    with Lock(Layout(archive.path).lock).held(), pytest.raises(ArchiveBusy, match="another process"):
        other.keep_file("a.html", BytesIO(b"x"), None, {})
    with other:
        other.keep_file("a.html", BytesIO(b"x"), None, {})
    assert differing(archive.path) == []


def test_a_checkpoint_follows_every_256_entries_without_being_asked(archive: ArchiveFolder) -> None:
    created = next(archive.entries()).event
    assert created is not None
    note = type(created)("note", created.time, "c", "x", {})
    archive.log([note] * 300)
    assert (archive.path / "log" / "checkpoint").read_text("utf-8").split("\n")[1] == "301"
