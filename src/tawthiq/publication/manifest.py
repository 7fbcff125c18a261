"""The manifest of a package (`tawthiq/package/1`): one line an item with every data point, between a head and an end.

It is one JSON object; each item stands on a line of its own, so that neither writing nor reading holds them all.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tawthiq.custody.entry import canonical_json, event_to_json, parsed_json
from tawthiq.publication.contents import ARCHIVE, SCHEMA, About, Attachment, Item
from tawthiq.records.errors import UnreadableInput

LONGEST_LINE = 16 << 20
END = b"]}\n"


def moment_text(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def warc_member(path: str) -> str:
    """The member that a file of evidence becomes."""
    return ARCHIVE + path.rpartition("/")[2]


def head(about: About, attached: Iterable[Attachment]) -> bytes:
    """The first line: what the package is, and the attachments."""
    listed = [
        {
            "member": each.member,
            "kind": each.kind,
            "size": each.size,
            "facts": each.facts,
            "checkpoint": each.checkpoint,
            "certificates": each.certificates,
        }
        for each in attached
    ]
    stated = {
        "schema": SCHEMA,
        "title": about.title,
        "created": moment_text(about.created),
        "software": about.software,
        "verifier_key": about.verifier_key,
        "attached": listed,
    }
    return head_line(stated)


def head_line(stated: Mapping[str, object]) -> bytes:
    """The first line, of what it states."""
    return canonical_json(stated)[:-1] + b',"items":[\n'


def stated_of(item: Item, described: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the manifest says of an item; `described` is the metadata record of its WARC file, where it has one of ours."""
    capture = item.capture
    return {
        "id": capture.id,
        "kind": capture.kind.value,
        "source": capture.source,
        "final": capture.final,
        "title": item.title,
        "collected": capture.collected.astimezone(UTC).isoformat(),
        "content_type": capture.content_type,
        "status": capture.status,
        "member": warc_member(capture.path),
        "file_sha256": capture.file_sha256,
        "file_length": item.file_length,
        "offset": capture.offset,
        "length": capture.length,
        "sha256": capture.sha256,
        "log_index": capture.log_index,
        "event": event_to_json(item.event) if item.event else None,
        "record": described,
        "proofs": [
            {"member": each.member, "index": each.index, "kind": each.kind, "size": each.size} for each in item.proofs
        ],
    }


def lines(head_line: bytes, items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The whole manifest, line by line."""
    yield head_line
    before = b""
    for item in items:
        yield before + canonical_json(item)
        before = b",\n"
    yield b"\n" + END


def parsed(found: Iterable[bytes], name: str) -> Iterator[dict[str, Any]]:
    """The head of a manifest, then each item; `found` are its lines. Raises UnreadableInput naming `name`."""
    waiting = iter(found)
    first = next(waiting, b"").removesuffix(b',"items":[\n')
    yield _object(first + b"}", name)
    for line in waiting:
        if line == END:
            return
        if line.strip():
            yield _object(line.rstrip(b"\n").removesuffix(b","), name)
    raise UnreadableInput(item=name, happened="it is cut short", advice="ask for the package again")


def page_line(identity: str, url: str, moment: str, title: str) -> str:
    """A line of pages.jsonl (WACZ 1.1.1)."""
    return json.dumps({"id": identity, "url": url, "ts": moment, "title": title}, ensure_ascii=False) + "\n"


PAGES_HEAD = json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}) + "\n"


def _object(line: bytes, name: str) -> dict[str, Any]:
    value = parsed_json(line, name)
    if not isinstance(value, dict):
        raise UnreadableInput(item=name, happened="it is not a manifest", advice="ask for the package again")
    return value
