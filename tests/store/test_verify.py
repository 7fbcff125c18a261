"""Verification of a tiny archive: whatever is changed, removed, moved, repeated or added anywhere is named."""

import os
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from archive_checks import MakeExchange, differing, files_of
from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.note import Signer
from tawthiq.records.errors import ArchiveMissing
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.keys import private_text, public_text, read_public
from tawthiq.store.layout import Layout
from tawthiq.store.verify import verify


def names(path: Path) -> str:
    """The names and findings of all checks that do not hold."""
    return "\n".join(f"{check.name}: {check.found}" for check in differing(path))


def test_a_sound_archive_holds_and_says_what_is_not_covered(tiny: Path) -> None:
    checks = list(verify(tiny))
    assert all(check.holds for check in checks)
    assert sum(check.name.startswith("evidence/") for check in checks) == 2
    assert "not covered" in checks[-1].found
    assert all(check.proves for check in checks)


def test_every_changed_byte_of_every_file_is_found_and_the_file_named(archive: ArchiveFolder) -> None:
    with archive:
        archive.keep_file("page.html", BytesIO(b"<p>saved</p>"), "text/html", {})
    for file in files_of(archive.path):
        relative, data = file.relative_to(archive.path).as_posix(), file.read_bytes()
        for place in range(len(data)):
            file.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
            assert relative in names(archive.path), f"byte {place} of {relative}"
        file.write_bytes(data)
    assert differing(archive.path) == []


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data + b"\n", lambda data: data + data, lambda _: b""]
)
def test_a_file_made_shorter_or_longer_is_named(tiny: Path, change: Callable[[bytes], bytes]) -> None:
    for file in files_of(tiny):
        relative, data = file.relative_to(tiny).as_posix(), file.read_bytes()
        file.write_bytes(change(data))
        assert relative in names(tiny)
        file.write_bytes(data)


def test_a_removed_file_is_named(tiny: Path) -> None:
    for file in files_of(tiny):
        away = tiny.parent / "away"
        shutil.move(file, away)
        assert file.relative_to(tiny).as_posix() in names(tiny)
        shutil.move(away, file)


def test_an_added_file_is_named(tiny: Path) -> None:
    for folder in sorted(
        {file.parent for file in files_of(tiny)} | {tiny / "evidence" / "incoming", tiny / "log" / "torn"}
    ):
        folder.mkdir(exist_ok=True)
        extra = folder / "extra.bin"
        extra.write_bytes(b"")
        assert extra.relative_to(tiny).as_posix() in names(tiny)
        extra.unlink()


def test_evidence_files_that_change_places_are_both_named(tiny: Path) -> None:
    first, second, *_ = sorted((tiny / "evidence").rglob("*.warc.gz"))
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    assert first.name in names(tiny)
    assert second.name in names(tiny)


