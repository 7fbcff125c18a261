"""GeoJSON and the columns of ACLED and Atlos: what they carry comes back, what they do not is told, nothing is averaged."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from disclosed_incidents import ABOUT, ANY_TEXT, claim, incident, incidents, place, report, slot
from tawthiq.publication.tables import acled_csv, atlos_csv, geojson
from tawthiq.publication.tables.acled_csv import Fatalities
from tawthiq.publication.tables.carrying import KINDS, writable
from tawthiq.records.disclosure import DisclosedAttribution, DisclosedIncident
from tawthiq.records.errors import UnreadableInput

FORMATS = (geojson, acled_csv, atlos_csv)
CLAIMED = {"key": "w", "slot": "where", "harm": "", "minimum": None, "maximum": None, "code": "SY.trial"}


def written(module: ModuleType, *some: DisclosedIncident, **options: Any) -> str:
    with TemporaryDirectory() as folder:
        module.write(iter(some), ABOUT, Path(folder) / "out", **options)
        return (Path(folder) / "out").read_bytes().decode("utf-8")


def features(*some: DisclosedIncident) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written(geojson, *some))["features"]
    return found


def row(module: ModuleType, one: DisclosedIncident, **options: Any) -> dict[str, str]:
    (found,) = csv.DictReader(written(module, one, **options).splitlines(keepends=True), strict=True)
    return found


def missing(whole: DisclosedIncident, back: DisclosedIncident) -> Iterator[str]:
    """What did not come back, kind by kind and field by field of the incident itself, counted apart from the writers."""
    for kind in (*KINDS, "claims"):
        yield from [kind] * (len(getattr(whole, kind)) - len(getattr(back, kind)))
    own = ("act", "first", "last", "state", "status", "sensitive", "warnings", "score", "decided_by", "sources", "violations",
           "differing", "verified", "published", "redactions")  # fmt: skip
    yield from (f"incidents.{name}" for name in own if getattr(whole, name) != getattr(back, name))


@pytest.mark.parametrize("module", FORMATS)
@given(some=incidents(ANY_TEXT))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_carried_comes_back_and_everything_else_is_told(
    module: ModuleType, some: list[DisclosedIncident]
) -> None:
    with TemporaryDirectory() as folder:
        told = module.write(iter(some), ABOUT, Path(folder) / "out")
        found = list(module.read(Path(folder) / "out"))
    whole = [writable(each) for each in some]
    assert found == [module.kept(each) for each in whole]
    reported = Counter({each.field: each.times for each in told.not_carried})
    due = Counter(name for one, back in zip(whole, found, strict=True) for name in missing(one, back))
    of_parts = {name for name in reported if "." in name and not name.startswith("incidents.")}
    assert {name: times for name, times in reported.items() if name not in of_parts | {"characters"}} == due
    assert all(each.why for each in told.not_carried)


@pytest.mark.parametrize("module", FORMATS)
def test_the_same_incidents_give_the_same_bytes(module: ModuleType) -> None:
    one = incident(places=(place(),), reports=(report(),), slots=(slot("where", claim(**CLAIMED)),))
    assert written(module, one) == written(module, one)


@pytest.mark.parametrize("module", FORMATS)
@pytest.mark.parametrize("text", ["", "{}", "a,b\r\n1,2\r\n", '{"type":"FeatureCollection","features":[]}'])
def test_another_file_is_refused(module: ModuleType, text: str, tmp_path: Path) -> None:
    (tmp_path / "other").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="other"):
        list(module.read(tmp_path / "other"))


def test_a_place_is_a_point_with_longitude_first_and_the_pointer_of_its_claim() -> None:
    one = incident(places=(place(),), reports=(report(),), slots=(slot("where", claim(**CLAIMED)),))
    (feature,) = features(one)
    assert feature["geometry"] == {"type": "Point", "coordinates": [38.25, 35.5]}
    (told,) = feature["properties"]["claims"]
    assert (told["document"], told["sha256"], told["start"], told["end"]) == ("d1", "ab" * 32, 10, 21)
    assert "crs" not in json.loads(written(geojson, one))


def test_disputed_places_are_features_of_their_own() -> None:
    other = claim(**{**CLAIMED, "code": "SY.other", "position": 1, "key": "o"})
    where = slot("where", claim(**CLAIMED), other, standing="disputed", disputes=((0, 1),))
    places = (place(disputed=True), place(code="SY.other", latitude=34.0, disputed=True))
    found = features(incident(places=places, slots=(where,)))
    assert [each["properties"]["disputed"] for each in found] == [True, True]
    assert [[told["key"] for told in each["properties"]["claims"]] for each in found] == [["w"], ["o"]]


@pytest.mark.parametrize("places", [(), (place(latitude=None, longitude=None),), (place(latitude=None),)])
def test_what_has_no_coordinates_is_told_without_a_point(places: tuple[Any, ...]) -> None:
    (feature,) = features(incident(places=places))
    assert feature["geometry"] is None


def test_a_place_that_leads_to_no_entry_is_not_lost() -> None:
    unknown = slot("where", claim(**{**CLAIMED, "code": "", "shown": "قرب النهر"}))
    (feature,) = features(incident(slots=(unknown,)))
    assert feature["geometry"] is None
    assert feature["properties"]["claims"][0]["shown"] == "قرب النهر"


KILLED = slot("killed-all", claim(), claim(key="k2", minimum=7, maximum=9, position=1), chosen="3..3")


@pytest.mark.parametrize(("which", "due"), [("lowest", "3"), ("highest", "9"), ("verified", "3")])
def test_deaths_are_a_number_that_somebody_claims_and_the_notes_give_the_range(which: str, due: str) -> None:
    found = row(acled_csv, incident(slots=(KILLED,)), fatalities=Fatalities(which))
    assert found["fatalities"] == due
    assert "3 to 9" in found["notes"]


def test_deaths_that_nobody_counts_are_not_zero() -> None:
    assert row(acled_csv, incident())["fatalities"] == ""


def test_a_range_that_people_verified_is_no_number() -> None:
    ranged = slot("killed-all", claim(), chosen="3..7")
    assert row(acled_csv, incident(slots=(ranged,)), fatalities=Fatalities.VERIFIED)["fatalities"] == ""


@pytest.mark.parametrize(
    ("last", "precision"), [(date(2016, 5, 3), "1"), (date(2016, 5, 9), "2"), (date(2016, 5, 31), "3"), (None, "1")]
)
def test_how_finely_a_day_is_known_is_told_by_acleds_codes(last: date | None, precision: str) -> None:
    found = row(acled_csv, incident(last=last))
    assert (found["event_date"], found["year"], found["time_precision"]) == ("2016-05-03", "2016", precision)


def test_no_day_is_made_up() -> None:
    found = row(acled_csv, incident(first=None, last=None))
    assert (found["event_date"], found["year"], found["time_precision"]) == ("", "", "")


def test_event_types_follow_what_people_settled_before_the_act() -> None:
    by_act = row(acled_csv, incident(act="airstrike"))
    assert (by_act["event_type"], by_act["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    settled = row(acled_csv, incident(act="killing", violations=("SEX",)))
    assert settled["sub_event_type"] == "Sexual violence"
    assert "lawyer" in settled["notes"]
    assert row(acled_csv, incident(act="killing"))["event_type"] == ""


def test_no_party_is_taken_where_sources_disagree_on_who() -> None:
    first = claim(slot="who", harm="", code="russia")
    second = claim(slot="who", harm="", code="us", position=1, key="o")
    alone = row(acled_csv, incident(slots=(slot("who", first),)))
    disputed = row(acled_csv, incident(slots=(slot("who", first, second, standing="disputed", disputes=((0, 1),)),)))
    assert (alone["actor1"], disputed["actor1"]) == ("Russian forces", "")
    denied = (DisclosedAttribution("russia", "denied", "armed_forces"),)
    assert row(acled_csv, incident(slots=(slot("who", first),), attributions=denied))["actor1"] == ""


def test_no_place_is_taken_where_sources_disagree_on_where() -> None:
    found = row(acled_csv, incident(places=(place(disputed=True), place(name_en="Other", disputed=True))))
    assert (found["location"], found["latitude"]) == ("", "")
    assert "Trial Town; Other" in found["notes"]


def test_the_columns_are_those_of_the_codebook_and_those_that_atlos_demands() -> None:
    assert list(row(acled_csv, incident()))[:4] == ["event_id_cnty", "event_date", "year", "time_precision"]
    assert len(row(acled_csv, incident())) == 31
    text = written(atlos_csv, incident())
    assert text.startswith("status,description,sensitive,")


@pytest.mark.parametrize(
    ("state", "status"), [("proposed", "Unclaimed"), ("verified", "Ready for Review"), ("new?", "Unclaimed")]
)
def test_a_state_is_a_status_of_atlos(state: str, status: str) -> None:
    assert row(atlos_csv, incident(state=state))["status"] == status


def test_an_address_of_a_page_that_names_somebody_protected_stays_behind() -> None:
    pages = (report(), report(address="https://example.org/2", withheld=True), report(address="file.html"))
    found = row(atlos_csv, incident(reports=pages))
    assert (found["source_1"], found["source_2"]) == ("https://example.org/1", "")


@pytest.mark.parametrize("name", ["x", "طويل " * 200, "=1"])
def test_a_description_keeps_within_the_bounds_of_atlos(name: str) -> None:
    found = row(atlos_csv, incident(act="", first=None, last=None, places=(place(name_en=name),)))["description"]
    assert 8 <= len(found) <= 240
    assert "Tawthiq 12" in found
    assert not found.startswith("=")


RUNNING: tuple[Callable[[DisclosedIncident], dict[str, str]], ...] = (
    lambda one: row(acled_csv, one),
    lambda one: row(atlos_csv, one),
)


@pytest.mark.parametrize("cells", RUNNING)
def test_no_cell_runs(cells: Callable[[DisclosedIncident], dict[str, str]]) -> None:
    hostile = incident(
        act="=1", state="+1", status="-1", places=(place(name_en="@x", name="=y"),), reports=(report(outlet="=cmd"),)
    )
    assert not [value for value in cells(hostile).values() if value.startswith(("=", "+", "-", "@", "\t", "\r"))]
