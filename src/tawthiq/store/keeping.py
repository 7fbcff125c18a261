"""Keeping items: a file under evidence/incoming, its digests, its place in evidence/, its entries in the log.

Order of writing for each item, every step on disk before the next begins (docs/custody-format.md):
  1. the evidence file under evidence/incoming/RUN, and beside it the events that will log it;
  2. the file renamed to its place under evidence/YEAR/MONTH/DAY;
  3. the journal, then tiles and checkpoint (`store.log`).
Only step 3 takes the archive's lock, so several processes can collect at once.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath
from typing import BinaryIO, cast

from tawthiq.records.capture import Capture, Exchange, SourceKind
from tawthiq.records.errors import CaptureFailed, WrongUsage
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.records.visit import PageVisit
from tawthiq.store import events
from tawthiq.store.files import BLOCK, digest, move, storing, sync
from tawthiq.store.incoming import Run
from tawthiq.store.keeping_visits import visit_size, write_visit
from tawthiq.store.layout import Layout, new_id
from tawthiq.store.log import Log
from tawthiq.store.printing import printable
from tawthiq.store.settings import Settings
from tawthiq.store.warc_claims import stated_by
from tawthiq.store.warc_reading import Found, index
from tawthiq.store.warc_writing import WarcFile, Written, exchange_facts, file_uri, uri

_IN_MEMORY = 8 << 20


class Keeper:
    """Turns what was collected into evidence files and log entries of one archive."""

    def __init__(self, layout: Layout, settings: Settings, run: Run, log: Log) -> None:
        self._layout = layout
        self._settings = settings
        self._run = run
        self._log = log

    def keep_exchanges(self, source: str, exchanges: Sequence[Exchange], facts: Mapping[str, object]) -> Capture:
        """Keep a fetched address: one WARC file with every request and response in order, and one metadata record.

        The capture stands for the last exchange. `facts` are what the caller knows besides; they go into the metadata
        record and the log. Raises StorageFailed, CaptureFailed for an item above `largest_item`, ArchiveBusy.
        """
        if not exchanges:
            raise CaptureFailed(item=source, happened="nothing was received", advice="collect it again")
        self._expect_size(source, sum(len(exchange.payload) for exchange in exchanges))
        last = exchanges[-1]
        about = {"exchanges": events.plain([exchange_facts(each) for each in exchanges])}
        with self._draft(".warc.gz") as (file_id, draft):
            with storing(source), draft.open("wb") as out:
                warc = self._warc(out)
                written = [warc.write_exchange(each) for each in exchanges][-1]
                warc.write_metadata(
                    written, uri(last.url), last.started, self._metadata(file_id, source, facts) | about
                )
                sync(out)
            content_type = next((v for n, v in last.response_headers if n.lower() == "content-type"), None)
            capture = _capture(
                file_id=file_id,
                kind=SourceKind.URL,
                source=source,
                final=last.url,
                collected=exchanges[0].started,
                content_type=content_type,
                written=written,
            )
            return self._keep_one(draft, replace(capture, status=_status(last.status_line)), facts)

    def keep_visit(self, source: str, visit: PageVisit, facts: Mapping[str, object]) -> Capture:
        """Keep a visit of a browser: one WARC file with every exchange, every part made of the page, one metadata record.

        The capture stands for the rendered page, or for what came in its place (`keeping_visits.standing`). Raises
        StorageFailed, CaptureFailed for a visit above `largest_item` or with nothing in it, ArchiveBusy.
        """
        self._expect_size(source, visit_size(visit))
        with self._draft(".warc.gz") as (file_id, draft):
            with storing(source), draft.open("wb") as out:
                stated = self._metadata(file_id, source, facts)
                kept = write_visit(self._warc(out), visit, stated, source)
                sync(out)
            capture = _capture(
                file_id=file_id,
                kind=SourceKind.BROWSER,
                source=source,
                final=visit.final,
                collected=visit.started,
                content_type=kept.content_type,
                written=kept.written,
            )
            status = _status(visit.exchanges[visit.main].status_line) if visit.main is not None else None
            return self._keep_one(draft, replace(capture, status=status), {**facts, **kept.facts})

    def keep_file(self, name: str, stream: BinaryIO, content_type: str | None, facts: Mapping[str, object]) -> Capture:
        """Keep a local file of any size as a `resource` record under its base name; where it lay is never kept.

        Raises StorageFailed, CaptureFailed for an item above `largest_item` or a stream that fails, ArchiveBusy.
        """
        base = base_name(name)
        with self._draft(".warc.gz") as (_, draft), self._spooled(base, stream) as spool:
            capture = self._write_file(draft, base, spool, content_type, facts)
            return self._keep_one(draft, capture, facts)

    def keep_warc(self, name: str, stream: BinaryIO, facts: Mapping[str, object]) -> list[Capture]:
        """Keep another tool's WARC file whole, byte for byte; one capture for each record with content in it.

        A damaged tail is kept too and named in the log; what stands before it is captured. Raises StorageFailed,
        CaptureFailed for a file above `largest_item` or a stream that fails, ArchiveBusy.
        """
        base = base_name(name)
        suffix = next((each for each in (".gz", ".zst") if base.lower().endswith(each)), "")
        with self._draft(f".warc{suffix}") as (file_id, draft), self._spooled(base, stream) as spool:
            copy_whole(base, spool, draft)
            inside = index(draft)
            target = self._layout.evidence_file(draft.name, datetime.now(UTC))
            file = self._evidence_file(draft, target)
            with draft.open("rb") as written:
                stated = stated_by(written)
            about = {**events.plain(facts), "records": len(inside.found), "stopped": inside.stopped, "stated": stated}
            happened = [events.warc_kept(file_id, base, file, self._settings.collector, about)]
            for number, found in enumerate(inside.found):
                capture = capture_in_warc(f"{file_id}-{number:06d}", found, file)
                own = {**facts, "warc": base, "ordinal": found.ordinal}
                happened.append(events.captured(capture, file, self._settings.collector, own))
            return self._keep_captures(file_id, draft, target, happened)

    def keep_beside_log(self, kind: str, name: str, data: bytes, subject: str, facts: Mapping[str, object]) -> LogEntry:
        """Keep what others made for a checkpoint as `name` (relative to log/) and log it.

        Raises WrongUsage when a file of that name is there, StorageFailed, ArchiveBusy.
        """
        target = self._layout.log / name
        if target.exists():
            raise WrongUsage(item=f"log/{name}", happened="it is there already", advice="choose another name")
        with self._draft(".part") as (file_id, draft):
            with storing(name), draft.open("wb") as out:
                out.write(data)
                sync(out)
            file = self._evidence_file(draft, target)
            about = {**file.facts, **events.plain(facts)}
            event = LogEvent(kind, datetime.now(UTC), self._settings.collector, subject, about)
            return self._keep(file_id, draft, target, [event])[0]

    def _write_file(
        self, draft: Path, base: str, spool: BinaryIO, content_type: str | None, facts: Mapping[str, object]
    ) -> Capture:
        """The evidence file of a local file, written and synchronised; its capture, whose file is not in place yet."""
        now = datetime.now(UTC)
        file_id = draft.name.partition(".")[0]
        target = file_uri(base)
        with storing(base), draft.open("wb") as out:
            warc = self._warc(out)
            written = warc.write_resource(
                spool, target=target, content_type=content_type or "application/octet-stream", date=now
            )
            warc.write_metadata(written, target, now, self._metadata(file_id, base, facts))
            sync(out)
        return _capture(
            file_id=file_id,
            kind=SourceKind.FILE,
            source=base,
            final=base,
            collected=now,
            content_type=content_type,
            written=written,
        )

    def _warc(self, out: BinaryIO) -> WarcFile:
        return WarcFile(out, title=self._settings.title, collector=self._settings.collector)

    def _metadata(self, file_id: str, source: str, facts: Mapping[str, object]) -> dict[str, object]:
        """What every metadata record states."""
        stated = {"schema": "tawthiq/capture/1", "id": file_id, "source": source, "facts": facts}
        return {name: events.plain(value) for name, value in stated.items()}

    def _expect_size(self, item: str, length: int) -> None:
        if length > self._settings.largest_item:
            raise CaptureFailed(
                item=item,
                happened=f"it is larger than {self._settings.largest_item:,} bytes",
                advice='raise "largest_item" in tawthiq.toml to keep it',
            )

    @contextmanager
    def _draft(self, suffix: str) -> Iterator[tuple[str, Path]]:
        """An identifier and a file in the making; what is left of it after an error is removed, the error goes on."""
        file_id = new_id(datetime.now(UTC))
        draft = self._run.folder / f"{file_id}{suffix}"
        try:
            yield file_id, draft
        except Exception:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise

    @contextmanager
    def _spooled(self, item: str, stream: BinaryIO) -> Iterator[BinaryIO]:
        """The stream's content, rewound: in memory when small, else in a file of the run that has no name."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(self._run.folder)) as spool:
            length = 0
            while block := _read(item, stream):
                length += len(block)
                self._expect_size(item, length)
                with storing(item):
                    spool.write(block)
            spool.seek(0)
            yield cast(BinaryIO, spool)

    def _evidence_file(self, draft: Path, target: Path) -> events.EvidenceFile:
        """The file that `draft` will be once it is in place."""
        sha256, length = digest(draft)
        return events.EvidenceFile(self._layout.relative(target), sha256, length)

    def _keep_one(self, draft: Path, capture: Capture, facts: Mapping[str, object]) -> Capture:
        """Put a file with one capture in place and log it."""
        target = self._layout.evidence_file(draft.name, datetime.now(UTC))
        file = self._evidence_file(draft, target)
        capture = replace(capture, path=file.path, file_sha256=file.sha256)
        happened = events.captured(capture, file, self._settings.collector, facts)
        entry = self._keep(capture.id, draft, target, [happened])[0]
        return replace(capture, log_index=entry.index)

    def _keep_captures(self, file_id: str, draft: Path, target: Path, happened: Sequence[LogEvent]) -> list[Capture]:
        """Put a whole file in place and log it; the captures among the events."""
        entries = self._keep(file_id, draft, target, happened)
        return [kept for entry in entries if (kept := events.capture_of(entry))]

    def _keep(self, file_id: str, draft: Path, target: Path, happened: Sequence[LogEvent]) -> list[LogEntry]:
        """Put a whole file in place and log it, with the intent beside it until both are done."""
        intent = self._run.intend(file_id, happened)
        move(draft, target)
        entries = self._log.append(happened)
        with storing(intent.name):
            intent.unlink()
        return entries


