"""Content encodings undone: every flavour, stacked, cut short, lied about, and bombs."""

import gzip
import importlib
import sys
import zlib
from dataclasses import dataclass

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.pipeline.payload import decode, decoded
from tawthiq.records.errors import UnreadableCapture

brotli = importlib.import_module("brotli")
PAGE = "<html><body>قصف على بلدة في الريف</body></html>".encode() * 200


@dataclass(frozen=True)
class Record:
    headers: tuple[tuple[str, str], ...]
    payload: bytes


def record(payload: bytes, *encodings: str) -> Record:
    return Record(tuple(("content-ENCODING", value) for value in encodings), payload)


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


@pytest.mark.parametrize(
    ("payload", "encodings"),
    [
        (PAGE, ()),
        (PAGE, ("identity",)),
        (gzip.compress(PAGE), ("gzip",)),
        (gzip.compress(PAGE), ("X-GZIP",)),
        (gzip.compress(PAGE[:1000]) + gzip.compress(PAGE[1000:]), ("gzip",)),
        (gzip.compress(PAGE) + b"\0\0\0", ("gzip",)),
        (zlib.compress(PAGE), ("deflate",)),
        (raw_deflate(PAGE), ("deflate",)),
        (brotli.compress(PAGE), ("br",)),
        (gzip.compress(brotli.compress(PAGE)), ("br, gzip",)),
        (zlib.compress(gzip.compress(PAGE)), ("gzip", "deflate")),
        (b"", ("gzip",)),
    ],
)
def test_encodings_are_undone(payload: bytes, encodings: tuple[str, ...]) -> None:
    result = decode(record(payload, *encodings))
    assert result.data == (PAGE if payload else b"")
    assert result.notes == ()


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_header_that_lies_leaves_the_bytes_alone_and_says_so(name: str) -> None:
    result = decode(record(PAGE, name))
    assert result.data == PAGE
    assert name in result.notes[0]


def test_truncated_gzip_gives_what_could_be_had() -> None:
    noise = bytes((number * 7919) % 251 for number in range(100_000))
    whole = gzip.compress(noise)
    result = decode(record(whole[: len(whole) // 2], "gzip"))
    assert len(result.data) > 1000
    assert noise.startswith(result.data)
    assert "ends early" in result.notes[0]


def test_damaged_gzip_gives_what_came_before_the_damage() -> None:
    noise = bytes((number * number) % 251 for number in range(100_000))
    broken = bytearray(gzip.compress(noise, 1))
    middle = len(broken) // 2
    broken[middle : middle + 600] = b"\xff" * 600
    result = decode(record(bytes(broken), "gzip"))
    assert noise.startswith(result.data[:1000])
    assert result.notes


def test_unknown_encoding_is_noted() -> None:
    result = decode(record(PAGE, "rot13"))
    assert (result.data, len(result.notes)) == (PAGE, 1)


@pytest.mark.parametrize(
    ("name", "bomb"),
    [
        ("gzip", gzip.compress(bytes(20_000_000))),
        ("deflate", zlib.compress(bytes(20_000_000))),
        ("deflate", raw_deflate(bytes(20_000_000))),
        ("br", brotli.compress(bytes(20_000_000))),
        ("identity", bytes(1_000_001)),
        ("gzip", gzip.compress(bytes(600_000)) * 2),
    ],
)
def test_bombs_are_refused_by_name(name: str, bomb: bytes) -> None:
    with pytest.raises(UnreadableCapture, match="1,000,000"):
        decoded(record(bomb, name), 1_000_000)


def test_stacked_encodings_without_end_are_refused() -> None:
    with pytest.raises(UnreadableCapture, match="stacked"):
        decoded(record(PAGE, ", ".join(["gzip"] * 50)))


def test_missing_zstd_library_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "compression.zstd", None)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(UnreadableCapture) as caught:
        decode(record(b"\x28\xb5\x2f\xfd....", "zstd"), item="page 7")
    assert caught.value.item == "page 7"
    assert "zstandard" in caught.value.advice


def test_zstd_is_undone() -> None:
    assert decoded(record(zstandard.compress(PAGE), "zstd")) == PAGE


def test_chunk_framing_left_by_other_tools_is_taken_off() -> None:
    framed = Record((("Transfer-Encoding", "chunked"),), b"5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n")
    assert decode(framed).data == b"hello!"
    assert decode(Record((("Transfer-Encoding", "chunked"),), PAGE)).data == PAGE


@given(st.binary(max_size=400), st.sampled_from(["gzip", "deflate", "br", "gzip, br", "chunked", "x"]))
def test_no_bytes_and_no_header_break_it(payload: bytes, name: str) -> None:
    field = "Transfer-Encoding" if name == "chunked" else "Content-Encoding"
    result = decode(Record(((field, name),), payload), limit=1_000_000)
    assert isinstance(result.data, bytes)
