"""Keeping a file of exported messages: the file whole, as any other, and one capture more for each page of messages in it.

A part's capture states the place, length and digest of the whole file's record, which is what is preserved; which bytes of
that payload are the part, and their own digest, is among its facts (`part_facts`, read back by `part_of`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, BinaryIO

from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.export import ExportCut, ExportPart
from tawthiq.records.log import LogEntry
from tawthiq.records.span import Span
from tawthiq.store import events
from tawthiq.store.keeping import Keeper, base_name
from tawthiq.store.printing import printable


class ExportKeeper(Keeper):
    """Keeps exports of one archive."""

    def keep_export(
        self,
        name: str,
        stream: BinaryIO,
        content_type: str,
        facts: Mapping[str, object],
        cut: Callable[[BinaryIO], ExportCut],
    ) -> list[Capture]:
        """Keep the file, and one capture for each part that `cut` finds in the very bytes that are kept.

        The first capture returned is the whole file's. Raises as `keep_file`.
        """
        base = base_name(name)
        with self._draft(".warc.gz") as (file_id, draft), self._spooled(base, stream) as spool:
            found = cut(spool)
            spool.seek(0)
            told = {"parts": len(found.parts), "chats": found.chats, "stopped": found.stopped}
            about = {**facts, "export": {**told, "messages": sum(part.messages for part in found.parts)}}
            whole = self._write_file(draft, base, spool, content_type, about)
            target = self._layout.evidence_file(draft.name, datetime.now(UTC))
            file = self._evidence_file(draft, target)
            whole = replace(whole, path=file.path, file_sha256=file.sha256)
            happened = [events.captured(whole, file, self._settings.collector, about)]
            for number, part in enumerate(found.parts):
                capture = _of_part(whole, part, number)
                own = {**facts, "part_of": file_id, "part": part_facts(part)}
                happened.append(events.captured(capture, file, self._settings.collector, own))
            return self._keep_captures(file_id, draft, target, happened)


def _of_part(whole: Capture, part: ExportPart, number: int) -> Capture:
    """The capture of one part. Its source says where in the export it stands, without any name."""
    place = printable(f"{whole.source}#{part.chat}/{part.day or 'undated'}/{part.first}-{part.last}")
    return replace(whole, id=f"{whole.id}-{number:06d}", kind=SourceKind.EXPORT, source=place, final=place)


def part_facts(part: ExportPart) -> dict[str, object]:
    """A part as its event states it."""
    return {
        "start": part.place.start,
        "end": part.place.end,
        "sha256": part.sha256,
        "chat": part.chat,
        "name": part.name,
        "name_place": [part.name_place.start, part.name_place.end] if part.name_place else None,
        "sort": part.sort,
        "day": part.day,
        "first": part.first,
        "last": part.last,
        "messages": part.messages,
    }


def part_of(entry: LogEntry) -> tuple[str, ExportPart] | None:
    """The part that an entry records, and the identifier of its whole file; None for an entry of anything else.

    Raises UnreadableInput for a malformed one.
    """
    facts: Any = entry.event.facts.get("facts") if entry.event else None
    told = facts.get("part") if isinstance(facts, dict) else None
    if told is None:
        return None
    try:
        place = told["name_place"]
        part = ExportPart(
            place=Span(told["start"], told["end"]),
            sha256=told["sha256"],
            chat=told["chat"],
            name=told["name"],
            name_place=Span(*place) if place else None,
            sort=told["sort"],
            day=told["day"],
            first=told["first"],
            last=told["last"],
            messages=told["messages"],
        )
        return str(facts["part_of"]), part
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInput(
            item=f"log entry {entry.index}",
            happened=f"it does not describe a part of an export ({error})",
            advice="run tawthiq verify to see what else differs",
        ) from error
