"""Under which names the archive was given the bytes that it holds: a second name of the same bytes is logged, each once.

That one picture lay in a folder under two names can matter. Names are base names; where a file lay is never kept. The event
`seen-again` has the capture or the other tool's file as its subject and names its `path` in the archive, so that it is part
of the chain of every item in that file and goes with it when that is erased.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store.events import CAPTURED, WARC_KEPT
from tawthiq.store.keeping import base_name

SEEN_AGAIN = "seen-again"


class HeldNames:
    """The names of files by the SHA-256 of their bytes, and what of the archive each digest leads to."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}
        self._items: dict[str, tuple[str, str]] = {}

    def take(self, entry: LogEntry, capture: Capture | None) -> None:
        """Take in an entry of the log, and the capture that it records."""
        event = entry.event
        if event is None:
            return
        if event.kind == CAPTURED and capture is not None:
            if capture.kind is SourceKind.FILE:
                self._add(capture.sha256, capture.source, capture.id, capture.path)
            elif capture.kind is SourceKind.EXPORT:
                self._add(capture.sha256, capture.source.rpartition("#")[0], capture.id, capture.path)
        elif event.kind in (WARC_KEPT, SEEN_AGAIN):
            digest = event.facts.get("file_sha256" if event.kind == WARC_KEPT else "sha256")
            self._add(str(digest), str(event.facts.get("name")), event.subject, str(event.facts.get("path")))

    def lacks(self, sha256: str, name: str) -> bool:
        """Whether the log holds these bytes, and not this name for them."""
        return sha256 in self._names and base_name(name) not in self._names[sha256]

    def seen_again(self, sha256: str, name: str, actor: str, facts: Mapping[str, object]) -> LogEvent:
        """The event that says that bytes which the log holds were given as `name`."""
        item, path = self._items[sha256]
        stated = {**facts, "name": base_name(name), "sha256": sha256, "path": path}
        return LogEvent(SEEN_AGAIN, datetime.now(UTC), actor, item, stated)

    def _add(self, sha256: str, name: str, item: str, path: str) -> None:
        self._names.setdefault(sha256, set()).add(name)
        self._items.setdefault(sha256, (item, path))
