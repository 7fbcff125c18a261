# ruff: noqa: E501 (sample markup reads better unbroken)
import pytest

from tawthiq.page.sniffing import is_html, refuse_what_is_no_page
from tawthiq.records.errors import UnreadableCapture


@pytest.mark.parametrize(
    ("text", "content_type", "markup"),
    [
        ("<!DOCTYPE html><p>x", None, True), ("\n<!-- saved --><html>", "text/plain", True), ("<?xml version='1.0'?><html>", None, True),
        ("<p>x</p>", "text/html", True), ("<p>x</p>", None, False), ("a < b and c > d", "text/html", False), ("نص <b>غامق</b>", None, False),
        ("<div><p>x</p></div>", None, True), ("خبر " * 900 + "<p>x</p><br><p>", "text/plain", False), ("<p>x</p>" * 12, "text/plain", True),
    ],
)  # fmt: skip
def test_the_bytes_decide_and_the_header_helps(text: str, content_type: str | None, markup: bool) -> None:
    assert is_html(text, content_type) is markup


@pytest.mark.parametrize(
    "data", ["قصف على السوق".encode("utf-16"), "خبر".encode() * 50, b"\x1b[31mred\x1b[0m", b"a\x0cb"]
)
def test_text_in_any_encoding_is_a_page(data: bytes) -> None:
    refuse_what_is_no_page(data, "item")


@pytest.mark.parametrize("data", [b" \n\x00", b"\x7fELF\x02", bytes(range(32)) * 40])
def test_noise_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableCapture) as refused:
        refuse_what_is_no_page(data, "capture-9")
    assert refused.value.item == "capture-9"
