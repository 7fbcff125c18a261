"""GeoJSON (RFC 7946): a feature for each position on "where", with the claims that take it; and features read back.

The point is the gazetteer's for the place, not that of the event; where the gazetteer has none, or the words lead to no one
place, the geometry is null. Positions that independent sources hold against each other are features of their own, marked
`disputed`; an incident without any place is one feature without geometry. Coordinates are WGS 84, longitude first; the
format knows no other system, so there is no `crs`. Features of one incident follow each other.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from tawthiq.publication.tables.carrying import Losses, writable
from tawthiq.publication.tables.claimed import WHERE, is_chosen, toll
from tawthiq.publication.tables.rows import INCIDENTS, kept_fields
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedPlace, DisclosedSlot
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.handing_out import AboutArchive, WrittenFile

NAME, SCHEMA = "geojson", "tawthiq/places/1"
_CLAIM = tuple(field.name for field in fields(DisclosedClaim))
_PLACE = ("code", "name", "name_en", "kind", "country", "disputed")
_SLOT = ("key", "slot", "group", "standing", "chosen", "disputes")
_POINT_OF = "gazetteer"
Json = dict[str, Any]
Position = tuple[DisclosedPlace | None, Sequence[tuple[DisclosedSlot, DisclosedClaim]]]


def kept(incident: DisclosedIncident) -> DisclosedIncident:
    """What features hold: the incident's own facts, its places, the slot "where" with its claims."""
    return replace(
        incident,
        places=tuple(_pointed(place) for place in incident.places),
        slots=tuple(slot for slot in incident.slots if slot.slot == WHERE),
        statements=(),
        reports=(),
        attributions=(),
        grades=(),
        decisions=(),
        persons=(),
    )


