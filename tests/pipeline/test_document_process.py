import os
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from page.pdf_maker import Text, pdf, written
from tawthiq.page import anatomy
from tawthiq.pipeline import document_process
from tawthiq.pipeline.document_process import page_of_bytes
from tawthiq.records.errors import UnreadableCapture

HELLO = [[Text(50, 700, "The market was closed on Monday.")]]


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<<" + entries + b"/Length %d>>stream\n" % len(content) + content + b"\nendstream"


def drawing(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<" + resources + b">>>>"
    tree = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return written([b"<</Type/Catalog/Pages 2 0 R>>", tree, sheet, content, *more])


def test_a_document_comes_back_as_anatomy_takes_it_apart() -> None:
    told: list[str] = []
    data = pdf(HELLO)
    assert page_of_bytes(data, id="x", url="https://www.example.org/a.pdf", told=told.append) == anatomy(
        data, id="x", url="https://www.example.org/a.pdf"
    )
    assert told == ["sheet 1", "its layout"]


def test_what_is_no_document_is_read_here() -> None:
    assert page_of_bytes(b"<html><p>One line of text here.</p></html>", id="x").text == "One line of text here."


def test_an_error_of_the_reader_comes_back_as_it_is() -> None:
    with pytest.raises(UnreadableCapture, match="damaged past repair") as caught:
        page_of_bytes(b"%PDF-1.7\nnothing", id="file.pdf")
    assert caught.value.item == "file.pdf"
    assert caught.value.advice


def test_a_picture_is_refused_where_it_is_not_recognized() -> None:
    with pytest.raises(UnreadableCapture, match="PNG"):
        page_of_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40), id="x", recognize=False)


def test_a_picture_of_which_nothing_is_recognized_is_named_with_the_reason() -> None:
    with pytest.raises(UnreadableCapture, match="recogni") as refused:
        page_of_bytes(b"\x89PNG\r\n\x1a\n", id="leaflet.png")
    assert refused.value.item == "leaflet.png"


def test_a_stream_that_unfolds_past_measure_is_refused() -> None:
    bomb = drawing(stream(b"/Filter/FlateDecode", zlib.compress(b" " * (60 << 20))))
    with pytest.raises(UnreadableCapture, match="unfolds to more than"):
        page_of_bytes(bomb, id="x")


def test_a_document_that_holds_up_or_ends_its_reader_is_given_up() -> None:
    """Drawings that draw each other ten times over, twelve deep: 10 to the 12th characters."""
    forms = [
        stream(b"/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X %d 0 R>>>>" % (6 + level), b"/X Do " * 10)
        for level in range(12)
    ]
    last = stream(b"/Subtype/Form/BBox[0 0 1 1]", b"0 0 m")
    nested = drawing(stream(b"", b"/X Do"), *forms, last, resources=b"/XObject<</X 5 0 R>>")
    with pytest.raises(UnreadableCapture, match="reader"):
        page_of_bytes(nested, id="x")


def test_only_the_first_sheets_of_a_very_long_document_are_read() -> None:
    kids = b"3 0 R " * 10_000
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 10000/Kids[" + kids + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    page = page_of_bytes(written(objects), id="x")
    assert len(page.sheets) == 2000
    assert page.notes == ("only the first 2000 of 10000 sheets are taken apart",)


@pytest.mark.parametrize("words", ['{"page": {"schema": ', "a library says something\n"])
def test_an_answer_that_breaks_off_names_the_document(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_process, "COMMAND", (sys.executable, "-c", f"print({words!r}, end='')"))
    with pytest.raises(UnreadableCapture, match="middle of a word") as caught:
        page_of_bytes(pdf(HELLO), id="file.pdf")
    assert caught.value.item == "file.pdf"


def test_the_recognizer_ends_with_the_reader_that_started_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = tmp_path / "pid"
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\ncase "$1" in\n--version) echo "tesseract 5.0";;\n--list-langs) echo ara;;\n'
        f"*) echo $$ > {begun}.new; mv {begun}.new {begun}; exec sleep 120;;\nesac\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    def interrupt(doing: str) -> None:
        assert doing == "recognizing sheet 1 of 1"
        assert comes_true(begun.exists)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        page_of_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40), id="x", told=interrupt)
    assert comes_true(lambda: not Path(f"/proc/{begun.read_text().strip()}").exists())


def comes_true(question: Callable[[], bool]) -> bool:
    """Whether an answer becomes yes within a minute."""
    return any(question() or time.sleep(0.05) for _ in range(1200))
