"""Pictures under their band: what it tells, nothing of the picture lost, hostile addresses and files."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tawthiq.capture.browser.framing import Frame, decoded, framed, wire
from tawthiq.capture.browser.png_bands import picture_of, with_band
from tawthiq.records.errors import CaptureFailed

NOW = datetime(2026, 11, 22, 1, 2, 3, 456000, UTC)
FRAME = Frame("http://news.example/خبر", "http://news.example/%D8%AE%D8%A8%D8%B1", NOW, "Chromium 156")


def png(mode: str, width: int, height: int, pixels: bytes | None = None) -> bytes:
    out = BytesIO()
    channels = len(mode)
    image = (
        Image.frombytes(mode, (width, height), pixels) if pixels else Image.new(mode, (width, height), (9,) * channels)
    )
    image.save(out, "PNG")
    return out.getvalue()


@settings(max_examples=60, deadline=None)
@given(
    mode=st.sampled_from(["RGB", "RGBA"]),
    width=st.integers(1, 40),
    height=st.integers(1, 40),
    above=st.integers(0, 9),
    seed=st.binary(min_size=1, max_size=64),
)
def test_band_stands_above_and_every_pixel_below_is_as_it_was(
    mode: str, width: int, height: int, above: int, seed: bytes
) -> None:
    size = width * height * len(mode)
    pixels = b"".join(hashlib.sha256(seed + bytes([number % 256])).digest() for number in range(size // 32 + 1))[:size]
    band = bytes([7]) * (width * len(mode) * above)
    with Image.open(BytesIO(with_band(picture_of(png(mode, width, height, pixels)), band))) as whole:
        whole.load()
        assert whole.size == (width, above + 1 + height)
        assert whole.crop((0, above + 1, width, above + 1 + height)).tobytes() == pixels
        assert whole.crop((0, 0, width, above)).tobytes() == band


def test_frame_is_the_width_of_the_picture_and_holds_ink() -> None:
    plain = png("RGBA", 1280, 50)
    with Image.open(BytesIO(framed(plain, FRAME))) as whole:
        assert whole.width == 1280
        assert whole.height > 150
        assert len(set(whole.convert("L").crop((0, 0, 1280, whole.height - 51)).tobytes())) > 20
        assert whole.getpixel((600, whole.height - 1)) == (9, 9, 9, 9)


def test_two_frames_differ_by_what_they_tell() -> None:
    plain = png("RGB", 1280, 5)
    other = Frame(FRAME.asked, FRAME.final, NOW.replace(second=4), FRAME.browser)
    assert framed(plain, FRAME) == framed(plain, FRAME)
    assert framed(plain, FRAME) != framed(plain, other)


def test_addresses_are_told_in_ascii_and_decoded_where_that_tells_more() -> None:
    assert wire("http://x/خبر?a=1") == "http://x/%D8%AE%D8%A8%D8%B1?a=1"
    assert decoded("http://x/%D8%AE%D8%A8%D8%B1") == "http://x/خبر"
    assert decoded("http://x/plain%20path") == ""
    assert decoded("http://x/%E4%B8%AD") == ""
    assert "\u202e" not in decoded("http://x/%D8%AE%E2%80%AE")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_hostile_addresses_are_drawn_without_fault(address: str) -> None:
    assert framed(png("RGB", 320, 2), Frame(address, address, NOW, "x")).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "data", [b"", b"no picture", png("RGB", 9, 9)[:60], png("RGB", 9, 9)[:-8], b"\x89PNG\r\n\x1a\n" + bytes(40)]
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(CaptureFailed, match="cannot be read"):
        framed(data, FRAME)
