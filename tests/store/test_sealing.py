"""Sealed keys: reading and verifying need no passphrase, signing does, every changed bit is found, a crash leaves one truth."""

import os
import shutil
import signal
import subprocess
from io import BytesIO
from pathlib import Path

import pytest

from archive_checks import differing
from doomed import killed_at
from passphrase_checks import PASSPHRASE, cheap, lock_again
from tawthiq.custody import age
from tawthiq.records.errors import EvidenceDiffers, KeyLocked, TawthiqError, WrongPassphrase, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder, passphrases
from tawthiq.store.incoming import run_folders
from tawthiq.store.keys import read_private, unsealed
from tawthiq.store.layout import Layout

__all__ = ["cheap"]


@pytest.fixture
def sealed(tiny: Path) -> Path:
    """The tiny archive with a sealed key, which this process does not know."""
    with ArchiveFolder.open(tiny) as archive:
        archive.seal_key(PASSPHRASE)
    lock_again()
    return tiny


def keep(path: Path) -> str:
    with ArchiveFolder.open(path) as archive:
        return archive.keep_file("more.html", BytesIO(b"more"), "text/html", {}).id


def kinds(path: Path) -> list[str]:
    return [entry.event.kind for entry in ArchiveFolder.open(path).entries() if entry.event]


def test_a_sealed_archive_is_read_and_verified_without_a_passphrase(sealed: Path) -> None:
    assert differing(sealed) == []
    archive = ArchiveFolder.open(sealed)
    assert [archive.record(capture).payload for capture in archive.captures()] == [b"<p>report</p>", b"<p>saved</p>"]
    archive.close()


def test_signing_without_a_passphrase_says_how_to_give_it_and_records_nothing(sealed: Path) -> None:
    before = sorted((file, file.read_bytes()) for file in sealed.rglob("*") if file.is_file())
    archive = ArchiveFolder.open(sealed)
    event = LogEvent("note", next(iter(archive.entries())).event.time, "c", "x", {})  # type: ignore[union-attr]
    for attempt in (lambda: archive.log([event]), lambda: archive.keep_file("a", BytesIO(b"x"), None, {})):
        with pytest.raises(KeyLocked, match="TAWTHIQ_PASSPHRASE_FILE"):
            attempt()
    archive.close()
    assert sorted((file, file.read_bytes()) for file in sealed.rglob("*") if file.is_file()) == before


