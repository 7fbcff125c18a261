"""FollowTheMoney: every value of an incident is in the entities or counted as not carried; statements name characters."""

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from exchanged_incidents import ABOUT, incidents
from tawthiq.publication.exchange import ftm
from tawthiq.publication.exchange.carried import values_of
from tawthiq.publication.exchange.ftm_entities import plain
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedReport, DisclosedSlot
from tawthiq.records.handing_out import WrittenFile

# Which property of which schema holds a field as it is.
HELD = {
    ("Event", "startDate"): "first", ("Event", "endDate"): "last", ("Event", "recordId"): "number",
    ("Article", "title"): "reports.title", ("Article", "publisher"): "reports.outlet",
    ("Article", "sourceUrl"): "reports.address",
    ("Article", "publishedAt"): "reports.published", ("Address", "full"): "places.name", ("Address", "alias"): "places.name_en",
    ("Address", "latitude"): "places.latitude", ("Address", "longitude"): "places.longitude",
    ("UnknownLink", "status"): "attributions.degree",
}  # fmt: skip
KINDS = {
    "Event": "", "Article": "reports.", "Document": "reports.", "Documentation": "reports.", "Address": "places.",
    "claim": "claims.", "statement": "statements.", "slot": "slots.", "grade": "grades.", "decision": "decisions.",
    "attribution": "attributions.", "involvement": "persons.",
}  # fmt: skip


def wrote(
    found: Sequence[DisclosedIncident], folder: Path
) -> tuple[WrittenFile, list[dict[str, Any]], list[dict[str, str]]]:
    written = ftm.write(iter(found), ABOUT, folder)
    lines = (folder / ftm.ENTITIES).read_bytes().split(b"\n")
    entities = [json.loads(line) for line in lines if line]
    with (folder / ftm.STATEMENTS).open(encoding="utf-8", newline="") as stream:
        return written, entities, list(csv.DictReader(stream, dialect=csv.unix_dialect))


def codes(value: str) -> list[tuple[str, str]]:
    """The fields of a keyword, or of an object among the notes."""
    if not value.startswith("{"):
        return [(value.partition(":")[0], value.partition(":")[2])]
    data = json.loads(value).items()
    return [(name, member) for name, told in data for member in (told if isinstance(told, list) else [told])]


def read_back(entities: Sequence[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """Every value of our fields that the entities hold."""
    found: Counter[tuple[str, str]] = Counter()
    for entity in entities:
        kind, properties = entity["id"].split("-")[2], entity["properties"]
        prefix = KINDS.get(kind) if kind in KINDS else KINDS.get(entity["schema"])
        if prefix is None or kind in ("party", "link", "mention"):
            continue
        if prefix in ("claims.", "statements."):
            found.update((f"{prefix}text", value) for value in properties.get("description", ()))
        for prop, values in properties.items():
            if prop in ("keywords", "notes", "summary"):
                found.update((prefix + name, told) for value in values for name, told in codes(value))
            schema = "Article" if entity["schema"] == "Document" else entity["schema"]
            field = HELD.get((schema, prop), "")
            if field.startswith(prefix) and field and (kind == "attribution" or schema != "UnknownLink"):
                found.update((field, value) for value in values)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents())
def test_every_value_is_in_the_entities_or_counted_as_not_carried(incident: DisclosedIncident) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written, entities, _ = wrote([incident], Path(folder) / "out")
    given_values = Counter((field, plain(value)) for field, value in values_of(incident))
    lost = Counter(field for (field, _), times in (given_values - read_back(entities)).items() for _ in range(times))
    told = Counter({each.field: each.times for each in written.not_carried})
    assert lost == told


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents())
def test_each_claim_names_its_characters(incident: DisclosedIncident) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _, _, statements = wrote([incident], Path(folder) / "out")
    shas = {report.document: report.sha256 for report in incident.reports}
    noted = (row for row in statements if row["prop"] == "notes" and "-claim-" in row["entity_id"])
    origins = {(json.loads(row["value"])["key"], row["origin"]) for row in noted if row["value"].startswith("{")}
    for claim in incident.claims:
        assert (claim.key, f"{shas[claim.document]}:{claim.start}-{claim.end}") in origins


def told(text: str, times: int = 1, document: str = "") -> DisclosedIncident:
    """An incident with one claim, told so often."""
    claim = DisclosedClaim(
        "k",
        0,
        "killed",
        "killed",
        "all",
        False,
        3,
        3,
        None,
        None,
        "",
        "",
        "3",
        "",
        "",
        False,
        1,
        document,
        0,
        2,
        9,
        text,
        None,
    )
    slots = (DisclosedSlot("killed-all", "killed", "all", "single", "", (), (claim,) * times),)
    report = DisclosedReport(document, 1, "Outlet", "", "", "", "", None, None, "", "", "ab" * 32, None)
    return DisclosedIncident(
        1,
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
        slots,
        (),
        (report,),
        1,
        (),
        (),
        (),
        (),
        (),
        (),
    )


def test_words_that_no_property_can_hold_are_counted(tmp_path: Path) -> None:
    written, _, _ = wrote([told("م" * 65_001)], tmp_path / "out")
    assert [(each.field, each.times) for each in written.not_carried] == [("claims.text", 1)]


def test_what_is_told_twice_in_the_same_words_is_there_twice(tmp_path: Path) -> None:
    _, entities, _ = wrote([told("ثلاثة", times=2)], tmp_path / "out")
    notes = [each["id"] for each in entities if "-claim-" in each["id"]]
    assert len(notes) == len(set(notes)) == 2


def test_an_incident_has_the_same_identifier_in_every_export_and_another_archive_another(tmp_path: Path) -> None:
    one = {each["id"] for each in wrote([told("ثلاثة", document="d")], tmp_path / "one")[1]}
    later = {
        each["id"] for each in wrote([replace(told("ثلاثة", document="d"), state="verified")], tmp_path / "two")[1]
    }
    assert one == later
    ftm.write(iter([told("ثلاثة", document="d")]), replace(ABOUT, verifier_key="another+key"), tmp_path / "three")
    assert not any(each.encode() in (tmp_path / "three" / ftm.ENTITIES).read_bytes() for each in one)


def test_a_war_crime_is_a_topic_only_where_people_verified_one(tmp_path: Path) -> None:
    guessed = replace(told("ثلاثة"), violations=("KIL",))
    verified = date(2026, 1, 1)
    cases = (
        (guessed, False),
        (replace(guessed, verified=verified), True),
        (replace(told("x"), verified=verified), False),
    )
    for number, (incident, topics) in enumerate(cases):
        _, entities, _ = wrote([incident], tmp_path / str(number))
        event = next(each for each in entities if each["schema"] == "Event")
        assert ("topics" in event["properties"]) is topics
