"""Backups: archives are destroyed and come back; nothing half-written gets a name; hostile backups write nothing."""

import hashlib
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
import pytest

from archive_checks import differing, files_of
from doomed import DISK_CALLS, Doomed, forked, killed_at, outcome
from passphrase_checks import PASSPHRASE, cheap, lock_again
from tawthiq.records.errors import (
    EvidenceDiffers,
    StorageFailed,
    TawthiqError,
    UnreadableInput,
    WrongPassphrase,
    WrongUsage,
)
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder, passphrases
from tawthiq.store.backup import Backup, back_up
from tawthiq.store.backup_contents import FOLDER, MANIFEST, manifest_line
from tawthiq.store.encrypting import Opening, encrypted_for, encrypted_with, identities, recipient
from tawthiq.store.restore import check, log_restored, restore

__all__ = ["cheap"]
SECRET = Opening(passphrase=PASSPHRASE)
encrypt = partial(encrypted_with, PASSPHRASE)


@pytest.fixture
def case(tiny: Path) -> Path:
    """The tiny archive with a database in use and a certificate beside it."""
    with sqlite3.connect(tiny / "tawthiq.sqlite3") as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE decisions (what TEXT)")
        database.execute("INSERT INTO decisions VALUES ('merged')")
    (tiny / "authorities.pem").write_text("certificates")
    return tiny


def save(case: Path, target: Path, **options: Any) -> Backup:
    with ArchiveFolder.open(case) as archive:
        return back_up(archive, target, encrypt, recipients=0, **options)


def kinds(path: Path) -> list[str]:
    return [entry.event.kind for entry in ArchiveFolder.open(path).entries() if entry.event]


def keep(path: Path) -> None:
    with ArchiveFolder.open(path) as archive:
        archive.keep_file("more.html", BytesIO(b"more"), "text/html", {})


def test_a_destroyed_archive_comes_back_verifies_and_goes_on(case: Path, tmp_path: Path) -> None:
    before = {file.relative_to(case): file.read_bytes() for file in files_of(case)}
    made = save(case, tmp_path / "b.tar.age")
    assert made.troubles == ()
    for file in files_of(case)[::2]:
        file.write_bytes(b"\x00" * 10)
    shutil.rmtree(case / "log")
    assert differing(case) != []
    shutil.rmtree(case)
    contents = restore(tmp_path / "b.tar.age", case, SECRET)
    assert contents == made.contents
    assert {file.relative_to(case): file.read_bytes() for file in files_of(case)} == before
    assert (case / "keys" / "archive.key").stat().st_mode & 0o777 == 0o600
    assert sqlite3.connect(case / "tawthiq.sqlite3").execute("SELECT what FROM decisions").fetchall() == [("merged",)]
    assert (case / "authorities.pem").read_text() == "certificates"
    with ArchiveFolder.open(case) as archive:
        log_restored(archive, tmp_path / "b.tar.age", contents)
    keep(case)
    assert kinds(case)[-2:] == ["restored", "captured"]
    assert differing(case) == []


def test_a_backup_is_logged_with_its_digest_and_not_with_its_place(case: Path, tmp_path: Path) -> None:
    made = save(case, tmp_path / "b.tar.age")
    with ArchiveFolder.open(case) as archive:
        event = [entry.event for entry in archive.entries()][-1]
    assert event is not None
    assert event.facts["file_sha256"] == made.sha256
    assert event.facts["log_size"] == made.contents.head.size == 3
    assert "b.tar.age" not in str(event)
    assert differing(case) == []


def test_a_sealed_key_stays_sealed_in_its_backup(case: Path, tmp_path: Path) -> None:
    with ArchiveFolder.open(case) as archive:
        archive.seal_key("the key's own passphrase")
    save(case, tmp_path / "b.tar.age")
    restore(tmp_path / "b.tar.age", tmp_path / "back", SECRET)
    assert differing(tmp_path / "back") == []
    lock_again()
    with pytest.raises(WrongUsage, match="TAWTHIQ_PASSPHRASE"):
        keep(tmp_path / "back")
    passphrases.ask_with(lambda _: "the key's own passphrase")
    keep(tmp_path / "back")


def test_the_key_can_be_left_out(case: Path, tmp_path: Path) -> None:
    assert not save(case, tmp_path / "b.tar.age", with_key=False).contents.with_key
    restore(tmp_path / "b.tar.age", tmp_path / "back", SECRET)
    assert [check.name for check in differing(tmp_path / "back")] == ["keys/archive.key"]
    with pytest.raises(StorageFailed):
        keep(tmp_path / "back")


