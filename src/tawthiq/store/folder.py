"""The archive folder: the one door to evidence. Keeps, logs, lists and reads back; never changes what it kept.

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
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from tawthiq.records.capture import Capture, Exchange, SourceKind
from tawthiq.records.errors import ArchiveMissing, CaptureFailed, StorageFailed, WrongUsage
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import events
from tawthiq.store.files import BLOCK, digest, make_folder, move, storing, sync, sync_folder, write_new
from tawthiq.store.incoming import Run
from tawthiq.store.keys import new_signer, read_public, write_keys
from tawthiq.store.layout import Layout, new_id
from tawthiq.store.locking import WAIT_SECONDS, Lock
from tawthiq.store.log import Log
from tawthiq.store.recovery import recover
from tawthiq.store.settings import Settings, read_settings, settings_text
from tawthiq.store.stored import StoredRecord
from tawthiq.store.warc_reading import index, read_record
from tawthiq.store.warc_writing import WarcFile, Written, exchange_facts, file_uri, uri

_IN_MEMORY = 8 << 20


class ArchiveFolder:
    """One archive on disk. A context manager: closing signs what is not signed yet.

    Safe to use from several threads, and from several processes at once.
    """

    def __init__(self, path: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        """Use `open`, `create` or `find`."""
        self._layout = Layout(path)
        self.settings: Settings = read_settings(self._layout.settings)
        self._expect_own_origin()
        self._lock = Lock(self._layout.lock, wait_seconds)
        self._run = Run(self._layout)
        self._log = Log(self._layout, self._run, self._lock)
        self._known: dict[tuple[SourceKind, str], set[str]] = {}
        self._known_size = 0

    @classmethod
    def create(cls, path: Path, *, title: str, collector: str) -> Self:
        """Make an archive in an empty or new folder: keys, the log's first entry, settings.

        The first entry binds origin, public key and title, so that a key put in place later is noticed. Raises
        WrongUsage when the folder is not empty, StorageFailed when it cannot be written.
        """
        path = path.absolute()
        layout = Layout(path)
        with storing(str(path)):
            if path.exists() and (not path.is_dir() or any(path.iterdir())):
                raise WrongUsage(item=str(path), happened="it is not an empty folder", advice="name a new folder")
        signer = new_signer()
        settings = Settings(title=events.printable(title), collector=events.printable(collector), origin=signer.name)
        make_folder(layout.evidence)
        write_keys(layout, signer)
        write_new(layout.settings, settings_text(settings).encode())
        archive = cls(path)
        archive._log.append([events.archive_created(settings, signer.key)])
        archive.flush()
        return archive

    @classmethod
    def open(cls, path: Path, *, wait_seconds: float = WAIT_SECONDS) -> Self:
        """Open the archive at `path`, finishing what an interrupted run left open.

        Raises ArchiveMissing where there is none, WrongUsage for broken settings, EvidenceDiffers or UnreadableInput
        when the log's head is damaged. A read-only archive can be read; recovery then waits.
        """
        path = path.absolute()
        if not Layout(path).settings.is_file():
            raise ArchiveMissing(
                item=str(path), happened="there is no archive", advice="make one with: tawthiq new FOLDER"
            )
        archive = cls(path, wait_seconds=wait_seconds)
        with suppress(StorageFailed):
            recover(archive._layout, archive._log, archive._lock, archive.settings.collector)
        return archive

    @classmethod
    def find(cls, start: Path) -> Self:
        """Open the archive that `start` lies in. Raises as `around` and `open` do."""
        return cls.open(cls.around(start))

    @staticmethod
    def around(start: Path) -> Path:
        """The archive folder that `start` is, or the nearest one above it. Raises ArchiveMissing."""
        for folder in (start.absolute(), *start.absolute().parents):
            if Layout(folder).settings.is_file():
                return folder
        raise ArchiveMissing(
            item=str(start),
            happened="neither this folder nor one above it is an archive",
            advice="name one with --archive, or make one with: tawthiq new FOLDER",
        )

    @property
    def path(self) -> Path:
        """The archive folder, absolute."""
        return self._layout.root

    @property
    def database(self) -> Path:
        """Where the SQLite database of readings and casework lies, or will lie."""
        return self._layout.database

    @property
    def verifier_key(self) -> str:
        """The log's public key as C2SP signed-note writes it."""
        return str(read_public(self._layout))

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
            with draft.open("wb") as out, storing(source):
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

    def keep_file(self, name: str, stream: BinaryIO, content_type: str | None, facts: Mapping[str, object]) -> Capture:
        """Keep a local file of any size as a `resource` record under its base name; where it lay is never kept.

        Raises StorageFailed, CaptureFailed for an item above `largest_item` or a stream that fails, ArchiveBusy.
        """
        base = events.printable(name.replace("\\", "/").rsplit("/", 1)[-1]) or "unnamed"
        now = datetime.now(UTC)
        with self._draft(".warc.gz") as (file_id, draft), self._spooled(base, stream) as spool:
            with draft.open("wb") as out, storing(base):
                warc = self._warc(out)
                target = file_uri(base)
                written = warc.write_resource(
                    spool, target=target, content_type=content_type or "application/octet-stream", date=now
                )
                warc.write_metadata(written, target, now, self._metadata(file_id, base, facts))
                sync(out)
            capture = _capture(
                file_id=file_id,
                kind=SourceKind.FILE,
                source=base,
                final=base,
                collected=now,
                content_type=content_type,
                written=written,
            )
            return self._keep_one(draft, capture, facts)

    def keep_warc(self, name: str, stream: BinaryIO, facts: Mapping[str, object]) -> list[Capture]:
        """Keep another tool's WARC file whole, byte for byte; one capture for each record with content in it.

        A damaged tail is kept too and named in the log; what stands before it is captured. Raises StorageFailed,
        CaptureFailed for a file above `largest_item` or a stream that fails, ArchiveBusy.
        """
        base = events.printable(name.replace("\\", "/").rsplit("/", 1)[-1]) or "unnamed"
        suffix = ".warc.gz" if base.lower().endswith(".gz") else ".warc"
        with self._draft(suffix) as (file_id, draft), self._spooled(base, stream) as spool:
            with draft.open("wb") as out, storing(base):
                while block := spool.read(BLOCK):
                    out.write(block)
                sync(out)
            inside = index(draft)
            target = self._layout.evidence_file(draft.name, datetime.now(UTC))
            file = self._evidence_file(draft, target)
            about = {**events.plain(facts), "records": len(inside.found), "stopped": inside.stopped}
            happened = [events.warc_kept(file_id, base, file, self.settings.collector, about)]
            for number, found in enumerate(inside.found):
                capture = Capture(
                    id=f"{file_id}-{number:06d}",
                    kind=SourceKind.WARC,
                    source=events.printable(found.target),
                    final=events.printable(found.target),
                    collected=found.date or datetime.now(UTC),
                    content_type=events.printable(found.content_type) if found.content_type else None,
                    status=found.status,
                    path=file.path,
                    offset=found.offset,
                    length=found.length,
                    sha256=found.sha256,
                    file_sha256=file.sha256,
                    log_index=0,
                )
                own = {**facts, "warc": base, "ordinal": found.ordinal}
                happened.append(events.captured(capture, file, self.settings.collector, own))
            entries = self._keep(file_id, draft, target, happened)
            return [kept for entry in entries if (kept := events.capture_of(entry))]

    def captures(self) -> Iterator[Capture]:
        """Every capture, in the order of the log."""
        return (capture for entry in self._log.entries() if (capture := events.capture_of(entry)))

    def record(self, capture: Capture) -> StoredRecord:
        """The preserved record of a capture. Raises StorageFailed or UnreadableCapture naming the capture."""
        ordinal = 0
        if capture.kind is SourceKind.WARC:
            entry = next(self._log.entries(capture.log_index), None)
            ordinal = events.ordinal_of(entry) if entry else 0
        path = self._layout.root / capture.path
        return read_record(path, capture.offset, capture.length, ordinal, capture.id)

    def log(self, happened: Sequence[LogEvent]) -> list[LogEntry]:
        """Record events in the log, in this order.

        Raises StorageFailed, ArchiveBusy, UnreadableInput for facts that JSON cannot carry, and WrongUsage for the kinds
        that only the archive itself logs (`store.events`).
        """
        for event in happened:
            if event.kind in events.OWN_KINDS:
                raise WrongUsage(
                    item=event.subject,
                    happened=f'only the archive itself logs events of the kind "{event.kind}"',
                    advice="choose another kind",
                )
        return self._log.append([replace(event, facts=events.plain(event.facts)) for event in happened])

    def entries(self) -> Iterator[LogEntry]:
        """Every entry of the log in order, those not signed yet included."""
        return self._log.entries()

    def flush(self) -> None:
        """Sign a checkpoint over everything recorded so far."""
        self._log.flush()

    def knows(self, source: str, kind: SourceKind, sha256: str | None = None) -> bool:
        """Whether a capture of `source` is in the log: with this payload digest, or with any where none is given."""
        for entry in self._log.entries(self._known_size):
            self._known_size = entry.index + 1
            if capture := events.capture_of(entry):
                self._known.setdefault((capture.kind, capture.source), set()).add(capture.sha256)
        digests = self._known.get((kind, events.printable(source)), set())
        return bool(digests) if sha256 is None else sha256 in digests

    def close(self) -> None:
        """Sign what is not signed yet and leave nothing behind."""
        self._log.flush()
        self._run.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _expect_own_origin(self) -> None:
        """Raises WrongUsage when the settings name another log than the key does."""
        key = read_public(self._layout)
        if key.name != self.settings.origin:
            raise WrongUsage(
                item=str(self._layout.settings),
                happened=f'"archive.origin" is not the origin of this log, {key.name}',
                advice="put that origin back into the settings",
            )

    def _warc(self, out: BinaryIO) -> WarcFile:
        return WarcFile(out, title=self.settings.title, collector=self.settings.collector)

    def _metadata(self, file_id: str, source: str, facts: Mapping[str, object]) -> dict[str, object]:
        """What every metadata record states."""
        return {"schema": "tawthiq/capture/1", "id": file_id, "source": source, "facts": events.plain(facts)}

    def _expect_size(self, item: str, length: int) -> None:
        if length > self.settings.largest_item:
            raise CaptureFailed(
                item=item,
                happened=f"it is larger than {self.settings.largest_item:,} bytes",
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
        happened = events.captured(capture, file, self.settings.collector, facts)
        entry = self._keep(capture.id, draft, target, [happened])[0]
        return replace(capture, log_index=entry.index)

    def _keep(self, file_id: str, draft: Path, target: Path, happened: Sequence[LogEvent]) -> list[LogEntry]:
        """Put a whole file in place and log it, with the intent beside it until both are done."""
        intent = self._run.intend(file_id, happened)
        move(draft, target)
        sync_folder(draft.parent)
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
        source=events.printable(source),
        final=events.printable(final),
        collected=collected,
        content_type=events.printable(content_type) if content_type else None,
        status=None,
        path="",
        offset=written.offset,
        length=written.length,
        sha256=written.payload_sha256,
        file_sha256="",
        log_index=0,
    )


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
