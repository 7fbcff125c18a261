"""Acts that wait to be logged: none lost, none twice, whatever ends the process and whenever."""

import hashlib
import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive_checks import differing
from doomed import killed_at
from tawthiq.custody.entry import canonical_json, event_to_json
from tawthiq.records.errors import StorageFailed
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.waiting import put_down

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def act(number: int) -> LogEvent:
    return LogEvent("viewed", NOW, "heron", f"item {number}", {"page": "report"})


def subjects(path: Path) -> list[str]:
    with ArchiveFolder.open(path) as archive:
        return [entry.event.subject for entry in archive.entries() if entry.event and entry.event.kind == "viewed"]


def test_an_act_is_logged_by_whoever_opens_the_archive_next(tiny: Path) -> None:
    for number in range(3):
        put_down(tiny, act(number))
    assert differing(tiny) == []
    assert subjects(tiny) == ["item 0", "item 1", "item 2"]
    assert subjects(tiny) == ["item 0", "item 1", "item 2"]
    assert not list(tiny.glob(".waiting*"))
    assert differing(tiny) == []


def test_opening_does_not_wait_for_a_log_that_is_being_read_and_logs_the_act_later(tiny: Path) -> None:
    put_down(tiny, act(0))
    with ArchiveFolder.open(tiny) as other:
        put_down(tiny, act(1))
        with other._lock.shared():
            put_down(tiny, act(2))
            ArchiveFolder.open(tiny, wait_seconds=0.0).close()
    assert subjects(tiny) == ["item 0", "item 1", "item 2"]


def test_kill_at_every_step_of_taking_in_loses_nothing_and_logs_nothing_twice(tiny: Path) -> None:
    for point in range(1, 30):
        put_down(tiny, act(point))
        ended = killed_at(point, lambda: ArchiveFolder.open(tiny).close())
        assert ended in (0, -signal.SIGKILL)
        assert subjects(tiny) == [f"item {number}" for number in range(1, point + 1)]
        assert differing(tiny) == []
    assert ended == 0


def test_a_cut_line_and_strange_bytes_do_not_stop_the_others(tiny: Path) -> None:
    put_down(tiny, act(1))
    with (tiny / ".waiting.jsonl").open("ab") as stream:
        stream.write(b'\xff\x00[]\n{"actor":"heron","fac')
    assert subjects(tiny) == ["item 1"]
    assert not list(tiny.glob(".waiting*"))


def test_an_act_after_one_that_a_crash_cut_is_not_lost_with_it(tiny: Path) -> None:
    put_down(tiny, act(1))
    with (tiny / ".waiting.jsonl").open("ab") as stream:
        stream.write(b'{"actor":"heron","fac')
    put_down(tiny, act(2))
    assert subjects(tiny) == ["item 1", "item 2"]


def test_a_disk_that_takes_half_of_an_act_leaves_nothing_of_it(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_down(tiny, act(1))
    real, room = os.write, 30

    def write(descriptor: int, data: bytes) -> int:
        nonlocal room
        if not room:
            raise OSError(28, "No space left on device")
        data, room = data[:room], 0
        return real(descriptor, data)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", write)
        with pytest.raises(StorageFailed, match="Free some space"):
            put_down(tiny, act(2))
    assert (tiny / ".waiting.jsonl").read_bytes().count(b"heron") == 1
    put_down(tiny, act(3))
    assert subjects(tiny) == ["item 1", "item 3"]


def test_a_disk_that_refuses_is_named(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(StorageFailed, match="Free some space"):
            put_down(tiny, act(1))


@pytest.mark.parametrize("kind", ["captured", "erased", "key-sealed", "witnessed", "timestamped", "archive-created"])
def test_what_somebody_planted_among_the_acts_is_not_signed_as_the_archives_own_word(tiny: Path, kind: str) -> None:
    with ArchiveFolder.open(tiny) as archive:
        genuine = next(entry.event for entry in archive.entries() if entry.event and entry.event.kind == "captured")
    planted = replace(genuine, kind=kind, subject="20200101T000000000000Z-00000000")
    line = canonical_json(event_to_json(planted)) + b"\n"
    put_down(tiny, act(1))
    with (tiny / ".waiting.jsonl").open("ab") as waiting:
        waiting.write(line)
    put_down(tiny, act(2))
    assert subjects(tiny) == ["item 1", "item 2"]
    with ArchiveFolder.open(tiny) as archive:
        told = [entry.event for entry in archive.entries() if entry.event and entry.event.kind == "act-refused"]
        assert not [entry for entry in archive.entries() if entry.event and entry.event.subject == planted.subject]
    assert [each.facts for each in told] == [{"kind": kind, "sha256": hashlib.sha256(line[:-1]).hexdigest()}]
    assert differing(tiny) == []
