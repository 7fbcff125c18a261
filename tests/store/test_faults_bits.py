"""One bit flipped, or an end cut off, in any file of an archive with everything in it: found, and the file named.

Every byte of every file is tried. The whole archive would take too long to verify for each, so the part of verification that
is answerable for the file is asked (`named_by`), and for a sample the whole of it, which must say the same.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from archive_checks import differing, files_of
from fault_worker import Worker, archive_with_witness
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store import ArchiveFolder
from tawthiq.store.layout import Layout
from tawthiq.store.verify import LoggedFiles
from tawthiq.store.verify_keys import key_checks
from tawthiq.store.verify_log import LogExamination, log_at_this_moment

WHOLE_EVERY = 150


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    """A small archive in which every kind of file stands: evidence, a stamp, a cosignature, a cut line, something erased."""
    path = archive_with_witness(tmp_path / "archive")
    worker = Worker(path, tmp_path / "notes", Random(1))
    with ArchiveFolder.open(path) as archive:
        for name in ("one", "two"):
            worker._file(archive, name)
        worker._erase(archive, "")
        worker._stamp(archive, "stamp")
        worker._cosign(archive, "")
    (path / "evidence" / "incoming" / "dead").mkdir(parents=True)
    (path / "evidence" / "incoming" / "dead" / "20261122T010203456789Z-1a2b3c4d.warc.gz").write_bytes(b"half of it")
    with (path / "log" / "journal" / "000.jsonl").open("ab") as journal:
        journal.write(b'{"event":{"act')
    ArchiveFolder.open(path).close()
    assert differing(path) == []
    return path


def named_by(path: Path, entries: list[LogEntry], relative: str) -> bool:
    """Whether the part of verification that answers for a file names it."""
    layout = Layout(path)
    if relative.startswith("keys/"):
        return any(check.name == relative and not check.holds for check in key_checks(layout, entries))
    logged = LoggedFiles(entries)
    if relative in logged.paths:
        return not logged.check(layout, relative).holds
    log = LogExamination(layout, log_at_this_moment(layout), recovering=False)
    return any(check.name.startswith(relative) and not check.holds for check in log.checks())


def test_every_byte_of_every_file_is_answered_for(everything: Path) -> None:
    random, tried = Random(7), 0
    entries = list(ArchiveFolder.open(everything).entries())
    kinds = set()
    for file in files_of(everything):
        relative, data = file.relative_to(everything).as_posix(), file.read_bytes()
        kinds.add(relative.rsplit("/", 1)[0])
        for place in range(len(data)):
            file.write_bytes(data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :])
            assert named_by(everything, entries, relative), f"byte {place} of {relative}"
            tried += 1
            if tried % WHOLE_EVERY == 0:
                assert relative in names(everything), f"byte {place} of {relative}"
        file.write_bytes(data)
    assert {"log/timestamps", "log/cosignatures", "log/torn", "log/journal", "evidence/incomplete", "keys"} <= kinds
    assert tried > 5_000
    assert differing(everything) == []


def names(path: Path) -> str:
    """The names and findings of all checks that do not hold."""
    return "\n".join(f"{check.name}: {check.found}" for check in differing(path))


def test_every_bit_of_head_and_keys_is_answered_for(everything: Path) -> None:
    entries = list(ArchiveFolder.open(everything).entries())
    for relative in ("log/checkpoint", "keys/archive.pub", "keys/archive.key"):
        file = everything / relative
        data = file.read_bytes()
        for bit in range(len(data) * 8):
            file.write_bytes(data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :])
            assert named_by(everything, entries, relative), f"bit {bit} of {relative}"
        file.write_bytes(data)


@pytest.mark.parametrize("cut", [lambda n: n - 1, lambda n: n // 2, lambda n: n - min(n, 32), lambda _: 0])
def test_a_cut_end_of_any_file_is_named(everything: Path, cut: Callable[[int], int]) -> None:
    for file in files_of(everything):
        relative, data = file.relative_to(everything).as_posix(), file.read_bytes()
        if data:
            file.write_bytes(data[: cut(len(data))])
            assert relative in names(everything)
            file.write_bytes(data)


def test_what_was_cut_off_the_journal_is_not_taken_for_a_shorter_log(everything: Path) -> None:
    journal = everything / "log" / "journal" / "000.jsonl"
    data = journal.read_bytes()
    for length in range(0, len(data), 97):
        journal.write_bytes(data[:length])
        assert "log/journal/000.jsonl" in names(everything), f"{length} bytes"
        with pytest.raises(TawthiqError), ArchiveFolder.open(everything) as archive:
            archive.keep_file("more.html", BytesIO(b"more"), None, {})
    journal.write_bytes(data)
    assert differing(everything) == []


def test_bits_of_a_larger_archive_are_found_in_a_sample_of_all_files(tmp_path: Path) -> None:
    path, random = archive_with_witness(tmp_path / "archive"), Random(3)
    Worker(path, tmp_path / "notes", Random(4), ("file", "log", "log", "log", "stamp", "cosign", "erase")).run(150)
    files = files_of(path)
    assert sum(1 for _ in (path / "log" / "journal").iterdir()) > 1
    for file in random.sample(files, 50):
        relative, data = file.relative_to(path).as_posix(), file.read_bytes()
        place = random.randrange(len(data))
        file.write_bytes(data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :])
        assert relative in names(path), f"byte {place} of {relative}"
        file.write_bytes(data)
    assert differing(path) == []
