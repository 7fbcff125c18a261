"""Incidents proposed from occurrences: every event that tells a single occurrence belongs to exactly one incident.

An event that nothing was linked to is an incident of one document. Groups joined above `MERGED` count as merged, others
wait for a person; a shared copy never joins by itself. Identifiers come from the events they hold, and all orders from the
documents' identifiers, so the same inputs in any order give the same incidents.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

import xxhash

from tawthiq.linking.candidates import candidates
from tawthiq.linking.claims import claims, contradictions, sources
from tawthiq.linking.clustering import Cluster, Pair, clusters
from tawthiq.linking.features import Commonness, Features, features, probability, score, weights
from tawthiq.linking.occurrences import Occurrence, told
from tawthiq.linking.place_names import PlaceView
from tawthiq.records.copies import CopyFamily
from tawthiq.records.count import Harm
from tawthiq.records.event import Act
from tawthiq.records.incident import Incident, Linked, Reason
from tawthiq.records.links import LinkInput

MERGED = 0.95  # probability of the weakest join from which no person need confirm; eval/linking.py prints the precision
KEPT = -6.0  # pairs below this logarithm of odds are kept apart as surely as it gets
# By any of these, two events of one document are told as two; without, one event may have been read twice.
CONFLICTS = {
    ("act", "different"),
    ("date", "next_day"),
    ("date", "few_days"),
    ("date", "apart"),
    ("place", "near"),
    ("place", "different"),
    ("place", "far"),
    ("killed", "close"),
    ("killed", "contrary"),
    ("injured", "close"),
    ("injured", "contrary"),
}
GENERAL = (Act.KILLING, Act.INJURY, Act.OTHER)


def proposed_incidents(reports: Sequence[LinkInput], copies: Sequence[CopyFamily]) -> tuple[Incident, ...]:
    """The incidents of all reports, ordered by first day, then identifier; undated ones last."""
    family_of = {identifier: number for number, family in enumerate(copies) for identifier in family.ids}
    by_id = {report.document.id: report for report in reports}
    all_told = told(reports, family_of)
    found, common = all_told.occurrences, Commonness.of(all_told)
    why = {pair: features(found[pair[0]], found[pair[1]], common) for pair in candidates(found)}
    scores = {pair: max(KEPT, score(seen)) for pair, seen in why.items()}
    apart = {pair for pair, seen in why.items() if ("document", "same") in seen and CONFLICTS.intersection(seen)}
    made = [_incident(cluster, found, by_id, why) for cluster in clusters(len(found), scores, apart)]
    return tuple(sorted(made, key=lambda incident: (incident.first or date.max, incident.id)))


def _incident(
    cluster: Cluster, found: Sequence[Occurrence], reports: Mapping[str, LinkInput], why: Mapping[Pair, Features]
) -> Incident:
    members = [found[number] for number in cluster.members]
    killed, injured = (claims(members, reports, harm) for harm in (Harm.KILLED, Harm.INJURED))
    certain = probability(cluster.weakest) if cluster.weakest is not None else 0.0
    first, last = _days(members)
    place, latitude, longitude = _place(members)
    source = sources(members, reports)
    return Incident(
        id=_identifier(members),
        events=tuple(member.reference for member in members),
        documents=tuple(sorted({member.reference.document for member in members})),
        act=_act(members),
        first=first,
        last=last,
        place=place,
        latitude=latitude,
        longitude=longitude,
        killed=killed,
        injured=injured,
        contradictions=contradictions(members, source, killed, injured),
        independent_sources=len(set(source.values())),
        linked=Linked.MERGED if certain >= MERGED else Linked.PROPOSED,
        score=round(certain, 4),
        reasons=_reasons(cluster, why),
    )


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


def _reasons(cluster: Cluster, why: Mapping[Pair, Features]) -> tuple[Reason, ...]:
    """Each feature with its average weight over the incident's scored pairs, and how often each value was found."""
    pairs = [why[pair] for pair in combinations(cluster.members, 2) if pair in why]
    if not pairs:
        return ()
    table = weights()
    found: dict[str, Counter[str]] = {}
    for seen in pairs:
        for feature, value in seen:
            found.setdefault(feature, Counter())[value] += 1
    reasons = [Reason("prior", table["prior", "any"], f"{len(pairs)} pairs")]
    for feature, values in found.items():
        weight = sum(table[feature, value] * count for value, count in sorted(values.items())) / len(pairs)
        detail = ", ".join(f"{value} in {count} of {len(pairs)}" for value, count in sorted(values.items()))
        reasons.append(Reason(feature, round(weight, 3), detail))
    return tuple(reasons)
