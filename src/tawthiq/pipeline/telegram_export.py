"""Telegram Desktop exports on their way into evidence: recognised by their bytes, cut into pages, their files related.

An export is a folder: result.json names files beside it ("photos/photo_1@12-03-2021_14-05-33.jpg"). Every file is evidence of
its own, under its base name. Which message's file became which item is a fact of its own: an event of the kind
`export-files`, whose subject is the item of result.json (of messages.html in an export without one), once all sources were gone
through. Paths are those inside the export, never where it lay on the collector's disk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from tawthiq.page.platforms.telegram_cutting import LOOKED_AT, cut_export, looks_like_export
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.export import ExportCut
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store.files import BLOCK

EXPORT_FILES = "export-files"
CONTENT_TYPE = "application/json"
FIRST_PAGE = "messages.html"  # of an export in HTML; messages2.html and on are files that belong to it
AT_ONCE = 500  # files that one event names


def is_export(stream: BinaryIO) -> bool:
    """Whether the file open in `stream` is an export; leaves the stream at its beginning."""
    start = stream.read(LOOKED_AT)
    stream.seek(0)
    return looks_like_export(start)


def cut(stream: BinaryIO) -> ExportCut:
    """The parts of the export in `stream`, which stands at its beginning."""
    return cut_export(iter(lambda: stream.read(BLOCK), b""))


@dataclass(slots=True)
class Exports:
    """The exports of one run, by their folders, and what became of every file of the run."""

    _found: dict[Path, Capture] = field(default_factory=dict)
    _files: dict[Path, Capture] = field(default_factory=dict)

    def saw(self, path: Path, captures: tuple[Capture, ...]) -> None:
        """Note which captures the file at `path` has, made now or before."""
        whole = next((capture for capture in captures if capture.kind is SourceKind.FILE), None)
        if whole is None:
            return
        self._files[path] = whole
        if len(captures) > 1 and captures[1].kind is SourceKind.EXPORT:
            self._found[path.parent] = whole
        elif path.name == FIRST_PAGE:
            self._found.setdefault(path.parent, whole)

    def events(self, entries: Iterator[LogEntry], collector: str) -> Iterator[LogEvent]:
        """What to log of the files of each export that the log does not say yet."""
        if not self._found:
            return
        told = {
            (entry.event.subject, path, item)
            for entry in entries
            if entry.event
            for path, item in files_named(entry.event)
        }
        for folder, export in self._found.items():
            inside = (
                (path.relative_to(folder).as_posix(), capture)
                for path, capture in self._files.items()
                if capture is not export and path.is_relative_to(folder)
            )
            new = ((name, capture) for name, capture in inside if (export.id, name, capture.id) not in told)
            while batch := list(islice(new, AT_ONCE)):
                files = [[name, capture.id, capture.sha256] for name, capture in batch]
                yield LogEvent(EXPORT_FILES, datetime.now(UTC), collector, export.id, {"files": files})


def files_named(event: LogEvent) -> Iterator[tuple[str, str]]:
    """The files that an event of the kind `export-files` names: path within the export, and item; none for other kinds."""
    files = event.facts.get("files") if event.kind == EXPORT_FILES else None
    for each in files if isinstance(files, list) else []:
        if isinstance(each, list) and len(each) == 3:
            yield str(each[0]), str(each[1])
