from itertools import pairwise

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


def test_stretches_of_another_encoding_are_decoded_as_such_and_noted() -> None:
    data = TEXT.encode() + "<i>شكراً على الخبر</i>".encode("windows-1256") + "<p>كلام آخر من أهل البلدة</p>".encode()
    found = decode(data)
    assert found.encoding == "utf-8"
    assert found.text == TEXT + "<i>شكراً على الخبر</i><p>كلام آخر من أهل البلدة</p>"
    assert any("stretches" in note for note in found.notes)
    assert [data[start:end].decode(name) for start, end, name in found.stretches] == ["شكراً على الخبر"]


def test_words_of_both_encodings_in_one_piece_are_read_each_in_its_own() -> None:
    data = TEXT.encode() + "<p>أهالي البلدة ".encode() + "شكراً لكم".encode("windows-1256") + " إلى المشفى".encode()
    assert decode(data).text == TEXT + "<p>أهالي البلدة شكراً لكم إلى المشفى"


@pytest.mark.parametrize(
    "label", ["utf-7", "idna", "punycode", "unicode_escape", "undefined", "rot13", "base64", "x" * 40]
)
def test_a_page_cannot_choose_a_codec_that_is_no_encoding_of_the_web(label: str) -> None:
    data = f"<meta charset={label}>".encode() + TEXT.encode("windows-1256")
    assert decode(data, f"text/html; charset={label}").encoding == "windows-1256"


@given(
    st.lists(
        st.tuples(st.sampled_from(["utf-8", "windows-1256"]), st.sampled_from(["شكراً", "من", "(كلام)", "x", "تك"])),
        max_size=20,
    )
)
def test_a_mix_never_crashes_and_covers_every_byte(pieces: list[tuple[str, str]]) -> None:
    data = TEXT.encode() + b"<p>".join(word.encode(encoding) for encoding, word in pieces)
    found = decode(data)
    assert all(start < end <= len(data) for start, end, _ in found.stretches)
    assert all(first[1] <= second[0] for first, second in pairwise(found.stretches))
