"""The number of an incident: it belongs to the characters of the incident's earliest telling, and never to another incident.

Of all events that tell of the incident, the earliest is that of the report collected first, in text order. Its number is the
report's number times 100,000 plus the place of the event's first character: an incident that grows keeps it, dropping all rows
and linking anew gives it again, and after a report was read anew it still means what stands at those characters. Numbers of
reports are never used twice, so neither are these. Events that begin at one place, or far down in a very long text, take the
next free places.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from tawthiq.archive.link_memory_rows import select
from tawthiq.archive.models import Event
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.incident import EventReference

PER_REPORT = 100_000
LAST_PLACE = 90_000  # characters; events further down follow one another from here on


def incident_numbers(incidents: Sequence[Collection[EventReference]], reports: Mapping[str, int]) -> list[int]:
    """The number of each incident, given by its events; `reports` holds the number of each document's report."""
    founders = [min(reports[event.document] for event in events) for events in incidents]
    places = _places(set(founders))
    return [
        min(
            founder * PER_REPORT + places[founder][event.event]
            for event in events
            if reports[event.document] == founder
        )
        for founder, events in zip(founders, incidents, strict=True)
    ]


def places(starts: Sequence[int]) -> list[int]:
    """The place of each event of a report, given where each begins; all differ.

    Raises UnreadableCapture for a report of more than ten thousand events behind `LAST_PLACE`.
    """
    found, free = [0] * len(starts), 0
    for index in sorted(range(len(starts)), key=lambda index: (starts[index], index)):
        found[index] = max(free, min(starts[index], LAST_PLACE))
        free = found[index] + 1
    if free > PER_REPORT:
        raise UnreadableCapture(
            item="a report",
            happened=f"it tells of more than {PER_REPORT - LAST_PLACE} events far down in its text",
            advice="it stays in evidence; read it in parts",
        )
    return found


def _places(reports: Collection[int]) -> dict[int, list[int]]:
    """The places of all events of the reports."""
    starts: dict[int, list[int]] = defaultdict(list)
    for report, _, start in sorted(select(Event, ("report_id", "order", "start"), "report_id", reports)):
        starts[report].append(start)
    return {report: places(found) for report, found in starts.items()}
