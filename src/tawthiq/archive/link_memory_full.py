"""A full run: all reports linked at once, and everything remembered that later steps need.

What the steps would find one report after the other, with the same statistics, is found here by joins over all of them.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.db import transaction

from tawthiq.archive import link_memory_events as events
from tawthiq.archive.dropping import drop_links
from tawthiq.archive.link_memory import LINKER, keep
from tawthiq.archive.link_memory_copies import remembered
from tawthiq.archive.link_memory_events import Place, Told
from tawthiq.archive.link_memory_incidents import Decided
from tawthiq.archive.link_memory_rows import put
from tawthiq.archive.link_memory_shingles import posting, size_of
from tawthiq.archive.link_secret import link_secret
from tawthiq.archive.linking_rows import save_families, save_incidents
from tawthiq.archive.models import (
    LinkedReport,
    LinkRun,
    RememberedCopy,
    RememberedEvent,
    RememberedKey,
    RememberedReport,
    RememberedShingle,
    RememberedWord,
    StandingShingle,
)
from tawthiq.archive.models.keys import row_key
from tawthiq.linking.clustering import Cluster, Pair
from tawthiq.linking.copies import Compared, Shingled, compared, families_of
from tawthiq.linking.copies import meeting as copies_meeting
from tawthiq.linking.incidents import Clustered, Linking, clustered, incident_of, meeting, pairs_of
from tawthiq.linking.increment import connected, likely_pairs
from tawthiq.linking.occurrences import Occurrence, occurrences
from tawthiq.linking.origins import with_origins
from tawthiq.linking.sampled_index import kept_of
from tawthiq.linking.scoring import Weights
from tawthiq.linking.statistics import Statistics
from tawthiq.linking.uncollected import uncollected
from tawthiq.records.copies import CopyFamily
from tawthiq.records.incident import EventReference, Incident
from tawthiq.records.link_decision import Constraints
from tawthiq.records.links import LinkInput

_PARTS_BITS = 55  # of a key of 63 bits: so many lower ones are sorted at once
Inputs = Mapping[int, LinkInput]


@dataclass(frozen=True, slots=True)
class _Found:
    """All that a full run finds, before any row is written; `parts` holds the label of each event's part."""

    copies: Compared
    families: Sequence[CopyFamily]
    told: Mapping[int, Told]
    statistics: Statistics
    incidents: Sequence[Incident]
    parts: Mapping[int, int]


def link_all(
    inputs: Inputs, weights: Weights, decided: Decided, stamp: str, statistics: Statistics | None = None
) -> None:
    """Link all reports, given by number, and replace all links and all that is remembered, in one transaction.

    Without `statistics`, they are taken of these reports.
    """
    with uncollected():
        found = _find(inputs, weights, decided(None), statistics)
        with transaction.atomic():
            drop_links()
            _write(inputs, found, stamp)


def _find(inputs: Inputs, weights: Weights, decided: Constraints, given: Statistics | None) -> _Found:
    by_document = {report.document.id: report for report in inputs.values()}
    numbers = {report.document.id: number for number, report in inputs.items()}
    copies = compared([report.document for report in inputs.values()])
    copies = replace(copies, edges=copies_meeting(copies.edges, decided))
    families = with_origins(families_of(copies.edges), by_document)
    family_of = {member: min(numbers[each] for each in family.ids) for family in families for member in family.ids}
    secret = link_secret()
    told = {number: occurrences(report, secret=secret) for number, report in inputs.items()}
    statistics = given or Statistics.of(one for found in told.values() for one in found)
    ordered = [
        one
        for identifier in sorted(numbers)
        for one in _of_family(told[numbers[identifier]], family_of.get(identifier))
    ]
    parts = _parts(ordered, statistics, weights, decided)
    linking = Linking(by_document, weights, decided)
    incidents = [incident for part in parts for incident in _incidents(part, ordered, statistics, linking)]
    return _Found(copies, families, told, statistics, incidents, _labels(parts, ordered, numbers))


def _of_family(told: Told, family: int | None) -> Iterator[Occurrence]:
    """The occurrences of a report that is a member of a copy family."""
    if family is None or not told:
        yield from told
        return
    view = replace(told[0].told_in, family=family)
    yield from (replace(one, told_in=view) for one in told)


