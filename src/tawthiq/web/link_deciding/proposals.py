"""The queue of links that wait for a person: which come first, and which pair of tellings is shown of each.

An incident waits when the machine put tellings of several reports together and is not sure, and people have not said of all
of them that they are one occurrence. Decided pairs are not asked again. Of the others the pair is shown that the score joins
least surely, two sources before two copies of one dispatch. Each page takes a constant number of queries.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Case, F, FloatField, QuerySet, Value, When
from django.db.models.functions import Abs

from tawthiq.archive.models import Incident, IncidentEvent
from tawthiq.archive.queries.link_pairs import Comparing, Weighed
from tawthiq.casework.queries.link_lessons import weights_in_use
from tawthiq.records.incident import EventReference, Linked
from tawthiq.records.link_decision import Constraints
from tawthiq.web.link_deciding.reasons import Balance, balance, from_row
from tawthiq.web.link_deciding.tellings import Telling, tellings_of

CONSEQUENTIAL, UNCERTAIN = "consequential", "uncertain"
MOST_COMPARED = 16  # tellings of one incident that are compared with each other
EVEN = 0.5
_AT_ONCE = 400
Group = dict[EventReference, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One pair of an incident that waits; `others` is how many more tellings the incident has."""

    incident: Incident
    first: Telling
    second: Telling
    others: int
    tokens: tuple[str, ...]
    balance: Balance | None

    @property
    def one_dispatch(self) -> bool:
        """Whether the two reports repeat one text: one source, which speaks for nothing."""
        return are_one_dispatch(self.first, self.second)


def are_one_dispatch(one: Telling, other: Telling) -> bool:
    """Whether the reports of two tellings are copies of each other: their agreement says nothing."""
    return one.event.report_id != other.event.report_id and one.family is not None and one.family == other.family


def waiting(
    constraints: Constraints, order: str, postponed: Collection[str] = (), among: QuerySet[Incident] | None = None
) -> QuerySet[Incident]:
    """Incidents, all or `among` some, that wait for a person by the decisions in force, those that somebody put off last.

    `order` CONSEQUENTIAL begins with disputed ones and those of many reports, UNCERTAIN with the most even odds.
    """
    found = (Incident.objects.all() if among is None else among).filter(
        linked=Linked.PROPOSED.value, report_count__gt=1
    )
    found = found.exclude(number__in=_decided(constraints))
    # Without any the case would be a constant, which PostgreSQL takes for the number of a column.
    put_off = [Case(When(identifier__in=postponed, then=Value(1)), default=Value(0))] if postponed else []
    if order == UNCERTAIN:
        evenness = Abs(F("score") - Value(EVEN), output_field=FloatField())
        return found.order_by(*put_off, evenness, "-report_count", "number")
    calm = Case(When(contradictions=[], then=Value(1)), default=Value(0))
    return found.order_by(*put_off, calm, "-independent_sources", "-report_count", "score", "number")


def proposal(incident: Incident, constraints: Constraints) -> Proposal | None:
    """The pair of an incident that is to be judged; None when people have judged all of them."""
    tellings = tellings_of([incident.number])[incident.number]
    groups = _groups(constraints.together)
    open_pairs = [
        pair
        for pair in combinations(tellings[:MOST_COMPARED], 2)
        if groups.get(pair[0].reference, -1) != groups.get(pair[1].reference, -2)
    ]
    if not open_pairs:
        return None
    comparing = Comparing.of((telling.event.key for telling in tellings[:MOST_COMPARED]), weights_in_use())
    first, second = min(open_pairs, key=lambda pair: _rank(pair, comparing))
    tokens = tuple(telling.token for telling in tellings)
    return Proposal(
        incident, first, second, len(tellings) - 2, tokens, pair_balance(first, second, comparing, incident)
    )


def pair_balance(first: Telling, second: Telling, comparing: Comparing, incident: Incident | None) -> Balance | None:
    """What speaks for and against two tellings; from the incident's row where linking remembers nothing of them.

    None where there is no such row either.
    """
    weighed = comparing.pair(first.event.key, second.event.key)
    if weighed is None:
        return from_row(incident.reasons, incident.score) if incident else None
    return balance(weighed.reasons, weighed.chance)


def _rank(pair: tuple[Telling, Telling], comparing: Comparing) -> tuple[bool, bool, float, int, int]:
    """Two sources before one dispatch, two reports before one, the least sure first."""
    first, second = pair
    copies = are_one_dispatch(first, second)
    one_report = first.event.report_id == second.event.report_id
    weighed: Weighed | None = comparing.pair(first.event.key, second.event.key)
    return copies, one_report, weighed.score if weighed else 0.0, first.event.key, second.event.key


def _decided(constraints: Constraints) -> list[int]:
    """The numbers of incidents in which nothing is left to say: all held together, or kept apart and to be linked anew."""
    groups = _groups(constraints.together)
    references = {*groups, *(reference for pair in constraints.apart for reference in pair)}
    held: dict[int, Counter[int]] = defaultdict(Counter)
    members: dict[int, set[EventReference]] = defaultdict(set)
    for reference, incident in _incidents_of(references):
        members[incident].add(reference)
        if reference in groups:
            held[incident][groups[reference]] += 1
    sizes = Counter(IncidentEvent.objects.filter(incident__in=members).values_list("incident", flat=True))
    whole = {incident for incident, counts in held.items() if max(counts.values()) == sizes[incident]}
    of = {reference: incident for incident, found in members.items() for reference in found}
    parted = {of[one] for one, other in constraints.apart if one in of and of[one] == of.get(other)}
    return sorted(whole | parted)


def _incidents_of(references: Iterable[EventReference]) -> Iterable[tuple[EventReference, int]]:
    """Events beside the numbers of the incidents that hold them."""
    documents = sorted({reference.document for reference in references})
    wanted = set(references)
    for begin in range(0, len(documents), _AT_ONCE):
        some: Sequence[str] = documents[begin : begin + _AT_ONCE]
        rows = IncidentEvent.objects.filter(event__report__capture__identifier__in=some)
        for document, order, incident in rows.values_list(
            "event__report__capture__identifier", "event__order", "incident"
        ):
            reference = EventReference(document, order)
            if reference in wanted:
                yield reference, incident


def _groups(together: Iterable[tuple[EventReference, EventReference]]) -> Group:
    """Each event that people hold together with others, beside the number of its group."""
    group: Group = {}
    for number, (one, other) in enumerate(together):
        group[one] = group.get(one, number)
        group[other] = group[one]
    return group
