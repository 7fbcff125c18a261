"""What `tawthiq doctor` asks of an archive: settings, keys, log, lock and runs left open. It reads and repairs nothing.

Whether evidence is unchanged is not its question: that is `tawthiq verify`.
"""

import os
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tawthiq.capture.address import masked
from tawthiq.cli.stamp_standing import standing_of
from tawthiq.cli.verb_doctor_custody import custody
from tawthiq.cli.verb_doctor_machine import Finding, Health
from tawthiq.custody import age, opentimestamps
from tawthiq.custody.checkpoint import opened
from tawthiq.records.errors import TawthiqError
from tawthiq.store.custody_settings import OPEN_TIMESTAMPS
from tawthiq.store.files import read
from tawthiq.store.incoming import is_alive, run_folders
from tawthiq.store.journal import lines_from
from tawthiq.store.keys import read_private, read_public, signer_of
from tawthiq.store.layout import Layout
from tawthiq.store.locking import try_lock
from tawthiq.store.settings import read_settings
from tawthiq.store.timestamps import read_stamped

PRIVATE_MODE = 0o077


def located(chosen: Path | None) -> Path | None:
    """The folder of the archive that was named, or that the current folder lies in; None when there is none."""
    folders = [Path.cwd(), *Path.cwd().parents] if chosen is None else [chosen.absolute()]
    return next((folder for folder in folders if Layout(folder).settings.is_file()), None)


def archive(chosen: Path | None) -> Iterator[Finding]:
    """The archive at hand, part by part."""
    folder = located(chosen)
    if folder is None and chosen is not None:
        yield Finding("archive", Health.MISSING, f"{chosen} is no archive", "make one with: tawthiq new FOLDER")
    elif folder is None:
        yield Finding("archive", Health.OPTIONAL, "none here", "make one with: tawthiq new FOLDER")
    else:
        layout = Layout(folder)
        for probe in (_settings, _keys, _log, _timestamps, _lock, _runs, _rights, custody):
            try:
                yield from probe(layout)
            except TawthiqError as error:
                yield Finding("archive", Health.MISSING, f"{error.item}: {error.happened}", error.advice)


def _settings(layout: Layout) -> Iterator[Finding]:
    settings = read_settings(layout.settings)
    yield Finding("archive", Health.OK, f'"{settings.title}", collected by {settings.collector}')
    for adapter in settings.adapters:
        where = f" at {masked(adapter.address)}" if adapter.address else ""
        found = f"{adapter.name}: {adapter.kind}, model {adapter.model}{where}"
        if adapter.allow_remote:
            yield Finding(
                "archive adapter", Health.WARNING, found, "reports may leave this machine; see docs/adapters.md"
            )
        else:
            yield Finding("archive adapter", Health.OK, f"{found}, this machine only")


def _keys(layout: Layout) -> Iterator[Finding]:
    data, public = read_private(layout), read_public(layout)
    sealed = age.is_sealed(data)
    if not sealed:
        signer_of(data, public)
    mode = stat.S_IMODE(layout.private_key.stat().st_mode)
    if mode & PRIVATE_MODE:
        advice = f"chmod 600 {layout.relative(layout.private_key)}"
        yield Finding("archive key", Health.WARNING, f"others may read the signing key (mode {mode:04o})", advice)
    else:
        found = f"{'sealed with a passphrase' if sealed else 'the halves match'}; mode {mode:04o}"
        yield Finding("archive key", Health.OK, found)
    if not sealed:
        found = "the signing key has no passphrase: whoever copies the folder can sign as you"
        yield Finding("archive passphrase", Health.OPTIONAL, found, "give it one with: tawthiq key protect")


def _log(layout: Layout) -> Iterator[Finding]:
    """Journal and checkpoint: how much is recorded, and how much of it is signed."""
    size, torn, backwards = 0, False, False
    for (before, _, _), (index, line, _) in pairwise([(-1, b"", ""), *lines_from(layout, 0)]):
        torn, backwards = not line.endswith(b"\n"), backwards or index != before + 1
        size = index if torn else index + 1
    name = layout.relative(layout.checkpoint)
    signed = opened(read(layout.checkpoint, name), read_public(layout), name).size
    found = f"{size} entries, {signed} of them signed"
    if signed > size or backwards:
        yield Finding("archive log", Health.MISSING, found, "entries are lost; run tawthiq verify to see which")
    elif torn or signed < size:
        yield Finding("archive log", Health.WARNING, found, "the next command that writes signs the rest")
    else:
        yield Finding("archive log", Health.OK, found)


def _timestamps(layout: Layout) -> Iterator[Finding]:
    """Who stamps the log, and what waits for a stamp."""
    authorities = read_settings(layout.settings).authorities
    if not authorities:
        found = "no authority is set: nothing but this computer's clock says when entries were made"
        yield Finding("archive timestamps", Health.OPTIONAL, found, "set [authorities.NAME] in tawthiq.toml")
        return
    log = read_stamped(layout.root)
    for authority in authorities:
        found = f"{authority.name}: {standing_of(log, authority)}"
        if authority.kind == OPEN_TIMESTAMPS and not opentimestamps.available():
            yield Finding("archive timestamps", Health.WARNING, found, 'pip install "tawthiq[opentimestamps]"')
        elif authority.kind != OPEN_TIMESTAMPS and not (layout.root / (authority.certificates or "?")).is_file():
            advice = f"put its root certificates in a PEM file and name it in authorities.{authority.name}.certificates"
            yield Finding("archive timestamps", Health.WARNING, found, advice)
        elif log.waits(authority.name):
            yield Finding("archive timestamps", Health.WARNING, found, "when online: tawthiq timestamp")
        elif log.sent(authority.name) > log.covered(authority.name):
            yield Finding("archive timestamps", Health.WARNING, found, "in some hours, when online: tawthiq timestamp")
        else:
            yield Finding("archive timestamps", Health.OK, found)
    if all(authority.own for authority in authorities):
        advice = "set an authority that others run"
        yield Finding("archive timestamps", Health.WARNING, "the team's own only: no independent evidence", advice)


def _lock(layout: Layout) -> Iterator[Finding]:
    try:
        descriptor = os.open(layout.lock, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield Finding("archive lock", Health.OK, "free")
        return
    try:
        free = try_lock(descriptor)
    finally:
        os.close(descriptor)
    yield Finding("archive lock", Health.OK, "free" if free else "held: another command is writing")


def _runs(layout: Layout) -> Iterator[Finding]:
    folders = run_folders(layout)
    dead = [folder for folder in folders if not is_alive(folder)]
    if dead:
        found = f"{len(dead)} run(s) were broken off"
        yield Finding("archive runs", Health.WARNING, found, "the next command that opens the archive finishes them")
    else:
        yield Finding("archive runs", Health.OK, f"{len(folders)} at work, none broken off")


def _rights(layout: Layout) -> Iterator[Finding]:
    if os.access(layout.evidence, os.W_OK) and os.access(layout.log, os.W_OK):
        yield Finding("archive folder", Health.OK, "may be written")
    else:
        advice = "get the right to write in it, or copy the archive"
        yield Finding("archive folder", Health.WARNING, "may only be read", advice)
    mode = stat.S_IMODE(layout.root.stat().st_mode)
    if mode & PRIVATE_MODE:
        found = f"other users of this machine may look into it (mode {mode:04o})"
        yield Finding("archive privacy", Health.WARNING, found, "chmod -R go= on the archive folder")
    else:
        yield Finding("archive privacy", Health.OK, "closed to other users of this machine")