def test_a_link_in_the_place_of_evidence_is_named(tiny: Path) -> None:
    file = next((tiny / "evidence").rglob("*.warc.gz"))
    elsewhere = tiny.parent / "elsewhere"
    shutil.move(file, elsewhere)
    file.symlink_to(elsewhere)
    assert file.name in names(tiny)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[1:],
        lambda lines: lines[:-1],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [*lines, lines[-1]],
        lambda lines: lines[:2] + lines[1:],
    ],
    ids=["first line removed", "last line removed", "swapped", "last line repeated", "second line repeated"],
)
def test_journal_lines_removed_moved_or_repeated_are_named(
    tiny: Path, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    journal = tiny / "log" / "journal" / "000.jsonl"
    journal.write_bytes(b"".join(change(journal.read_bytes().splitlines(keepends=True))))
    assert "log/journal/000.jsonl" in names(tiny)


def test_the_sound_files_beside_a_damaged_one_are_not_blamed(tiny: Path) -> None:
    bundle = next((tiny / "log" / "tile" / "entries").rglob("[0-9]"))
    data = bytearray(bundle.read_bytes())
    data[10] ^= 1
    bundle.write_bytes(bytes(data))
    assert {check.name for check in differing(tiny)} == {bundle.relative_to(tiny).as_posix()}


def test_a_log_signed_anew_with_another_key_is_noticed(tiny: Path) -> None:
    layout = Layout(tiny)
    old = read_public(layout)
    head = opened(layout.checkpoint.read_bytes(), old, "log/checkpoint")
    forger = Signer(old.name, Ed25519PrivateKey.generate())
    layout.private_key.write_bytes(private_text(forger))
    layout.public_key.write_bytes(public_text(forger.key))
    layout.checkpoint.write_bytes(Checkpoint(head.origin, head.size, head.root).signed_by(forger))
    assert [check.name for check in differing(tiny)] == ["keys/archive.pub"]


def test_a_checkpoint_of_a_shorter_log_does_not_hide_the_rest(archive: ArchiveFolder, exchange: MakeExchange) -> None:
    with archive:
        archive.keep_exchanges("http://news.example/1", [exchange()], {})
        archive.flush()
        early = (archive.path / "log" / "checkpoint").read_bytes()
        archive.keep_exchanges("http://news.example/2", [exchange("http://news.example/2")], {})
    (archive.path / "log" / "checkpoint").write_bytes(early)
    assert "log/journal/000.jsonl:3" in names(archive.path)


@pytest.mark.parametrize("more", [1, 300])
def test_what_others_append_and_sign_while_an_archive_is_verified_changes_nothing(tiny: Path, more: int) -> None:
    checks = verify(tiny)
    assert next(checks).holds
    with ArchiveFolder.open(tiny) as archive:
        created = next(archive.entries()).event
        assert created is not None
        archive.log([LogEvent("note", created.time, "c-1", f"item {number}", {}) for number in range(more)])
        archive.keep_file("meanwhile.html", BytesIO(b"text"), "text/html", {})
    rest = list(checks)
    assert all(check.holds for check in rest)
    assert next(check.found for check in rest if check.name == "log/checkpoint").startswith("3 entries")
    assert differing(tiny) == []


def test_settings_and_database_are_free_to_change(tiny: Path) -> None:
    (tiny / "tawthiq.sqlite3").write_bytes(b"anything")
    (tiny / "tawthiq.toml").write_bytes((tiny / "tawthiq.toml").read_bytes() + b"# note\n")
    assert differing(tiny) == []


def test_verification_writes_nothing(tiny: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in sorted(tiny.rglob("*"))}
    list(verify(tiny))
    assert {file: file.stat().st_mtime_ns for file in sorted(tiny.rglob("*"))} == before


def test_a_log_of_many_tiles_holds_and_one_flipped_bit_is_found_in_each_file(archive: ArchiveFolder) -> None:
    created = next(archive.entries()).event
    assert created is not None
    with archive:
        archive.log([LogEvent("note", created.time, "c-1", f"item {number}", {}) for number in range(600)])
    assert differing(archive.path) == []
    for file in files_of(archive.path):
        relative, data = file.relative_to(archive.path).as_posix(), file.read_bytes()
        middle = len(data) // 2
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :])
        assert relative in names(archive.path)
        file.write_bytes(data)


def test_a_line_moved_between_journal_files_is_noticed(archive: ArchiveFolder) -> None:
    created = next(archive.entries()).event
    assert created is not None
    with archive:
        archive.log([LogEvent("note", created.time, "c-1", f"item {number}", {}) for number in range(256)])
    first, second = archive.path / "log/journal/000.jsonl", archive.path / "log/journal/001.jsonl"
    first.write_bytes(first.read_bytes() + second.read_bytes())
    second.unlink()
    assert "log/journal/000.jsonl" in names(archive.path)


def test_no_archive_is_an_error_not_a_passing_check(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        list(verify(tmp_path))


def test_payloads_inside_large_and_foreign_files_are_recomputed(archive: ArchiveFolder) -> None:
    with archive:
        archive.keep_file("big.bin", BytesIO(bytes(range(256)) * 40_000), None, {})
    checks = [check for check in verify(archive.path) if check.name.startswith("evidence/")]
    assert [check.holds for check in checks] == [True]
    assert checks[0].found.endswith("1 payloads")


@pytest.mark.parametrize("strange", ["pipe", "device"])
def test_pipes_and_devices_in_an_archive_from_anybody_neither_hang_nor_fill_the_memory(
    tiny: Path, strange: str
) -> None:
    names = [path.relative_to(tiny) for path in tiny.rglob("*") if path.is_file()]
    run = tiny / "evidence" / "incoming" / "20261122T010203456789Z-1a2b3c4d"
    names += [Path(".lock"), *(run.relative_to(tiny) / name for name in ("lock", "a.intent", "b.erasing"))]
    for name in names:
        copy = tiny.with_name(f"{tiny.name} with {strange}")
        shutil.copytree(tiny, copy)
        place = copy / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        os.mkfifo(place) if strange == "pipe" else place.symlink_to("/dev/zero")
        found = {check.name.partition(":")[0] for check in verify(copy) if not check.holds}
        covered = name.parts[0] in ("log", "keys") or ("incoming" not in name.parts and name.parts[0] == "evidence")
        assert (str(name) in found) == covered, name
        shutil.rmtree(copy)