def test_a_backup_for_keys_opens_with_any_of_them_and_with_no_other(case: Path, tmp_path: Path) -> None:
    secrets = [pyrage.x25519.Identity.generate() for _ in range(3)]
    recipients = [recipient(str(each.to_public())) for each in secrets[:2]]
    with ArchiveFolder.open(case) as archive:
        back_up(
            archive, tmp_path / "b.tar.age", lambda blocks, out: encrypted_for(recipients, blocks, out), recipients=2
        )
    for number, secret in enumerate(secrets):
        file = tmp_path / f"{number}.key"
        file.write_text(f"# made by a test\n{secret}\n")
        if number < 2:
            restore(tmp_path / "b.tar.age", tmp_path / str(number), identities(file))
            assert differing(tmp_path / str(number)) == []
        else:
            with pytest.raises(WrongPassphrase, match="none of the keys"):
                restore(tmp_path / "b.tar.age", tmp_path / str(number), identities(file))
            assert not any((tmp_path / str(number)).iterdir())


def test_public_tools_open_and_check_a_backup(case: Path, tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    secret = pyrage.x25519.Identity.generate()
    (tmp_path / "id").write_text(f"{secret}\n")
    with ArchiveFolder.open(case) as archive:
        back_up(
            archive,
            tmp_path / "b.tar.age",
            lambda blocks, out: encrypted_for([secret.to_public()], blocks, out),
            recipients=1,
        )
    command = "age -d -i id b.tar.age | tar x && sha256sum -c --quiet tawthiq-archive.sha256"
    subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, check=True)
    assert differing(tmp_path / FOLDER) == []


def test_writers_go_on_while_a_backup_is_made(case: Path, tmp_path: Path) -> None:
    working, ready = threading.Event(), threading.Event()

    def slow(blocks: Iterable[bytes], out: BinaryIO) -> Opening:
        ready.set()
        assert working.wait(20)
        return encrypt(blocks, out)

    def write() -> None:
        ready.wait(20)
        keep(case)
        keep(case)
        working.set()

    other = threading.Thread(target=write)
    other.start()
    with ArchiveFolder.open(case) as archive:
        made = back_up(archive, tmp_path / "b.tar.age", slow, recipients=0)
    other.join()
    assert made.contents.head.size == 3
    assert kinds(case)[-3:] == ["captured", "captured", "backed-up"]
    restore(tmp_path / "b.tar.age", tmp_path / "back", SECRET)
    assert differing(tmp_path / "back") == []
    assert differing(case) == []


def test_damaged_and_missing_evidence_is_told_and_the_rest_is_saved(case: Path, tmp_path: Path) -> None:
    first, second = sorted((case / "evidence").rglob("*.warc.gz"))
    first.write_bytes(b"changed")
    second.unlink()
    for file in case.glob("tawthiq.sqlite3-*"):
        file.unlink()
    (case / "tawthiq.sqlite3").write_bytes(b"no database" * 100)
    made = save(case, tmp_path / "b.tar.age")
    told = "\n".join(made.troubles)
    assert f"{first.name}: it is not what was logged" in told
    assert f"{second.name}: it is missing" in told
    assert "tawthiq.sqlite3: left out" in told
    restore(tmp_path / "b.tar.age", tmp_path / "back", SECRET)
    assert {check.name.rsplit("/", 1)[-1] for check in differing(tmp_path / "back")} == {first.name, second.name}


def test_what_the_log_does_not_know_stays_out(case: Path, tmp_path: Path) -> None:
    (case / "evidence" / "stray.bin").write_bytes(b"stray")
    secret = tmp_path / "secret"
    secret.write_text("of this machine")
    (case / "link").symlink_to(secret)
    made = save(case, tmp_path / "b.tar.age")
    assert [each.split(":")[0] for each in made.troubles] == ["link"]
    restore(tmp_path / "b.tar.age", tmp_path / "back", SECRET)
    assert differing(tmp_path / "back") == []
    assert not (tmp_path / "back" / "link").exists()


