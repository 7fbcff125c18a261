"""CSV in the columns of ACLED's codebook, one row an incident, for programs that read such files.

Event types come from mappings that a lawyer has to review: from the type of violation where people settled one, else from the
act. `fatalities` is one number there, and numbers of sources are never averaged: it is the lowest that anybody claims, unless
another bound is asked for, and `notes` gives both. What we do not know stays empty: who was hit (actor2), what sort of party
somebody is (inter1), and a number of deaths that nobody gives, where ACLED would write 0.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from tawthiq.lexicon.exports import AcledEvent, acled_events, acled_of_act, export_codes
from tawthiq.lexicon.gazetteer import COUNTRIES
from tawthiq.lexicon.tables import load
from tawthiq.lexicon.verification_terms import violation_mappings
from tawthiq.publication.tables.carrying import Losses, writable
from tawthiq.publication.tables.claimed import OPEN, WHO, toll
from tawthiq.publication.tables.csv_cells import rows, text_cell, text_of, writer
from tawthiq.publication.tables.one_row import kept_of, own_cell, place_of, read_own
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPlace
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.handing_out import AboutArchive, WrittenFile

NAME, SCHEME = "acled-csv", "acled"
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_ACTORS = ("code", "name_ar", "name_en", "country")
_NUMBERS = frozenset({"year", "time_precision", "latitude", "longitude", "geo_precision", "fatalities", "event_date"})
_NOBODY = frozenset({"unknown", "other", ""})
_NAMED = frozenset({"claimed", "several", "one"})
_WEEK = 7
kept = kept_of


class Fatalities(StrEnum):
    """Which number of deaths stands in the one cell: the lowest or highest claim, or only what two people verified."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    VERIFIED = "verified"


def write(
    incidents: Iterator[DisclosedIncident],
    about: AboutArchive,  # noqa: ARG001  the columns have no place for what the archive says of itself
    path: Path,
    fatalities: Fatalities = Fatalities.LOWEST,
) -> WrittenFile:
    """Make the file. Raises OSError as the disk does."""
    losses = Losses(NAME)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = writer(stream)
        out.writerow(COLUMNS)
        for whole in incidents:
            written = writable(whole)
            losses.take(whole, written, kept(written))
            cells = _cells(written, fatalities)
            out.writerow(
                [cells.get(name, "") if name in _NUMBERS else text_cell(cells.get(name, "")) for name in COLUMNS]
            )
    return WrittenFile(losses.incidents, losses.claims, losses.told())


def read(path: Path) -> Iterator[DisclosedIncident]:
    """What `kept` says that the rows hold. Raises UnreadableInput for a file that is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = rows(stream)
            if tuple(next(lines, ())) != COLUMNS:
                raise ValueError("the columns are not those of ACLED's codebook")
            at = COLUMNS.index("tags")
            yield from (read_own(text_of(cells[at])) for cells in lines)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableInput(
            item=str(path), happened=f"it is no such file ({error})", advice="ask for the export again"
        ) from error


def _cells(incident: DisclosedIncident, fatalities: Fatalities) -> dict[str, str]:
    event = event_of(incident)
    cells = {
        "event_id_cnty": f"TAW{incident.number}",
        "actor1": _actor(incident),
        "source": "; ".join(dict.fromkeys(report.outlet for report in incident.reports if report.outlet)),
        "notes": _notes(incident, fatalities),
        "fatalities": _deaths(incident, fatalities),
        "tags": own_cell(incident),
    }
    if event:
        cells["disorder_type"] = event.disorder_type
        cells["event_type"], cells["sub_event_type"] = event.event_type, event.sub_event_type
    return {**cells, **_when(incident.first, incident.last), **_where(place_of(incident))}


def event_of(incident: DisclosedIncident) -> AcledEvent | None:
    """The event type by what people settled, where that leads to one; else by the act; None where neither does."""
    settled = {
        mapping.target
        for mapping in violation_mappings()
        if mapping.scheme == SCHEME and mapping.violation in incident.violations
    }
    by_act = acled_of_act().get(incident.act)
    found = [acled_events()[target] for target in sorted(settled) if target in acled_events()]
    if not found or by_act in found:
        return by_act
    return found[0] if len(found) == 1 else None


def _when(first: date | None, last: date | None) -> dict[str, str]:
    if first is None:
        return {}
    days = ((last or first) - first).days + 1
    precision = 1 if days == 1 else 2 if days <= _WEEK else 3
    return {"event_date": first.isoformat(), "year": str(first.year), "time_precision": str(precision)}


def _where(place: DisclosedPlace | None) -> dict[str, str]:
    if place is None:
        return {}
    cells = {"country": _country(place.country), "location": place.name_en or place.name}
    if place.latitude is not None and place.longitude is not None:
        cells |= {"latitude": repr(place.latitude), "longitude": repr(place.longitude)}
        cells["geo_precision"] = export_codes(SCHEME, "geo_precision").get(place.kind, "")
    return cells


def _actor(incident: DisclosedIncident) -> str:
    """The one party that those who verified found named, else the one that sources name and none disputes; empty otherwise."""
    found = {each.party for each in incident.attributions if each.degree in _NAMED}
    if not incident.attributions:
        slots = [slot for slot in incident.slots if slot.slot == WHO]
        if any(slot.disputes or slot.standing == "disputed" for slot in slots):
            return ""
        found = {claim.code for slot in slots for claim in slot.claims}
    known = found - _NOBODY
    return _party(next(iter(known))) if len(known) == 1 else ""


def _deaths(incident: DisclosedIncident, which: Fatalities) -> str:
    if which is Fatalities.VERIFIED:
        chosen = next((slot.chosen for slot in incident.slots if slot.key == "killed-all"), "")
        low, to, high = chosen.partition("..")
        return low if to and low == high else ""
    bounds = toll(incident, "killed")
    if bounds is None:
        return ""
    return str(bounds[0] if which is Fatalities.LOWEST else bounds[1])


def _notes(incident: DisclosedIncident, which: Fatalities) -> str:
    """In English, as ACLED's are: what the other columns leave open."""
    bounds, claims = toll(incident, "killed"), sum(claim.slot == "killed" for claim in incident.claims)
    told = [
        f"Incident {incident.number} of a Tawthiq archive, {incident.state}; {incident.sources} independent sources."
    ]
    if bounds:
        killed = str(bounds[0]) if bounds[0] == bounds[1] else f"{bounds[0]} to {bounds[1]}"
        told.append(f"Killed: {killed} ({claims} claims; fatalities is the {which.value} number, never an average).")
    else:
        told.append("No claim gives a number of deaths.")
    if incident.first and incident.last and incident.first != incident.last:
        told.append(f"Some day from {incident.first} to {incident.last}.")
    disputed = [place.name_en or place.name for place in incident.places if place.disputed]
    if disputed:
        told.append(f"Sources disagree on the place: {'; '.join(disputed)}.")
    if incident.status and incident.status != OPEN:
        told.append(f"Status settled by two people: {incident.status}.")
    if event_of(incident):
        told.append("Event type by a mapping for a lawyer's review.")
    return " ".join(told)


@cache
def _parties() -> dict[str, str]:
    return {row["code"]: row["name_en"] for row in load("actors", _ACTORS)}


def _party(code: str) -> str:
    return _parties().get(code, code)


@cache
def _countries() -> dict[str, str]:
    return {row["code"]: row.alternatives("names_en")[0] for row in load("places/countries", COUNTRIES)}


def _country(code: str) -> str:
    return _countries().get(code, code)
