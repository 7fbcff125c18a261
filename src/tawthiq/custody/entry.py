"""Log entries: an event, salted and hashed, so that the public tree reveals nothing and an erased event stays proven.

    entry = SHA-256( "tawthiq/log-entry/1\\n" || salt (32 bytes) || canonical JSON of the event )

The tree commits to these 32 bytes only. Event and salt live in the journal; without the salt nobody can test a guess at
the event. Canonical JSON: UTF-8, keys sorted by code point, no spaces, no escapes but those JSON demands, no NaN and no
infinity (docs/custody-format.md). A journal line must be byte for byte the canonical form of what it says.

Where an event was erased, its line keeps the index and the 32 bytes alone: every proof over the tree stays valid, and nobody
learns from it what the event said.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from tawthiq.records.errors import EvidenceDiffers, UnreadableInput
from tawthiq.records.log import LogEntry, LogEvent

CONTEXT = b"tawthiq/log-entry/1\n"
SALT_BYTES = 32
ENTRY_BYTES = 32

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_EVENT_KEYS = {"actor", "facts", "kind", "subject", "time"}


def canonical_json(value: object) -> bytes:
    """The one way to write `value` (JSON scalars, lists and objects) as bytes.

    Raises UnreadableInput for anything JSON cannot carry: other types, NaN, lone surrogates, circles.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableInput(
            item="a log event",
            happened=f"it holds something that JSON cannot carry ({error})",
            advice="pass text, numbers, booleans, lists and objects only",
        ) from error


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON of a decision, in hexadecimal: what the log keeps of it. Raises as `canonical_json`."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def is_digest_of(value: object, sha256: str) -> bool:
    """Whether `sha256` is the digest of `value`; False for what JSON cannot carry, which nobody can have signed."""
    try:
        return digest_of(value) == sha256
    except UnreadableInput:
        return False


def parsed_json(data: bytes, item: str) -> Any:
    """The value that `data` holds as JSON. Raises UnreadableInput naming `item`."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            item=item, happened=f"it is not JSON ({error})", advice="run tawthiq verify to see what else differs"
        ) from error


def salted_entry(event: LogEvent, salt: bytes) -> bytes:
    """The 32 bytes that the log holds for `event`. Raises UnreadableInput for a salt of another length than 32."""
    if len(salt) != SALT_BYTES:
        raise UnreadableInput(
            item=event.subject,
            happened=f"its salt has {len(salt)} bytes, not {SALT_BYTES}",
            advice="run tawthiq verify to see what else differs",
        )
    return hashlib.sha256(CONTEXT + salt + canonical_json(event_to_json(event))).digest()


def event_to_json(event: LogEvent) -> dict[str, object]:
    """The event as the JSON object that is hashed; the time in UTC with microseconds."""
    return {
        "actor": event.actor,
        "facts": event.facts,
        "kind": event.kind,
        "subject": event.subject,
        "time": event.time.astimezone(UTC).strftime(_TIME),
    }


def event_from_json(value: object, item: str) -> LogEvent:
    """The event that a JSON object describes. Raises UnreadableInput naming `item` where a field is missing or odd."""
    try:
        if not isinstance(value, dict) or set(value) != _EVENT_KEYS:
            raise TypeError(f"an event has exactly the fields {', '.join(sorted(_EVENT_KEYS))}")
        if not isinstance(value["facts"], dict):
            raise TypeError("facts are an object")
        if not all(isinstance(value[key], str) for key in ("actor", "kind", "subject", "time")):
            raise TypeError("actor, kind, subject and time are text")
        time = datetime.strptime(value["time"], _TIME).replace(tzinfo=UTC)
    except (TypeError, ValueError) as error:
        raise UnreadableInput(
            item=item,
            happened=f"it is not a log event ({error})",
            advice="run tawthiq verify to see what else differs",
        ) from error
    return LogEvent(value["kind"], time, value["actor"], value["subject"], value["facts"])


def journal_line(index: int, event: LogEvent, salt: bytes) -> bytes:
    """The line, newline included, by which the journal remembers entry `index`."""
    return canonical_json({"event": event_to_json(event), "index": index, "salt": salt.hex()}) + b"\n"


def erased_line(index: int, entry: bytes) -> bytes:
    """The line, newline included, that stays of entry `index` (32 bytes) once its event and salt were erased."""
    return canonical_json({"entry": entry.hex(), "index": index}) + b"\n"


def entry_of_line(line: bytes, index: int, item: str) -> LogEntry:
    """The entry that a journal line (newline included) remembers, its leaf recomputed from event and salt.

    Of an erased line there is nothing to recompute: its 32 bytes must be held against the tree. Raises UnreadableInput when
    the line is not one of ours, EvidenceDiffers when it stands at another index or is not in canonical form, so that no byte
    of it can change unnoticed.
    """
    value = parsed_json(line, item)
    if isinstance(value, dict) and set(value) == {"entry", "index"} and isinstance(value["entry"], str):
        return _erased(line, value["entry"], index, item)
    if not isinstance(value, dict) or set(value) != {"event", "index", "salt"} or not isinstance(value["salt"], str):
        raise UnreadableInput(
            item=item, happened="it is not a journal line", advice="run tawthiq verify to see what else differs"
        )
    event = event_from_json(value["event"], item)
    salt = _hexadecimal(value["salt"], "salt", item)
    leaf = salted_entry(event, salt)
    _expect_canonical(line, journal_line(index, event, salt), index, item)
    return LogEntry(index, leaf, salt, event)


def _erased(line: bytes, stated: str, index: int, item: str) -> LogEntry:
    """The entry of which only its 32 bytes are left. Raises as `entry_of_line` does."""
    entry = _hexadecimal(stated, "entry", item)
    if len(entry) != ENTRY_BYTES:
        raise UnreadableInput(
            item=item, happened="its entry has not 32 bytes", advice="run tawthiq verify to see what else differs"
        )
    _expect_canonical(line, erased_line(index, entry), index, item)
    return LogEntry(index, entry, None, None)


def _hexadecimal(text: str, what: str, item: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise UnreadableInput(
            item=item, happened=f"its {what} is not hexadecimal", advice="run tawthiq verify to see what else differs"
        ) from error


def _expect_canonical(line: bytes, canonical: bytes, index: int, item: str) -> None:
    if line != canonical:
        raise EvidenceDiffers(
            item=item,
            happened=f"the line is not entry {index} in canonical form",
            advice="compare with a backup; a line was changed, moved, removed or repeated",
        )
