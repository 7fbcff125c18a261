"""tools/go_verifier, which shares no code with us, accepts our logs, proofs and cosignatures, and rejects altered ones."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from oracles.conftest import ran
from package_samples import Sample
from tawthiq.custody.checkpoint import opened
from tawthiq.custody.cosignature import CosignerKey, cosigned
from tawthiq.custody.note import Note, VerifierKey
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.keys import new_signer
from tawthiq.store.proving import proof_of


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A log of 600 entries, past two full tiles, and its checkpoint as it stood at 301."""
    path = tmp_path_factory.mktemp("log") / "archive"
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    with ArchiveFolder.create(path, title="t", collector="c") as archive:
        archive.log([LogEvent("viewed", moment, "c", str(number), {}) for number in range(300)])
        archive.flush()
        old = path.parent / "checkpoint-301"
        old.write_bytes((path / "log" / "checkpoint").read_bytes())
        archive.log([LogEvent("viewed", moment, "c", str(number), {}) for number in range(299)])
    return path, old


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def key_of(archive: Path) -> Path:
    return archive / "keys" / "archive.pub"


def test_a_whole_log_is_accepted(tlogcheck: Path, log: tuple[Path, Path]) -> None:
    told = ran(tlogcheck, "log", key_of(log[0]), log[0] / "log")
    assert told.returncode == 0, told.stderr
    assert "600 entries" in told.stdout


def test_a_log_extends_its_older_checkpoint(tlogcheck: Path, log: tuple[Path, Path]) -> None:
    told = ran(tlogcheck, "consistency", key_of(log[0]), log[1], log[0] / "log")
    assert told.returncode == 0, told.stderr
    assert "600 entries extends that of 301" in told.stdout


@pytest.mark.parametrize("name", ["checkpoint", "tile/0/000", "tile/entries/001", "tile/1/000.p/2", "tile/0/002.p/88"])
def test_a_log_with_one_bit_flipped_is_rejected(
    tlogcheck: Path, log: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    copy = tmp_path / "log"
    ran("cp", "-r", log[0] / "log", copy)
    (copy / name).write_bytes(flipped((copy / name).read_bytes(), 45))
    assert ran(tlogcheck, "log", key_of(log[0]), copy).returncode == 1


def test_a_rewritten_log_does_not_extend_the_older_checkpoint(
    tlogcheck: Path, log: tuple[Path, Path], sample: Sample
) -> None:
    assert ran(tlogcheck, "consistency", key_of(sample.path), log[1], sample.path / "log").returncode == 1


@pytest.mark.parametrize("index", [0, 255, 256, 511, 599])
def test_proofs_are_accepted_and_rejected_when_altered(
    tlogcheck: Path, log: tuple[Path, Path], tmp_path: Path, index: int
) -> None:
    data = proof_of(log[0], index)
    file = tmp_path / "proof"
    file.write_bytes(data)
    assert ran(tlogcheck, "proof", key_of(log[0]), file).returncode == 0
    extra, after, signature = data.index(b"extra ") + 40, data.index(b"\nindex ") + 30, data.rindex(b" ") + 30
    for at in (extra, after, signature):
        file.write_bytes(flipped(data, at))
        assert ran(tlogcheck, "proof", key_of(log[0]), file).returncode == 1
    file.write_bytes(data.replace(f"\nindex {index}\n".encode(), f"\nindex {index ^ 1}\n".encode()))
    assert ran(tlogcheck, "proof", key_of(log[0]), file).returncode == 1


def test_a_proof_under_another_key_is_rejected(
    tlogcheck: Path, log: tuple[Path, Path], sample: Sample, tmp_path: Path
) -> None:
    (tmp_path / "proof").write_bytes(proof_of(log[0], 3))
    assert ran(tlogcheck, "proof", key_of(sample.path), tmp_path / "proof").returncode == 1


def test_cosignatures_are_accepted_and_rejected_when_altered(
    tlogcheck: Path, log: tuple[Path, Path], tmp_path: Path
) -> None:
    key = VerifierKey.parse(key_of(log[0]).read_text().strip(), "key")
    data = (log[0] / "log" / "checkpoint").read_bytes()
    assert opened(data, key, "checkpoint").size == 600
    other, stranger = new_signer(), new_signer()
    note = Note.parse(data, "checkpoint")
    line = cosigned(other, note.text, datetime(2026, 11, 22, tzinfo=UTC))
    whole = bytes(Note(note.text, (*note.signatures, line)))
    file = tmp_path / "checkpoint"
    file.write_bytes(whole)
    assert ran(tlogcheck, "cosigned", key_of(log[0]), str(CosignerKey.of(other)), file).returncode == 0
    assert ran(tlogcheck, "cosigned", key_of(log[0]), str(CosignerKey.of(stranger)), file).returncode == 1
    file.write_bytes(flipped(whole, len(whole) - 20))
    assert ran(tlogcheck, "cosigned", key_of(log[0]), str(CosignerKey.of(other)), file).returncode == 1
