"""Files of other programs come back as rows: what we wrote as we wrote it, what they wrote however broken it is."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchanged_incidents import ABOUT
from tawthiq.pipeline.table_capture import mapped
from tawthiq.pipeline.table_file import read_table
from tawthiq.publication.exchange import bayanat, ftm, uwazi
from tawthiq.publication.exchange.bayanat_reading import is_bayanat, read_bayanat
from tawthiq.publication.exchange.foreign_tables import foreign_table, form_of
from tawthiq.publication.exchange.ftm_reading import read_ftm
from tawthiq.publication.exchange.ready_mappings import ready_mapping
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedPlace, DisclosedReport, DisclosedSlot
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.event import Event
from tawthiq.records.exchange import ExchangeForm, ExchangeRead
from tawthiq.records.table import RowProblem, TableReading

REPORT = DisclosedReport(
    "20260103T000000Z-1", 1, "شبكة الميدان", "قصف السوق", "https://news.example.org/a", "", "ar", date(2026, 1, 3), None, "",
    "text/html", "ab" * 32, 4,
)  # fmt: skip
KILLED = DisclosedClaim(
    "k1", 0, "killed", "killed", "all", False, 3, 5, None, None, "", "", "3-5", "", "", False, 1, REPORT.document, 0, 10, 22,
    "=ثلاثة إلى خمسة | قتلى", None,
)  # fmt: skip
WHO = replace(
    KILLED,
    key="w1",
    slot="who",
    harm="",
    group="",
    minimum=None,
    maximum=None,
    code="russia",
    shown="روسيا",
    text="روسيا",
)
INCIDENT = DisclosedIncident(
    12, "shelling", date(2026, 1, 2), date(2026, 1, 3), "verified", "holds", False, (), 0.5, "person",
    (DisclosedPlace("SY-aleppo", "حلب", "Aleppo", "city", "SY", 36.2, 37.16, False),),
    (
        DisclosedSlot("killed-all", "killed", "all", "single", "", (), (KILLED,)),
        DisclosedSlot("who", "who", "", "single", "", (), (WHO,)),
    ),
    (), (REPORT,), 1, ("IND",), (), (), (), (), (), date(2026, 2, 1),
)  # fmt: skip


def back(path: Path, form: ExchangeForm, speaker: str = "") -> TableReading:
    """What comes in of a file by the mapping that is ready."""
    data = path.read_bytes()
    sheet = read_table(path.name, data).sheets[0]
    return mapped(path.name, data, ready_mapping(form, sheet, speaker))


def only(read: TableReading) -> Event:
    assert len(read.reading.events) == 1
    return read.reading.events[0]


def test_an_incident_goes_out_to_uwazi_and_comes_back(tmp_path: Path) -> None:
    uwazi.write(iter([INCIDENT]), ABOUT, tmp_path / "out.zip")
    event = only(back(tmp_path / "out.zip", ExchangeForm.UWAZI, "فريقنا"))
    assert event.act == "shelling"
    assert event.when
    assert event.when.period
    assert (event.when.period.first, event.when.period.last) == (INCIDENT.first, INCIDENT.last)
    assert [place.resolved and place.resolved.name_en for place in event.places] == ["Aleppo"]
    assert [(count.harm, count.minimum, count.maximum) for count in event.counts] == [("killed", 3, 5)]
    assert [mention.actor for mention in event.by] == ["russia"]


def test_an_incident_goes_out_to_followthemoney_and_comes_back(tmp_path: Path) -> None:
    ftm.write(iter([INCIDENT]), ABOUT, tmp_path / "out")
    read = back(tmp_path / "out" / ftm.ENTITIES, ExchangeForm.FTM)
    event = only(read)
    assert (event.act, event.country) == ("shelling", "SY")
    assert event.when
    assert event.when.period
    assert (event.when.period.first, event.when.period.last) == (INCIDENT.first, INCIDENT.last)
    assert [(count.harm, count.minimum, count.maximum) for count in event.counts] == [("killed", 3, 5)]
    assert [mention.actor for mention in event.by] == ["russia"]
    assert read.reading.statements[0].speaker
    assert read.reading.statements[0].speaker.mention.text == "شبكة الميدان"
    assert read.rows[0].identifier == "12"


def test_an_incident_goes_out_to_bayanat_and_comes_back(tmp_path: Path) -> None:
    bayanat.write(iter([INCIDENT]), ABOUT, tmp_path / "out")
    event = only(back(tmp_path / "out" / bayanat.INCIDENTS, ExchangeForm.BAYANAT))
    assert event.act == "shelling"
    assert event.when
    assert event.when.period
    assert (event.when.period.first, event.when.period.last) == (INCIDENT.first, INCIDENT.last)


def test_what_uwazi_exports_comes_back_although_its_ranges_have_another_sign(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        "Title,Date added,Template,Act,Days,Places,Killed,Documents,Attachments,Published\n"
        "A market was hit,2026-03-01,Incident,Shelling,2026-01-02~2026-01-03,SY::Aleppo,3-5,,,Published\n"
    )
    read = back(path, ExchangeForm.UWAZI, "our team")
    event = only(read)
    assert event.when
    assert event.when.period
    assert str(event.when.period.last) == "2026-01-03"
    assert [place.resolved and place.resolved.name_en for place in event.places] == ["Aleppo"]
    assert read.whole == 1
    text = "2026-01-02~2026-01-03"
    assert event.when.mention.text == text


def test_a_range_that_runs_backwards_or_has_one_end_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Title,Act,Days\nOne,Shelling,2026-01-03~2026-01-02\nTwo,Shelling,2026-01-03~\n")
    read = back(path, ExchangeForm.UWAZI, "our team")
    assert [problem.kind for row in read.rows for problem in row.problems] == [
        RowProblem.DATE_BACKWARDS,
        RowProblem.DATE_OPEN,
    ]


def exported(count: int) -> list[dict[str, Any]]:
    return [
        {
            "class": "bulletin", "id": number, "originid": None, "title": f"Bulletin {number}",
            "description": "<p>One<br>two &amp; three</p>", "events": [
                {"id": 1, "title": "Strike", "from_date": "2026-01-02T00:00", "eventtype": {"id": 2, "title": "Airstrike"}}
            ],
            "locations": [{"id": 3, "title": "Aleppo"}], "sources": [{"id": 4, "title": "Field network"}], "source_link": "NA",
        }
        for number in range(count)
    ]  # fmt: skip


def as_bayanat_writes(items: list[dict[str, Any]]) -> str:
    """Batches of 250 without a comma between them."""
    batches = [",".join(map(json.dumps, items[at : at + 250])) for at in range(0, len(items), 250)]
    return '{ \n"bulletins": [ \n' + "".join(f"{batch}\n" for batch in batches) + "] \n }"


def test_commas_that_are_missing_between_batches_are_supplied_and_told() -> None:
    text = as_bayanat_writes(exported(600))
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    read = read_bayanat(text)
    assert [row.id for row in read.rows] == [str(number) for number in range(600)]
    assert read.notes == ("2 commas between items were missing and were supplied",)
    first = read.rows[0]
    assert (first.act, first.first, first.place, first.speaker, first.link) == (
        "Airstrike",
        "2026-01-02",
        "Aleppo",
        "Field network",
        "",
    )
    assert first.description == "Bulletin 0 — One two & three"


def test_an_item_that_cannot_be_read_is_named_and_the_others_are_read() -> None:
    items = [json.dumps(each) for each in exported(4)]
    items[1] = items[1].replace('"title"', '"title', 1)
    read = read_bayanat('{"bulletins": [' + ",".join(items) + "]}")
    assert [row.id for row in read.rows] == ["0", "2", "3"]
    assert read.notes[0].startswith("item 2 cannot be read")


def test_a_file_that_breaks_off_gives_what_is_whole_and_says_so() -> None:
    text = as_bayanat_writes(exported(3))
    read = read_bayanat(text[: text.index('"Bulletin 2"')])
    assert [row.id for row in read.rows] == ["0", "1"]
    assert read.notes
    whole = read_bayanat(text[: text.rindex("]")])
    assert whole.notes == ("the file breaks off after item 3",)


@settings(deadline=None)
@given(st.text(), st.integers(0, 300))
def test_no_damage_to_an_export_raises(noise: str, at: int) -> None:
    text = as_bayanat_writes(exported(2))
    for broken in (text[:at] + noise + text[at:], text[:at] + text[at + 20 :], '{"bulletins": [' + noise):
        if is_bayanat(broken):
            assert isinstance(read_bayanat(broken), ExchangeRead)


@settings(deadline=None)
@given(st.text(), st.binary())
def test_any_bytes_are_a_table_none_or_refused(noise: str, data: bytes) -> None:
    entity = '{"id": "a", "schema": "Event", "properties": {"name": ["x"]}}'
    for each in (data, b"PK\x03\x04" + data, b"{" + data, f"{entity}\n{noise}".encode("utf-8", "replace")):
        try:
            foreign_table("file", each)
        except UnreadableInput:
            continue


def test_lines_that_are_no_entity_are_named() -> None:
    read = read_ftm('{"id": "a", "schema": "Event", "properties": {"name": ["x"]}}\nnonsense\n[]\n')
    assert [row.description for row in read.rows] == ["x"]
    assert read.notes == ("line 2 is no entity", "line 3 is no entity")


def test_files_are_told_by_their_form(tmp_path: Path) -> None:
    uwazi.write(iter([INCIDENT]), ABOUT, tmp_path / "out.zip")
    bayanat.write(iter([INCIDENT]), ABOUT, tmp_path / "out")
    assert form_of((tmp_path / "out.zip").read_bytes()) is ExchangeForm.UWAZI
    assert form_of((tmp_path / "out" / bayanat.BULLETINS).read_bytes()) is ExchangeForm.BAYANAT
    assert form_of((tmp_path / "out" / bayanat.ACTORS).read_bytes()) is None
    assert form_of(b"id,title\n1,x\n") is None
