"""A PDF kept in an archive: read, its sheets as rows, its report headed sheet by sheet; pictures wait to be asked for."""

from datetime import date

from page.pdf_maker import Text, pdf
from sample_archive import keep
from served_archive import Desk
from tawthiq.archive.models import Capture, Report
from tawthiq.archive.rebuilding import read_archive
from tawthiq.archive.restoring import texts
from tawthiq.pipeline.correct_page import CORRECTED

WORDS = (
    "A spokesman of the town said three people were killed in shelling",
    "of the market on Monday 3 March 2014 and seven were wounded.",
)


def document(facts: str = "") -> bytes:
    """Three sheets with printed numbers from 10; the second tells of an attack."""
    return pdf(
        [
            [Text(50, 760, "Coast Weekly, a magazine", 24), Text(290, 30, "10", 9)],
            [Text(50, 760, WORDS[0]), Text(50, 744, WORDS[1]), Text(290, 30, "11", 9)],
            [Text(50, 760, "The weather stays dry until the end of the week."), Text(290, 30, "12", 9)],
        ],
        facts=facts,
    )


def test_a_report_of_a_pdf_heads_each_sheet_with_its_numbers(desk: Desk) -> None:
    keep(desk.folder, {"weekly.pdf": document()}, "application/pdf")
    assert read_archive(desk.folder, workers=1).failed == ()
    report = Report.objects.get(capture__source="weekly.pdf")
    assert report.title == "Coast Weekly, a magazine"
    assert [(sheet.number, sheet.label, sheet.origin) for sheet in report.sheets.all()] == [
        (1, "10", "text"), (2, "11", "text"), (3, "12", "text"),
    ]  # fmt: skip
    statement = report.statements.get()
    sheet = next(sheet for sheet in report.sheets.all() if sheet.start <= statement.cue_start < sheet.end)
    assert sheet.number == 2
    shown = desk.client().get(f"/reports/{report.pk}/").content.decode()
    assert shown.index("Page 1") < shown.index("Page 2") < shown.index("spokesman") < shown.index("Page 3")
    assert shown.count('class="sheet-head"') == 3


def test_the_day_on_which_a_file_was_made_is_not_that_of_publication_even_if_the_page_is_found_right(
    desk: Desk,
) -> None:
    keep(desk.folder, {"weekly.pdf": document("/CreationDate(D:20240312101500Z)")}, "application/pdf")
    read_archive(desk.folder, workers=1)
    report = Report.objects.get(capture__source="weekly.pdf")
    assert (report.published, report.metadata_published) == (None, date(2024, 3, 12))
    assert [found.document.published for _, found in texts([(report.pk, report.pk + 1)])] == [None]
    assert desk.client().post(f"/reports/{report.pk}/page/confirm/", {"seen": "0"}).status_code == 302
    report = Report.objects.get(pk=report.pk)
    assert CORRECTED in report.reader
    assert report.published is None


def test_a_file_without_a_stated_type_is_known_as_a_pdf_by_its_bytes(desk: Desk) -> None:
    keep(desk.folder, {"unnamed": document()}, "application/octet-stream")
    assert read_archive(desk.folder, workers=1).failed == ()
    assert Report.objects.filter(capture__source="unnamed").exists()


def test_pictures_are_kept_unread_until_they_are_asked_for(desk: Desk) -> None:
    keep(desk.folder, {"leaflet.png": b"\x89PNG\r\n\x1a\n" + bytes(30)}, "image/png")
    read_archive(desk.folder, workers=1)
    row = Capture.objects.get(source="leaflet.png")
    assert row.state == Capture.State.KEPT
    assert "--recognize" in row.state_reason
