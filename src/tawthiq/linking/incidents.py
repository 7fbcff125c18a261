"""Incidents proposed from occurrences: every event that tells a single occurrence belongs to exactly one incident.

An event that nothing was linked to is an incident of one document. Groups joined above the limit of link_weights.tsv count as
merged, others wait for a person; a shared copy never joins by itself, and what people put together or apart stays so.
Identifiers come from the events they hold, and all orders from the documents' identifiers, so the same inputs in any order
give the same incidents.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

import xxhash

from tawthiq.linking.attached import attached
from tawthiq.linking.candidates import candidates
from tawthiq.linking.claims import claims
from tawthiq.linking.clustering import Cluster, Pair, clusters
from tawthiq.linking.doubts import doubted
from tawthiq.linking.independence import sources
from tawthiq.linking.occurrences import Occurrence, occurrences
from tawthiq.linking.pairs import Compared, compared
from tawthiq.linking.place_names import PlaceView
from tawthiq.linking.relations import GENERAL
from tawthiq.linking.scoring import COPY, LIMIT, PRIOR, Weights, probability, shipped_weights
from tawthiq.linking.slots import disputed, slot_views
from tawthiq.linking.statistics import Statistics
from tawthiq.records.copies import CopyFamily
from tawthiq.records.count import Harm
from tawthiq.records.event import Act
from tawthiq.records.incident import DecidedBy, EventReference, Incident, Linked, Reason
from tawthiq.records.link_decision import Constraints
from tawthiq.records.links import LinkInput


@dataclass(frozen=True, slots=True)
class Linking:
    """What the parts of one linking share: the reports by identifier, the weights, and what people decided."""

    reports: Mapping[str, LinkInput]
    weights: Weights
    constraints: Constraints = field(default_factory=Constraints)

    @property
    def learnt(self) -> bool:
        """Whether people's decisions moved the weights away from the shipped ones."""
        return self.weights != shipped_weights()


def proposed_incidents(
    reports: Sequence[LinkInput],
    copies: Sequence[CopyFamily],
    constraints: Constraints | None = None,
    weights: Weights | None = None,
) -> tuple[Incident, ...]:
    """The incidents of all reports, in the order of `in_order`."""
    family_of = {identifier: number for number, family in enumerate(copies) for identifier in family.ids}
    by_id = {report.document.id: report for report in reports}
    found = [
        occurrence
        for identifier, report in sorted(by_id.items())
        for occurrence in occurrences(report, family_of.get(identifier))
    ]
    linking = Linking(by_id, weights or shipped_weights(), constraints or Constraints())
    return in_order(incidents_among(found, Statistics.of(found), linking))


def in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Incidents told by most reports first, then by first day, undated ones last, then by identifier.

    So the first incident that lists a report is the one that most others tell too.
    """

    def order(incident: Incident) -> tuple[int, date, str]:
        return -len(incident.documents), incident.first or date.max, incident.id

    return tuple(sorted(incidents, key=order))


@dataclass(frozen=True, slots=True)
class Clustered:
    """Occurrences in the order of their documents' identifiers, every pair that was compared, and the clusters made of them."""

    found: Sequence[Occurrence]
    why: Mapping[Pair, Compared]
    together: Collection[Pair]
    clusters: Sequence[Cluster]

    def joined(self) -> list[Pair]:
        """The pairs that hold a connected part together: those that score for one occurrence, and people's."""
        return [*(pair for pair, seen in self.why.items() if seen.score > 0), *self.together]


def incidents_among(found: Sequence[Occurrence], statistics: Statistics, linking: Linking) -> list[Incident]:
    """The incidents that occurrences are told of.

    Given a connected part of all occurrences (every two of different parts score nothing), the incidents of that part.
    """
    made = clustered(found, statistics, linking)
    return [incident_of(cluster, made, statistics, linking) for cluster in made.clusters]


def clustered(found: Sequence[Occurrence], statistics: Statistics, linking: Linking) -> Clustered:
    """The occurrences as clusters, one for each incident; of `linking`, no reports are looked at."""
    numbers = {occurrence.reference: number for number, occurrence in enumerate(found)}
    together = meeting(pairs_of(linking.constraints.together, numbers), found, linking.constraints)
    parted = pairs_of(linking.constraints.apart, numbers)
    pairs = {*meeting(candidates(found, statistics), found, linking.constraints), *together}
    same: dict[
        Compared, Compared
    ] = {}  # copies of one text come out alike, and a thousand of them make half a million pairs
    why = {}
    for a, b in sorted(pairs):
        seen = compared(found[a], found[b], statistics, linking.weights)
        why[a, b] = same.setdefault(seen, seen)
    held = _held(together)
    apart = {(a, b) for (a, b), seen in why.items() if seen.apart and held.get(a, a) != held.get(b, b)} | parted
    made = clusters(len(found), {pair: seen.score for pair, seen in why.items()}, apart, together)
    return Clustered(found, why, together, made)


def _held(together: Iterable[Pair]) -> dict[int, int]:
    """The lowest of the numbers that people's decisions put together with each, directly or through others."""
    held: dict[int, int] = {}
    for pair in together:
        first, second = sorted(held.setdefault(number, number) for number in pair)
        held = {number: first if under == second else under for number, under in held.items()}
    return held


def pairs_of(
    decided: Iterable[tuple[EventReference, EventReference]], numbers: Mapping[EventReference, int]
) -> set[Pair]:
    """Decisions as pairs of numbers, lower first; those about events that are not at hand are left out."""
    known = ((numbers[a], numbers[b]) for a, b in decided if a in numbers and b in numbers)
    return {(min(pair), max(pair)) for pair in known if pair[0] != pair[1]}


