"""What the erasure of an item takes with it: its file, and every entry that says something of its content.

An item is named by a capture, a file (its identifier or its path) or the number of an entry. Captures that share one file
(the records of another tool's WARC) go together or not at all. What only says who did what with the item (views, exports,
transfers, checks) stays: it holds nothing of the content, and tells who may have a copy. Timestamps, cosignatures, the first
entry and erasures themselves cannot go: other proofs rest on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import events
from tawthiq.store.custody_events import EXPORTED, LINKED, READ, REDACTED, TRANSFERRED, VIEWED
from tawthiq.store.files import read
from tawthiq.store.journal import entries_with, index_written, written
from tawthiq.store.layout import Layout, file_id

_FAILED = "collect-failed"
_TELLING = 8  # characters: a shorter name also stands in lines that speak of something else
_NEVER = events.BESIDE_LOG | events.LASTING | {events.CREATED, events.ERASED}
_STAYS = _NEVER | {events.FIXITY_CHECKED, VIEWED, EXPORTED, TRANSFERRED, READ, LINKED, REDACTED}


@dataclass(slots=True)
class Plan:
    """What will go. `entries` and `captures` are indices in the log's order, `files` those that will be removed."""

    subject: str
    files: dict[str, events.EvidenceFile] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)
    captures: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Names:
    """By what entries call the item: identifiers and paths, and addresses that no other capture has."""

    items: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)


def planned(layout: Layout, item: str) -> Plan:
    """What erasing `item` takes. To be called with the log's lock held.

    Raises WrongUsage where nothing is called so, where it cannot go, and where it shares its file with other captures.
    """
    found = _found(entries_with(layout, [written(item), index_written(item)]), item)
    event = found.event
    if event is None:
        raise _refused(item, "it was erased before", f"see: tawthiq log {item}")
    if event.kind in _NEVER:
        raise _refused(item, f'entries of the kind "{event.kind}" cannot be erased', "other proofs rest on them")
    file = events.file_of(event)
    if file is None:
        return Plan(event.subject, entries=[found.index])
    plan = Plan(file_id(file.path), {file.path: file})
    names = _take_file(plan, entries_with(layout, [written(file.path)]), file.path)
    if len(plan.captures) > 1 and item not in (plan.subject, file.path):
        raise _refused(
            item,
            f"it shares its file with {len(plan.captures) - 1} other captures, and no file can be cut",
            f"erase all of them together: tawthiq erase {plan.subject}",
        )
    _take_torn_ends(plan, layout, names)
    _spare_shared(names, layout, file.path)
    _take_mentions(plan, entries_with(layout, [written(name) for name in names.items | names.addresses]), names)
    plan.entries = sorted(set(plan.entries))
    return plan


def _found(entries: Iterator[LogEntry], item: str) -> LogEntry:
    """The entry that an item's name leads to: its file's or its own before others that speak of it."""
    for entry in entries:
        if item == str(entry.index):
            return entry
        file = _file_in(entry.event) if entry.event else None
        if entry.event and file and item in (entry.event.subject, file.path, file_id(file.path)):
            return entry
    raise _refused(item, "no item of the log is called so", "run tawthiq log to see the items")


def _take_file(plan: Plan, entries: Iterator[LogEntry], path: str) -> _Names:
    """Take every entry that vouches for the file; returns by what names it is known."""
    names = _Names({plan.subject, path})
    for entry in entries:
        if entry.event is None or (file := _file_in(entry.event)) is None or file.path != path:
            continue
        plan.entries.append(entry.index)
        names.items.add(entry.event.subject)
        if entry.event.kind == events.CAPTURED:
            plan.captures.append(entry.index)
            names.addresses.update(_addresses(entry.event))
    return names


def _spare_shared(names: _Names, layout: Layout, path: str) -> None:
    """Leave out the addresses that a capture in another file has too: failures to collect them tell of that one as well."""
    for entry in entries_with(layout, [written(address) for address in names.addresses]):
        if entry.event and entry.event.kind == events.CAPTURED and entry.event.facts.get("path") != path:
            names.addresses -= _addresses(entry.event)


def _take_torn_ends(plan: Plan, layout: Layout, names: _Names) -> None:
    """Take cut journal lines that speak of the item: they hold what it held."""
    words = [name.encode() for name in names.items | names.addresses if len(name) >= _TELLING]
    for entry in entries_with(layout, [written(events.TORN_LINE)]):
        if entry.event and entry.event.kind == events.TORN_LINE and (file := _file_in(entry.event)):
            place = layout.root / file.path
            if place.is_file() and any(word in read(place, file.path) for word in words):
                plan.files[file.path] = file
                plan.entries.append(entry.index)


def _take_mentions(plan: Plan, entries: Iterator[LogEntry], names: _Names) -> None:
    """Take every other entry that names the item, and failures to collect an address that is in no other capture."""
    for entry in entries:
        event = entry.event
        if event is None or event.kind in _STAYS or _file_in(event):
            continue
        named = events.speaks_of(event, names.items)
        failed = event.kind == _FAILED and events.speaks_of(event, names.addresses)
        if named or failed:
            plan.entries.append(entry.index)


def _file_in(event: LogEvent) -> events.EvidenceFile | None:
    """The file an event vouches for, timestamps and cosignatures left out; None as well where it is malformed."""
    if event.kind in events.BESIDE_LOG:
        return None
    try:
        return events.file_of(event)
    except TawthiqError:
        return None


def _addresses(event: LogEvent) -> set[str]:
    """The addresses that a capture stands for, in every spelling that was logged; a local file has a mere name."""
    facts = event.facts
    if facts.get("source_kind") == SourceKind.FILE:
        return set()
    inner = facts.get("facts")
    stated = [facts.get("source"), facts.get("final"), inner.get("address") if isinstance(inner, dict) else None]
    return {each for each in stated if isinstance(each, str)}


def _refused(item: str, happened: str, advice: str) -> WrongUsage:
    return WrongUsage(item=item, happened=happened, advice=advice)
