# ruff: noqa: E501 (sample markup reads better unbroken)
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page import anatomy
from tawthiq.page.encoding import decode
from tawthiq.page.pointers import Source, pointers
from tawthiq.records.pointer import Pointer
from tawthiq.records.span import Span

PARTS = (
    "<div>", "</div>", "<p>", "</p>", "كلمة ", "قال شهود ", "&amp;", "&nbsp;", "&#1575;", "&notit;", "&NotEqualTilde;", "&#0;", "&",
    "&x;", "&#x85;", "<br>", "<a href=x>", "</a>", "<b>", "</b>", "<i>", "</i>", "<table><tr><td>", "</td></tr></table>", "<tr>",
    "<!-- x -->", "<script>x < y</script>", "<style>", "</style>", "<li>", "<pre>", "</pre>", "\n", "\r\n", "\r", " ", "  \t", "\u00a0",
    "\u202e", "\x0b", "\x1c", "\x00", "<svg><text>", "</svg>", "<math>", "<o:p>", "</o:p>", "<x title='>", "' a=\">", "a < b", "</",
    "<template shadowrootmode=open>", "<template>", "</template>", "<iframe srcdoc='<p>inner text'>", "</iframe>", "<noscript>",
    "</noscript>", "<select><option>", "<textarea>", "<title>", "</title>", "<h1>", "</h1>", "<form>", "<button>", "<frameset>",
    "<plaintext>", "<xmp>", "<body class=x>", "😀", "<div hidden>", "\ufeff",
)  # fmt: skip
ENCODINGS = ("utf-8", "windows-1256", "utf-16", "utf-8-sig")
PAGES = {
    "fostered": "<table><b>خارج الجدول<tr><td>داخله</td>بين</tr></table><p>بعده",
    "misnested": "<p>one <b>two <i>three</b> four</i> five<p>six</x>seven",
    "references": "<p>A&amp;B &lt;tag&gt; &quot;x&quot; &#1575;&#x644; &copyright; &notit; &nbsp;end &bogus; &",
    "breaks": "<pre>\n\n one\r\n two\rthree </pre><p>  spaced \n out  <br> text </p>",
    "raw": "<p>before<script>if (a < b) { '<p>' }</script>after<textarea>left out</textarea><xmp><b>\nraw</xmp>",
    "comments": "<p>a<!-- > -->b<!-->c<?x?>d</3>e",
}


def collapsed(words: str) -> str:
    return "".join(words.split())


def check(data: bytes, content_type: str | None) -> tuple[Pointer, ...]:
    """Every pointer of the page's whole text gives back exactly its characters, in the file and in order."""
    source = Source(data, content_type)
    found = source.pointers(Span(0, len(source.text)))
    decoded = decode(data, content_type)
    position = 0
    for pointer in found:
        assert source.text[position : pointer.span.start].isspace() or position == pointer.span.start
        position = pointer.span.end
        assert pointer.note or pointer.path or not source.is_markup
        if pointer.bytes is not None:
            raw = data[pointer.bytes.start : pointer.bytes.end]
            names = {decoded.encoding, *(name for _, _, name in decoded.stretches)}
            written = {collapsed(raw.decode(name, "replace").replace("\x00", "")) for name in names}
            words = collapsed(pointer.span.of(source.text))
            assert any(text == words or collapsed(unescape(text)) == words for text in written) or "&" in min(written)
    assert source.text[position:].isspace() or position == len(source.text)
    return found


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_visible_character_is_found_in_the_bytes(name: str, encoding: str) -> None:
    data = f"<!doctype html><html><body>{PAGES[name]}".encode(encoding)
    found = check(data, "text/html")
    assert all(pointer.bytes for pointer in found)
    assert all(pointer.path for pointer in found)
    text = anatomy(data, id="x", content_type="text/html").text
    assert collapsed("".join(pointer.span.of(text) for pointer in found)) == collapsed(text)


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join), st.sampled_from(ENCODINGS))
@settings(max_examples=300, deadline=None)
def test_hostile_markup_is_pointed_into_exactly_or_not_at_all(markup: str, encoding: str) -> None:
    check(f"<html><body>{markup}<p>x".encode(encoding, "xmlcharrefreplace"), "text/html")


