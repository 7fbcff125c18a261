"""The layout of packages: others' tools read what we write, and nothing that differs from it by a byte is read as a package."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawthiq.publication import zip_layout
from tawthiq.publication.zip_file import ZipReader, ZipWriter
from tawthiq.publication.zip_layout import Member
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, UnreadableInput, WrongUsage

MEMBERS = {"archive/a.warc.gz": b"\x1f\x8b body", "empty": b"", "tawthiq/manifest.json": "{}شاهد".encode() * 40}


def package(path: Path, members: dict[str, bytes]) -> Path:
    with path.open("wb+") as out:
        writer = ZipWriter(out)
        for name, data in members.items():
            writer.add(name, len(data), [data[:3], data[3:]])
        writer.finish()
    return path


def other_zip(path: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    """A ZIP file as another program writes it; odd names are kept as they are."""
    with zipfile.ZipFile(path, "w", method) as out:
        for name, data in members:
            out.writestr(zipfile.ZipInfo(name), data, method)
    return path


def refused(path: Path) -> TawthiqError:
    with pytest.raises((UnreadableInput, EvidenceDiffers)) as caught:
        ZipReader(path)
    assert path.name in str(caught.value)
    return caught.value


names = st.from_regex(r"\A(?:[a-z]{1,8}/)?[a-z0-9][a-z0-9._-]{0,20}\Z")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(members=st.dictionaries(names, st.binary(max_size=300), max_size=6))
def test_what_is_written_is_read_back_by_us_and_by_others(tmp_path: Path, members: dict[str, bytes]) -> None:
    path = package(tmp_path / "p.wacz", members)
    with ZipReader(path) as ours, zipfile.ZipFile(path) as theirs:
        assert list(ours.members) == list(members) == theirs.namelist()
        assert theirs.testzip() is None
        for name, data in members.items():
            assert ours.read(name, 1000) == data == theirs.read(name)
            assert ours.digests(name)[1]


def test_the_same_members_make_the_same_bytes(tmp_path: Path) -> None:
    one, two = package(tmp_path / "1", MEMBERS), package(tmp_path / "2", MEMBERS)
    assert one.read_bytes() == two.read_bytes()


def test_no_byte_outside_of_members_is_free(tmp_path: Path) -> None:
    path = package(tmp_path / "p.wacz", MEMBERS)
    whole = path.read_bytes()
    with ZipReader(path) as reader:
        inside = {at for each in reader.members.values() for at in range(each.start, each.end)}
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        if at not in inside:
            try:
                with ZipReader(path) as reader:
                    sound = [reader.digests(name)[1] for name in reader.members]
            except (UnreadableInput, EvidenceDiffers):
                continue
            assert not all(sound), at


@pytest.mark.parametrize("cut", [1, 10, 22, 23, 100, 200])
def test_a_cut_package_is_refused(tmp_path: Path, cut: int) -> None:
    path = package(tmp_path / "p.wacz", MEMBERS)
    path.write_bytes(path.read_bytes()[:-cut])
    refused(path)


@pytest.mark.parametrize("added", [b"\0", b"more", b"PK\x05\x06" + b"\0" * 18])
def test_a_package_with_something_behind_its_end_is_refused(tmp_path: Path, added: bytes) -> None:
    path = package(tmp_path / "p.wacz", MEMBERS)
    path.write_bytes(path.read_bytes() + added)
    refused(path)


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all" * 20, b"PK\x05\x06" + b"\xff" * 18], ids=len)
def test_what_is_no_zip_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "p.wacz"
    path.write_bytes(data)
    assert isinstance(refused(path), UnreadableInput)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "a/../b", "a\\b", "C:/x", "a//b", ".hidden", "a/b/c", "x" * 300, "ملف", "a b"],
)
def test_a_name_that_no_member_has_is_refused(tmp_path: Path, name: str) -> None:
    assert "is called" in str(refused(other_zip(tmp_path / "p.wacz", (name, b"x"))))
    with pytest.raises(WrongUsage):
        ZipWriter(BytesIO()).add(name, 1, [b"x"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "two members" in str(refused(other_zip(tmp_path / "p.wacz", ("a", b"1"), ("a", b"2"))))


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    path = other_zip(tmp_path / "p.wacz", ("a", b"\0" * 50_000_000), method=zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 60_000
    assert "compressed" in str(refused(path))


def test_a_package_packed_anew_by_another_program_is_told_as_such(tmp_path: Path) -> None:
    assert "packed anew" in str(refused(other_zip(tmp_path / "p.wacz", *MEMBERS.items())))


def test_members_that_share_bytes_are_refused(tmp_path: Path) -> None:
    one = Member("a", 40, 0, 0)
    inside = Member("b", 4, 0, 2)
    data = zip_layout.local_header(one) + b"\0" * 40
    central = zip_layout.central_header(one) + zip_layout.central_header(inside)
    end = zip_layout.END.pack(zip_layout.END_SIGNATURE, 0, 0, 2, 2, len(central), len(data), 0)
    path = tmp_path / "p.wacz"
    path.write_bytes(data + central + end)
    assert isinstance(refused(path), EvidenceDiffers)


def test_numbers_of_a_hostile_end_cost_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "p.wacz"
    path.write_bytes(b"\0" * 100 + zip_layout.END.pack(zip_layout.END_SIGNATURE, 0, 0, 1, 1, 0xFFFFFFFE, 0, 0))
    assert "larger than any" in str(refused(path))
    end64 = zip_layout.END64.pack(zip_layout.END64_SIGNATURE, 44, 0, 0, 0, 0, 2**60, 2**60, 2**60, 0)
    end = zip_layout.END.pack(zip_layout.END_SIGNATURE, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(end64 + b"\0" * 20 + end)
    assert "larger than any" in str(refused(path))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=400), st.integers(0, 3))
def test_random_bytes_in_a_package_are_an_error_or_a_package(tmp_path: Path, noise: bytes, where: int) -> None:
    path = package(tmp_path / "p.wacz", MEMBERS)
    whole = path.read_bytes()
    at = random.Random(noise).randrange(len(whole))
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) * (where % 2) :])
    try:
        with ZipReader(path) as reader:
            for name in reader.members:
                reader.digests(name)
    except (UnreadableInput, EvidenceDiffers):
        pass


def test_a_sparse_package_of_more_than_four_gigabytes_is_read(tmp_path: Path) -> None:
    path, size = tmp_path / "large.wacz", (1 << 32) + 5
    first, second = Member("archive/large.warc", size, 0, 0), b"behind it"
    with path.open("wb+") as out:
        out.write(zip_layout.local_header(first))
        out.truncate(first.end)
        out.seek(first.end)
        last = Member("b", len(second), 0x1A0F9F6F, first.end)
        out.write(zip_layout.local_header(last) + second)
        out.write(zip_layout.directory([first, last]))
    with ZipReader(path) as ours, zipfile.ZipFile(path) as theirs:
        assert ours.members["archive/large.warc"].size == size == theirs.getinfo("archive/large.warc").file_size
        assert ours.read("b", 100) == second
