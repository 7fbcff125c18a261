"""What a power cut may take: nothing that a later step rests on, because it was synchronised before that step."""

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.waiting import put_down


def act(number: int) -> LogEvent:
    return LogEvent("viewed", datetime(2026, 11, 22, 8, tzinfo=UTC), "heron", f"item {number}", {"page": "report"})


class Disk:
    """Which inodes were synchronised so far; of each renamed file, by its new name, whether the intents beside it were."""

    def __init__(self) -> None:
        self.synchronised: set[int] = set()
        self.intents: dict[str, list[bool]] = {}


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    seen, fsync, rename = Disk(), os.fsync, os.rename

    def synchronise(descriptor: int) -> None:
        fsync(descriptor)
        seen.synchronised.add(os.fstat(descriptor).st_ino)

    def move(source: Path, target: Path) -> None:
        beside = Path(source).parent.glob("*.intent")
        seen.intents[Path(target).name] = [
            {intent.stat().st_ino, intent.parent.stat().st_ino} <= seen.synchronised for intent in beside
        ]
        rename(source, target)

    monkeypatch.setattr(os, "fsync", synchronise)
    monkeypatch.setattr(os, "rename", move)
    return seen


def test_an_intent_is_on_disk_before_its_file_gets_its_place(archive: ArchiveFolder, disk: Disk) -> None:
    with archive:
        capture = archive.keep_file("a.html", BytesIO(b"a"), "text/html", {})
    assert disk.intents[Path(capture.path).name] == [True]


def test_a_first_waiting_act_is_on_disk_with_its_name(tiny: Path, disk: Disk) -> None:
    put_down(tiny, act(1))
    assert {tiny.stat().st_ino, (tiny / ".waiting.jsonl").stat().st_ino} <= disk.synchronised


def test_waiting_acts_have_their_new_name_on_disk_before_they_are_logged(
    tiny: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[bool] = []
    with ArchiveFolder.open(tiny) as archive:
        put_down(tiny, act(1))
        disk.synchronised.clear()
        append = archive._log.append

        def watching(events: list[LogEvent]) -> object:
            logged.append(tiny.stat().st_ino in disk.synchronised)
            return append(events)

        monkeypatch.setattr(archive._log, "append", watching)
        assert archive.log_waiting()
    assert logged == [True]
