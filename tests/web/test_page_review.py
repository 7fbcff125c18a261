"""The queue of pages: what disagrees waits, the worst first, until a person has decided."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sample_archive import arabic_reading
from served_archive import Desk
from tawthiq.archive.models import Capture, Report, SecondOpinion
from tawthiq.archive.saving import save_report
from tawthiq.casework.models import PageCorrection
from tawthiq.pipeline.correct_page import CORRECTED, UNFIT
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.opinion import SecondOpinion as SecondOpinionRecord


def disagree(desk: Desk, number: int, agreement: float, outlet: str = "شبكة الضفة للتجربة") -> None:
    """A further report that two extractors see differently."""
    capture = Capture.objects.get(pk=1)
    capture.number, capture.identifier = number, f"c{number}"
    capture.save(force_insert=True)
    made = replace(desk.arabic, id=f"c{number}", outlet=outlet)
    opinion = SecondOpinionRecord("trafilatura 0", "كلمات أخرى", agreement)
    save_report(capture, ReadCapture(made, replace(arabic_reading(made), id=made.id), opinion=opinion))


def decide(number: int, kind: str = "corrected", revision: int = 1) -> None:
    """A person's decision about a report's page."""
    PageCorrection.objects.create(
        capture=f"c{number}", revision=revision, kind=kind, content={}, sha256="", by="heron", at=datetime.now(UTC)
    )


def queue(desk: Desk, query: str = "", language: str = "en") -> list[int]:
    html = desk.client(language).get(f"/review/pages/{query}").content.decode()
    return [int(number) for number in re.findall(r'<h2><a href="/reports/(\d+)/page/', html)]


def test_pages_that_disagree_wait_the_worst_first(desk: Desk) -> None:
    for number, agreement in ((11, 0.89), (12, 0.0), (13, 0.9), (14, 0.5), (15, 1.0)):
        disagree(desk, number, agreement)
    assert queue(desk) == [12, 14, 11]


def test_both_lengths_agreement_title_and_outlet_are_told(desk: Desk) -> None:
    disagree(desk, 11, 0.899)
    html = desk.client().get("/review/pages/").content.decode()
    ours = sum(len(span) for span in desk.arabic.zones_of(next(z.kind for z in desk.arabic.zones if z.kind == "body")))
    assert f"{ours} by Tawthiq, 10 by the other program" in html
    assert "agreement: 89%" in html
    assert desk.arabic.title is not None
    assert desk.arabic.title in html
    assert 'href="/review/pages/" aria-current="page"' in html


def test_a_page_on_which_we_found_no_body_says_so(desk: Desk) -> None:
    disagree(desk, 11, 0.0)
    Report.objects.get(pk=11).zones.filter(kind="body").delete()
    assert "Tawthiq found no body" in desk.client().get("/review/pages/").content.decode()
    SecondOpinion.objects.update(text="")
    Report.objects.get(pk=11)
    assert "0 by Tawthiq, 0 by the other program" in desk.client().get("/review/pages/").content.decode()


def test_the_queue_is_narrowed_by_outlet(desk: Desk) -> None:
    disagree(desk, 11, 0.5)
    disagree(desk, 12, 0.6, outlet="Another outlet")
    assert queue(desk, "?outlet=Another+outlet") == [12]
    assert queue(desk, "?outlet=nonsense") == [11, 12]
    html = desk.client().get("/review/pages/").content.decode()
    assert re.findall(r'<option value="([^"]+)"', html) == ["Another outlet", "شبكة الضفة للتجربة"]


def test_a_page_leaves_when_a_person_has_decided_and_comes_back_when_that_is_withdrawn(desk: Desk) -> None:
    for number in (11, 12, 13):
        disagree(desk, number, 0.5)
    decide(11)
    decide(12, "confirmed")
    assert queue(desk) == [13]
    decide(12, "withdrawn", revision=2)
    assert queue(desk) == [12, 13]


def test_a_decision_that_no_longer_fits_comes_first(desk: Desk) -> None:
    disagree(desk, 11, 0.1)
    disagree(desk, 12, 1.0)
    decide(12)
    report = Report.objects.get(pk=12)
    report.reader += f" + correction 0123456789abcdef{UNFIT}"
    report.save(update_fields=["reader"])
    assert queue(desk) == [12, 11]
    assert "no longer fits" in desk.client().get("/review/pages/").content.decode()


def test_the_view_of_a_decided_page_says_so_and_does_not_call_for_another(desk: Desk) -> None:
    disagree(desk, 11, 0.5)
    assert "A person should look" in desk.client().get("/reports/11/page/").content.decode()
    decide(11)
    html = desk.client().get("/reports/11/page/").content.decode()
    assert "A person has decided" in html
    assert "A person should look" not in html


def test_a_report_whose_page_is_disputed_says_so_where_it_is_read(desk: Desk) -> None:
    disagree(desk, 11, 0.5)
    disagree(desk, 12, 0.95)
    assert 'href="/reports/11/page/#opinion"' in desk.client().get("/reports/11/").content.decode()
    assert "A person should look" not in desk.client().get("/reports/12/").content.decode()
    report = Report.objects.get(pk=11)
    report.reader += f"{CORRECTED}0123456789abcdef"
    report.save(update_fields=["reader"])
    assert "A person should look" not in desk.client().get("/reports/11/").content.decode()


def test_an_empty_queue_says_what_fills_it(desk: Desk) -> None:
    html = desk.client().get("/review/pages/").content.decode()
    assert "No page waits" in html
    assert "tawthiq doctor" in html


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_opens_in_both_languages(desk: Desk, language: str) -> None:
    disagree(desk, 11, 0.5)
    html = desk.client(language).get("/review/pages/").content.decode()
    assert f'<html lang="{language}"' in html
    assert html.count("<script") == html.count(" defer></script>") == 1  # htmx, which no form needs
    assert "style=" not in html
    assert desk.stranger().get("/review/pages/").status_code == 302


def test_the_queue_is_paged_and_asks_the_same_number_of_queries(desk: Desk) -> None:
    disagree(desk, 11, 0.5)
    client = desk.client()
    client.get("/review/pages/")
    with CaptureQueriesContext(connection) as few:
        client.get("/review/pages/")
    for number in range(12, 60):
        disagree(desk, number, 0.5)
    with CaptureQueriesContext(connection) as many:
        client.get("/review/pages/")
    assert len(many) <= len(few)
    assert len(queue(desk)) == 30
    assert queue(desk, "?page=2") == list(range(41, 60))
