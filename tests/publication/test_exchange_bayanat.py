"""Bayanat: items as its API demands them, a sheet of actors with its mapping, every value told or counted."""

import html
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import openpyxl
from hypothesis import HealthCheck, given, settings

from exchanged_incidents import ABOUT, incidents
from tawthiq.publication.exchange import bayanat
from tawthiq.publication.exchange import terms as wording
from tawthiq.publication.exchange.carried import values_of
from tawthiq.publication.exchange.ftm_entities import plain
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPerson
from tawthiq.records.handing_out import WrittenFile

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = {
    "claims.text": "“{}”", "claims.speaker": "— {}", "statements.text": "“{}”",
    "statements.speaker": "— {}", "statements.kind": "{}", "reports.document": "Capture: {}", "reports.outlet": "Outlet: {}",
    "reports.title": "Title: {}", "reports.address": "Address: {}", "reports.agency": "Agency: {}",
    "reports.language": "Language: {}", "reports.sha256": "SHA-256: {}", "reports.log_index": "Custody log entry: {}",
    "reports.collected": "Collected: {}", "reports.collector": "Collected by: {}",
}  # fmt: skip
ABOUT_INCIDENT = {"state": "State: {}", "places.name": "Place: {} (", "places.code": "({})", "status": "Status: {}"}


def wrote(found: Sequence[DisclosedIncident]) -> tuple[WrittenFile, list[Any], list[Any], list[tuple[Any, ...]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        written = bayanat.write(iter(found), ABOUT, path)
        book = openpyxl.load_workbook(path / bayanat.ACTORS)
        rows = list(book["actors"].iter_rows(values_only=True))
        bulletins = json.loads((path / bayanat.BULLETINS).read_bytes())["bulletins"]
        items = json.loads((path / bayanat.INCIDENTS).read_bytes())["incidents"]
    return written, bulletins, items, rows


def is_told(field: str, value: str, bulletins: list[Any], item: Any, rows: list[tuple[Any, ...]]) -> bool:
    """Whether the value of a field stands where it belongs."""
    incident = item["item"]
    if field in WORDS:
        return any(WORDS[field].format(value) in html.unescape(each["description"]) for each in bulletins)
    if field in ABOUT_INCIDENT:
        told = "Holds as told" if (field, value) == ("status", "holds") else value
        return ABOUT_INCIDENT[field].format(told) in html.unescape(incident["description"])
    if field == "claims.slot":
        slot = wording.term("slot", value, "en")
        return any(f"<strong>{slot}" in each["description"] for each in bulletins)
    if field == "sensitive":
        return all("sensitive" in each["tags"] for each in bulletins) and "Sensitive: yes" in incident["description"]
    if field == "sources":
        return f"Independent sources: {value}" in incident["description"]
    if field in ("act", "violations", "warnings"):
        return all(value in each["tags"] for each in bulletins)
    if field in ("first", "last"):
        return any(value in (event.get("from_date"), event.get("to_date")) for event in incident["events"])
    if field in ("places.latitude", "places.longitude"):
        name = "lat" if field == "places.latitude" else "lng"
        return any(str(point[name]) == value for point in bulletins[0]["geoLocations"])
    if field == "reports.published":
        return any(each.get("publish_date") == value for each in bulletins)
    if field == "persons.pseudonym":
        return any(row[1] == value for row in rows)
    if field.startswith(("persons.", "attributions.")):
        return any(value in row[7] or value in row[2] or value == "other" for row in rows[1:] if row[7])
    return field == "number" and incident["comments"].endswith(f"-incident-{value}")


def test_a_value_that_is_not_told_is_noticed() -> None:
    item = {"item": {"description": "", "events": [], "comments": "tw-x-incident-1"}}
    assert not any(
        is_told(field, "x", [], item, []) for field in (*WORDS, *ABOUT_INCIDENT, "first", "number", "persons.role")
    )


@SLOW
@given(incidents())
def test_every_value_is_told_or_counted(incident: DisclosedIncident) -> None:
    written, bulletins, items, rows = wrote([incident])
    parties = {"russia": "القوات الروسية", "sdf": "قوات سوريا الديمقراطية", "other": "other"}
    lost = set()
    for field, value in values_of(incident):
        told = parties[value] if field == "attributions.party" else plain(value)
        if not is_told(field, told, bulletins, items[0], rows):
            lost.add(field)
    missed = {each.field for each in written.not_carried}
    assert lost <= missed
    silent = {
        each for each in missed - lost if each not in ("persons.pseudonym", "attributions.degree", "persons.role")
    }
    assert not any(values_of_field(incident, field) and is_carried(field) for field in silent)


def values_of_field(incident: DisclosedIncident, field: str) -> bool:
    return any(name == field for name, _ in values_of(incident))


def is_carried(field: str) -> bool:
    return field in WORDS or field in ABOUT_INCIDENT


@SLOW
@given(incidents())
def test_items_are_as_the_api_of_bayanat_demands_them(incident: DisclosedIncident) -> None:
    _, bulletins, items, _ = wrote([incident])
    known = {
        "originid", "title", "title_ar", "description", "comments", "source_link", "tags", "geoLocations", "publish_date",
        "documentation_date", "status", "events",
    }  # fmt: skip
    for each in bulletins:
        assert set(each) <= known
        assert each["title"].strip()
        assert len(each["title"]) <= 255
        assert each["comments"].strip()
        link = urlparse(each["source_link"])
        assert each["source_link"] == "NA" or (link.scheme and link.netloc)
        assert all(point["title"].strip() and isinstance(point["lat"], float) for point in each["geoLocations"])
        assert "<b>" not in each["description"]
    item = items[0]["item"]
    assert set(item) <= known
    assert item["comments"].strip()
    assert item["title"].strip()
    assert items[0]["bulletins"] == [each["originid"] for each in bulletins]
    for event in item["events"]:
        assert event.get("to_date", "9999") >= event.get("from_date", "0000")


def test_the_mapping_names_the_headings_of_the_sheet_and_nobody_comes_twice(tmp_path: Path) -> None:
    person = DisclosedPerson("وردة", "victim", "female", "child", "civilian")
    found = [sample(number, (person,)) for number in (1, 2)]
    for name in ("one", "two"):
        bayanat.write(iter(found), ABOUT, tmp_path / name)
    assert (tmp_path / "one" / bayanat.ACTORS).read_bytes() == (tmp_path / "two" / bayanat.ACTORS).read_bytes()
    rows = list(openpyxl.load_workbook(tmp_path / "one" / bayanat.ACTORS)["actors"].iter_rows(values_only=True))
    mapping = json.loads((tmp_path / "one" / bayanat.ACTORS_MAPPING).read_text())["data"]["map"]
    named = {
        column
        for columns in mapping.values()
        for column in (columns[0]["data"] if isinstance(columns[0], dict) else columns)
    }
    assert named == set(rows[0])
    assert [row[1:7] for row in rows[1:]] == [("وردة", "وردة", "Person", "Female", "Minor", "Civilian")]
    assert rows[1][7] == "incident 1: victim, female, child, civilian\nincident 2: victim, female, child, civilian"


def sample(number: int, persons: tuple[DisclosedPerson, ...] = ()) -> DisclosedIncident:
    return DisclosedIncident(
        number,
        "shelling",
        None,
        None,
        "proposed",
        "",
        False,
        (),
        0.5,
        "machine",
        (),
        (),
        (),
        (),
        0,
        (),
        (),
        (),
        (),
        (),
        persons,
    )
