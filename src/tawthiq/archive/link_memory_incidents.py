"""The incidents of those parts of the memory that something touched, clustered anew; rows are replaced where they differ.

A part is what chains of likely pairs connect. Events of touched reports bring in the parts that they were in, and every part
that they now are likely to belong to, by score or by what people decided. The caller holds the transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from tawthiq.archive.incident_numbers import incident_numbers
from tawthiq.archive.link_inputs import LinkInputs
from tawthiq.archive.link_memory_events import Place, Told, keyed, move, possible, recalled, standing
from tawthiq.archive.link_memory_rows import chunks
from tawthiq.archive.linking_rows import drop_incidents, save_incidents
from tawthiq.archive.models import Report
from tawthiq.archive.models.keys import ROWS_PER_REPORT, row_key
from tawthiq.linking.clustering import Cluster
from tawthiq.linking.incidents import Clustered, Linking, clustered, incident_of
from tawthiq.linking.increment import Days, connected, days_meet
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.pairs import compared
from tawthiq.linking.scoring import Weights
from tawthiq.linking.statistics import Statistics
from tawthiq.records.incident import Incident as IncidentRecord
from tawthiq.records.link_decision import Constraints

Decided = Callable[[Collection[str] | None], Constraints]


@dataclass(frozen=True, slots=True)
class Way:
    """With what is linked: the statistics of the last full run, the weights, and what people decided.

    `decided` is asked with identifiers of documents, and answers with the decisions about their events and about those that
    hang together with them; asked with None, with all decisions.
    """

    statistics: Statistics
    weights: Weights
    decided: Decided


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many incidents were made or made anew, and how many are no more."""

    made: int = 0
    gone: int = 0


class TouchedParts:
    """The parts that touched reports belong to, and their incidents."""

    def __init__(self, touched: Collection[int], inputs: LinkInputs, way: Way) -> None:
        self._touched, self._inputs, self._way = set(touched), inputs, way
        self._told: dict[int, Occurrence] = {}
        self._places: dict[int, Place] = {}
        self._given: set[int] = set()

    def relink(self) -> Replaced:
        """Replace the rows of every incident that changed."""
        self._take_in(self._parts())
        while True:
            keys = sorted(self._told, key=self._order)
            found = [self._told[key] for key in keys]
            decided = self._way.decided(sorted({one.reference.document for one in found}))
            linking = Linking(self._inputs.by_document, self._way.weights, decided)
            made = clustered(found, self._way.statistics, linking)
            stay = self._untouched()
            new = [c for c in made.clusters if frozenset(keys[number] for number in c.members) not in stay]
            records = self._records(new, made, linking, keys)
            numbers = incident_numbers([record.events for record in records], self._inputs.numbers)
            if not self._take_in(self._held_by_others(numbers)) and not self._take_back(stay, numbers):
                return self._replace(records, numbers, new, made, keys)

    def _order(self, key: int) -> tuple[str, int]:
        reference = self._told[key].reference
        return reference.document, reference.event

    def _parts(self) -> set[int]:
        """The parts of the touched events, and those that they are likely to belong to."""
        told = recalled(self._touched)
        mine = dict(keyed(told))
        parts = {row.place.part for row in standing("key", mine).values()}
        asked = possible(told, self._way.statistics)
        rows = standing("key", set().union(*asked.values()) - mine.keys())
        near = [
            (key, other)
            for key, others in asked.items()
            for other in others
            if (row := rows.get(other)) and row.place.part not in parts and days_meet(_days(mine[key]), row.days)
        ]
        theirs = dict(keyed(recalled({other // ROWS_PER_REPORT for _, other in near})))
        for key, other in near:
            part = rows[other].place.part
            if (
                part not in parts
                and compared(mine[key], theirs[other], self._way.statistics, self._way.weights).score > 0
            ):
                parts.add(part)
        return parts | self._decided_parts(told)

    def _decided_parts(self, told: Mapping[int, Told]) -> set[int]:
        """The parts that people put together with the touched events."""
        documents = {found[0].reference.document for found in told.values() if found}
        ends = [end for pair in self._way.decided(sorted(documents)).together for end in pair]
        reports: dict[str, int] = {}
        for some in chunks({end.document for end in ends}):
            found = Report.objects.filter(capture__identifier__in=some)
            reports |= dict(found.values_list("capture__identifier", "pk"))
        keys = {row_key(reports[end.document], end.event) for end in ends if end.document in reports}
        return {row.place.part for row in standing("key", keys).values()}

    def _take_in(self, parts: Collection[int]) -> bool:
        """Have the events of more parts at hand; whether there were any."""
        places = {key: row.place for key, row in standing("part", parts).items()}
        told = dict(keyed(recalled({key // ROWS_PER_REPORT for key in places})))
        more = {key: told[key] for key in places if key not in self._told}
        self._told |= more
        self._places |= places
        return bool(more)

    def _untouched(self) -> dict[frozenset[int], int]:
        """The incidents that nothing touched, by their events."""
        found: dict[int, set[int]] = defaultdict(set)
        for key, place in self._places.items():
            found[place.incident].add(key)
        found.pop(0, None)
        return {
            frozenset(keys): incident
            for incident, keys in found.items()
            if incident not in self._given and self._touched.isdisjoint(key // ROWS_PER_REPORT for key in keys)
        }

    def _records(
        self, clusters: Iterable[Cluster], made: Clustered, linking: Linking, keys: list[int]
    ) -> list[IncidentRecord]:
        clusters = list(clusters)
        self._inputs.load({keys[number] // ROWS_PER_REPORT for cluster in clusters for number in cluster.members})
        return [incident_of(cluster, made, self._way.statistics, linking) for cluster in clusters]

    def _held_by_others(self, numbers: Collection[int]) -> set[int]:
        """The parts of events whose incident, not made anew yet, still has one of the numbers."""
        held = standing("incident", set(numbers))
        return {row.place.part for key, row in held.items() if key not in self._places}

    def _take_back(self, stay: Mapping[frozenset[int], int], numbers: Collection[int]) -> bool:
        """Have untouched incidents made anew whose number goes to others now: their founder was read anew. Whether any."""
        given = set(stay.values()).intersection(numbers)
        self._given |= given
        return bool(given)

    def _replace(
        self,
        records: list[IncidentRecord],
        numbers: list[int],
        clusters: list[Cluster],
        made: Clustered,
        keys: list[int],
    ) -> Replaced:
        numbered = zip(clusters, numbers, strict=True)
        new = {keys[number]: incident for cluster, incident in numbered for number in cluster.members}
        old = {self._places[key].incident for key in new} - {0}
        drop_incidents(old.union(numbers))
        save_incidents(records, self._inputs.numbers)
        parts = connected(range(len(keys)), made.joined())
        part_of = {keys[number]: min(keys[n] for n in part) for part in parts for number in part}
        places = {key: Place(part_of[key], new.get(key, place.incident)) for key, place in self._places.items()}
        move([(key, place) for key, place in places.items() if place != self._places[key]])
        return Replaced(len(records), len(old - set(numbers)))


def _days(one: Occurrence) -> Days:
    return Days(one.first, one.last, one.details.rising)
