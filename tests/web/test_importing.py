"""Importing a table in the pages: kept first, a dry run that saves nothing, rows let in, taken back."""

import csv
import json
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from served_archive import Desk
from tawthiq.archive.models import Capture, Event, Report, Statement
from tawthiq.casework.domain.custody import TABLE_IMPORTED
from tawthiq.casework.models import Group, ItemRestriction, TableImport, User
from tawthiq.reading.table_contract import mapping_from_json

TABLE = (
    "id,date,governorate,place,type,killed,children killed,party,source,description\n"
    "a1,2021-04-13,Aleppo,al-Bab,airstrike,3,1,Russian forces,A baker,Planes struck the yard of a mill\n"
    "a2,25/04/2021,Aleppo,Nowhere Hill,noise,several?,,xyz,,=2+2\n"
    "a3,,,,,,,,,\n"
)


def sent(desk: Desk, text: str | bytes = TABLE, name: str = "table.csv", language: str = "en") -> int:
    """The number of a table that is brought along."""
    data = text.encode() if isinstance(text, str) else text
    answer = desk.client(language).post("/import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.headers["Location"].split("/")[2])


def form_of(html: str) -> dict[str, str]:
    """What the form of the mapping would send as it stands."""

    class Fields(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: dict[str, str] = {}
            self.select = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            told = dict(attrs)
            if tag == "select":
                self.select = told["name"] or ""
                self.found[self.select] = ""
            elif tag == "option" and "selected" in told:
                self.found[self.select] = told["value"] or ""
            elif tag == "input" and told.get("name") and told.get("type") != "file":
                self.found[str(told["name"])] = told.get("value") or ""

    fields = Fields()
    fields.feed(html)
    return fields.found


def dry(desk: Desk, number: int, **changed: str) -> tuple[str, dict[str, str]]:
    """The dry run of what is guessed, with something changed, and its forms' fields."""
    client = desk.client()
    form = form_of(client.get(f"/import/{number}/").content.decode())
    answer = client.post(f"/import/{number}/", {**form, "check": "1", **changed})
    assert answer.status_code == 200
    html = answer.content.decode()
    return html, form_of(html)


def let_in(desk: Desk, number: int, **changed: str) -> Any:
    html, fields = dry(desk, number, **changed)
    assert fields.get("mapping"), html
    return desk.client().post(f"/import/{number}/confirm/", fields)


def test_a_file_is_evidence_before_anything_is_read_of_it_and_the_same_bytes_are_one_item(desk: Desk) -> None:
    number = sent(desk)
    assert sent(desk, name="other.csv") == number
    assert Capture.objects.get(pk=number).source == "table.csv"
    assert not TableImport.objects.exists()
    facts = [entry.event.facts for entry in desk.folder.entries() if entry.event and entry.event.kind == "captured"]
    assert facts[-1]["facts"] == {"given_by": "heron"}


def test_a_dry_run_tells_what_comes_in_and_why_not_and_saves_nothing(desk: Desk) -> None:
    number = sent(desk)
    html, fields = dry(desk, number)
    assert [column.role.value for column in mapping_from_json(json.loads(fields["mapping"])).columns] == [
        "identifier", "first", "governorate", "place", "act", "count", "count", "party", "speaker", "description",
    ]  # fmt: skip
    assert html.count("<dd>1</dd>") == 3
    for told in ("nothing says what happened", "no place of this name is known", "no number can be read from it"):
        assert told in html
    assert not TableImport.objects.exists()
    assert not Report.objects.filter(pk=number).exists()


def test_rows_come_in_with_the_characters_of_their_cells_once_confirmed(desk: Desk) -> None:
    number = sent(desk)
    answer = let_in(desk, number)
    assert answer.headers["Location"] == f"/import/{number}/?effect=done"
    report = Report.objects.get(pk=number)
    assert report.event_count == 2
    first, second = Event.objects.filter(report=report).order_by("order")
    assert (first.act, str(first.first), first.when_text) == ("airstrike", "2021-04-13", "2021-04-13")
    assert report.text[first.start : first.end] == "airstrike"
    assert [(place.text, place.code) for place in first.places.all()] == [("al-Bab", "sy.bab"), ("Aleppo", "sy.aleppo")]
    assert sorted((c.minimum, c.group, c.part_of) for c in first.counts.all()) == [
        (1, "children", True),
        (3, "all", False),
    ]
    assert second.act == "other"
    assert [row.speaker_text for row in Statement.objects.filter(report=report)] == ["A baker"]
    entries = [entry.event for entry in desk.folder.entries() if entry.event and entry.event.kind == TABLE_IMPORTED]
    assert [entry.facts["rows"] for entry in entries] == [{"whole": 1, "open": 1, "out": 1}]
    assert "mill" not in str(entries[0])
    assert desk.client().get(f"/reports/{number}/").status_code == 200


def test_taking_an_import_back_takes_its_rows_and_leaves_the_file(desk: Desk) -> None:
    number = sent(desk)
    let_in(desk, number)
    answer = desk.client().post(f"/import/{number}/withdraw/", {"seen": "1"})
    assert answer.headers["Location"].endswith("effect=done")
    assert not Report.objects.filter(pk=number).exists()
    assert Capture.objects.get(pk=number).state == "kept"
    assert desk.client().post(f"/import/{number}/withdraw/", {"seen": "2"}).status_code == 409


def test_a_newer_version_says_what_changed_and_takes_the_place_of_the_older(desk: Desk) -> None:
    older = sent(desk)
    let_in(desk, older)
    newer = sent(
        desk, TABLE.replace("airstrike,3", "airstrike,4") + "a4,2021-05-01,Aleppo,al-Bab,arrest,,,,A baker,Two men\n"
    )
    html, _ = dry(desk, newer, older=str(older))
    assert "changed: 1" in html
    assert "new: 1" in html
    assert "the same: 2" in html
    let_in(desk, newer, older=str(older))
    assert not Report.objects.filter(pk=older).exists()
    assert Report.objects.get(pk=newer).event_count == 3
    desk.client().post(f"/import/{newer}/withdraw/", {"seen": "1"})
    assert Report.objects.get(pk=older).event_count == 2
    assert not Report.objects.filter(pk=newer).exists()


def test_who_was_quicker_is_told_and_nothing_is_saved(desk: Desk) -> None:
    number = sent(desk)
    _, fields = dry(desk, number)
    let_in(desk, number)
    answer = desk.client().post(f"/import/{number}/confirm/", fields)
    assert answer.status_code == 409
    assert TableImport.objects.count() == 1


def test_problems_come_as_a_table_that_no_spreadsheet_carries_out(desk: Desk) -> None:
    number = sent(desk, TABLE.replace("Nowhere Hill", "=cmd|' /C calc'!A0"))
    _, fields = dry(desk, number)
    answer = desk.client().post(f"/import/{number}/problems.csv", fields)
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[2] for row in rows if "cmd" in row[2]] == ["'=cmd|' /C calc'!A0"]
    assert {row[5] for row in rows[1:]} == {"yes", "no"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4",
        b"\x89PNG\r\n",
        b"PK\x03\x04broken",
        b"\x00" * 500,
        b",,,\n,,\n",
        b'"never closed' + b"x" * 60_000,
    ],
)
def test_what_is_no_table_is_told_so_and_kept(desk: Desk, data: bytes) -> None:
    answer = desk.client().post("/import/", {"file": SimpleUploadedFile("x.csv", data)}, follow=True)
    assert answer.status_code in (200, 400)
    assert "notice warn" in answer.content.decode()


