import re

import pytest

from served_archive import PAYLOADS, Desk
from tawthiq.archive.models import Capture, Report, Sheet
from tawthiq.records.page import SheetOrigin
from tawthiq.store import ArchiveFolder
from tawthiq.web import pointing

TEXT = "english"


def asked(desk: Desk, at: str) -> str:
    Report.objects.filter(pk=2).update(text=TEXT)
    Capture.objects.filter(pk=Report.objects.get(pk=2).capture_id).update(content_type="text/html")
    return desk.client().get(f"/reports/2/?at={at}").content.decode()


def test_characters_are_shown_by_node_and_bytes_of_the_preserved_file(desk: Desk) -> None:
    html = asked(desk, "0-4")
    assert "/html/body/h1[1]/text()[1]" in html
    start = PAYLOADS["english.html"].index(b"engl")
    assert f"{start}–{start + 4}" in html


def test_nothing_is_claimed_of_a_file_that_reads_otherwise(desk: Desk) -> None:
    at = desk.english.text.index("seven people")
    html = desk.client().get(f"/reports/2/?at={at}-{at + 5}").content.decode()
    assert "could not be led back to the file" in html
    assert "could not be led back to the file" in asked(desk, "0-99")


def test_nothing_is_claimed_of_bytes_that_differ_from_the_log(desk: Desk) -> None:
    Capture.objects.update(sha256="0" * 64)
    assert "could not be led back to the file" in asked(desk, "0-4")


def test_nothing_is_looked_up_in_a_file_that_is_too_large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pointing, "LARGEST_PAYLOAD", 3)
    assert "could not be led back to the file" in asked(desk, "0-4")


def test_a_file_too_large_as_stored_is_not_loaded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Capture.objects.update(length=pointing.LARGEST_PAYLOAD + 1)
    monkeypatch.setattr(ArchiveFolder, "record", _never)
    assert "could not be led back to the file" in asked(desk, "0-4")


def test_a_document_of_sheets_is_not_loaded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Sheet.objects.create(key=1, report_id=2, number=1, start=0, end=4, origin=SheetOrigin.TEXT.value)
    monkeypatch.setattr(ArchiveFolder, "record", _never)
    assert "could not be led back to the file" in asked(desk, "0-4")


def test_every_value_leads_to_its_place_in_the_file(desk: Desk) -> None:
    html = desk.client().get("/reports/2/").content.decode()
    assert "Where in the preserved file" not in html
    link = re.search(r'href="\?at=(\d+)-(\d+)#in-the-file"', html)
    assert link
    assert 'id="in-the-file"' in desk.client().get(f"/reports/2/?at={link[1]}-{link[2]}").content.decode()


def _never(*_given: object) -> None:
    raise AssertionError("this was not to be called")
