"""Names shown to people cannot turn the terminal or the direction of writing against them."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.capture.names import base_name, shown, storable


def test_deceiving_characters_become_escapes_and_letters_stay() -> None:
    assert shown("تقرير\u202egpj.exe") == "تقرير\\u202egpj.exe"
    assert shown("a\nb\x1b[2J\x7f") == "a\\x0ab\\x1b[2J\\x7f"
    assert shown("b\udcff\udce9") == "b\\xff\\xe9"
    assert shown("می‌خواهم") == "می‌خواهم"


def test_long_names_are_cut() -> None:
    assert shown("x" * 50, limit=10) == "x" * 10 + "…"


def test_only_the_base_name_is_taken() -> None:
    assert base_name(Path("/home/someone/cases/page.html")) == "page.html"
    assert base_name(Path("folder") / "bad\udcff.txt") == "bad\\xff.txt"


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_anything_shown_fits_one_printable_line(text: str) -> None:
    safe = shown(text)
    assert len(safe.splitlines()) <= 1
    assert "\x1b" not in safe
    safe.encode()
    storable(text).encode()
