"""Uwazi: columns as its importer demands them, every value in a column, in the attached record, or counted; bytes that stay."""

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from exchanged_incidents import ABOUT, incidents
from tawthiq.lexicon.verification_terms import TermList, terms
from tawthiq.publication.exchange import terms as wording
from tawthiq.publication.exchange import uwazi
from tawthiq.publication.exchange.carried import values_of
from tawthiq.publication.exchange.ftm_entities import plain
from tawthiq.publication.exchange.record_json import from_json
from tawthiq.publication.exchange.uwazi_rows import properties
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPlace
from tawthiq.records.handing_out import WrittenFile

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
PLACE = DisclosedPlace("g1", "حلب", "Aleppo", "city", "SY", 36.2, 37.16, False)


def wrote(found: Sequence[DisclosedIncident]) -> tuple[WrittenFile, dict[str, bytes], list[dict[str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.zip"
        written = uwazi.write(iter(found), ABOUT, path)
        with zipfile.ZipFile(path) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
    return written, parts, list(csv.DictReader(io.StringIO(parts["import.csv"].decode(), newline="")))


def in_columns(row: dict[str, str]) -> set[tuple[str, str]]:
    """What the columns of a row say, as values of our fields."""
    found = {
        ("number", row["incident_number"]), ("sources", row["independent_sources"]), ("sensitive", row["sensitive"]),
        ("verified", row["verified_on"]), ("published", row["published_on"]),
    }  # fmt: skip
    found.update(zip(("first", "last"), row["days"].split(":"), strict=False))
    acts = {wording.term("act", code, "en"): code for code in wording.codes("act")}
    states = {wording.term("state", code, "ar"): code for code in wording.codes("state")}
    statuses = {each.name("en"): code for code, each in terms(TermList.STATUS).items()}
    found |= {("act", acts[row["act__en"]]), ("state", states.get(row["case_state__ar"], row["case_state__ar"]))}
    found.add(("status", statuses.get(row["case_status__en"], row["case_status__en"])))
    found |= {("warnings", each) for each in row["warnings"].split("; ")}
    violations = {wording.violation(code, "ar"): code for code in ("KIL", "IND", "ARR")}
    found |= {("violations", violations.get(each, "")) for each in row["violations__ar"].split("|")}
    parties = {wording.party(code, "", "ar"): code for code in ("russia", "sdf", "other")}
    found |= {("attributions.party", parties.get(each, "")) for each in row["parties__ar"].split("|")}
    for each in row["places__ar"].split("|"):
        above, _, name = each.rpartition("::")
        found |= {("places.country", above), ("places.name", name)}
    return found


@SLOW
@given(incidents())
def test_every_value_is_in_a_column_or_counted_and_the_attached_record_is_the_incident(
    incident: DisclosedIncident,
) -> None:
    written, parts, rows = wrote([incident])
    assert from_json(parts[rows[0]["attachments"]]) == incident
    told = {each.field for each in written.not_carried}
    held = in_columns(rows[0])
    lost = {field for field, value in values_of(incident) if (field, plain(value)) not in held}
    assert lost == told
    counted = sum(1 for field, _ in values_of(incident) if field == "claims.text")
    assert sum(each.times for each in written.not_carried if each.field == "claims.text") == counted


@SLOW
@given(incidents())
def test_columns_are_as_the_importer_of_uwazi_demands_them(incident: DisclosedIncident) -> None:
    _, _, rows = wrote([incident])
    plain_ones = {name for name in rows[0] if not re.search(r"__(ar|en)$", name)}
    worded = {name.rpartition("__")[0] for name in rows[0] if re.search(r"__(ar|en)$", name)}
    assert not plain_ones & worded
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in rows[0])
    selects = [each["name"] for each in properties() if each["type"] in ("select", "multiselect")]
    for name in selects:
        arabic, english = rows[0][f"{name}__ar"].split("|"), rows[0][f"{name}__en"].split("|")
        assert len(arabic) == len(english)
        assert all(len(each.split("::")) <= 2 for each in (*arabic, *english))
    assert len(rows[0]["first_report"].split("|")) in (1, 2)
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in rows[0].values())


def test_a_place_is_under_its_country_a_range_has_a_colon_and_a_point_a_bar() -> None:
    found = minimal(places=(PLACE, replace(PLACE, code="g2", name="إدلب | المدينة", name_en="Idlib")))
    written, parts, rows = wrote([found])
    row = rows[0]
    assert row["places__ar"] == "SY::حلب|SY::إدلب / المدينة"
    assert row["places__en"] == "SY::Aleppo|SY::Idlib"
    assert row["geolocation_geolocation"] == "36.2|37.16"
    assert row["days"] == "2026-01-02:2026-01-03"
    assert [(each.field, each.times) for each in written.not_carried if each.field == "places.name"] == [
        ("places.name", 1)
    ]
    assert parts["template/Places.csv"].decode().splitlines() == [
        "English,Arabic",
        "SY,SY",
        "- Idlib,- إدلب / المدينة",
        "- Aleppo,- حلب",
    ]


def test_the_template_names_each_column_by_an_ascii_label() -> None:
    _, parts, rows = wrote([minimal()])
    told = json.loads(parts["template/template.json"])
    for each in told["properties"]:
        safe = re.sub(r"[^a-z0-9]", "_", each["label"].strip().lower())
        made = f"{safe}_geolocation" if each["type"] == "geolocation" else safe
        assert made == each["name"]
        assert {each["name"], f"{each['name']}__en"} & set(rows[0])
    assert "المصادر المستقلة" in parts["template/template.html"].decode()


def test_the_same_incidents_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        uwazi.write(iter([minimal(places=(PLACE,))]), ABOUT, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def minimal(places: tuple[DisclosedPlace, ...] = ()) -> DisclosedIncident:
    from datetime import date  # noqa: PLC0415

    return DisclosedIncident(
        7, "shelling", date(2026, 1, 2), date(2026, 1, 3), "verified", "holds", False, (), 0.5, "person", places, (), (), (), 2,
        ("IND",), (), (), (), (), (), date(2026, 2, 1),
    )  # fmt: skip


def test_who_is_counted_and_how_sure_it_is_stands_beside_each_number() -> None:
    from tawthiq.records.disclosure import DisclosedClaim  # noqa: PLC0415

    claim = DisclosedClaim(
        "k",
        0,
        "killed",
        "killed",
        "children",
        True,
        2,
        None,
        None,
        None,
        "",
        "",
        "2",
        "",
        "",
        True,
        1,
        "d",
        0,
        3,
        9,
        "طفلان",
        None,
    )
    assert wording.heading(claim, "en") == "Killed (children): at least 2 — part of the whole count — hedged"
    assert wording.heading(claim, "ar") == "قتلى (أطفال): على الأقل 2 — من العدد الكلي — بتحفّظ"
