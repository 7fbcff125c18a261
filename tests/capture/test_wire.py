"""The reader of responses, fed any bytes in any portions."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.capture.wire import Disconnected, Head, NotHttp, Wire, read_body, read_head

LIMIT = 10_000


class Portions:
    """A socket that delivers prepared portions, then the end of the stream."""

    def __init__(self, *portions: bytes) -> None:
        self._portions = [portion for portion in portions if portion]

    def recv(self, size: int) -> bytes:
        return self._portions.pop(0) if self._portions else b""

    def settimeout(self, seconds: float | None) -> None:
        assert seconds is not None
        assert seconds > 0


def wire(*portions: bytes) -> Wire:
    return Wire(Portions(*portions), read_timeout=1, deadline=time.monotonic() + 60)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    bounds = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in pairwise(bounds)]


def chunked(pieces: list[bytes]) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces if piece) + b"0\r\n\r\n"


@given(st.lists(st.binary(max_size=60), max_size=8), st.lists(st.integers(0, 2_000), max_size=12))
def test_chunks_join_to_the_body_however_the_network_cuts_them(pieces: list[bytes], places: list[int]) -> None:
    data = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(pieces)
    whole = wire(*cut(data, places))
    body = read_body(whole, read_head(whole), LIMIT)
    assert (body.payload, body.truncated, body.reusable) == (b"".join(pieces), None, True)


@given(
    st.binary(max_size=400), st.lists(st.integers(0, 2_000), max_size=6), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n"])
)
def test_no_bytes_break_the_reader(data: bytes, places: list[int], start: bytes) -> None:
    hostile = wire(*cut(start + data, places))
    try:
        head = read_head(hostile)
    except (NotHttp, Disconnected):
        return
    body = read_body(hostile, head, 50)
    assert len(body.payload) <= 50
    assert body.truncated in {None, "length", "time", "disconnect", "unspecified"}


@pytest.mark.parametrize(
    ("headers", "data", "expected", "truncated"),
    [
        ((("Content-Length", "3"), ("content-length", "3")), b"abc", b"abc", None),
        ((("Content-Length", "3, 3"),), b"abc", b"abc", None),
        ((("Content-Length", "3"), ("Content-Length", "5")), b"abcdefg", b"abcdefg", None),
        ((("Content-Length", "-3"),), b"abc", b"abc", None),
        ((("Content-Length", "9" * 40),), b"abc", b"abc", None),
        ((("Content-Length", "٣"),), b"abcd", b"abcd", None),
        ((("Content-Length", "0"),), b"", b"", None),
        ((("Transfer-Encoding", "chunked"), ("Content-Length", "1")), b"3\r\nabc\r\n0\r\n\r\n", b"abc", None),
        ((("Transfer-Encoding", "chunked"),), b"3\r\nabcX\r\n0\r\n\r\n", b"abc", "unspecified"),
        ((("Transfer-Encoding", "chunked"),), b"1_0\r\nabc", b"", "unspecified"),
        ((("Transfer-Encoding", "chunked"),), b"", b"", "disconnect"),
    ],
)
def test_length_of_a_body(
    headers: tuple[tuple[str, str], ...], data: bytes, expected: bytes, truncated: str | None
) -> None:
    body = read_body(wire(data), Head("HTTP/1.1 200 OK", 200, headers), LIMIT)
    assert (body.payload, body.truncated) == (expected, truncated)


@pytest.mark.parametrize("status", [204, 304])
def test_answers_without_a_body_leave_the_connection_usable(status: int) -> None:
    body = read_body(wire(b""), Head(f"HTTP/1.1 {status} x", status, (("Content-Length", "500"),)), LIMIT)
    assert (body.payload, body.truncated, body.reusable) == (b"", None, True)


def test_folded_and_malformed_header_lines_are_kept() -> None:
    head = read_head(wire(b"HTTP/1.1 200 OK\r\nX-Long: one\r\n\t two\r\nno colon here\r\n: no name\r\n\r\n"))
    assert head.headers == (("X-Long", "one two"), ("no colon here", ""), ("", "no name"))


def test_bare_line_feeds_end_lines_too() -> None:
    assert read_head(wire(b"HTTP/1.0 200\nA: b\n\n")).headers == (("A", "b"),)


def test_deadline_in_the_past_ends_the_reading() -> None:
    late = Wire(Portions(b"HTTP/1.1 200 OK\r\n"), read_timeout=1, deadline=time.monotonic() - 1)
    with pytest.raises(TimeoutError):
        read_head(late)
