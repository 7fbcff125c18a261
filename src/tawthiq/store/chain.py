"""The whole chain of one item, out of the log: who collected it, decided about it, saw it, took it away, and what covers it.

An item is named by a capture, a file, a path, an address, a user, or the number of an entry. The log is read twice, once for
the item's names and once for everything that speaks of them, so that a log of any length needs little memory.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.erasure import Erasure
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store import events
from tawthiq.store.cosignatures import cosignature_of
from tawthiq.store.custody_events import erasure_of
from tawthiq.store.journal import index_written, written
from tawthiq.store.timestamps import TOKEN, kept_token

FIXITY = "fixity"  # how the kinds of events about checks of all files begin
_ALWAYS = tuple(f'"kind":"{kind}'.encode() for kind in (FIXITY, events.ERASED, *events.BESIDE_LOG))


class Part(StrEnum):
    """What an entry is to the item."""

    ITEM = "item"
    ADDRESS = "same address"
    COVER = "covers it"
    PROMISE = "promised"
    FIXITY = "checked since"


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a chain. `who` says of a COVER or PROMISE whose it is, `when` of a COVER its time (ISO 8601) or block."""

    entry: LogEntry
    part: Part
    who: str = ""
    when: str = ""


@dataclass(slots=True)
class _Names:
    """How the log calls the item; `since` is the index of its first capture, or else of the first entry that names it."""

    items: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)
    since: int | None = None


def chain_of(entries: Callable[[Collection[bytes]], Iterator[LogEntry]], item: str) -> list[Link]:
    """Every entry that belongs to `item`, in the log's order; empty where there is none.

    `entries` begins the log anew and gives at least the entries in whose line one of some words stands.
    """
    names = _names(entries([written(item), index_written(item), *_ALWAYS]), item)
    if not names.entries:
        return []
    links: list[Link] = []
    covers: dict[str, Link] = {}
    words = [written(name) for name in names.items | names.addresses] + [index_written(each) for each in names.entries]
    for entry in entries([*words, *_ALWAYS]):
        part = _part(entry, names)
        if part:
            links.append(Link(entry, part))
        elif names.since is not None and (cover := _cover(entry, names.since)):
            known = covers.get(cover.who)
            if known is None or (known.part is Part.PROMISE and cover.part is Part.COVER):
                covers[cover.who] = cover
    return sorted([*links, *covers.values()], key=lambda link: link.entry.index)


def _names(entries: Iterator[LogEntry], item: str) -> _Names:
    """By what the log calls the item, from every entry that `item` leads to."""
    names = _Names({item})
    captured: list[int] = []
    for entry in entries:
        erasure = _erasure(entry)
        if erasure and (_is_of(item, erasure.subject) or item in map(str, erasure.entries)):
            names.entries.update((*erasure.entries, entry.index))
            names.items.add(erasure.subject)
            captured += erasure.captures
        elif item == str(entry.index) or (entry.event and events.speaks_of(entry.event, {item})):
            names.entries.add(entry.index)
            if capture := _capture(entry):
                captured.append(entry.index)
                names.items.update((capture.id, capture.path))
                # Files of one name have nothing to do with each other.
                names.addresses.update(() if capture.kind is SourceKind.FILE else (capture.source, capture.final))
    names.since = min(captured or names.entries, default=None)
    return names


def _part(entry: LogEntry, names: _Names) -> Part | None:
    """What an entry is to the item; None where it is nothing to it, or may cover it."""
    event = entry.event
    if entry.index in names.entries:
        return Part.ITEM
    if event is None or event.kind in events.BESIDE_LOG:
        return None
    if event.kind.startswith(FIXITY):
        return Part.FIXITY if names.since is not None and entry.index > names.since else None
    if events.speaks_of(event, names.items):
        return Part.ITEM
    if names.addresses and (events.speaks_of(event, names.addresses)):
        return Part.ADDRESS
    return None


def _cover(entry: LogEntry, since: int) -> Link | None:
    """The entry as something that covers entry `since`, or promises to: a stamped or cosigned head of a larger log."""
    event = entry.event
    if (
        event is None
        or event.kind not in events.BESIDE_LOG
        or not event.subject.isdecimal()
        or int(event.subject) <= since
    ):
        return None
    if event.kind == events.COSIGNED:
        seen = cosignature_of(event.facts)
        return Link(entry, Part.COVER, seen.witness, seen.time.isoformat()) if seen else None
    token = kept_token(event) if event.facts.get("holds") == TOKEN else None
    if token is None:
        return None
    if token.time is None and not token.blocks:
        return Link(entry, Part.PROMISE, token.authority)
    when = token.time.isoformat() if token.time else f"block {token.blocks[0]} of Bitcoin"
    return Link(entry, Part.COVER, token.authority, when)


def _is_of(item: str, subject: str) -> bool:
    """Whether an item is the file called `subject`, or a capture in it."""
    return item == subject or item.startswith(f"{subject}-")


def _capture(entry: LogEntry) -> Capture | None:
    try:
        return events.capture_of(entry)
    except TawthiqError:
        return None


def _erasure(entry: LogEntry) -> Erasure | None:
    try:
        return erasure_of(entry)
    except TawthiqError:
        return None
