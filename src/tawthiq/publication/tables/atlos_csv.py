"""CSV for the bulk import of Atlos: status, description and sensitive, which it demands, and what else it takes.

Its page on importing demands those three names in small letters, takes addresses of sources as source_1, source_2 and so on,
and its attributes bound a description to 8 to 240 characters. No byte order mark: it would become a part of the first name.
`more_info` ends with a line of our own, by which the file can be read back. A team's own attributes are theirs to map.
"""

from collections.abc import Iterator
from pathlib import Path

from tawthiq.lexicon.exports import export_codes
from tawthiq.publication.tables.carrying import Losses, writable
from tawthiq.publication.tables.claimed import toll
from tawthiq.publication.tables.csv_cells import rows, text_cell, text_of, writer
from tawthiq.publication.tables.one_row import kept_of, own_cell, place_of, read_own
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.handing_out import AboutArchive, WrittenFile

NAME, SCHEME = "atlos-csv", "atlos"
SOURCES = 20
LONGEST = 240
_MORE = "more_info"
COLUMNS = (
    "status", "description", "sensitive", "date", "latitude", "longitude", _MORE,
    *(f"source_{number}" for number in range(1, SOURCES + 1)),
)  # fmt: skip
_WEB = ("http://", "https://")
_UNREVIEWED = "Unclaimed"
kept = kept_of


def write(
    incidents: Iterator[DisclosedIncident],
    about: AboutArchive,  # noqa: ARG001  the columns have no place for what the archive says of itself
    path: Path,
) -> WrittenFile:
    """Make the file. Raises OSError as the disk does."""
    losses = Losses(NAME)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = writer(stream)
        out.writerow(COLUMNS)
        for whole in incidents:
            written = writable(whole)
            losses.take(whole, written, kept(written))
            out.writerow(_cells(written))
    return WrittenFile(losses.incidents, losses.claims, losses.told())


def read(path: Path) -> Iterator[DisclosedIncident]:
    """What `kept` says that the rows hold. Raises UnreadableInput for a file that is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = rows(stream)
            if tuple(next(lines, ())) != COLUMNS:
                raise ValueError("the columns are not those that we write for Atlos")
            at = COLUMNS.index(_MORE)
            yield from (read_own(text_of(cells[at])) for cells in lines)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableInput(
            item=str(path), happened=f"it is no such file ({error})", advice="ask for the export again"
        ) from error


def _cells(incident: DisclosedIncident) -> list[str]:
    place = place_of(incident)
    pointed = place is not None and place.latitude is not None and place.longitude is not None
    status = export_codes(SCHEME, "status").get(incident.state, _UNREVIEWED)
    sensitive = export_codes(SCHEME, "sensitive")["true" if incident.sensitive else "false"]
    day = incident.first if incident.first == incident.last else None
    sources = [report.address for report in incident.reports if report.address.startswith(_WEB) and not report.withheld]
    addresses = list(dict.fromkeys(text_cell(address) for address in sources))[:SOURCES]
    return [
        status,
        text_cell(description(incident)),
        sensitive,
        day.isoformat() if day else "",
        repr(place.latitude) if pointed and place else "",
        repr(place.longitude) if pointed and place else "",
        text_cell(f"{_more(incident)}\n{own_cell(incident)}"),
        *addresses,
        *[""] * (SOURCES - len(addresses)),
    ]


def description(incident: DisclosedIncident) -> str:
    """What happened, where and when as far as sources agree, and our number; within the bounds of Atlos."""
    place = place_of(incident)
    days = " to ".join(dict.fromkeys(day.isoformat() for day in (incident.first, incident.last) if day))
    named = (place.name_en or place.name) if place else ""
    number = f"(Tawthiq {incident.number})"
    told = ", ".join(" ".join(part.split()) for part in (incident.act.replace("_", " "), named, days) if part)
    return f"{told[: LONGEST - len(number) - 1]} {number}".strip()


def _more(incident: DisclosedIncident) -> str:
    told = [f"{incident.sources} independent sources, state {incident.state}."]
    for harm in ("killed", "injured"):
        bounds = toll(incident, harm)
        if bounds:
            told.append(f"{harm.capitalize()}: lowest claim {bounds[0]}, highest {bounds[1]}.")
    disputed = [place.name_en or place.name for place in incident.places if place.disputed]
    if disputed:
        told.append(f"Sources disagree on the place: {'; '.join(disputed)}.")
    return " ".join(told)