@pytest.mark.parametrize("mapping", ["", "{}", "[]", "nonsense", "[" * 100_000, '{"schema":"tawthiq/table-mapping/1"}'])
def test_half_a_form_and_hostile_mappings_save_nothing(desk: Desk, mapping: str) -> None:
    number = sent(desk)
    for page in ("confirm/", "problems.csv"):
        assert desk.client().post(f"/import/{number}/{page}", {"mapping": mapping, "seen": "0"}).status_code == 422
    assert not TableImport.objects.exists()


def test_an_imported_table_obeys_sight(desk: Desk) -> None:
    number = sent(desk)
    let_in(desk, number)
    group = Group.objects.create(name="few")
    ItemRestriction.objects.create(item=Capture.objects.get(pk=number).identifier, group=group)
    client = desk.client()
    assert client.get(f"/import/{number}/").status_code == 404
    assert client.post(f"/import/{number}/withdraw/", {"seen": "1"}).status_code == 404
    assert "table.csv" not in client.get("/import/").content.decode()
    again = sent(desk)
    assert again != number
    assert "Is it a newer version" not in client.get(f"/import/{again}/").content.decode()


def test_readers_see_tables_and_change_nothing(desk: Desk) -> None:
    number = sent(desk)
    User.objects.filter(name="heron").update(role=User.Role.READER)
    client = desk.client()
    assert client.get(f"/import/{number}/").status_code == 200
    assert client.post("/import/", {"file": SimpleUploadedFile("x.csv", b"a,b\n")}).status_code == 403
    assert client.post(f"/import/{number}/confirm/", {}).status_code == 403


def test_a_workbook_in_arabic_comes_in_from_an_arabic_page(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["الرقم", "التاريخ", "المحافظة", "المكان", "نوع الحادثة", "القتلى", "المصدر", "الوصف"])
    sheet.append([1, "١٣/٤/٢٠٢١", "حلب", "الباب", "قصف جوي", "٣", "خباز", "قصف ساحة المطحنة"])
    data = BytesIO()
    book.save(data)
    number = sent(desk, data.getvalue(), "حوادث.xlsx", "ar")
    html = desk.client("ar").get(f"/import/{number}/").content.decode()
    assert 'dir="rtl"' in html
    assert "قصف جوي" in html
    let_in(desk, number)
    event = Event.objects.get(report=number)
    assert (event.act, str(event.first), event.when_text) == ("airstrike", "2021-04-13", "١٣/٤/٢٠٢١")
