"""A worker that does everything an archive knows, at random, in a forked child, and notes what was acknowledged to it."""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doomed import Doomed
from tawthiq.custody.cosignature import CosignerKey, cosigned
from tawthiq.custody.note import Note, Signer
from tawthiq.records.errors import WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder, cosignatures
from tawthiq.store.events import TIMESTAMPED
from tawthiq.store.timestamps import CHECKPOINT, TOKEN, checkpoint_name, token_name
from tawthiq.store.waiting import put_down

WITNESS = Signer("team-b.invalid/log", Ed25519PrivateKey.from_private_bytes(bytes(32)))
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def archive_with_witness(path: Path) -> Path:
    """A new archive whose settings know the team that cosigns."""
    with ArchiveFolder.create(path, title="t", collector="c") as archive:
        settings = archive.path / "tawthiq.toml"
    settings.write_text(settings.read_text() + f'\n[witnesses.team-b]\nkey = "{CosignerKey.of(WITNESS)}"\n')
    return path


class Filling:
    """A disk that has no room from some synchronisation on."""

    def __init__(self, at: int) -> None:
        self.left = at

    def arm(self) -> None:
        """Refuse from then on."""
        real = os.fsync

        def fsync(descriptor: int) -> None:
            self.left -= 1
            if self.left <= 0:
                raise OSError(28, "No space left on device")
            real(descriptor)

        os.fsync = fsync  # type: ignore[assignment]


@dataclass
class Worker:
    """What one child does: acts at random, and a line in `notes` for each that was acknowledged."""

    path: Path
    notes: Path
    random: Random
    acts: tuple[str, ...] = ("file", "file", "log", "stamp", "cosign", "erase", "act")
    _ids: list[str] = field(default_factory=list)

    def run(self, count: int, armed: Doomed | Filling | None = None) -> None:
        """Do so many acts. Raises StorageFailed where the disk refuses."""
        # Not through os.write, which a Doomed counts: a note is no part of the archive.
        with self.notes.open("ab", buffering=0) as notes, ArchiveFolder.open(self.path) as archive:
            if armed:
                armed.arm()
            for number in range(count):
                told = getattr(self, f"_{self.random.choice(self.acts)}")(archive, f"{os.getpid()}-{number}")
                if told:
                    notes.write(f"{told}\n".encode())

    def _file(self, archive: ArchiveFolder, name: str) -> str:
        kept = archive.keep_file(f"{name}.html", BytesIO(name.encode()), "text/html", {})
        self._ids.append(kept.id)
        return f"kept {kept.id}"

    def _log(self, archive: ArchiveFolder, name: str) -> str:
        archive.log([LogEvent("note", NOW, "c", f"{name}-{part}", {}) for part in range(3)])
        return f"logged {name}"

    def _act(self, _archive: ArchiveFolder, name: str) -> str:
        put_down(self.path, LogEvent("viewed", NOW, "heron", name, {"page": "report"}))
        return f"seen {name}"

    def _stamp(self, archive: ArchiveFolder, name: str) -> str:
        with archive.exclusively():
            archive.flush()
            checkpoint = (self.path / "log" / "checkpoint").read_bytes()
            size = int(checkpoint.split(b"\n")[1])
            if not (self.path / "log" / checkpoint_name(size)).exists():
                kept = {"holds": CHECKPOINT}
                archive.keep_beside_log(TIMESTAMPED, checkpoint_name(size), checkpoint, str(size), kept)
            token = token_name(size, f"a{name}", "rfc3161")
            facts = {"holds": TOKEN, "authority": "own", "authority_kind": "rfc3161", "host": "x", "own": True}
            archive.keep_beside_log(TIMESTAMPED, token, name.encode(), str(size), facts)
        return f"beside log/{token}"

    def _cosign(self, archive: ArchiveFolder, _name: str) -> str | None:
        archive.flush()
        checkpoint = (self.path / "log" / "checkpoint").read_bytes()
        line = cosigned(WITNESS, Note.parse(checkpoint, "checkpoint").text, NOW)
        kept = cosignatures.add(archive, checkpoint + str(line).encode(), "note")
        return f"beside {kept[0].path}" if kept else None

    def _erase(self, archive: ArchiveFolder, _name: str) -> str | None:
        if not self._ids:
            return None
        item = self._ids.pop(self.random.randrange(len(self._ids)))
        with suppress(WrongUsage):
            archive.erase(item, reason="asked for", authorised_by="lead-2")
        return f"erased {item}"


def expect_nothing_lost(path: Path, *notes: Path) -> None:
    """Everything that the notes say was acknowledged is there, once; what was erased is gone, and nothing else is."""
    told = [tuple(line.split(" ", 1)) for each in notes for line in each.read_text().split("\n")[:-1]]
    said = {
        kind: {what for which, what in told if which == kind} for kind in ("kept", "logged", "seen", "beside", "erased")
    }
    with ArchiveFolder.open(path) as archive:
        captures = list(archive.captures())
        kept = [capture.id for capture in captures]
        gone = {erasure.subject for erasure in archive.erasures()}
        subjects = [entry.event.subject for entry in archive.entries() if entry.event]
        assert all(archive.record(capture).payload for capture in captures)
    assert len(kept) == len(set(kept))
    assert said["kept"] <= set(kept) | gone
    assert said["erased"] <= gone
    assert not gone & set(kept)
    for name in said["logged"]:
        assert [subjects.count(f"{name}-{part}") for part in range(3)] == [1, 1, 1], name
    assert [subjects.count(name) for name in said["seen"]] == [1] * len(said["seen"])
    for name in said["beside"]:
        assert (path / name).is_file(), name
    for item in gone:
        assert not list((path / "evidence").rglob(f"{item}*")), item