def write(incidents: Iterator[DisclosedIncident], about: AboutArchive, path: Path) -> WrittenFile:
    """Make the file. Raises OSError as the disk does."""
    losses, between = Losses(NAME), "\n"
    own = {
        "schema": SCHEMA,
        "title": about.title,
        "profile": about.profile.value,
        "verifier_key": about.verifier_key,
        "until": about.until.isoformat() if about.until else None,
    }
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{"type":"FeatureCollection","tawthiq":{_json(own)},"features":[')
        for whole in incidents:
            written = writable(whole)
            carried = kept(written)
            losses.take(whole, written, carried)
            for feature in features(carried, written):
                stream.write(f"{between}{_json(feature)}")
                between = ",\n"
        stream.write("\n]}\n")
    return WrittenFile(losses.incidents, losses.claims, losses.told())


def features(carried: DisclosedIncident, whole: DisclosedIncident) -> Iterator[Json]:
    """The features of an incident, its places first; digests, outlets and tolls come from the whole of it."""
    digests = {report.document: (report.sha256, report.outlet) for report in whole.reports if report.document}
    own = {**_incident(carried), **_tolls(whole)}
    for number, (place, claims) in enumerate(_positions(carried), start=1):
        geometry = None
        if place is not None and place.latitude is not None:
            geometry = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
        told = [_claim(slot, claim, digests.get(claim.document, ("", ""))) for slot, claim in claims]
        properties = {**own, **_place(place), "claims": told}
        yield {"type": "Feature", "id": f"{carried.number}-{number}", "geometry": geometry, "properties": properties}


def read(path: Path) -> Iterator[DisclosedIncident]:
    """What `kept` says that the features hold. Raises UnreadableInput for a file that is no such collection."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["type"] != "FeatureCollection" or found["tawthiq"]["schema"] != SCHEMA:
            raise ValueError(f"no feature collection of {SCHEMA}")
        for _, some in groupby(found["features"], key=lambda each: each["properties"]["incident"]):
            yield _read_incident(list(some))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(
            item=str(path), happened=f"it is no such file ({error!r})", advice="ask for the export again"
        ) from error


def _positions(incident: DisclosedIncident) -> Iterator[Position]:
    """Each place with the claims of its position; then the positions that lead to no one place; else nothing at all."""
    waiting: dict[tuple[str, int], list[tuple[DisclosedSlot, DisclosedClaim]]] = {}
    for slot in incident.slots:
        for claim in slot.claims:
            waiting.setdefault((slot.key, claim.position), []).append((slot, claim))
    for place in incident.places:
        named = next((key for key, claims in waiting.items() if any(_names(claim, place) for _, claim in claims)), None)
        yield place, waiting.pop(named) if named is not None else ()
    for claims in waiting.values():
        yield None, claims
    if not incident.places and not waiting:
        yield None, ()


def _names(claim: DisclosedClaim, place: DisclosedPlace) -> bool:
    return claim.code == place.code if place.code else not claim.code and claim.shown in (place.name, place.name_en)


def _pointed(place: DisclosedPlace) -> DisclosedPlace:
    """The place without a latitude that stands alone."""
    whole = place.latitude is not None and place.longitude is not None
    return place if whole else replace(place, latitude=None, longitude=None)


def _incident(incident: DisclosedIncident) -> Json:
    slots = [{name: getattr(slot, name) for name in _SLOT} for slot in incident.slots]
    own = {name: _plain(getattr(incident, name)) for name in kept_fields(INCIDENTS) if name != "number"}
    return {"incident": incident.number, **own, "slots": slots}


def _tolls(incident: DisclosedIncident) -> Json:
    killed, injured = toll(incident, "killed"), toll(incident, "injured")
    return {
        "killed_lowest": killed[0] if killed else None,
        "killed_highest": killed[1] if killed else None,
        "injured_lowest": injured[0] if injured else None,
        "injured_highest": injured[1] if injured else None,
    }


def _place(place: DisclosedPlace | None) -> Json:
    if place is None:
        return {"place": None, "disputed": False, "point_of": None}
    named = {f"place_{name}": getattr(place, name) for name in _PLACE if name not in ("disputed", "name")}
    point_of = None if place.latitude is None else _POINT_OF
    return {"place": place.name, **named, "disputed": place.disputed, "point_of": point_of}


def _claim(slot: DisclosedSlot, claim: DisclosedClaim, behind: tuple[str, str]) -> Json:
    told = {name: _plain(getattr(claim, name)) for name in _CLAIM}
    order = next(at for at, each in enumerate(slot.claims) if each is claim)
    chosen = is_chosen(slot, claim)
    return {"slot_key": slot.key, "order": order, **told, "sha256": behind[0], "outlet": behind[1], "chosen": chosen}


def _read_incident(found: list[Json]) -> DisclosedIncident:
    own = found[0]["properties"]
    places = tuple(_read_place(each) for each in found if each["properties"]["place"] is not None)
    told = [claim for each in found for claim in each["properties"]["claims"]]
    told.sort(key=lambda each: each["order"])
    slots = tuple(
        DisclosedSlot(
            **{**each, "disputes": tuple(tuple(pair) for pair in each["disputes"])},
            claims=tuple(_read_claim(claim) for claim in told if claim["slot_key"] == each["key"]),
        )
        for each in own["slots"]
    )
    facts = {name: _value(name, own[name]) for name in kept_fields(INCIDENTS) if name != "number"}
    parts: Json = dict.fromkeys(("statements", "reports", "attributions", "grades", "decisions", "persons"), ())
    return DisclosedIncident(number=own["incident"], places=places, slots=slots, **facts, **parts)


def _read_place(feature: Json) -> DisclosedPlace:
    own, point = feature["properties"], feature["geometry"]
    longitude, latitude = point["coordinates"] if point else (None, None)
    texts = (own["place_code"], own["place"], own["place_name_en"], own["place_kind"], own["place_country"])
    return DisclosedPlace(*texts, latitude, longitude, own["disputed"])


def _read_claim(told: Json) -> DisclosedClaim:
    return DisclosedClaim(**{name: _value(name, told[name]) for name in _CLAIM})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _value(name: str, value: Any) -> Any:
    """A value as the record has it: days by the names of their fields, lists as tuples."""
    if name in ("first", "last", "told", "verified", "published"):
        return date.fromisoformat(value) if value else None
    return tuple(value) if isinstance(value, list) else value


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