def _parts(
    ordered: Sequence[Occurrence], statistics: Statistics, weights: Weights, decided: Constraints
) -> list[tuple[list[int], Constraints]]:
    """The connected parts of all occurrences, each with the decisions that concern it."""
    places = {one.reference: number for number, one in enumerate(ordered)}
    together = pairs_of(decided.together, places)
    pairs: set[Pair] = {*likely_pairs(ordered, statistics, weights), *together}
    parts = connected(range(len(ordered)), meeting(pairs, ordered, decided))
    nothing = Constraints(compartments=decided.compartments)
    part_of = {number: at for at, part in enumerate(parts) for number in part}
    joined, parted = (_by_part(pairs, places, part_of) for pairs in (decided.together, decided.apart))
    return [
        (
            part,
            replace(nothing, together=tuple(joined[at]), apart=tuple(parted[at]))
            if at in joined or at in parted
            else nothing,
        )
        for at, part in enumerate(parts)
    ]


def _by_part(
    decided: Iterable[tuple[EventReference, EventReference]],
    places: Mapping[EventReference, int],
    part_of: Mapping[int, int],
) -> dict[int, list[tuple[EventReference, EventReference]]]:
    """Decisions about two events of one part, by that part."""
    found: dict[int, list[tuple[EventReference, EventReference]]] = defaultdict(list)
    for one, other in decided:
        if one in places and other in places and part_of[places[one]] == part_of[places[other]]:
            found[part_of[places[one]]].append((one, other))
    return found


def _incidents(
    part: tuple[list[int], Constraints], ordered: Sequence[Occurrence], statistics: Statistics, linking: Linking
) -> Iterator[Incident]:
    members, decided = part
    if len(members) == 1:
        alone = Clustered([ordered[members[0]]], {}, (), [Cluster((0,), None)])
        return iter([incident_of(alone.clusters[0], alone, statistics, linking)])
    own = replace(linking, constraints=decided)
    made = clustered([ordered[number] for number in members], statistics, own)
    return (incident_of(cluster, made, statistics, own) for cluster in made.clusters)


def _labels(
    parts: Iterable[tuple[list[int], Constraints]], ordered: Sequence[Occurrence], numbers: Mapping[str, int]
) -> dict[int, int]:
    """The label of the part of each event, by the event's key: the lowest key in it."""
    found: dict[int, int] = {}
    for part, _ in parts:
        keys = [_key(ordered[number].reference, numbers) for number in part]
        found |= dict.fromkeys(keys, min(keys))
    return found


def _key(reference: EventReference, numbers: Mapping[str, int]) -> int:
    return row_key(numbers[reference.document], reference.event)


def _write(inputs: Inputs, found: _Found, stamp: str) -> None:
    """All rows. The caller holds the transaction and has dropped the old ones."""
    numbers = {report.document.id: number for number, report in inputs.items()}
    save_families(found.families, numbers)
    made = save_incidents(found.incidents, numbers)
    incident_of_event = {
        _key(reference, numbers): number
        for number, incident in zip(made, found.incidents, strict=True)
        for reference in incident.events
    }
    _write_shingles(found.copies, found.told, numbers)
    put(RememberedCopy, (remembered(edge, numbers) for edge in found.copies.edges))
    put(RememberedWord, ((key,) for key in _in_order(events.word_postings(found.told, found.statistics))))
    put(RememberedKey, sorted(events.event_keys(found.told, found.statistics)))
    place = partial(_place, parts=found.parts, incidents=incident_of_event)
    put(RememberedEvent, (events.event_row(key, one, place(key)) for key, one in events.keyed(found.told)))
    put(LinkedReport, ((number,) for number in sorted(inputs)))
    keep(stamp, found.statistics, len(inputs))
    LinkRun.objects.create(reports=len(inputs), linker=LINKER)


def _place(key: int, parts: Mapping[int, int], incidents: Mapping[int, int]) -> Place:
    return Place(parts[key], incidents[key])


def _write_shingles(copies: Compared, told: Mapping[int, Told], numbers: Mapping[str, int]) -> None:
    """The index of shingles, and the report rows, which hold how much of each report is in it."""
    put(StandingShingle, ((shingle,) for shingle in sorted(copies.frequent)))
    postings = (
        posting(shingle, numbers[one.document.id]) for one in copies.documents for shingle in kept_of(one.shingles)
    )
    put(RememberedShingle, ((key,) for key in _in_order(postings)))
    put(RememberedReport, (_report_row(one, numbers[one.document.id], copies, told) for one in copies.documents))


def _report_row(one: Shingled, number: int, copies: Compared, told: Mapping[int, Told]) -> tuple[object, ...]:
    size = size_of(one, kept_of(one.shingles), copies.frequent)
    return events.report_row(number, one.document.id, size, told[number])


def _in_order(keys: Iterable[int]) -> Iterator[int]:
    """Very many keys, sorted: rows that come in order are put in fast, and lie close together."""
    drawers: dict[int, array[int]] = defaultdict(partial(array, "q"))
    for key in keys:
        drawers[key >> _PARTS_BITS].append(key)
    for drawer in sorted(drawers):
        yield from sorted(drawers[drawer])