def _capture(
    *,
    file_id: str,
    kind: SourceKind,
    source: str,
    final: str,
    collected: datetime,
    content_type: str | None,
    written: Written,
) -> Capture:
    """A capture whose file is not in place yet."""
    return Capture(
        id=file_id,
        kind=kind,
        source=printable(source),
        final=printable(final),
        collected=collected,
        content_type=printable(content_type) if content_type else None,
        status=None,
        path="",
        offset=written.offset,
        length=written.length,
        sha256=written.payload_sha256,
        file_sha256="",
        log_index=0,
    )


def capture_in_warc(capture_id: str, found: Found, file: events.EvidenceFile) -> Capture:
    """The capture of one record of another tool's WARC file."""
    return Capture(
        id=capture_id,
        kind=SourceKind.WARC,
        source=printable(found.target),
        final=printable(found.target),
        collected=found.date or datetime.now(UTC),
        content_type=printable(found.content_type) if found.content_type else None,
        status=found.status,
        path=file.path,
        offset=found.offset,
        length=found.length,
        sha256=found.sha256,
        file_sha256=file.sha256,
        log_index=0,
    )


def copy_whole(item: str, stream: BinaryIO, draft: Path) -> None:
    """Write everything in `stream` to `draft`, byte for byte and durably."""
    with storing(item), draft.open("wb") as out:
        while block := stream.read(BLOCK):
            out.write(block)
        sync(out)


def base_name(name: str) -> str:
    """The last part of a path, printable. A backslash parts folders only after a drive or a share; else it is a letter."""
    windows = PureWindowsPath(name)
    last = windows.name if windows.drive else name.rsplit("/", 1)[-1]
    return printable(last) or "unnamed"


def _status(status_line: str) -> int | None:
    """The code of an HTTP status line."""
    code = status_line.split(" ")[1:2]
    return int(code[0]) if code and code[0].isascii() and code[0].isdigit() else None


def _read(item: str, stream: BinaryIO) -> bytes:
    """The next block of a source. Raises CaptureFailed when the source, not our disk, fails."""
    try:
        return stream.read(BLOCK)
    except OSError as error:
        raise CaptureFailed(
            item=item, happened=f"it cannot be read ({error.strerror or error})", advice="check the file and try again"
        ) from error
