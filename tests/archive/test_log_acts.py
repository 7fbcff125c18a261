"""Entries of the log as rows: each once, whatever was cut before, and nothing left of what was erased."""

from datetime import UTC, datetime
from io import BytesIO

from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.archive.log_acts import base_of, item_names, take_in_log
from tawthiq.archive.models import LogAct, LogActItem
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import ArchiveFolder

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
ITEM, OTHER = "20261122T161436318661Z-d60f0a11", "20261122T161436318661Z-00000b22"


def entry(subject: str, facts: dict[str, object]) -> LogEntry:
    return LogEntry(0, b"", b"", LogEvent("kind", NOW, "heron", subject, facts))


def test_an_entry_speaks_of_every_item_that_stands_anywhere_in_it() -> None:
    facts = {"path": f"evidence/2026/11/22/{OTHER}.warc.gz", "decisions": [["together", ITEM, "ab" * 32]], "n": 4}
    assert set(item_names(entry("links", facts))) == {ITEM, OTHER}
    assert item_names(entry("case:300552", {"also": ["person:123456"]})) == ["case:300552", "person:123456"]
    assert item_names(LogEntry(3, b"", None, None)) == []
    assert base_of(f"{ITEM}-2") == ITEM
    assert base_of("case:5") == "case:5"


def test_new_entries_are_taken_in_once_and_erased_ones_lose_what_they_said(tmp_path) -> None:  # type: ignore[no-untyped-def]
    folder = make_folder(tmp_path / "archive", {"a.html": b"<p>one</p>"})
    open_database(folder.database)
    with folder:
        take_in_log(folder)
        capture = folder.keep_file("b.html", BytesIO(b"<p>two</p>"), "text/html", {})
        folder.log([LogEvent("viewed", NOW, "heron", capture.id, {"page": "report"})])
        take_in_log(folder)
        take_in_log(folder)
        assert LogAct.objects.count() == len(list(folder.entries(0)))
        assert LogActItem.objects.filter(item=base_of(capture.id)).count() == 2
        folder.erase(capture.id, reason="the witness asked", authorised_by="lead")
        take_in_log(folder)
    kept = LogAct.objects.get(index=capture.log_index)
    assert (kept.erased, kept.subject, kept.kind, kept.at) == (True, "", "", None)
    assert not LogActItem.objects.filter(act=capture.log_index).exists()
    with ArchiveFolder.open(folder.path) as again:
        assert LogAct.objects.count() == len(list(again.entries(0)))
