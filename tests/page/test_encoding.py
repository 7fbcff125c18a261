import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.page.encoding import decode

TEXT = "<html><body><p>قال شهود من أهالي البلدة إن القصف طال السوق في ساعة الظهر، وإن المصابين نقلوا إلى المشفى على عجل.</p>"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-16"]
)
@pytest.mark.parametrize(
    "header", [None, "text/html; charset=utf-8", "text/html; charset=windows-1252", "text/html; charset=nonsense"]
)
def test_arabic_is_read_whatever_the_header_says(encoding: str, header: str | None) -> None:
    text = TEXT.replace("،", ",") if encoding == "iso-8859-6" else TEXT
    assert decode(text.encode(encoding), header).text == text


def test_a_lying_declaration_is_noted() -> None:
    found = decode(TEXT.encode("windows-1256"), "text/html; charset=utf-8")
    assert found.encoding == "windows-1256"
    assert any("declares utf-8" in note for note in found.notes)


def test_broken_bytes_in_utf8_are_replaced_and_noted() -> None:
    found = decode(TEXT.encode() + b"\xff\xfe" + TEXT.encode())
    assert found.encoding == "utf-8"
    assert any("could not be decoded" in note for note in found.notes)


def test_nul_characters_are_left_out_and_noted() -> None:
    found = decode(b"one\x00two")
    assert found.text == "onetwo"
    assert any("NUL" in note for note in found.notes)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\ufffd\ufeff"), max_size=80))
def test_utf8_comes_back_unchanged(text: str) -> None:
    assert decode(b"<p>" + text.encode() + b"</p>").text == f"<p>{text}</p>"
