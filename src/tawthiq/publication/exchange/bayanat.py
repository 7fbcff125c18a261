"""Incidents for Bayanat: a sheet of actors with its mapping, and bulletins and incidents as its API takes them.

Read in sjacorg/bayanat enferno (August 2026). A report is a bulletin, an incident an incident; persons (under pseudonyms) and
parties are actors. Its sheet import makes actors only, so bulletins and incidents go through the API: `tawthiq push bayanat`.
Locations, labels and sources are numbers of one installation there; they are told in words, and counted as not carried.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tawthiq.publication.exchange.bayanat_actors import COLUMNS, MAPPING, Actors
from tawthiq.publication.exchange.bayanat_items import Bulletins, incident_item
from tawthiq.publication.exchange.carried import Tally
from tawthiq.publication.exchange.identifiers import Identifiers
from tawthiq.publication.exchange.workbook import write_workbook
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import AboutArchive, WrittenFile

ACTORS, ACTORS_MAPPING = "actors.xlsx", "actors-mapping.json"
BULLETINS, INCIDENTS = "bulletins.json", "incidents.json"


def write(incidents: Iterator[DisclosedIncident], about: AboutArchive, path: Path) -> WrittenFile:
    """Write the folder `path`: actors.xlsx, its mapping, bulletins.json, incidents.json. Raises OSError."""
    tally, identifiers = Tally("bayanat"), Identifiers(about.verifier_key)
    actors, bulletins = Actors(identifiers, tally), Bulletins(identifiers, about.title)
    items: list[dict[str, Any]] = []
    path.mkdir()
    for incident in incidents:
        tally.take(incident)
        _half_points(incident, tally)
        actors.take(incident)
        items.append(incident_item(incident, identifiers, bulletins.take(incident)))
    write_workbook(path / ACTORS, "actors", [COLUMNS, *actors.rows()])
    _write(path / ACTORS_MAPPING, MAPPING)
    _write(path / BULLETINS, {"bulletins": bulletins.items()})
    _write(path / INCIDENTS, {"incidents": items})
    return tally.written()


def _half_points(incident: DisclosedIncident, tally: Tally) -> None:
    """A point there needs both numbers."""
    for place in incident.places:
        if (place.latitude is None) is not (place.longitude is None):
            tally.miss("places.longitude" if place.latitude is None else "places.latitude", "half-point")


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.write_bytes(json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")
