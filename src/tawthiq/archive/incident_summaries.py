"""Where each incident is said to have been, and the bounds of its tolls, as rows that follow from its claims.

Of a position on the slot "where" the narrowest place counts: "the market in Duma, in the countryside of Damascus" is a place
in Duma. A claim's place is found again by its characters: the event's mention that begins there.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from django.db import connection

from tawthiq.archive.link_memory_rows import put, select
from tawthiq.archive.models import EventPlace, IncidentPlace, IncidentToll
from tawthiq.archive.models.keys import row_key
from tawthiq.records.claim import Claim, Slot, SlotView
from tawthiq.records.count import Group
from tawthiq.records.incident import Incident
from tawthiq.records.place import PlaceKind

# From the narrowest to the widest.
WIDTHS: tuple[PlaceKind, ...] = (
    PlaceKind.FACILITY, PlaceKind.DAM, PlaceKind.CROSSING, PlaceKind.CAMP, PlaceKind.AIRPORT, PlaceKind.NEIGHBOURHOOD,
    PlaceKind.VILLAGE, PlaceKind.TOWN, PlaceKind.CITY, PlaceKind.ROAD, PlaceKind.OTHER, PlaceKind.COUNTRYSIDE,
    PlaceKind.DISTRICT, PlaceKind.GOVERNORATE, PlaceKind.REGION, PlaceKind.COUNTRY,
)  # fmt: skip
_WIDTH = {kind.value: width for width, kind in enumerate(WIDTHS)}
_COLUMNS = (
    "event_id", "start", "kind", "entry_kind", "code", "name", "name_en", "country", "latitude", "longitude",
)  # fmt: skip
Row = tuple[Any, ...]
Reports = Mapping[str, int]


class _Mention(NamedTuple):
    """A place as an event names it: what the wording says it is, and its gazetteer entry."""

    worded: str
    entry: str
    code: str
    name: str
    name_en: str
    country: str
    latitude: float | None
    longitude: float | None

    @property
    def kind(self) -> str:
        """What was named: the wording's kind where it is wider than the entry's ("the countryside of Raqqa")."""
        if not self.entry:
            return self.worded
        return self.worded if _width(self.worded) > max(_width(self.entry), _width("other")) else self.entry


_UNNAMED = _Mention("", "", "", "", "", "", None, None)
_Mentions = Mapping[tuple[int, int], _Mention]


def save_summaries(incidents: Iterable[tuple[int, Incident]], reports: Reports) -> None:
    """Save the places and tolls of `incidents`, each beside the number of its saved row. The caller has saved their claims.

    `reports` gives the number of the report of each document.
    """
    made = list(incidents)
    mentions = _mentions(
        row_key(reports[claim.document], claim.event)
        for _, incident in made
        for view in incident.slots
        if view.slot is Slot.WHERE
        for claim in _claims(view)
    )
    places, tolls = list[Row](), list[Row]()
    for number, incident in made:
        keys = count(row_key(number, 0))
        rows, bounds = count(row_key(number, 0)), count(row_key(number, 0))
        for view in incident.slots:
            keyed = [[(next(keys), claim) for claim in position.claims] for position in view.positions]
            if view.slot is Slot.WHERE:
                places += ((next(rows), number, *row) for row in _places(view, keyed, mentions, reports))
            elif view.group is Group.ALL:
                tolls += ((next(bounds), number, *row) for row in _tolls(view.slot, keyed))
    put(IncidentPlace, places)
    put(IncidentToll, tolls)


def delete_summaries(incidents: Collection[int]) -> None:
    """Delete the places and tolls of the incidents with these numbers; none are loaded."""
    ranges = [(row_key(number, 0), row_key(number + 1, 0)) for number in sorted(set(incidents))]
    with connection.cursor() as cursor:
        for table in (IncidentPlace, IncidentToll):
            name, key = connection.ops.quote_name(table._meta.db_table), connection.ops.quote_name("key")
            cursor.executemany(f"DELETE FROM {name} WHERE {key} >= %s AND {key} < %s", ranges)  # noqa: S608


Keyed = Sequence[tuple[int, Claim]]


def _places(view: SlotView, keyed: Sequence[Keyed], mentions: _Mentions, reports: Reports) -> Iterator[Row]:
    """The narrowest place of each position, each place once, as the columns of IncidentPlace behind the incident."""
    contrary = {order for pair in view.disputes for order in pair}
    rows: dict[tuple[str, str], Row] = {}
    for order, claims in enumerate(keyed):
        named = [(key, claim, _mention(claim, mentions, reports)) for key, claim in claims]
        if not named:
            continue
        key, claim, found = min(
            named, key=lambda each: (not each[2].code, each[2].latitude is None, _width(each[2].kind))
        )
        name = found.name or claim.mention.text
        place = (found.code, found.kind) if found.code else ("", str(order))
        disputed = order in contrary or (place in rows and rows[place][-1])
        row = rows.get(place) or (
            key, order, found.code, found.kind, name, found.name_en or name, found.country, found.latitude, found.longitude,
        )  # fmt: skip
        rows[place] = (*row[:9], disputed)
    yield from rows.values()


def _mention(claim: Claim, mentions: _Mentions, reports: Reports) -> _Mention:
    event = row_key(reports[claim.document], claim.event)
    return mentions.get((event, claim.mention.span.start), _UNNAMED)


def _tolls(slot: Slot, keyed: Sequence[Keyed]) -> Iterator[Row]:
    """The bounds of one toll as the columns of IncidentToll behind the incident; none where nobody gives a number.

    A number of some of the harmed ("two children") is a floor of the whole, and bounds it from below only where nobody
    counts the whole; a part of such a number ("among them") only where nothing else is counted.
    """
    counted = [(key, claim) for claims in keyed for key, claim in claims if claim.minimum is not None]
    if not counted:
        return
    apart = [each for each in counted if not each[1].part_of]
    whole = [each for each in apart if each[1].group is Group.ALL] or apart or counted
    lowest = min(whole, key=lambda each: (each[1].minimum or 0, each[0]))
    highest = max(counted, key=lambda each: (_most(each[1]), -each[0]))
    open_above = any(claim.maximum is None for _, claim in whole)
    yield slot.value, lowest[1].minimum, _most(highest[1]), open_above, lowest[0], highest[0]


def _most(claim: Claim) -> int:
    return max(claim.minimum or 0, claim.maximum or 0)


def _claims(view: SlotView) -> Iterator[Claim]:
    for position in view.positions:
        yield from position.claims


def _width(kind: str) -> int:
    """Where a kind stands from the narrowest to the widest; what is no kind counts as "other"."""
    return _WIDTH.get(kind, _WIDTH["other"])


def _mentions(events: Iterable[int]) -> _Mentions:
    """The places that events name, by the event's key and the character at which the name begins."""
    return {
        (event, start): _Mention(*values) for event, start, *values in select(EventPlace, _COLUMNS, "event_id", events)
    }