def test_no_file_is_overwritten_and_none_lands_in_the_archive(case: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    for target in (tmp_path / "there", case / "b.tar.age", case / "evidence" / "b", tmp_path / "none" / "b"):
        with pytest.raises(WrongUsage):
            save(case, target)
    assert (tmp_path / "there").read_text() == "mine"
    assert differing(case) == []


def test_a_wrong_passphrase_and_every_cut_are_refused_and_nothing_is_left(case: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.age"
    save(case, file)
    with pytest.raises(WrongPassphrase):
        restore(file, tmp_path / "back", Opening(passphrase="wrong"))
    data = file.read_bytes()
    for keep_bytes in (0, 100, 200, len(data) // 2, len(data) - 1):
        file.write_bytes(data[:keep_bytes])
        for attempt in (check, lambda file, opening: restore(file, tmp_path / "back", opening)):
            with pytest.raises(UnreadableInput):
                attempt(file, SECRET)
    assert not any((tmp_path / "back").iterdir())
    for place in range(150, len(data), len(data) // 40):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(TawthiqError):
            check(file, SECRET)


def test_kill_at_any_moment_leaves_no_half_backup_under_its_name_and_a_sound_archive(
    case: Path, tmp_path: Path
) -> None:
    how, point = -signal.SIGKILL, 1
    while how:
        target = tmp_path / "b.tar.age"
        how = backing_up_killed_at(case, target, point)
        assert differing(case) == [], f"killed at step {point}"
        if target.exists():
            check(target, SECRET)
            target.unlink()
        point += 1
    assert point > 12
    ArchiveFolder.open(case).close()
    assert not any((case / "evidence" / "incoming").iterdir())
    assert not (case / "evidence" / "incomplete").exists()
    assert differing(case) == []


def backing_up_killed_at(case: Path, target: Path, point: int) -> int:
    """Back up in a child that dies at call number `point` that writes; how it ended."""

    def work() -> None:
        doomed = Doomed(point, (*DISK_CALLS, "posix_fadvise"))
        doomed.arm()

        def slowly(blocks: Iterable[bytes], out: BinaryIO) -> Opening:
            out.write = doomed.before(out.write)  # type: ignore[method-assign]
            return encrypt(blocks, out)

        with ArchiveFolder.open(case) as archive:
            back_up(archive, target, slowly, recipients=0)

    return outcome(forked(work))


def test_a_full_disk_leaves_no_file_and_says_what_to_do(case: Path, tmp_path: Path) -> None:
    with ArchiveFolder.open(case) as archive:
        archive.keep_file("big.bin", BytesIO(os.urandom(300_000)), None, {})
    script = """
import resource, sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tawthiq.custody import age
from tawthiq.records.errors import StorageFailed
from tawthiq.store import ArchiveFolder
from tawthiq.store.backup import back_up
from tawthiq.store.encrypting import encrypted_for, encrypted_with
import pyrage
age.WORK_FACTOR = 2
key = pyrage.x25519.Identity.generate().to_public()
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
ways = partial(encrypted_with, "pass"), partial(encrypted_for, [key])
with ArchiveFolder.open(Path(sys.argv[1])) as archive:
    for way in ways:
        try:
            back_up(archive, Path(sys.argv[2]), way, recipients=0)
        except StorageFailed as error:
            print(error)
"""
    told = subprocess.run(
        [sys.executable, "-c", script, str(case), str(tmp_path / "b.tar.age")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.count("larger than this system allows") == 2, told
    assert list(tmp_path.glob("b.tar.age*")) == []
    assert differing(case) == []


def test_an_interrupted_restoration_is_met_by_doing_it_again(case: Path, tmp_path: Path) -> None:
    file, folder = tmp_path / "b.tar.age", tmp_path / "back"
    save(case, file)
    (folder / ".restoring" / "keys").mkdir(parents=True)
    (folder / ".restoring" / "tawthiq.toml").write_text("half")
    (folder / "log").mkdir()
    (folder / "log" / "checkpoint").write_text("old")
    restore(file, folder, SECRET)
    assert differing(folder) == []
    with pytest.raises(WrongUsage, match="not an empty folder"):
        restore(file, folder, SECRET)


def hostile(tmp_path: Path, files: dict[str, bytes], *extra: tarfile.TarInfo, manifest: bytes | None = None) -> Path:
    """A backup whose maker had no good intentions."""
    lines = b"".join(
        manifest_line(name.removeprefix(FOLDER), hashlib.sha256(data).hexdigest()) for name, data in files.items()
    )
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for info in extra:
            archive.addfile(info)
        for name, data in {**files, MANIFEST: lines if manifest is None else manifest}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    file = tmp_path / "hostile.tar.age"
    with file.open("wb") as stream:
        encrypt([out.getvalue()], stream)
    return file


def link(name: str, target: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    return info


NEEDED = ("log/checkpoint", "keys/archive.pub", "tawthiq.toml")
Attempt = Callable[[dict[str, bytes], Path], dict[str, bytes]]


@pytest.mark.parametrize(
    "attempt",
    [
        lambda parts, outside: {**parts, FOLDER + f"../../../{outside.name}/a": b"x"},
        lambda parts, outside: {**parts, str(outside / "a"): b"x"},
        lambda parts, _: {**parts, "elsewhere/a": b"x"},
        lambda parts, _: {**parts, FOLDER + ".restoring/a": b"x"},
        lambda parts, _: {**parts, FOLDER + "a": b"x", FOLDER + "a/b": b"x"},
        lambda parts, _: {name: parts[FOLDER + name] for name in NEEDED},
        lambda parts, _: {name: data for name, data in parts.items() if "checkpoint" not in name},
        lambda parts, _: {name: data for name, data in parts.items() if "toml" not in name},
        lambda parts, _: {name: data.replace(b"\n3\n", b"\n4\n") for name, data in parts.items()},
    ],
    ids=[
        "up",
        "absolute",
        "elsewhere",
        "staging",
        "file and folder",
        "no folder",
        "no log",
        "no settings",
        "another head",
    ],
)
def test_hostile_backups_write_nothing(case: Path, tmp_path: Path, attempt: Attempt) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    parts = attempt({FOLDER + name: (case / name).read_bytes() for name in NEEDED}, outside)
    with pytest.raises(TawthiqError):
        restore(hostile(tmp_path, parts), tmp_path / "back", SECRET)
    assert not any(outside.iterdir())
    assert not any((tmp_path / "back").iterdir())


def test_links_and_wrong_lists_in_a_backup_write_nothing(case: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    parts = {FOLDER + name: (case / name).read_bytes() for name in NEEDED}
    door = link(FOLDER + "door", str(outside))
    with pytest.raises(UnreadableInput, match="not a regular file"):
        restore(hostile(tmp_path, {**parts, FOLDER + "door/a": b"x"}, door), tmp_path / "back", SECRET)
    with pytest.raises(EvidenceDiffers, match="list of digests"):
        restore(hostile(tmp_path, parts, manifest=b""), tmp_path / "back", SECRET)
    assert restore(hostile(tmp_path, parts), tmp_path / "back", SECRET).files == 3
    assert not any(outside.iterdir())


def test_an_identity_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "id").write_text("AGE-SECRET-KEY-1WRONG\n")
    for name in ("id", "nothing"):
        with pytest.raises(WrongUsage, match=name):
            identities(tmp_path / name)
    with pytest.raises(WrongUsage, match="age1wrong"):
        recipient("age1wrong")


def test_a_damaged_journal_line_is_told_and_the_rest_is_saved(archive: ArchiveFolder, tmp_path: Path) -> None:
    with archive:
        for number in range(3):
            archive.keep_file(f"{number}.html", BytesIO(b"%d" % number), None, {})
        archive.log([LogEvent("note", datetime.now(UTC), "c", "x", {})] * 300)
    journal = archive.path / "log" / "journal" / "000.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'{"event":{"actor":"c-1"', b'{"event":{"actor";"c-1"', 1))
    made = save(archive.path, tmp_path / "b.tar.age")
    assert [each.split(":")[0] for each in made.troubles] == ["log/journal/000.jsonl"]
    restore(tmp_path / "b.tar.age", tmp_path / "back", SECRET)
    assert len(list((tmp_path / "back" / "evidence").rglob("*.warc.gz"))) == 3


def test_kill_at_every_step_of_restoring_leaves_a_whole_archive_or_none(case: Path, tmp_path: Path) -> None:
    file, ended, point = tmp_path / "b.tar.age", -signal.SIGKILL, 0
    (case / "authorities.pem").unlink()
    save(case, file)
    while ended:
        point += 1
        folder = tmp_path / f"back-{point}"
        ended = restoring_killed_at(file, folder, point)
        if not (folder / "tawthiq.toml").exists():
            restore(file, folder, SECRET)
        assert differing(folder) == [], f"killed at step {point}"
    assert point > 8


def restoring_killed_at(file: Path, folder: Path, point: int) -> int:
    return killed_at(point, lambda: restore(file, folder, SECRET))


def test_somebodys_files_beside_an_interrupted_restoration_are_left_alone(case: Path, tmp_path: Path) -> None:
    save(case, tmp_path / "b.tar.age")
    (tmp_path / "back" / ".restoring").mkdir(parents=True)
    (tmp_path / "back" / "notes.txt").write_text("mine")
    with pytest.raises(WrongUsage, match="not an empty folder"):
        restore(tmp_path / "b.tar.age", tmp_path / "back", SECRET)
    assert (tmp_path / "back" / "notes.txt").read_text() == "mine"
