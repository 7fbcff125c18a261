"""Reading a kept visit of a browser back: its metadata record and its parts, found through the log's own entry.

What is read is checked against the digests that the log states before it is given out.
"""

import hashlib
from pathlib import Path
from typing import Any

from tawthiq.custody.entry import parsed_json
from tawthiq.records.errors import EvidenceDiffers, UnreadableCapture
from tawthiq.records.log import LogEntry
from tawthiq.store.keeping_visits import SCHEMA
from tawthiq.store.stored import StoredRecord
from tawthiq.store.warc_reading import read_record


def logged_parts(entry: LogEntry | None) -> list[dict[str, Any]]:
    """The parts of a visit as its log entry lists them; none for entries of other captures and erased ones."""
    parts = _facts(entry).get("parts")
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def visit_part(path: Path, entry: LogEntry | None, number: int, item: str) -> StoredRecord:
    """The part of that number (from 0) in the file at `path`.

    Raises StorageFailed, UnreadableCapture where there is no such part, EvidenceDiffers when it is not what was logged.
    """
    parts = logged_parts(entry)
    if not 0 <= number < len(parts):
        raise _unreadable(item, f"its log entry lists no part {number}")
    part = parts[number]
    record = _record(path, part, item)
    if hashlib.sha256(record.payload).hexdigest() != part.get("sha256"):
        raise EvidenceDiffers(
            item=item,
            happened=f"part {number} of it is not what the log recorded",
            advice="run `tawthiq verify` and keep the folder as it is",
        )
    return record


def visit_facts(path: Path, entry: LogEntry | None, item: str) -> dict[str, Any]:
    """The metadata record of a visit in the file at `path`. Raises StorageFailed, UnreadableCapture."""
    place = _facts(entry).get("metadata")
    if not isinstance(place, dict):
        raise _unreadable(item, "its log entry names no record of the visit")
    value = parsed_json(_record(path, place, item).payload, item)
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise _unreadable(item, f"the record of the visit is not of the schema {SCHEMA}")
    return value


def _record(path: Path, place: dict[str, Any], item: str) -> StoredRecord:
    offset, length = place.get("offset"), place.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise _unreadable(item, "its log entry does not say where the record lies")
    return read_record(path, offset, length, 0, item)


def _facts(entry: LogEntry | None) -> dict[str, Any]:
    facts = entry.event.facts.get("facts") if entry and entry.event else None
    return facts if isinstance(facts, dict) else {}


def _unreadable(item: str, happened: str) -> UnreadableCapture:
    return UnreadableCapture(item=item, happened=happened, advice="run `tawthiq verify` to see whether it changed")
