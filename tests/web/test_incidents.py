"""The pages of incidents: positions side by side, every claim with its words and source, tolls in time, statements, copies."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linked_incident import make_incident
from served_archive import INCIDENT, Desk
from tawthiq.archive.models import Claim, Incident, Report, Slot

MARKED = (
    r'href="/reports/(\d+)/\?at=(\d+)-(\d+)#at">[^<]*<mark class="is-(?:count|act|place|actor|when)">([^<]+)</mark>'
)


def html_of(desk: Desk, path: str, language: str = "en") -> str:
    answer = desk.client(language).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def slot(html: str, name: str) -> str:
    """The part of the page that holds one slot."""
    part = html.partition(f'id="slot-{name}"')[2]
    return part.partition('<section class="slot"')[0].partition('<section class="panel"')[0]


def test_an_incident_shows_every_claim_with_words_source_and_contradiction(desk: Desk) -> None:
    html = html_of(desk, f"/incidents/{INCIDENT}/")
    assert "Sources contradict each other on" in html
    for words in ("خمسة مدنيين", "seven people", "سكان", "the outlet itself", "Test Wire", "disputed"):
        assert words in slot(html, "killed-all") or words in html
    assert re.findall(r'<bdi class="figure">([^<]+)</bdi>', html) == ["5", "7"]
    assert re.findall(r"cannot be right together with: (\w)", html) == ["B", "A"]


def test_every_claim_leads_to_its_characters(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.web.claims.MOST_CLAIMS", 1000)
    number = make_incident(desk)
    html = html_of(desk, f"/incidents/{number}/")
    links = re.findall(MARKED, html)
    assert len(links) >= Claim.objects.filter(incident=number).exclude(group="children", maximum=None).count()
    texts = dict(Report.objects.values_list("pk", "text"))
    for report, start, end, words in links:
        assert texts[int(report)][int(start) : int(end)] == words


def test_copies_and_quotations_of_one_monitor_count_once(desk: Desk) -> None:
    number = make_incident(desk)
    rows = {
        tuple(sorted({claim.minimum for claim in position.claims.all()})): position.sources
        for position in Slot.objects.get(incident=number, slot="killed", group="all").positions.all()
    }
    assert rows == {(3,): 2, (7,): 2, (9,): 1}
    html = html_of(desk, f"/incidents/{number}/")
    assert "reports: 7, independent sources: 6" in html
    assert "Copies of one dispatch among these reports: 2" in html
    assert "(a body that reports quote)" in html


def test_a_toll_told_on_several_days_has_a_time_line_of_numbers_that_somebody_says(desk: Desk) -> None:
    number = make_incident(desk)
    steps = slot(html_of(desk, f"/incidents/{number}/"), "killed-all").split('<ol class="steps">')[1]
    days = re.findall(r'<time datetime="([^"]+)"', steps)
    assert days == sorted(days)
    assert len(days) >= 4
    assert set(re.findall(r"#at\"><bdi>([^<]+)</bdi>", steps)) == {"3", "7", "9"}
    assert {int(width) for width in re.findall(r'class="bar-told" width="(\d+)"', steps)} == {33, 77, 100}


def test_a_denial_stands_with_its_party_its_sign_and_whom_it_is_about(desk: Desk) -> None:
    number = make_incident(desk)
    html = html_of(desk, f"/incidents/{number}/")
    said = html.split("What parties say about it")[1].split("</section>")[0]
    assert "Denies" in said
    assert '<mark class="is-cue">نفت</mark>' in said
    assert "Russian forces" in said
    assert "disputed" in slot(html, "who")
    assert re.findall(r"denied by: <bdi>([^<]+)</bdi>", slot(html, "who")) == ["وزارة الدفاع الروسية"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_of_a_large_incident_needs_no_script_and_no_inline_style(desk: Desk, language: str) -> None:
    html = html_of(desk, f"/incidents/{make_incident(desk)}/", language)
    assert "<script>" not in html
    assert "style=" not in html


def test_an_incident_of_twenty_one_reports_asks_no_more_queries_than_one_of_seven(desk: Desk) -> None:
    client, asked = desk.client(), []
    for times, first in ((1, 10), (3, 30)):
        path = f"/incidents/{make_incident(desk, times, first)}/"
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked.append(len(queries))
    assert asked[1] <= asked[0]


def test_the_incident_list_shows_tolls_side_by_side_with_their_standing(desk: Desk) -> None:
    html = html_of(desk, "/incidents/")
    assert re.findall(r"<dd><bdi>(\d+)</bdi></dd>", html) == ["5", "7"]
    assert "independent sources: 1" in html
    assert 'class="standing standing-disputed"' in html
    assert "no incident fits" in html_of(desk, "/incidents/?act=arrest").lower()


@pytest.mark.parametrize(
    "query", ["several=on", "disputed=on", "act=airstrike", "several=on&disputed=on", "disputed=killed"]
)
def test_incidents_are_narrowed_by_reports_and_contradictions(desk: Desk, query: str) -> None:
    assert f'href="/incidents/{INCIDENT}/"' in html_of(desk, f"/incidents/?{query}")
    Incident.objects.update(report_count=1, act="arrest")
    Slot.objects.update(standing="agreed")
    assert f'href="/incidents/{INCIDENT}/"' not in html_of(desk, f"/incidents/?{query}")


def test_a_contradiction_about_another_slot_is_not_found_under_this_one(desk: Desk) -> None:
    assert f'href="/incidents/{INCIDENT}/"' not in html_of(desk, "/incidents/?disputed=who")


def test_claims_say_who_was_harmed_and_which_are_part_of_others(desk: Desk) -> None:
    claim = Claim.objects.order_by("key")[1]
    Claim.objects.filter(pk=claim.pk).update(group="children", part_of=True, minimum=2, maximum=2)
    for path in ("/incidents/", f"/incidents/{INCIDENT}/"):
        assert "of them 2 children" in html_of(desk, path)


def test_a_slot_alone_shows_every_claim_and_the_whole_incident_the_first_of_a_position(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawthiq.web.claims.MOST_CLAIMS", 2)
    number = make_incident(desk)
    whole = html_of(desk, f"/incidents/{number}/")
    assert slot(whole, "killed-all").count('<li class="claim">') == 5
    assert 'href="?slot=killed-all">All claims of this position: 3<' in whole
    assert slot(html_of(desk, f"/incidents/{number}/?slot=killed-all"), "killed-all").count('<li class="claim">') == 7
    assert "Nothing is claimed here" in html_of(desk, f"/incidents/{number}/?slot=<script>")


def test_a_report_that_was_taken_out_leaves_no_empty_position(desk: Desk) -> None:
    number = make_incident(desk)
    Report.objects.filter(pk=15).delete()
    part = slot(html_of(desk, f"/incidents/{number}/"), "killed-all")
    assert re.findall(r'<bdi class="figure">([^<]+)</bdi>', part) == ["3", "7"]


def test_tellings_of_a_large_incident_come_some_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.web.views.incidents.TELLINGS", 5)
    number = make_incident(desk)
    pages = [html_of(desk, f"/incidents/{number}/?page={page}") for page in (1, 2)]
    assert [html.count('<article class="panel telling">') for html in pages] == [5, 2]


def test_what_a_report_says_is_shown_as_text_and_never_as_markup(desk: Desk) -> None:
    evil = "<script>alert(1)</script>"
    Claim.objects.update(shown=evil, speaker=evil, text=evil, source=f"outlet {evil}")
    html = html_of(desk, f"/incidents/{INCIDENT}/")
    assert evil not in html
    assert "&lt;script&gt;alert(1)" in html


def test_incidents_of_several_reports_come_before_those_of_one(desk: Desk) -> None:
    known = Incident.objects.get()
    newer = date(2020, 1, 1)
    Incident.objects.create(
        number=2, identifier="i-2", act=known.act, first=newer, last=newer, independent_sources=1, report_count=1,
        linked=known.linked, score=0,
    )  # fmt: skip
    html = desk.client().get("/incidents/").content.decode()
    assert html.index(f'href="/incidents/{INCIDENT}/"') < html.index('href="/incidents/2/"')
    assert "told by one report only: 1" in html
