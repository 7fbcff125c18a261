"""Files that a person gives, on their way into evidence: any file whole; WARC files, WACZ packages and exported chats with
a capture for each thing in them that can be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tawthiq.capture.files import OpenedFile
from tawthiq.capture.names import shown
from tawthiq.pipeline.telegram_export import CONTENT_TYPE, Exports, cut, is_export
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import CaptureFailed
from tawthiq.store import ArchiveFolder
from tawthiq.store.events import WARC_KEPT
from tawthiq.store.keeping import base_name

PACKAGE_DIGESTS = {
    "hold": "the package's own digests hold",
    "differ": "the package's own digests differ",
    "absent": "the package states no digests of its own",
    "unchecked": "the package's own digests were not all checked: it unfolds to more than an item may have",
}


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The captures that a file gave; `notes` are remarks for the person, `error` says what of it could not be read."""

    captures: tuple[Capture, ...]
    notes: tuple[str, ...] = ()
    error: CaptureFailed | None = None


class Files:
    """The files of one run."""

    def __init__(self, archive: ArchiveFolder) -> None:
        self._archive = archive
        self._exports = Exports()

    def keep(self, source: str, path: Path, file: OpenedFile, facts: Mapping[str, object]) -> KeptFile:
        """Keep one file; `source` is how it is shown, `path` where it lies. Raises CaptureFailed, StorageFailed."""
        kept = self._kept(source, file, facts)
        self._exports.saw(path, kept.captures)
        return kept

    def there(self, path: Path, file: OpenedFile, there: Sequence[Capture]) -> tuple[str, ...]:
        """Remarks on a file whose bytes the archive holds already: the name that they are held under, if it is another."""
        self._exports.saw(path, tuple(there))
        held = next((capture.source for capture in there if capture.kind is SourceKind.FILE), file.name)
        return () if held == base_name(file.name) else (f"the same bytes are there as {shown(held, 200)}",)

    def finish(self) -> None:
        """Log how the files of exports belong together, once all sources were gone through. Raises StorageFailed."""
        events = list(self._exports.events(self._archive.entries(), self._archive.settings.collector))
        if events:
            self._archive.log(events)

    def _kept(self, source: str, file: OpenedFile, facts: Mapping[str, object]) -> KeptFile:
        if file.is_wacz:
            return self._package(source, self._archive.keep_wacz(file.name, file.stream, facts))
        if file.is_warc:
            return self._warc(source, self._archive.keep_warc(file.name, file.stream, facts))
        if is_export(file.stream):
            return self._export(source, self._archive.keep_export(file.name, file.stream, CONTENT_TYPE, facts, cut))
        return KeptFile((self._archive.keep_file(file.name, file.stream, file.content_type, facts),))

    def _package(self, source: str, captures: Sequence[Capture]) -> KeptFile:
        """What became of a WACZ package: what a WARC file becomes, and whether its own digests and signature hold."""
        kept = self._warc(source, captures)
        about = self._logged(captures).get("package")
        told = about if isinstance(about, dict) else {}
        notes = [PACKAGE_DIGESTS[told["digests"]]] if told.get("digests") in PACKAGE_DIGESTS else []
        if told.get("differing"):
            notes.append(f"its digests do not fit: {shown(', '.join(map(str, told['differing'])), 200)}")
        if told.get("signature"):
            notes.append(f"its signature: {told['signature'].get('result')}")
        return replace(kept, notes=(*kept.notes, *notes))

    def _logged(self, captures: Sequence[Capture]) -> Mapping[str, object]:
        """What the log says of the file that gave these captures, or of the last one that gave none."""
        start = captures[0].log_index - 1 if captures else 0
        kept = [entry.event for entry in self._archive.entries(start) if entry.event and entry.event.kind == WARC_KEPT]
        return kept[0 if captures else -1].facts if kept else {}

    def _warc(self, source: str, captures: Sequence[Capture]) -> KeptFile:
        """What became of a WARC file, by what the log says of it: whole, without any page, or damaged."""
        stopped = self._logged(captures).get("stopped")
        if not stopped:
            notes = () if captures else ("no record in it holds a page; the file is kept whole",)
            return KeptFile(tuple(captures), notes)
        happened = (
            f"it is kept whole, but only {len(captures)} records of it could be read ({shown(str(stopped), 200)})"
        )
        advice = "look for an undamaged copy and collect it too"
        return KeptFile(tuple(captures), error=CaptureFailed(item=source, happened=happened, advice=advice))

    def _export(self, source: str, captures: Sequence[Capture]) -> KeptFile:
        """What became of an export, by what the log says of it."""
        entry = next(self._archive.entries(captures[0].log_index), None)
        facts = entry.event.facts.get("facts") if entry and entry.event else None
        told = facts["export"] if isinstance(facts, dict) else {}
        notes = (f"an export of {told['messages']:,} messages in {told['chats']} chats, read in {told['parts']} pages",)
        if not told["stopped"]:
            return KeptFile(tuple(captures), notes)
        happened = f"it is kept whole, but its messages could be read only so far ({shown(str(told['stopped']), 200)})"
        advice = "export the chat once more and collect that file too"
        return KeptFile(tuple(captures), notes, CaptureFailed(item=source, happened=happened, advice=advice))
