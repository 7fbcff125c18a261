import subprocess
from pathlib import Path

import pytest

from page.pdf_maker import Text, pdf
from tawthiq.page import anatomy
from tawthiq.page.document_bytes import raw_document
from tawthiq.pipeline import recognizing
from tawthiq.pipeline.recognizing import INSTALL, NotRecognized, Tesseract, recognition
from tawthiq.records.sheet_words import Box, Recognition, RecognizedSheet, RecognizedWord

WHITE = b"P5\n60 80\n255\n" + b"\xff" * 4800
TABLE = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n"
    "4\t1\t1\t1\t1\t0\t1800\t300\t400\t60\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t2050\t300\t150\t60\t91.5\tحصاد\n"
    "5\t1\t1\t1\t1\t2\t1800\t300\t230\t60\t40\tالأسبوع\n"
    "5\t1\t1\t1\t1\t3\t1700\t300\t20\t60\t95\t \n"
    "4\t1\t1\t1\t2\t0\t1800\t500\t400\t60\t-1\t\n"
    "5\t1\t1\t1\t2\t1\t2050\t500\t150\t60\t-5\tنص\n"
)


def program(folder: Path, script: str) -> Tesseract:
    """A recognizer that is a shell script."""
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return Tesseract(str(path), "5.0", ("ara", "eng"))


@pytest.fixture
def scan() -> bytes:
    return pdf([[], []], picture=WHITE)


def recognized(scan: bytes) -> Recognition:
    found = recognition(scan, raw_document(scan, "scan"), "scan")
    assert found is not None
    return found


def test_the_table_of_words_becomes_lines_with_boxes_in_points_and_confidence() -> None:
    sheet = dict(recognizing._sheets(TABLE, 300 / 72))[1]
    assert (sheet.width, sheet.height) == (595.2, 841.92)
    assert [[word.text for word in line] for line in sheet.lines] == [["حصاد", "الأسبوع"], ["نص"]]
    first = sheet.lines[0][0]
    assert (first.box.left, first.box.top, first.box.right, first.box.bottom) == (492, 72, 528, 86.4)
    assert [word.confidence for line in sheet.lines for word in line] == [0.915, 0.4, 0.0]


def test_doubtful_sheets_are_told_of(scan: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "table").write_text(TABLE)
    machine = program(tmp_path, f"cat > {tmp_path}/asked; cat {tmp_path}/table")
    monkeypatch.setattr(recognizing, "tesseract", lambda: machine)
    page = anatomy(scan, id="scan", recognition=recognized(scan))
    assert [sheet.confidence for sheet in page.sheets] == [0.497, 0.497]
    assert page.notes[0] == "recognized by tesseract 5.0 ara, ara+eng"
    assert "sheets 1-2 were recognized with little confidence" in page.notes[1]
    assert (tmp_path / "asked").read_bytes().startswith(b"P5\n")


def test_without_a_recognizer_the_sheets_stay_and_a_note_tells_what_to_install(
    scan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognizing, "tesseract", lambda: None)
    page = anatomy(scan, id="scan", recognition=recognized(scan))
    assert len(page.sheets) == 2
    assert any(INSTALL in note for note in page.notes)
    assert any("hold pictures only" in note for note in page.notes)


def test_a_recognizer_that_fails_costs_its_sheet_only(
    scan: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = program(tmp_path, "cat > /dev/null; echo 'it broke' >&2; exit 3")
    monkeypatch.setattr(recognizing, "tesseract", lambda: machine)
    assert recognized(scan).notes == ("sheet 1 was not recognized: it broke", "sheet 2 was not recognized: it broke")


def test_a_recognizer_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = program(tmp_path, "exec sleep 600")
    monkeypatch.setattr(recognizing, "SECONDS", 0.3)
    with pytest.raises(NotRecognized, match="more than"):
        recognizing._table(machine, WHITE, "ara")


def test_an_interrupt_ends_the_recognizer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = program(tmp_path, "exec sleep 600")
    started: list[subprocess.Popen[bytes]] = []

    def interrupted(running: "subprocess.Popen[bytes]", *_: object, **__: object) -> None:
        started.append(running)
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        recognizing._table(machine, WHITE, "ara")
    assert started[0].poll() is not None


def test_a_document_with_text_is_not_recognized() -> None:
    data = pdf([[Text(50, 700, "The market was closed on Monday.")]])
    assert recognition(data, raw_document(data, "x"), "x") is None


def words(*read: tuple[str, float]) -> RecognizedSheet:
    """One line of words, each in its own box, from left to right."""
    boxes = [Box(40.0 * at, 0, 40.0 * at + 30, 10) for at in range(len(read))]
    line = tuple(RecognizedWord(text, box, sure) for (text, sure), box in zip(read, boxes, strict=True))
    return RecognizedSheet(200, 200, (line,))


def test_english_names_are_taken_from_the_mixed_reading_and_arabic_words_never() -> None:
    arabic = words(("ثلاثة", 0.91), ("117", 0.4), ("أشخاص", 0.93), ("قتلوا", 0.92), ("اليوم", 0.95))
    mixed = words(("BW", 0.95), ("Weekly", 0.95), ("أشخاص", 0.93), ("قتلوا", 0.92), ("اليوم", 0.95))
    merged = recognizing._merged(arabic, mixed)
    assert [word.text for line in merged.lines for word in line] == ["ثلاثة", "Weekly", "أشخاص", "قتلوا", "اليوم"]


def test_a_sheet_in_english_is_read_as_english() -> None:
    arabic = words(("0022", 0.2), ("لا", 0.3))
    mixed = words(("The", 0.95), ("market", 0.96))
    assert recognizing._merged(arabic, mixed) == mixed
