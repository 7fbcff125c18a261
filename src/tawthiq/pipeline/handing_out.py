"""Files that leave: written as NAME.part, searched for whoever is protected, logged with their digest, then given their name.

Order as in `packaging`: no output without its entry in the log ever has its name. What breaks off or is refused leaves nothing;
a run that is killed leaves a `.part`, which the next one replaces. An output may be a file or a folder of plain files: links,
which would hand out what lies elsewhere, are refused. Of a folder the log keeps the digest of its list of digests.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.publication.leaks import PART, expect_no_leak
from tawthiq.records.disclosure import Profile, Protected
from tawthiq.records.errors import StorageFailed, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.custody_events import EXPORTED
from tawthiq.store.files import digest, move, storing, sync, sync_folder
from tawthiq.store.printing import printable

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is handed out (`kind`: "dossier", "table", "site"), for whom, about which incidents, on whose word."""

    kind: str
    profile: Profile
    incidents: Sequence[int]
    by: str


@dataclass(frozen=True, slots=True)
class HandedOut:
    """An output in its place, and the SHA-256 (hexadecimal) that the log keeps of it."""

    path: Path
    sha256: str


def hand_out(
    archive: ArchiveFolder,
    output: Path,
    purpose: Purpose,
    protected: Protected,
    write: Callable[[Path], None],
    *,
    put: Callable[[Path, Path], None] | None = None,
) -> HandedOut:
    """Have `write` make the output under the path that it is given, check it, log it, put it in its place.

    Raises WrongUsage for a place where something is or that lies in the archive, LeakFound naming the part of the output in
    which a protected string stands, UnreadablePart for one that cannot be looked into, StorageFailed; whatever `write` raises.
    Nothing is left behind then. `put` (part, output) brings what was logged into its place where something of ours may stand
    there already; the caller has looked at it.
    """
    output = output.absolute()
    part = output.with_name(f"{output.name}{PART}")
    with storing(str(output)):
        _expect_place(output, archive, may_stand=put is not None)
        archive.unlock()
        _remove(part)
    try:
        with storing(str(output)):
            write(part)
            expect_no_leak(part, purpose.profile, protected)
            sha256 = _folder_digest(part) if part.is_dir() else digest(part)[0]
            _settle(part)
            _expect_place(output, archive, may_stand=put is not None)
        archive.log(
            [LogEvent(EXPORTED, datetime.now(UTC), purpose.by, printable(output.name), _facts(purpose, sha256))]
        )
        archive.flush()
        (put or move)(part, output)
    except BaseException:
        with suppress(OSError):
            _remove(part)
        raise
    return HandedOut(output, sha256)


def _facts(purpose: Purpose, sha256: str) -> dict[str, object]:
    return {
        "what": purpose.kind,
        "profile": purpose.profile.value,
        "incidents": list(purpose.incidents),
        "output_sha256": sha256,
    }


def _folder_digest(folder: Path) -> str:
    """Write the list of digests of a folder's files, as sha256sum does, and return its own."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / SUMS)
    lines = [f"{digest(path)[0]}  {path.relative_to(folder).as_posix()}\n" for path in files]
    data = "".join(lines).encode()
    (folder / SUMS).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _settle(part: Path) -> None:
    """Have every byte and name of an output on the disk before the log says that it left."""
    if part.is_dir():
        # Writing all at once is several times as fast as waiting for each of many files, which then have nothing left to write.
        os.sync()
    for path in [part, *part.rglob("*")] if part.is_dir() else [part]:
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb") as stream:
                sync(stream)


def _expect_place(output: Path, archive: ArchiveFolder, *, may_stand: bool) -> None:
    if os.path.lexists(output) and not may_stand:
        raise WrongUsage(item=str(output), happened="it is there already", advice="name another place")
    if archive.path.resolve() in output.resolve().parents:
        raise WrongUsage(item=str(output), happened="it lies inside the archive", advice="name a place outside of it")
    if not output.parent.is_dir():
        raise StorageFailed(item=str(output.parent), happened="there is no such folder", advice="make it first")


def _remove(part: Path) -> None:
    """Take away what an earlier run left, or this one: never what a link of that name leads to."""
    if part.is_dir() and not part.is_symlink():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)
