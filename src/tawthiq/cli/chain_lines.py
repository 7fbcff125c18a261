"""The chain of an item as lines for people: what happened in a sentence first, then the facts as the log holds them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tawthiq.cli.chain_facts import fact_lines
from tawthiq.custody.entry import event_to_json
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store.chain import Link, Part
from tawthiq.store.printing import printable

# What each kind of event says, in the words of its facts; other kinds are told by their name.
_SENTENCES = {
    "archive-created": "the archive was made",
    "captured": "collected from {source}",
    "warc-kept": "another tool's file {name} was kept whole",
    "collect-failed": "collecting failed: {happened}",
    "recovered": "found after an interrupted run",
    "incomplete": "left unfinished by an interrupted run, kept aside",
    "page-corrected": "its page was corrected (revision {revision})",
    "page-confirmed": "its page was found right (revision {revision})",
    "correction-withdrawn": "a decision about its page was withdrawn (revision {revision})",
    "authority-decided": "an actor or place was decided about",
    "authority-withdrawn": "a decision about an actor or place was withdrawn",
    "viewed": "seen in the pages ({page})",
    "exported": "handed over in a package",
    "transferred": "handed over to {to}, by {how}: {reason}",
    "redacted": "redacted for publishing",
    "erased": "ERASED: {reason} (authorised by {authorised_by})",
    "read": "read by {reader}",
    "fixity-checked": "all files were checked: {held} checks held, {differing} did not",
    "unchanged": "asked for again, and found unchanged",
    "compared": "compared with an earlier capture of its address",
    "seen-again": "the same bytes were given once more, under the name {name}",
    "export-files": "files beside the export were kept as items of their own",
}


class _Facts(dict[str, Any]):
    """Facts by name; one that an event lacks is a dash."""

    def __missing__(self, key: str) -> str:
        return "-"


def chain_lines(link: Link) -> Iterator[str]:
    """One link of a chain: a line for people, the entry and its facts below it."""
    entry, event = link.entry, link.entry.event
    if event is None:
        yield f"{'':19}      entry {entry.index}: its event was erased; 32 bytes of it stay proven"
        yield f"    leaf: {entry.leaf.hex()}"
        return
    yield printable(
        f"{event.time:%Y-%m-%d %H:%M:%S} UTC  {_sentence(link, event)}, by {event.actor}  (entry {entry.index})"
    )
    if link.part is Part.ITEM:
        yield f"    leaf: {entry.leaf.hex()}"
        yield printable(f"    kind: {event.kind}")
        yield printable(f"    subject: {event.subject}")
        for line in fact_lines(event):
            yield printable(f"    {line}")


def link_json(link: Link) -> dict[str, object]:
    """One link for machines: the entry as the journal holds it, and what it is to the item."""
    return {
        "part": link.part.value,
        **({"who": link.who} if link.who else {}),
        **({"when": link.when} if link.when else {}),
        **entry_json(link.entry),
    }


def entry_json(entry: LogEntry) -> dict[str, object]:
    """An entry for machines; `event` is null once it was erased."""
    event = event_to_json(entry.event) if entry.event else None
    return {"index": entry.index, "entry": entry.leaf.hex(), "event": event}


def _sentence(link: Link, event: LogEvent) -> str:
    if link.part is Part.COVER:
        return _covered(link, event)
    if link.part is Part.PROMISE:
        return f"promised by {link.who} (log of {event.subject} entries), in no block yet: no proof of the time"
    told = _SENTENCES.get(event.kind, event.kind).format_map(_Facts(event.facts))
    if link.part is Part.ADDRESS:
        return f"same address: {told} ({event.subject})"
    return told


def _covered(link: Link, event: LogEvent) -> str:
    """What covers the item, and from when on."""
    if event.kind == "cosigned":
        return f"covered by the cosignature of {link.who} at {_when(link.when)} (log of {event.subject} entries)"
    own = ", the team's own: no independent evidence" if event.facts.get("own") is not False else ""
    return f"covered by the stamp of {link.who} at {_when(link.when)} (log of {event.subject} entries{own})"


def _when(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M:%S} UTC"
    except ValueError:
        return text
