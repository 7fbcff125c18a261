"""Exports in the archive: the file whole, a capture for each part, all of it verified as any other evidence."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

import pytest

from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.export import ExportCut, ExportPart
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.records.span import Span
from tawthiq.store import ArchiveFolder
from tawthiq.store.keeping_exports import part_of
from tawthiq.store.verify import verify

DATA = b'{"messages": [{"id": 1}, {"id": 2}]}'


def part(start: int, end: int, number: str, name: str | None = "n") -> ExportPart:
    sha256 = hashlib.sha256(DATA[start:end]).hexdigest()
    return ExportPart(
        Span(start, end), sha256, "7", name, Span(2, 12) if name else None, "x", "2021-03-12", number, number, 1
    )


def cut(stream: BinaryIO) -> ExportCut:
    assert stream.read() == DATA
    return ExportCut((part(14, 23, "1"), part(25, 34, "2", None)), 1, None)


def test_an_export_is_one_file_with_a_capture_for_each_part(archive: ArchiveFolder) -> None:
    with archive:
        whole, first, second = archive.keep_export("result.json", BytesIO(DATA), "application/json", {"a": 1}, cut)
        assert archive.record(whole).payload == archive.record(second).payload == DATA
        entries = list(archive.entries())
    assert (whole.kind, first.kind, second.kind) == (SourceKind.FILE, SourceKind.EXPORT, SourceKind.EXPORT)
    assert (first.id, first.source) == (f"{whole.id}-000000", "result.json#7/2021-03-12/1-1")
    assert {whole.path, first.path, second.path} == {whole.path}
    assert part_of(entries[first.log_index]) == (whole.id, part(14, 23, "1"))
    assert part_of(entries[second.log_index]) == (whole.id, part(25, 34, "2", None))
    assert part_of(entries[whole.log_index]) is None
    event = entries[whole.log_index].event
    assert event is not None
    assert event.facts["facts"]["export"] == {"parts": 2, "chats": 1, "stopped": None, "messages": 2}
    assert all(check.holds for check in verify(archive.path))


@pytest.mark.parametrize("told", [{}, {"start": 5}, "x", [1]])
def test_an_event_that_describes_no_part_is_named(told: object) -> None:
    event = LogEvent("captured", datetime.now(UTC), "c", "i", {"facts": {"part": told, "part_of": "w"}})
    with pytest.raises(UnreadableInput, match="part of an export"):
        part_of(LogEntry(3, b"", b"", event))
