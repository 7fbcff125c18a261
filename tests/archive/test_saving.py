"""Records become rows and come back as they were."""

from pathlib import Path

import pytest

from sample_archive import arabic_page, arabic_reading, make_folder
from tawthiq.archive.captures import take_in
from tawthiq.archive.database import open_database
from tawthiq.archive.models import Capture, Event, EventActor, EventCount, EventPlace, EventVictim, Report, Statement
from tawthiq.archive.models.keys import row_key
from tawthiq.archive.restoring import read_reports
from tawthiq.archive.saving import publisher, save_report
from tawthiq.pipeline.read_capture import ReadCapture, document_of
from tawthiq.records.errors import UnreadableCapture


@pytest.fixture
def read(tmp_path: Path) -> ReadCapture:
    folder = make_folder(tmp_path / "archive", {"a.html": b"<p>payload</p>"})
    open_database(folder.database)
    take_in(folder)
    capture = Capture.objects.get()
    page = arabic_page(capture.identifier)
    read = ReadCapture(page, arabic_reading(page))
    save_report(capture, read)
    return read


def test_a_saved_reading_comes_back_as_it_was(read: ReadCapture) -> None:
    (restored,) = (found for _, found in read_reports([(1, 2)]))
    assert restored.reading == read.reading
    assert restored.document == document_of(read.page)


def test_a_document_to_read_leaves_comments_and_navigation_out(read: ReadCapture) -> None:
    readable = document_of(read.page).readable
    assert readable is not None
    shown = " ".join(span.of(read.page.text) for span in readable)
    assert "غارة على أطراف الرقة" in shown
    assert "كراهية" not in shown
    assert "الرئيسية" not in shown


def test_every_row_with_a_span_holds_the_characters_of_its_span(read: ReadCapture) -> None:
    text = read.page.text
    rows = [
        row
        for model in (Event, EventActor, EventCount, EventPlace, EventVictim, Statement)
        for row in model.objects.all()
    ]
    assert len(rows) == 2 + 1 + 2 + 2 + 1 + 2
    assert all(text[row.start : row.end] == row.text for row in rows)


def test_a_place_with_two_homes_keeps_both_and_is_not_resolved(read: ReadCapture) -> None:
    open_place = EventPlace.objects.get(text="الصالحية")
    assert open_place.code == ""
    assert [entry[0] for entry in open_place.candidates] == ["SY.salhiya.1", "SY.salhiya.2"]


def test_a_report_is_shown_under_its_outlet_else_its_host_else_its_file(read: ReadCapture) -> None:
    assert Report.objects.get().publisher == "شبكة الضفة للتجربة"
    assert Capture.objects.get().source == "a.html"


def test_a_page_of_more_than_a_million_parts_is_refused_by_name() -> None:
    assert row_key(3, 0) < row_key(3, 2**20 - 1) < row_key(4, 0)
    with pytest.raises(UnreadableCapture, match="report 3"):
        row_key(3, 2**20)


@pytest.mark.parametrize(
    ("outlet", "address", "shown"),
    [
        ("شبكة الضفة", "http://127.0.0.3:8080/a", "شبكة الضفة"),
        ("127.0.0.3", "http://127.0.0.3:8080/a", "127.0.0.3:8080"),
        ("example.org", "https://www.example.org/a", "example.org"),
        (None, "https://example.org/a", "example.org"),
        (None, "a.html", ""),
        (None, "http://[bad", ""),
        ("Name", "http://x:999999/", "Name"),
    ],
)
def test_a_report_is_called_by_its_outlet_else_by_host_and_port(outlet: str | None, address: str, shown: str) -> None:
    assert publisher(outlet, address) == shown
