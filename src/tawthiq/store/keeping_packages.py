"""Keeping a WACZ package of another tool: whole, byte for byte, with a capture for each record with content in it.

A capture's `offset` and `length` are its record's place in the package; where the WARC file inside is deflated, that file's
place, and its facts say which record it is (`ordinal`). Facts name the file inside (`member`), and what the package says of
a page that it lists (`page`).
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from tawthiq.records.capture import Capture
from tawthiq.records.errors import UnreadableCapture
from tawthiq.store import events
from tawthiq.store.files import storing
from tawthiq.store.keeping import Keeper, base_name, capture_in_warc, copy_whole
from tawthiq.store.wacz import SUFFIX, Member, content, members
from tawthiq.store.wacz_claims import claims, pages
from tawthiq.store.warc_reading import Found, Index, index_of


@dataclass(frozen=True, slots=True)
class Packed:
    """The records of a package, each with the file inside that holds it; `stopped` says what could not be read."""

    found: tuple[tuple[str, Found], ...]
    stopped: str | None
    about: Mapping[str, Any]
    listed: Mapping[str, Mapping[str, str]]


class PackageKeeper(Keeper):
    """Keeps packages of one archive."""

    def keep_wacz(self, name: str, stream: BinaryIO, facts: Mapping[str, object]) -> list[Capture]:
        """Keep the package, and one capture for each record. A damaged one is kept too, and named in the log.

        Raises StorageFailed, CaptureFailed for a file above `largest_item` or a stream that fails, ArchiveBusy.
        """
        base = base_name(name)
        with self._draft(SUFFIX) as (file_id, draft), self._spooled(base, stream) as spool:
            copy_whole(base, spool, draft)
            inside = opened_package(draft, self._settings.largest_item)
            target = self._layout.evidence_file(draft.name, datetime.now(UTC))
            file = self._evidence_file(draft, target)
            about = {"records": len(inside.found), "stopped": inside.stopped, "package": events.plain(inside.about)}
            kept = {**events.plain(facts), **about}
            happened = [events.warc_kept(file_id, base, file, self._settings.collector, kept)]
            for number, (member, found) in enumerate(inside.found):
                capture = capture_in_warc(f"{file_id}-{number:06d}", found, file)
                page = inside.listed.get(found.target)
                own = {
                    **facts,
                    "warc": base,
                    "member": member,
                    "ordinal": found.ordinal,
                    **({"page": page} if page else {}),
                }
                happened.append(events.captured(capture, file, self._settings.collector, own))
            return self._keep_captures(file_id, draft, target, happened)


def opened_package(path: Path, limit: int) -> Packed:
    """What the package at `path` holds and says of itself; at most `limit` bytes of deflated files are unfolded."""
    with storing(path.name), path.open("rb") as stream:
        try:
            found = members(stream)
        except UnreadableCapture as error:
            return Packed((), error.happened, {}, {})
        records, stopped = _records(stream, found, limit)
        return Packed(records, stopped, claims(stream, found, limit), pages(stream, found))


def package_index(path: Path, wanted: Container[int]) -> Index:
    """The records of a package as `warc_reading.index` gives those of a WARC file.

    Of deflated files inside, those alone whose place is `wanted`: whatever was not unfolded when it was kept is not now.
    """
    with storing(path.name), path.open("rb") as stream:
        try:
            found = [member for member in members(stream) if not member.deflated or member.start in wanted]
        except UnreadableCapture as error:
            return Index((), error.happened)
        records, stopped = _records(stream, found, sum(member.size for member in found))
        return Index(tuple(each for _, each in records), stopped)


def _records(stream: BinaryIO, found: list[Member], limit: int) -> tuple[tuple[tuple[str, Found], ...], str | None]:
    """The records of all WARC files inside, and the first reason why some could not be read."""
    records: list[tuple[str, Found]] = []
    reasons: list[str] = []
    for member in found:
        if not member.is_warc:
            continue
        limit -= member.size if member.deflated else 0
        why = member.refused or ("it unfolds to more than an item may have" if limit < 0 else None)
        inside = Index((), why) if why else index_of(content(stream, member), member.size)
        reasons += [f"{member.name}: {inside.stopped}"] if inside.stopped else []
        records += [(member.name, each) for each in _placed(inside, member)]
    if not any(member.is_warc for member in found):
        reasons.append("it holds no WARC file")
    return tuple(records), "; ".join(reasons)[:1000] or None


def _placed(inside: Index, member: Member) -> Iterator[Found]:
    """The records with their place in the package."""
    for each in inside.found:
        if member.deflated:
            yield replace(each, offset=member.start, length=member.held)
        else:
            yield replace(each, offset=member.start + each.offset)
