"""warcio, FastWARC and py-wacz accept what we write, and reject it with one byte changed.

warcio runs in an environment without Google's brotli, with which its check fails on every answer in that encoding.
"""

import gzip
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from oracles.conftest import ran
from package_samples import Sample
from tawthiq.pipeline.packaging import Packaged

Find = Callable[[str], Path]
FASTWARC = Path(sys.executable).with_name("fastwarc")
KINDS = ["http", "file", "visit", "warc"]


def damaged(file: Path, target: Path) -> Path:
    """The WARC file with one bit changed in the body of its last record with a digest, its gzip members whole."""
    members, rest = [], file.read_bytes()
    while rest:
        member = zlib.decompressobj(zlib.MAX_WBITS + 16)
        members.append(member.decompress(rest))
        rest = member.unused_data
    changed = max(number for number, record in enumerate(members) if b"-Digest: " in record)
    record = members[changed]
    members[changed] = record[:-6] + bytes([record[-6] ^ 1]) + record[-5:]
    target.write_bytes(b"".join(gzip.compress(each) for each in members))
    return target


@pytest.mark.parametrize("kind", KINDS)
def test_warcio_accepts_a_kept_file_and_rejects_it_damaged(
    sample: Sample, oracle: Find, tmp_path: Path, kind: str
) -> None:
    file = sample.path / sample.captures[kind].path
    told = ran(oracle("warcio"), "check", "-v", file)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "digest pass" in told.stdout
    told = ran(oracle("warcio"), "check", damaged(file, tmp_path / "damaged.warc.gz"))
    assert told.returncode == 1
    assert "digest failed" in told.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_fastwarc_accepts_a_kept_file_and_rejects_it_damaged(sample: Sample, tmp_path: Path, kind: str) -> None:
    file = sample.path / sample.captures[kind].path
    told = ran(FASTWARC, "check", file)
    assert told.returncode == 0, told.stdout + told.stderr
    assert ran(FASTWARC, "check", damaged(file, tmp_path / "damaged.warc.gz")).returncode != 0


def test_members_of_a_package_are_accepted_by_both(packaged: Packaged, unpacked: Path, oracle: Find) -> None:
    files = sorted((unpacked / "archive").iterdir())
    assert len(files) == len(KINDS)
    assert ran(oracle("warcio"), "check", *files).returncode == 0
    assert [file.name for file in files if ran(FASTWARC, "check", file).returncode != 0] == []


def test_a_package_is_a_valid_wacz(packaged: Packaged, oracle: Find) -> None:
    told = ran(oracle("wacz"), "validate", "-f", packaged.path)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "the passed WACZ is valid" in told.stdout


@pytest.mark.parametrize("member", ["archive/", "datapackage.json"])
def test_a_package_with_one_byte_changed_is_no_valid_wacz(
    packaged: Packaged, unpacked: Path, oracle: Find, tmp_path: Path, member: str
) -> None:
    file = next(path for path in sorted(unpacked.rglob("*")) if path.is_file() and member in path.as_posix())
    data = file.read_bytes()
    file.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
    again = tmp_path / "changed.wacz"
    assert ran("python3", "-m", "zipfile", "-c", again, *sorted(unpacked.iterdir())).returncode == 0
    assert ran(oracle("wacz"), "validate", "-f", again).returncode != 0