def meeting(pairs: Iterable[Pair], found: Sequence[Occurrence], decided: Constraints) -> set[Pair]:
    """The pairs of occurrences whose documents are of one compartment."""
    if not decided.compartments:
        return set(pairs)
    of = [decided.compartments.get(occurrence.reference.document) for occurrence in found]
    return {(first, second) for first, second in pairs if of[first] == of[second]}


def incident_of(cluster: Cluster, made: Clustered, statistics: Statistics, linking: Linking) -> Incident:
    """One cluster of `made` as an incident; of the reports of `linking`, those of its members are looked at."""
    members, reports = [made.found[number] for number in cluster.members], linking.reports
    killed, injured = (claims(members, reports, harm) for harm in (Harm.KILLED, Harm.INJURED))
    references = tuple(member.reference for member in members)
    by_person = any(a in references and b in references for a, b in linking.constraints.together)
    first, last = _days(members)
    place, latitude, longitude = _place(members)
    source, statements = sources(members, reports), attached(members, reports)
    slots = slot_views(members, reports, source, statements)
    return Incident(
        id=_identifier(members),
        events=references,
        documents=tuple(sorted(source)),
        act=_act(members),
        first=first,
        last=last,
        place=place,
        latitude=latitude,
        longitude=longitude,
        killed=killed,
        injured=injured,
        contradictions=disputed(slots),
        independent_sources=len(set(source.values())),
        linked=_linked(cluster, made, statistics, linking, by_person=by_person),
        score=round(probability(cluster.weakest), 4) if cluster.weakest is not None else 1.0 if by_person else 0.0,
        reasons=_reasons(cluster, made.why, linking.weights),
        slots=slots,
        statements=statements,
        sources=tuple(source[document] for document in sorted(source)),
        decided_by=DecidedBy.PERSON if by_person else DecidedBy.MACHINE,
    )


def _linked(cluster: Cluster, made: Clustered, statistics: Statistics, linking: Linking, *, by_person: bool) -> Linked:
    """Merged where every join was sure enough or a person's; weights that people taught must agree with the shipped ones."""
    if cluster.weakest is None:
        return Linked.MERGED if by_person else Linked.PROPOSED
    members = [made.found[number] for number in cluster.members]
    if not _sure(cluster, members, made.why):
        return Linked.PROPOSED
    if linking.learnt:
        again = incidents_among(members, statistics, replace(linking, weights=shipped_weights()))
        return again[0].linked if len(again) == 1 else Linked.PROPOSED
    return Linked.MERGED


def _sure(cluster: Cluster, members: Sequence[Occurrence], why: Mapping[Pair, Compared]) -> bool:
    """Whether the weakest join reaches the limit, less what a shared dispatch adds, and nothing speaks of two."""
    pairs = [why[pair] for pair in combinations(cluster.members, 2) if pair in why]
    weights = shipped_weights()
    copied = weights[COPY] if any(COPY in pair.features for pair in pairs) else 0.0
    return (cluster.weakest or 0.0) - copied >= weights[LIMIT] and not doubted(members, pairs)


def _identifier(members: Sequence[Occurrence]) -> str:
    key = "\n".join(f"{member.reference.document}\t{member.reference.event}" for member in members)
    return f"i-{xxhash.xxh3_64_hexdigest(key.encode('utf-8', 'surrogatepass'))}"


def _act(members: Sequence[Occurrence]) -> Act:
    """The act most events tell; a special act goes before "killing" and "injury"."""
    told = Counter(member.act for member in members)
    special = {act: count for act, count in told.items() if act not in GENERAL} or told
    return min(special, key=lambda act: (-special[act], act.value))


def _days(members: Sequence[Occurrence]) -> tuple[date | None, date | None]:
    """The span of days that the texts give; where none does, of the windows before publication."""
    dated = [member for member in members if member.dated] or members
    firsts = [member.first for member in dated if member.first is not None]
    lasts = [member.last for member in dated if member.last is not None]
    if not firsts or not lasts:
        return None, None
    return date.fromordinal(min(firsts)), date.fromordinal(max(lasts))


def _place(members: Sequence[Occurrence]) -> tuple[str | None, float | None, float | None]:
    """The place that most events name as their most specific, with the coordinates of its gazetteer entry.

    "The city" or "the quarter" names no place and is passed over for the next wider one that does, if any event has it.
    """
    specific = [_most_specific(member.places) for member in members if member.places]
    if not specific:
        return None, None, None
    told_by = Counter(place.code or place.shown for place in specific)

    def order(place: PlaceView) -> tuple[bool, bool, int, bool, str]:
        name = place.code or place.shown
        return not place.words, place.wide, -told_by[name], place.code is None, place.shown

    best = min(specific, key=order)
    return best.shown, best.latitude, best.longitude


def _most_specific(places: Sequence[PlaceView]) -> PlaceView:
    return next((place for place in places if place.words), places[0])


def _reasons(cluster: Cluster, why: Mapping[Pair, Compared], weights: Weights) -> tuple[Reason, ...]:
    """Each feature with its average weight over the incident's scored pairs, and how often each value was found."""
    pairs = [why[pair].features for pair in combinations(cluster.members, 2) if pair in why]
    if not pairs:
        return ()
    found: dict[str, dict[str, int]] = {}
    for seen in pairs:
        for feature, value in seen:
            values = found.setdefault(feature, {})
            values[value] = values.get(value, 0) + 1
    reasons = [Reason("prior", weights[PRIOR], f"{len(pairs)} pairs")]
    for feature, values in found.items():
        weight = sum(weights.get((feature, value), 0.0) * count for value, count in sorted(values.items())) / len(pairs)
        detail = ", ".join(f"{value} in {count} of {len(pairs)}" for value, count in sorted(values.items()))
        reasons.append(Reason(feature, round(weight, 3), detail))
    return tuple(reasons)
