"""A magazine of 46 sheets, from Chromium's PDF and from scans of it, through anatomy, reading and recognition."""

import unicodedata

import pytest

from page.pdf_maker import pdf
from pipeline.chromium_pdf import CHROMIUM, SHEETS, TOLD, TOLD_ON, magazine, paragraphs, printed
from tawthiq.page import anatomy
from tawthiq.page.document_bytes import raw_document, words_of_sheet
from tawthiq.page.painting import is_partition
from tawthiq.page.pdf_drawing import drawn_sheets
from tawthiq.pipeline.read_capture import document_of
from tawthiq.pipeline.recognizing import recognition, tesseract
from tawthiq.reading import read
from tawthiq.records.page import Page, SheetOrigin, ZoneKind

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
scans = pytest.mark.skipif(tesseract() is None, reason="Tesseract with Arabic is not installed")


@pytest.fixture(scope="module")
def page() -> Page:
    return anatomy(magazine(), id="magazine")


def test_every_sheet_keeps_its_number_and_label(page: Page) -> None:
    labels = [sheet.label for sheet in page.sheets]
    assert [sheet.number for sheet in page.sheets] == list(range(1, SHEETS + 1))
    assert labels == [None, *(printed(number) for number in range(2, SHEETS + 1))]


def test_every_paragraph_is_text_of_its_sheet_letter_for_letter(page: Page) -> None:
    for sheet in page.sheets[1:]:
        lines = [line for line in sheet.span.of(page.text).split("\n") if len(line) > 60]
        assert lines == paragraphs(sheet.number)
    assert is_partition(page.zones, len(page.text))


def test_cover_and_running_heads_are_told_apart_from_text(page: Page) -> None:
    assert page.title == "صدى الساحل"
    assert page.published
    assert page.published.day.isoformat() == "2014-03-12"
    assert page.language == "ar"
    assert "العدد السابع" not in page.body
    assert len(page.zones_of(ZoneKind.NAVIGATION)) == SHEETS - 1


def test_a_statement_points_to_the_sheet_that_tells_it(page: Page) -> None:
    reading = read(document_of(page))
    at = page.text.index(TOLD)
    told = [statement for statement in reading.statements if at <= statement.cue.span.start < at + len(TOLD)]
    assert told
    sheet = next(sheet for sheet in page.sheets if sheet.span.contains(told[0].cue.span))
    assert sheet.number == TOLD_ON
    assert any(sheet.span.contains(event.trigger.span) for event in reading.events)


def test_words_of_the_sheet_have_places_on_it(page: Page) -> None:
    words = words_of_sheet(magazine(), TOLD_ON)
    speaker = next(word for word in words if word.span.of(page.text) == "المتحدث")
    assert 300 < speaker.box.left < speaker.box.right < 545


@scans
def test_a_scan_is_recognized_with_its_confidence() -> None:
    wanted = (30, 31)
    pictures = [sheet.picture for sheet in drawn_sheets(magazine(), "magazine", wanted)]
    for number, picture in zip(wanted, pictures, strict=True):
        scan = pdf([[]], picture=picture)
        raw = raw_document(scan, "scan")
        assert raw.unread == (1,)
        found = recognition(scan, raw, "scan")
        assert found is not None
        page = anatomy(scan, id="scan", recognition=found)
        due = "\n".join(paragraphs(number))
        read_text = "\n".join(line for line in page.text.split("\n") if len(line) > 40)
        assert errors(plain(due), plain(read_text)) < 0.05
        sheet = page.sheets[0]
        assert sheet.origin is SheetOrigin.RECOGNIZED
        assert sheet.confidence is not None
        assert 0.75 < sheet.confidence <= 1
        assert page.notes == (f"recognized by {tesseract()}",)
        words = words_of_sheet(scan, 1, found)
        assert all(word.confidence is not None for word in words)
        assert [word.span.of(page.text) for word in words] == page.text.split()


def plain(text: str) -> str:
    """Letters and digits: what recognition is measured on, commas and stretched forms aside."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if character.isalnum())


def errors(due: str, found: str) -> float:
    """The share of characters to change (edit distance over the length of `due`)."""
    before = list(range(len(found) + 1))
    for row, wanted in enumerate(due, start=1):
        current = [row]
        for at, letter in enumerate(found):
            current.append(min(before[at + 1] + 1, current[at] + 1, before[at] + (wanted != letter)))
        before = current
    return before[-1] / len(due)
