"""Letting the rows of a table in after a dry run, and taking that back. Each act adds one row and enters the log once.

The entry names the digest and the counts, never a word of the table. Who confirms has seen the last row about the item
(`seen`): whoever imported or took back in the meantime is told first (Overtaken).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import TableImport
from tawthiq.casework.queries.table_imports import SCHEMA, headings_digest, history, in_force, last_revision
from tawthiq.custody.entry import digest_of
from tawthiq.reading.table_contract import mapping_from_json, mapping_to_json
from tawthiq.records.table import TableMapping, TableReading

_NONCE_BYTES = 16


@dataclass(frozen=True, slots=True)
class NewImport:
    """What is confirmed: the capture with the digest of its bytes, the mapping, the captures it takes the place of, counts."""

    capture: str
    payload_sha256: str
    mapping: TableMapping
    counts: Mapping[str, int]
    replaces: tuple[str, ...] = ()


def counts_of(read: TableReading) -> dict[str, int]:
    """What the log and the row keep of a dry run: how many rows come in whole, with something open, and not."""
    return {"whole": read.whole, "open": read.open, "out": read.out}


def import_table(folder: Path | None, new: NewImport, seen: int, by: str, *, at: datetime | None = None) -> TableImport:
    """Let the rows of a table in, and log it. Raises Overtaken as the module says, UnreadableInput for an unsound mapping."""
    at = (at or datetime.now(UTC)).astimezone(UTC)
    mapping = mapping_to_json(new.mapping)
    mapping_from_json(mapping)
    with transaction.atomic():
        there = in_force()
        replaced = [there[capture].sha256 for capture in new.replaces if capture in there and capture != new.capture]
        if len(replaced) != len(new.replaces):
            raise _overtaken(new.capture)
        content = _content("imported", new.capture, by, at) | {
            "payload_sha256": new.payload_sha256,
            "mapping": mapping,
            "replaces": replaced,
            "rows": dict(new.counts),
        }
        row = TableImport(kind="imported", content=content, headings=headings_digest(new.mapping.headings))
        _save(row, seen)
    facts = {"import_sha256": row.sha256, "revision": row.revision, "rows": dict(new.counts), "replaces": replaced}
    custody.record(folder, custody.TABLE_IMPORTED, by, subject=new.capture, facts=facts, at=at)
    return row


def withdraw(folder: Path | None, capture: str, seen: int, by: str, *, at: datetime | None = None) -> TableImport:
    """Take back the import of a table that is in force, and log it; its evidence stays. Raises Overtaken without one."""
    at = (at or datetime.now(UTC)).astimezone(UTC)
    with transaction.atomic():
        standing = in_force().get(capture)
        if standing is None:
            raise _overtaken(capture)
        content = _content("withdrawn", capture, by, at) | {"withdraws": standing.sha256}
        row = TableImport(kind="withdrawn", content=content, withdraws=standing.sha256)
        _save(row, seen)
    facts = {"import_sha256": row.sha256, "revision": row.revision, "withdraws": row.withdraws}
    custody.record(folder, custody.TABLE_WITHDRAWN, by, subject=capture, facts=facts, at=at)
    return row


def affected(capture: str) -> set[str]:
    """The captures of which the rows may come or go with an import of `capture`: its own, and those it ever replaced."""
    digests = {digest for row in history(capture) for digest in row.content.get("replaces", ())}
    others = TableImport.objects.filter(sha256__in=sorted(digests)).values_list("capture", flat=True)
    return {capture, *others}


def _content(kind: str, capture: str, by: str, at: datetime) -> dict[str, object]:
    nonce = secrets.token_hex(_NONCE_BYTES)
    return {"schema": SCHEMA, "kind": kind, "capture": capture, "by": by, "time": at.isoformat(), "nonce": nonce}


def _save(row: TableImport, seen: int) -> None:
    content = row.content
    row.capture, row.by, row.at = content["capture"], content["by"], datetime.fromisoformat(content["time"])
    row.sha256 = digest_of(content)
    if last_revision(row.capture) != seen:
        raise _overtaken(row.capture)
    row.revision = seen + 1
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _overtaken(row.capture) from error


def _overtaken(capture: str) -> Overtaken:
    last = history(capture).first()
    return Overtaken(
        item=f"{last.by}, {last.at:%Y-%m-%d %H:%M} UTC" if last else capture,
        happened="somebody imported this table or took that back in the meantime",
        advice="look at what they did, then decide again",
    )
