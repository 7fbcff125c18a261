"""Verification: recompute every digest and the whole tree from the plain files, with no database and no network.

`verify` yields one Check after the other. Whatever differs is named by its path in the archive. What a passing check
proves is said with it; what no check here can prove is said in docs/custody-format.md: that the sites served these bytes
to everyone, that the clock was right, and that nobody with the key rewrote the whole archive.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from tawthiq.custody import meaning
from tawthiq.records.capture import Capture
from tawthiq.records.check import Check
from tawthiq.records.errors import ArchiveMissing, TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store import events
from tawthiq.store.files import digest
from tawthiq.store.incoming import intended, run_folders
from tawthiq.store.keeping_packages import package_index
from tawthiq.store.layout import FIELD_KEY, Layout
from tawthiq.store.locking import Lock
from tawthiq.store.recovery import files_below
from tawthiq.store.verify_attested import attested_checks
from tawthiq.store.verify_clock import time_checks
from tawthiq.store.verify_cosignatures import cosignature_checks
from tawthiq.store.verify_erased import erased_paths, erased_since, erasure_checks, told
from tawthiq.store.verify_keys import key_checks
from tawthiq.store.verify_log import LogExamination, log_at_this_moment
from tawthiq.store.verify_timestamps import timestamp_checks
from tawthiq.store.wacz import SUFFIX
from tawthiq.store.warc_reading import index

_THREADS = 2
_AHEAD = 16
_FILE_PROVES = meaning.FILE.proves.en
# Further checks over the files and the entries of the log: one module each, called in this order.
EXAMINATIONS: tuple[Callable[[Layout, Sequence[LogEntry]], Iterator[Check]], ...] = (
    erasure_checks,
    time_checks,
    timestamp_checks,
    cosignature_checks,
    attested_checks,
)
_ACCOUNTED_PROVES = meaning.ACCOUNTED.proves.en
_KEYS = frozenset({"keys/archive.key", "keys/archive.pub", FIELD_KEY})


def verify(path: Path) -> Iterator[Check]:
    """Every check of the archive at `path`, in order: keys, log, evidence, what is not accounted for.

    Raises ArchiveMissing where there is no archive; everything else that is wrong is a Check that does not hold.
    """
    layout = expect_archive(path)
    # Evidence before intents, intents before the journal: a run renames a file into place only once its intent is written,
    # and takes the intent away only once the file is logged. So nobody needs to wait while the files are listed.
    present = _present(layout, layout.evidence, layout.root / "keys")
    with Lock(layout.lock).shared():
        present |= _present(layout, layout.log)
        runs = [layout.relative(folder) for folder in run_folders(layout)]
        waiting = {name for folder in run_folders(layout) for name in intended(folder)}
        moment = log_at_this_moment(layout)
    log = LogExamination(layout, moment, recovering=bool(runs))
    yield from key_checks(layout, log.entries)
    yield from log.checks()
    logged = LoggedFiles(log.entries)
    yield from logged.contradictions()
    yield from _in_order(logged.paths, lambda name: logged.check(layout, name))
    for examination in EXAMINATIONS:
        yield from examination(layout, log.entries)
    accounted = {*log.files, *logged.paths, *erased_paths(log.entries), *_KEYS}
    yield from _unaccounted(_still_there(layout, present - accounted), waiting, runs)
    yield Check(
        "tawthiq.toml, tawthiq.sqlite3",
        holds=True,
        found="settings and derived data: not evidence, not covered",
        proves=meaning.NOT_COVERED.proves.en,
    )


def expect_archive(path: Path) -> Layout:
    """The archive at `path`, also one that lost its settings. Raises ArchiveMissing."""
    layout = Layout(path.absolute())
    if not layout.settings.is_file() and not layout.log.is_dir():
        raise ArchiveMissing(
            item=str(path), happened="there is no archive", advice="name the folder that holds tawthiq.toml"
        )
    return layout


class LoggedFiles:
    """The files that log entries name, with the digests and captures they state."""

    def __init__(self, entries: Iterable[LogEntry]) -> None:
        self._stated: dict[str, list[events.EvidenceFile]] = {}
        self._captures: dict[str, list[tuple[Capture, int]]] = {}
        self._malformed: list[Check] = []
        self._size = 0
        for entry in entries:
            self._size = entry.index + 1
            self._take(entry)

    @property
    def paths(self) -> list[str]:
        """The files in order of their first entry."""
        return list(self._stated)

    def contradictions(self) -> Iterator[Check]:
        """Entries that cannot be followed, and files of which two entries state different digests."""
        yield from self._malformed
        for path, stated in self._stated.items():
            if len(set(stated)) > 1:
                yield Check(path, holds=False, found="log entries state different digests of it", proves=_FILE_PROVES)

    def check(self, layout: Layout, name: str) -> Check:
        """Whether a file is what its entries say, and its records have the payloads that its captures say."""
        found = self._as_it_lies(layout, name)
        if found.holds:
            return found
        # Asked after the file, never before: it may be erased at any moment until it has been read to its end.
        erasure = None if (layout.root / name).is_file() else erased_since(layout, name, self._size)
        return Check(name, holds=True, found=told(erasure), proves=meaning.ERASED.proves.en) if erasure else found

    def _as_it_lies(self, layout: Layout, name: str) -> Check:
        """What the file is found to be, whatever was logged since the log was read."""
        stated = self._stated[name][0]
        file = layout.root / name
        proves = meaning.meaning_of_file(name).proves.en
        try:
            if file.is_symlink() or not file.is_file():
                return Check(name, holds=False, found="the file is missing", proves=proves)
            sha256, length = digest(file)
            if (sha256, length) != (stated.sha256, stated.length):
                found = f"SHA-256 {sha256}, {length:,} bytes; logged {stated.sha256}, {stated.length:,} bytes"
                return Check(name, holds=False, found=found, proves=proves)
            captures = self._captures.get(name, [])
            wrong = _wrong_payloads(file, captures) if captures else []
        except TawthiqError as error:
            return Check(name, holds=False, found=error.happened, proves=proves)
        if wrong:
            found = f"its records do not hold the payload of {', '.join(wrong)}"
            return Check(name, holds=False, found=found, proves=proves)
        found = f"SHA-256 {sha256}, {length:,} bytes, {len(captures)} payloads"
        return Check(name, holds=True, found=found, proves=proves)

    def _take(self, entry: LogEntry) -> None:
        """Note the file and the capture that an entry states."""
        try:
            file = events.file_of(entry.event) if entry.event else None
            capture = events.capture_of(entry)
        except TawthiqError as error:
            item = f"log entry {entry.index}"
            self._malformed.append(Check(item, holds=False, found=error.happened, proves=_FILE_PROVES))
            return
        if file is None:
            return
        self._stated.setdefault(file.path, []).append(file)
        if capture:
            self._captures.setdefault(file.path, []).append((capture, events.ordinal_of(entry)))


def _wrong_payloads(file: Path, captures: list[tuple[Capture, int]]) -> list[str]:
    """The captures whose payload is not in the file at the place and with the digest that the log states."""
    inside = package_index(file, {capture.offset for capture, _ in captures}) if file.suffix == SUFFIX else index(file)
    held = {(found.offset, found.ordinal): found.sha256 for found in inside.found}
    return [capture.id for capture, ordinal in captures if held.get((capture.offset, ordinal)) != capture.sha256]


def _in_order(names: list[str], check: Callable[[str], Check]) -> Iterator[Check]:
    """The checks of many files, worked on side by side, in order, with few of them waiting in memory."""
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting: deque[Future[Check]] = deque()
        for name in names:
            waiting.append(pool.submit(check, name))
            if len(waiting) >= _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _unaccounted(names: set[str], waiting: set[str], runs: list[str]) -> Iterator[Check]:
    """Files that no log entry names. Those that a run is writing, or left behind, are finished by it or by recovery."""
    unfinished = tuple(f"{run}/" for run in runs) + (("log/tile/", "log/torn/") if runs else ())
    open_files = {name for name in names if name in waiting or name.startswith(unfinished)}
    for name in sorted(names - open_files):
        yield Check(name, holds=False, found="the file is not in the log", proves=_ACCOUNTED_PROVES)
    if open_files:
        found = f"of a run at work, or interrupted and finished at the next use: {', '.join(sorted(open_files))}"
        yield Check("open files", holds=True, found=found, proves=meaning.OPEN_FILES.proves.en)
    if names == open_files:
        yield Check("every file accounted for", holds=True, found="none besides those above", proves=_ACCOUNTED_PROVES)


def _present(layout: Layout, *folders: Path) -> set[str]:
    """Every file below some folders, relative to the archive."""
    return {layout.relative(file) for folder in folders if folder.is_dir() for file in files_below(folder)}


def _still_there(layout: Layout, names: set[str]) -> set[str]:
    """`names` without what runs that ended meanwhile have taken away with them."""
    incoming = layout.relative(layout.incoming) + "/"
    return {name for name in names if not name.startswith(incoming) or os.path.lexists(layout.root / name)}
