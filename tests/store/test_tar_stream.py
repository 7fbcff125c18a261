"""Tar streams: the public tool reads them, and nothing but plain regular files is read from hostile ones."""

import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.records.errors import UnreadableInput
from tawthiq.store.tar_stream import END, Member, TarReader, header, padding


def written(files: dict[str, bytes]) -> bytes:
    parts = [header(Member(name, len(data))) + data + padding(len(data)) for name, data in files.items()]
    return b"".join(parts) + END


def read(data: bytes, piece: int = 700) -> dict[str, bytes]:
    blocks = [data[at : at + piece] for at in range(0, len(data), piece)]
    return {member.name: b"".join(content) for member, content in TarReader(blocks, "file").members()}


def made(*infos: tarfile.TarInfo, form: int = tarfile.GNU_FORMAT) -> bytes:
    """A tar archive by the standard library, of members that hold zeros."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for info in infos:
            archive.addfile(info, io.BytesIO(bytes(info.size)))
    return out.getvalue()


def info(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.size, member.linkname = kind, size, link
    return member


names = st.lists(st.text("abج-_. é", min_size=1, max_size=60), min_size=1, max_size=4).map("/".join)


@given(st.dictionaries(names, st.binary(max_size=1500), max_size=5), st.integers(1, 3000))
@settings(max_examples=60)
def test_files_come_back_however_the_bytes_are_cut(files: dict[str, bytes], piece: int) -> None:
    plain = {name: data for name, data in files.items() if all(p not in ("", ".", "..") for p in name.split("/"))}
    assert read(written(plain), piece) == plain


def test_the_public_tool_extracts_what_is_written(tmp_path: Path) -> None:
    files = {"a/b.txt": b"text", "a/" + "long/" * 60 + "ملف": b"x" * 1000, "empty": b""}
    subprocess.run(["tar", "x"], input=written(files), cwd=tmp_path, check=True)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files


def test_a_file_of_many_gigabytes_is_announced_as_such() -> None:
    size = 20 << 30
    assert tarfile.TarInfo.frombuf(header(Member("big", size)), "utf-8", "strict").size == size


@pytest.mark.parametrize(
    "member",
    [
        info("../up"),
        info("a/../../up"),
        info("/etc/passwd"),
        info("a//b"),
        info("./a"),
        info("c:\\windows"),
        info("link", tarfile.SYMTYPE, link="/etc"),
        info("hard", tarfile.LNKTYPE, link="other"),
        info("device", tarfile.CHRTYPE),
        info("block", tarfile.BLKTYPE),
        info("pipe", tarfile.FIFOTYPE),
        info("folder", tarfile.DIRTYPE),
        info("sparse", tarfile.GNUTYPE_SPARSE),
        info("contiguous", tarfile.CONTTYPE),
        info("/" + "x" * 300),
    ],
    ids=lambda member: member.name[:12],
)
def test_hostile_members_are_refused(member: tarfile.TarInfo) -> None:
    with pytest.raises(UnreadableInput, match=r"^file: "):
        read(made(member))


def test_extended_headers_are_refused_whatever_they_say() -> None:
    member = info("a", size=5)
    member.pax_headers = {"size": str(1 << 60), "path": "../up"}
    with pytest.raises(UnreadableInput):
        read(made(member, form=tarfile.PAX_FORMAT))


def test_a_name_that_comes_twice_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="twice"):
        read(made(info("a"), info("a")))


def test_a_name_longer_than_any_file_system_takes_is_refused() -> None:
    with pytest.raises(UnreadableInput):
        read(made(info("a/" * 3000 + "b")))


@pytest.mark.parametrize("keep", [0, 100, 512, 600, 1024, 1536])
def test_a_cut_archive_is_refused(keep: int) -> None:
    with pytest.raises(UnreadableInput, match="too early"):
        read(written({"a": b"x" * 700})[:keep])


def test_bytes_behind_the_end_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="behind its end"):
        read(written({"a": b"x"}) + b"more")


def test_a_changed_header_is_refused() -> None:
    whole = bytearray(written({"a": b"x"}))
    whole[3] ^= 1
    with pytest.raises(UnreadableInput, match="malformed"):
        read(bytes(whole))


@given(st.binary(max_size=2000))
def test_any_bytes_end_in_files_or_an_error_that_names_the_archive(data: bytes) -> None:
    try:
        assert read(data) == {}
    except UnreadableInput as error:
        assert error.item == "file"  # noqa: PT017