@given(st.text(alphabet=st.sampled_from("اب \r\n\ufeff\x00x"), min_size=1, max_size=40), st.sampled_from(ENCODINGS))
@settings(max_examples=200, deadline=None)
def test_plain_text_is_found_in_its_bytes_whatever_its_line_ends(text: str, encoding: str) -> None:
    data = f"متن {text}z".encode(encoding, "ignore")
    source = Source(data, "text/plain")
    decoded = decode(data, "text/plain")
    for end in range(1, len(source.text) + 1):
        (pointer,) = source.pointers(Span(end - 1, end))
        assert pointer.bytes is not None
        raw = data[pointer.bytes.start : pointer.bytes.end].decode(decoded.encoding).replace("\x00", "")
        assert raw.replace("\r\n", "\n").replace("\r", "\n") == source.text[end - 1]


def test_a_span_inside_a_word_and_across_nodes_is_cut_to_its_characters() -> None:
    data = "<p>قال <b>شهود من</b> البلدة".encode()
    source = Source(data, "text/html")
    start = source.text.index("هود")
    first, second = source.pointers(Span(start, source.text.index("بلدة")))
    assert (first.path, first.characters, first.bytes) == (
        "/html/body/p[1]/b[1]/text()[1]",
        Span(1, 7),
        Span(data.index("هود".encode()), data.index(b"</b>")),
    )
    assert second.span.of(source.text) == "ال"
    assert second.characters == Span(1, 3)


def test_white_space_alone_comes_from_nowhere() -> None:
    assert pointers(b"<p>one <b> two</b>", Span(3, 4), content_type="text/html") == ()


def test_a_foster_parented_text_is_found_where_it_was_written() -> None:
    data = b"<table><tr><td>in</td></tr>out of it</table>"
    source = Source(data, "text/html")
    (pointer,) = source.pointers(Span(0, 9))
    assert (pointer.path, pointer.bytes) == ("/html/body/text()[1]", Span(data.index(b"out"), data.index(b"</table>")))


def test_a_frame_is_entered_and_its_quoted_bytes_are_not_claimed() -> None:
    source = Source(b"<p>a</p><iframe srcdoc='<p>inside</p>'></iframe>", "text/html")
    (pointer,) = source.pointers(Span(2, 8))
    assert (pointer.frames, pointer.path, pointer.bytes) == (
        ("/html/body/iframe[1]",),
        "/html/body/p[1]/text()[1]",
        None,
    )
    assert pointer.note


def test_a_shadow_root_has_bytes_and_a_note_but_no_path() -> None:
    data = b"<div><template shadowrootmode=open><p>shade</p></template></div>"
    (pointer,) = pointers(data, Span(0, 5), content_type="text/html")
    assert (pointer.path, pointer.bytes) == (None, Span(data.index(b"shade"), data.index(b"</p>")))
    assert pointer.note is not None
    assert "/html/body/div[1]" in pointer.note


def test_tags_left_out_leave_the_bytes_and_take_the_path() -> None:
    data = b"<div>" * 7000 + b"deep inside"
    (pointer,) = pointers(data, Span(0, 11), content_type="text/html")
    assert pointer.path is None
    assert pointer.bytes == Span(35000, 35011)
    assert "left out" in (pointer.note or "")


def test_stretches_in_another_encoding_are_found_in_their_own_bytes() -> None:
    data = "<p>قال شهود من أهالي البلدة إن القصف طال السوق</p>".encode() * 3 + "<i>شكرا على الخبر</i>".encode(
        "windows-1256"
    )
    source = Source(data, "text/html")
    start = source.text.index("على")
    (pointer,) = source.pointers(Span(start, start + 3))
    assert pointer.bytes is not None
    assert data[pointer.bytes.start : pointer.bytes.end] == "على".encode("windows-1256")


def test_a_span_past_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after the text"):
        pointers(b"<p>x</p><p>y</p>", Span(0, 99), content_type="text/html")
