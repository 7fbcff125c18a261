"""What formats of one row an incident ask: the one place that stands for it, and what lies in their cells of our own.

Where sources disagree on the place, none is taken: the row has no place, and its notes name what is claimed.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tawthiq.publication.tables.claimed import toll
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPlace

SIGN = "tawthiq="
_FACTS = ("act", "first", "last", "state", "status", "sensitive", "sources")


def place_of(incident: DisclosedIncident) -> DisclosedPlace | None:
    """The place that no source disputes, the best supported first; None where there is none."""
    return next((place for place in incident.places if not place.disputed), None)


def kept_of(incident: DisclosedIncident) -> DisclosedIncident:
    """What one row holds: number, act, days, state, status, care, how many sources, one place."""
    place = place_of(incident)
    return replace(
        blank(incident.number),
        **{name: getattr(incident, name) for name in _FACTS},
        places=(place,) if place else (),
    )


def blank(number: int) -> DisclosedIncident:
    """An incident of which nothing but its number is known."""
    return DisclosedIncident(
        number, "", None, None, "", "", False, (), 0.0, "", (), (), (), (), 0, (), (), (), (), (), ()
    )


def own_cell(incident: DisclosedIncident) -> str:
    """What the format's own columns cannot say exactly, as JSON behind a sign by which a reader knows it."""
    place, killed, injured = place_of(incident), toll(incident, "killed"), toll(incident, "injured")
    told: dict[str, Any] = {"incident": incident.number}
    told |= {name: _plain(getattr(incident, name)) for name in _FACTS}
    if place:
        told["place"] = {
            "code": place.code,
            "name": place.name,
            "name_en": place.name_en,
            "kind": place.kind,
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    told |= {"killed": killed, "injured": injured}
    return f"{SIGN}{json.dumps(told, ensure_ascii=False, separators=(',', ':'), allow_nan=False)}"


def read_own(cell: str) -> DisclosedIncident:
    """What `kept_of` says that a row holds, from the last line of a cell. Raises ValueError for one that is not ours."""
    last_line = cell.rpartition("\n")[2]
    if not last_line.startswith(SIGN):
        raise ValueError("the cell of our own facts is missing")
    found: Mapping[str, Any] = json.loads(last_line.removeprefix(SIGN))
    place = found.get("place")
    return replace(
        blank(found["incident"]),
        act=found["act"],
        first=_day(found["first"]),
        last=_day(found["last"]),
        state=found["state"],
        status=found["status"],
        sensitive=found["sensitive"],
        sources=found["sources"],
        places=(DisclosedPlace(**place, disputed=False),) if place else (),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