def test_the_environment_gives_the_passphrase_once_and_does_not_pass_it_on(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    keep(sealed)
    assert "TAWTHIQ_PASSPHRASE" not in os.environ
    keep(sealed)
    assert differing(sealed) == []


def test_a_wrong_passphrase_is_told_without_being_repeated(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", "hunter2hunter2")
    with pytest.raises(WrongPassphrase) as told:
        keep(sealed)
    assert "hunter2" not in str(told.value)
    assert kinds(sealed).count("captured") == 2


def test_a_file_gives_the_passphrase_unless_others_may_read_it(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE_FILE", str(file))
    file.chmod(0o640)
    with pytest.raises(WrongUsage, match="others may read"):
        keep(sealed)
    file.chmod(0o600)
    keep(sealed)


def test_a_person_is_asked_three_times_and_once_a_process(sealed: Path) -> None:
    answers, asked = ["no", "wrong", PASSPHRASE], []

    def ask(question: str) -> str:
        asked.append(question)
        return answers[len(asked) - 1]

    passphrases.ask_with(ask)
    keep(sealed)
    keep(sealed)
    assert len(asked) == 3
    lock_again()
    passphrases.ask_with(lambda _: "wrong")
    with pytest.raises(WrongPassphrase):
        keep(sealed)


def test_every_changed_bit_of_a_sealed_key_is_found_without_the_passphrase(sealed: Path) -> None:
    file = sealed / "keys" / "archive.key"
    data = file.read_bytes()
    for place in range(0, len(data), 3):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        assert [check.name for check in differing(sealed)] == ["keys/archive.key"]
    file.write_bytes(data)
    assert differing(sealed) == []


def test_a_key_whose_seal_was_taken_away_behind_the_log_is_found(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = sealed / "keys" / "archive.key"
    plain = unsealed(file.read_bytes(), PASSPHRASE)
    file.write_bytes(plain)
    (found,) = differing(sealed)
    assert "the log says that it is sealed" in found.found


def test_the_passphrase_can_be_changed_and_taken_away(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    with ArchiveFolder.open(sealed) as archive:
        archive.seal_key("another one")
    assert differing(sealed) == []
    data = read_private(Layout(sealed))
    with pytest.raises(WrongPassphrase):
        unsealed(data, PASSPHRASE)
    unsealed(data, "another one")
    with ArchiveFolder.open(sealed) as archive:
        archive.unseal_key()
        with pytest.raises(WrongUsage, match="no passphrase"):
            archive.unseal_key()
    assert differing(sealed) == []
    assert (sealed / "keys" / "archive.key").stat().st_mode & 0o777 == 0o600
    assert kinds(sealed)[-3:] == ["key-sealed", "key-sealed", "key-unsealed"]
    lock_again()
    keep(sealed)


def test_an_archive_made_with_a_passphrase_never_writes_an_open_key(tmp_path: Path) -> None:
    with ArchiveFolder.create(tmp_path / "a", title="t", collector="c", passphrase=PASSPHRASE) as archive:
        archive.keep_file("a.html", BytesIO(b"a"), None, {})
    assert differing(tmp_path / "a") == []
    assert kinds(tmp_path / "a") == ["archive-created", "key-sealed", "captured"]
    lock_again()
    with pytest.raises(KeyLocked):
        keep(tmp_path / "a")


def test_the_key_of_another_archive_is_refused_in_its_place(sealed: Path, tmp_path: Path) -> None:
    with ArchiveFolder.create(tmp_path / "b", title="t", collector="c", passphrase=PASSPHRASE):
        pass
    shutil.copyfile(tmp_path / "b" / "keys" / "archive.key", sealed / "keys" / "archive.key")
    assert [check.name for check in differing(sealed)] == ["keys/archive.key"]
    passphrases.ask_with(lambda _: PASSPHRASE)
    with pytest.raises(EvidenceDiffers, match="public half"):
        keep(sealed)


@pytest.mark.parametrize("change", ["seal", "change", "unseal"])
def test_kill_at_every_step_leaves_one_key_that_opens_and_verifies(tmp_path: Path, change: str) -> None:
    first = None if change == "seal" else PASSPHRASE
    with ArchiveFolder.create(tmp_path / "origin", title="t", collector="c", passphrase=first):
        pass
    point, ended = 0, -signal.SIGKILL
    while ended:
        point += 1
        path = Path(shutil.copytree(tmp_path / "origin", tmp_path / str(point)))
        ended = changing_killed_at(path, point, change)
        assert differing(path) == [], f"{change} killed at step {point}"
        data = read_private(Layout(path))
        opening = {passphrase for passphrase in (PASSPHRASE, "second") if opens(data, passphrase)}
        assert len(opening) == age.is_sealed(data)
        lock_again()
        passphrases.ask_with(lambda _, known=tuple(opening): known[0])
        keep(path)
        assert differing(path) == [], f"{change} killed at step {point}, after recovery"
        assert run_folders(Layout(path)) == []
    assert point > 10


def opens(data: bytes, passphrase: str) -> bool:
    try:
        return age.is_sealed(data) and bool(unsealed(data, passphrase))
    except TawthiqError:
        return False


def changing_killed_at(path: Path, point: int, change: str) -> int:
    """Change the key in a child that dies at call number `point`; how it ended."""

    def work() -> None:
        lock_again()
        passphrases.ask_with(lambda _: PASSPHRASE)
        with ArchiveFolder.open(path) as archive:
            if change == "unseal":
                archive.unseal_key()
            else:
                archive.seal_key(PASSPHRASE if change == "seal" else "second")

    return killed_at(point, work)


def test_an_interrupted_run_of_a_sealed_archive_waits_for_the_passphrase(sealed: Path) -> None:
    left = sealed / "evidence" / "incoming" / "run"
    left.mkdir(parents=True)
    (left / "half.warc.gz").write_bytes(b"half")
    assert "incomplete" not in kinds(sealed)
    assert differing(sealed) == []
    passphrases.ask_with(lambda _: PASSPHRASE)
    assert "incomplete" not in kinds(sealed), "reading asks for nothing"
    keep(sealed)
    assert "incomplete" in kinds(sealed)
    assert differing(sealed) == []


def test_the_key_file_is_an_age_file_that_public_tools_know(sealed: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    file = sealed / "keys" / "archive.key"
    told = subprocess.run(["age", "-d", str(file)], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    assert b"passphrase" in told.stderr
    assert file.read_text().startswith("-----BEGIN AGE ENCRYPTED FILE-----\n")


def test_recovery_that_a_wrong_passphrase_held_up_follows_the_right_one(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = sealed / "evidence" / "incoming" / "run"
    left.mkdir(parents=True)
    (left / "half.warc.gz").write_bytes(b"half")
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", "wrong")
    archive = ArchiveFolder.open(sealed)
    lock_again()
    passphrases.ask_with(lambda _: PASSPHRASE)
    with archive:
        archive.keep_file("a.html", BytesIO(b"a"), None, {})
        assert "incomplete" in [entry.event.kind for entry in archive.entries() if entry.event]
    assert differing(sealed) == []
