"""Recovery after kill -9 or a power cut: what an interrupted run left open is finished, kept aside and logged.

With the log's lock held, and only for runs whose process is dead:
  1. a cut last journal line is moved to log/torn (the journal does that) and logged as "torn-line"; an erasure that was
     begun is finished;
  2. evidence files that were not whole yet are moved to evidence/incomplete and logged as "incomplete";
  3. evidence files in place but not in the log are logged: with the events their run meant to log, marked
     `recovered`, or, where those are lost, as "recovered" with digest and length only; files that were erased are not;
     a change of the private key that reached its file is logged too;
  4. a checkpoint is signed, partial tiles that it does not need are removed, then the run's folder.
Every step looks at what is there, so a crash during recovery is met by doing it again.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tawthiq.records.log import LogEvent
from tawthiq.store import events
from tawthiq.store.erasing import Eraser, erasures
from tawthiq.store.files import digest, move
from tawthiq.store.incoming import intended, is_alive, leftovers, remove_run, run_folders
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.log import Log
from tawthiq.store.sealing import unlogged

_KINDS = {"log/torn": events.TORN_LINE, "evidence/incomplete": events.INCOMPLETE}


def recover(layout: Layout, log: Log, lock: Lock, eraser: Eraser, collector: str) -> None:
    """Finish what dead runs left open; does nothing, and takes no lock, where there are none."""
    if all(is_alive(folder) for folder in run_folders(layout)):
        return
    with lock.held():
        folders = run_folders(layout)
        dead = [folder for folder in folders if not is_alive(folder)]
        log.catch_up()
        for folder in dead:
            eraser.finish(folder)
            for file in leftovers(folder):
                move(file, layout.incomplete / file.name)
        alive = [folder for folder in folders if folder not in dead]
        missing = list(_missing_events(layout, log, dead, alive, collector))
        if missing:
            log.append(missing)
        log.flush()
        log.remove_stale_partials()
        for folder in dead:
            remove_run(folder)


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in order of its path."""
    yield from sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())


def _missing_events(
    layout: Layout, log: Log, dead: list[Path], alive: list[Path], collector: str
) -> Iterator[LogEvent]:
    """The events to log for files that no entry names yet."""
    happened = [event for entry in log.entries() if (event := entry.event)]
    logged = [(event, kept) for event in happened if (kept := events.file_of(event))]
    # Files before intents: a live run renames a file into place only once its intent is written.
    folders = (layout.evidence, layout.torn, layout.timestamps, layout.cosignatures)
    files = [file for folder in folders for file in files_below(folder)]
    paths, told = {kept.path for _, kept in logged}, {(event.subject, kept.path) for event, kept in logged}
    gone = {file.path for erasure in erasures(layout) for file in erasure.files}
    others = {path for folder in alive for path in intended(folder)}
    meant = {path: each for folder in dead for path, each in intended(folder).items()}
    yield from unlogged(layout, meant.get(events.KEY_PATH, ()), happened)
    for file in files:
        name = layout.relative(file)
        if name in others or name in gone or file.is_relative_to(layout.incoming):
            continue
        if name in meant:
            yield from _as_meant(file, meant[name], told, collector, name)
        elif name not in paths:
            yield events.found_file(
                _KINDS.get(name.rpartition("/")[0], events.RECOVERED), _described(file, name), collector
            )


def _as_meant(
    file: Path, meant: list[LogEvent], told: set[tuple[str, str]], collector: str, name: str
) -> Iterator[LogEvent]:
    """The events of an interrupted run that did not reach the log; a file that is not what they say is logged as found."""
    missing = [event for event in meant if (event.subject, name) not in told]
    if not missing:
        return
    found = _described(file, name)
    if any(event.facts.get("file_sha256") != found.sha256 for event in meant):
        yield events.found_file(events.RECOVERED, found, collector)
        return
    for event in missing:
        yield replace(event, facts={**event.facts, "recovered": True})


def _described(file: Path, name: str) -> events.EvidenceFile:
    return events.EvidenceFile(name, *digest(file))
