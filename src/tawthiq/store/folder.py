"""The archive folder: the one door to evidence. Keeps, logs, lists and reads back; never changes what it kept."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from tawthiq.custody.note import Signer, VerifierKey
from tawthiq.records.capture import Capture, Exchange, SourceKind
from tawthiq.records.erasure import Erasure
from tawthiq.records.errors import ArchiveMissing, KeyLocked, StorageFailed, WrongPassphrase, WrongUsage
from tawthiq.records.export import ExportCut
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.records.visit import PageVisit
from tawthiq.store import events
from tawthiq.store.erasing import Eraser, erasures, is_of
from tawthiq.store.erasing_plan import Plan
from tawthiq.store.incoming import Run
from tawthiq.store.journal import entries_with
from tawthiq.store.keeping import Keeper
from tawthiq.store.keeping_exports import ExportKeeper
from tawthiq.store.keeping_packages import PackageKeeper
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.locking import WAIT_SECONDS, Lock
from tawthiq.store.log import Log
from tawthiq.store.making import around, make_archive
from tawthiq.store.reading_visits import visit_facts, visit_part
from tawthiq.store.recovery import recover
from tawthiq.store.sealing import KeyChange
from tawthiq.store.settings import Settings, read_settings
from tawthiq.store.stored import StoredRecord
from tawthiq.store.unlocking import is_sealed, needs_asking
from tawthiq.store.waiting import take_in, waits
from tawthiq.store.warc_reading import read_record


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
        self._run = Run(self._layout, self._lock)
        self._log = Log(self._layout, self._run, self._lock)
        self._recovery_due = False
        self._keeper = Keeper(self._layout, self.settings, self._run, self._log)
        self._exports = ExportKeeper(self._layout, self.settings, self._run, self._log)
        self._packages = PackageKeeper(self._layout, self.settings, self._run, self._log)
        self._eraser = Eraser(self._layout, self._run, self._lock, self._log)

    @classmethod
    def create(cls, path: Path, *, title: str, collector: str, passphrase: str | None = None) -> Self:
        """Make an archive in an empty or new folder: keys, the log's first entry, settings.

        With a `passphrase` the private key never reaches the disk unsealed.
        Raises WrongUsage when the folder is not empty or lies in another archive, StorageFailed when it cannot be written.
        """
        path = path.absolute()
        make_archive(path, title=title, collector=collector, passphrase=passphrase)
        return cls(path)

    @classmethod
    def open(cls, path: Path, *, wait_seconds: float = WAIT_SECONDS) -> Self:
        """Open the archive at `path`, finishing what an interrupted run left open.

        Raises ArchiveMissing where there is none, WrongUsage for broken settings, EvidenceDiffers or UnreadableInput
        when the log's head is damaged. A read-only archive can be read, and so can one whose key is sealed; recovery then
        waits until it can be written, or somebody gives the passphrase.
        """
        path = path.absolute()
        if not Layout(path).settings.is_file():
            raise ArchiveMissing(
                item=str(path), happened="there is no archive", advice="make one with: tawthiq new FOLDER"
            )
        archive = cls(path, wait_seconds=wait_seconds)
        archive._recovery_due = True
        with suppress(StorageFailed, KeyLocked, WrongPassphrase):
            if not needs_asking(archive._layout):
                archive._recover()
        return archive

    @classmethod
    def find(cls, start: Path) -> Self:
        """Open the archive that `start` lies in. Raises as `around` and `open` do."""
        return cls.open(cls.around(start))

    @staticmethod
    def around(start: Path) -> Path:
        """The archive folder that `start` is, or the nearest one above it. Raises ArchiveMissing."""
        return around(start)

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

    @property
    def public_key(self) -> VerifierKey:
        """The log's public key."""
        return read_public(self._layout)

    def unlock(self) -> Signer:
        """Have the signing key ready, asking for its passphrase where it is sealed, and finish what waited for it.

        Whatever keeps or logs does this first, so that nothing is recorded that cannot be signed. Raises KeyLocked when
        nobody gives the passphrase, WrongPassphrase, StorageFailed, ArchiveBusy, and EvidenceDiffers for another's key.
        """
        signer = self._log.unlock()
        if self._recovery_due:
            self._recover()
        return signer

    @contextmanager
    def exclusively(self) -> Iterator[Signer]:
        """Let nobody else append for a while: what is read of the log inside stays true until it is answered there.

        Raises as `unlock` does.
        """
        signer = self.unlock()
        with self._lock.held():
            yield signer

    @property
    def has_sealed_key(self) -> bool:
        """Whether the private key is sealed with a passphrase. Raises StorageFailed where it is missing."""
        return is_sealed(self._layout)

    def seal_key(self, passphrase: str) -> None:
        """Seal the private key with a passphrase, or with another one. Raises as `unlock` does."""
        self.unlock()
        self._key_change().seal(passphrase)

    def unseal_key(self) -> None:
        """Take the private key's passphrase away. Raises WrongUsage where it has none, and as `unlock` does."""
        self.unlock()
        self._key_change().unseal()

    def keep_exchanges(self, source: str, exchanges: Sequence[Exchange], facts: Mapping[str, object]) -> Capture:
        """Keep a fetched address: one WARC file with every request and response in order, and one metadata record.

        The capture stands for the last exchange. `facts` are what the caller knows besides; they go into the metadata
        record and the log. Raises StorageFailed, CaptureFailed for an item above `largest_item`, ArchiveBusy.
        """
        self.unlock()
        return self._keeper.keep_exchanges(source, exchanges, facts)

    def keep_visit(self, source: str, visit: PageVisit, facts: Mapping[str, object]) -> Capture:
        """Keep a visit of a browser: one WARC file with every exchange, every part made of the page, one metadata record.

        The capture stands for the rendered page, or for what came in its place. Raises StorageFailed, CaptureFailed for
        a visit above `largest_item` or with nothing in it, ArchiveBusy.
        """
        self.unlock()
        return self._keeper.keep_visit(source, visit, facts)

    def visit_facts(self, capture: Capture) -> dict[str, Any]:
        """The metadata record of a browser capture (`tawthiq/visit/1`). Raises as `record` does, and UnreadableCapture."""
        entry = next(self._log.entries(capture.log_index), None)
        return visit_facts(self._layout.root / capture.path, entry, capture.source)

    def visit_part(self, capture: Capture, number: int) -> StoredRecord:
        """The part of that number (from 0) of a browser capture, as the log lists them, its digest checked.

        Raises as `record` does; UnreadableCapture when there is no such part, EvidenceDiffers when it changed.
        """
        entry = next(self._log.entries(capture.log_index), None)
        return visit_part(self._layout.root / capture.path, entry, number, capture.source)

    def keep_file(self, name: str, stream: BinaryIO, content_type: str | None, facts: Mapping[str, object]) -> Capture:
        """Keep a local file of any size as a `resource` record under its base name; where it lay is never kept.

        Raises StorageFailed, CaptureFailed for an item above `largest_item` or a stream that fails, ArchiveBusy.
        """
        self.unlock()
        return self._keeper.keep_file(name, stream, content_type, facts)

    def keep_export(
        self,
        name: str,
        stream: BinaryIO,
        content_type: str,
        facts: Mapping[str, object],
        cut: Callable[[BinaryIO], ExportCut],
    ) -> list[Capture]:
        """Keep a file of exported messages whole, as `keep_file` does, and one capture for each part that `cut` finds in it.

        The first capture is the whole file's. Raises as `keep_file`.
        """
        self.unlock()
        return self._exports.keep_export(name, stream, content_type, facts, cut)

    def keep_wacz(self, name: str, stream: BinaryIO, facts: Mapping[str, object]) -> list[Capture]:
        """Keep another tool's WACZ package whole, byte for byte; one capture for each record with content in it.

        What is damaged, encrypted or otherwise not read is named in the log. Raises as `keep_warc`.
        """
        self.unlock()
        return self._packages.keep_wacz(name, stream, facts)

    def keep_warc(self, name: str, stream: BinaryIO, facts: Mapping[str, object]) -> list[Capture]:
        """Keep another tool's WARC file whole, byte for byte; one capture for each record with content in it.

        A damaged tail is kept too and named in the log; what stands before it is captured. Raises StorageFailed,
        CaptureFailed for a file above `largest_item` or a stream that fails, ArchiveBusy.
        """
        self.unlock()
        return self._keeper.keep_warc(name, stream, facts)

    def keep_beside_log(self, kind: str, name: str, data: bytes, subject: str, facts: Mapping[str, object]) -> LogEntry:
        """Keep a file that others made for a checkpoint: a timestamp token or a cosignature.

        `kind` is one of `events.BESIDE_LOG`, `name` is relative to log/ ("timestamps/1234-name.tsr"), `subject` the size of
        the checkpoint. Raises WrongUsage for another kind and for a name that is taken, StorageFailed, ArchiveBusy.
        """
        if kind not in events.BESIDE_LOG or f"log/{name}".rpartition("/")[0] + "/" not in events.FOLDERS:
            raise WrongUsage(item=name, happened=f'"{kind}" is not kept there', advice="see store.events")
        self.unlock()
        return self._keeper.keep_beside_log(kind, name, data, subject, facts)

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
        self.unlock()
        return self._log.append([events.plain_event(event) for event in happened])

    def erasing(self, item: str) -> Plan:
        """What erasing `item` (a capture, a file or the number of an entry) would take. Raises WrongUsage as `erase` does."""
        return self._eraser.plan(item)

    def erase(self, item: str, *, reason: str, authorised_by: str) -> Erasure:
        """Erase an item: its file and the events that tell of its content go, every proof stays, one event says so.

        Raises WrongUsage where nothing is called so, where it shares its file with others, and where it cannot go;
        StorageFailed, ArchiveBusy.
        """
        self.unlock()
        return self._eraser.erase(item, self.settings.collector, reason=reason, authorised_by=authorised_by)

    def erased(self, item: str) -> Erasure | None:
        """The erasure that took `item`, however it is named; None where it was not erased."""
        return next((each for each in self.erasures() if is_of(each, item)), None)

    def erasures(self) -> Iterator[Erasure]:
        """Everything that was erased, in the order of the log."""
        return erasures(self._layout)

    def log_waiting(self) -> bool:
        """Log the acts of people that wait; False while that needs a passphrase. Raises StorageFailed, ArchiveBusy."""
        if waits(self._layout):
            if needs_asking(self._layout):
                return False
            take_in(self._layout, self._log, self._lock)
        return True

    def entries(self, start: int = 0) -> Iterator[LogEntry]:
        """The entries of the log from index `start` on, in order, those not signed yet included."""
        return self._log.entries(start)

    def entries_with(self, words: Collection[bytes]) -> Iterator[LogEntry]:
        """The entries in whose journal line one of the words stands (`journal.written`): few are taken apart."""
        return entries_with(self._layout, words)

    def flush(self) -> None:
        """Sign a checkpoint over everything recorded so far."""
        self._log.flush()

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

    def _recover(self) -> None:
        """Finish what interrupted runs left open, and log the acts of people that wait.

        A disk that refuses leaves it to the next opening; a key that stays locked, to when it is unlocked.
        """
        with suppress(StorageFailed):
            recover(self._layout, self._log, self._lock, self._eraser, self.settings.collector)
            if waits(self._layout) and self._lock.is_free():
                take_in(self._layout, self._log, self._lock)
        self._recovery_due = False

    def _key_change(self) -> KeyChange:
        return KeyChange(self._layout, self._run, self._lock, self._log, self.settings.collector)

    def _expect_own_origin(self) -> None:
        """Raises WrongUsage when the settings name another log than the key does."""
        key = read_public(self._layout)
        if key.name != self.settings.origin:
            raise WrongUsage(
                item=str(self._layout.settings),
                happened=f'"archive.origin" is not the origin of this log, {key.name}',
                advice="put that origin back into the settings",
            )
