"""Why a case needs particular care: a victim may be a child, or it is sexual violence. Computed, never typed, never
switched off.

A warning comes from what any source tells, verified or not: who must be protected does not depend on who is right.
"""

from collections.abc import Collection, Iterable

from tawthiq.archive.models import Event, EventCount, EventVictim, IncidentEvent
from tawthiq.lexicon.child_signs import tells_of_child
from tawthiq.lexicon.verification_terms import violation_types
from tawthiq.records.count import Group
from tawthiq.records.event import Act

CHILD, SEXUAL = "child", "sexual"
_CHILD_TYPES, _SEXUAL_TYPES = ("CHI",), ("SEX",)


def warnings_of(incident: int, violations: Iterable[str] = ()) -> tuple[str, ...]:
    """The warnings of one incident and of the types of violations that people set for it."""
    return warnings_for([incident], {incident: tuple(violations)})[incident]


def warnings_for(incidents: Collection[int], violations: dict[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """The warnings of several incidents, in a constant number of queries."""
    events = dict(IncidentEvent.objects.filter(incident__in=incidents).values_list("event_id", "incident_id"))
    acts = Event.objects.filter(incidents__incident__in=incidents)
    sexual = set(acts.filter(act=Act.SEXUAL_VIOLENCE.value).values_list("incidents__incident", flat=True))
    children = set(acts.filter(act=Act.CHILD_RECRUITMENT.value).values_list("incidents__incident", flat=True))
    counts = EventCount.objects.filter(event__incidents__incident__in=incidents, group=Group.CHILDREN.value)
    children |= set(counts.values_list("event__incidents__incident", flat=True))
    victims = EventVictim.objects.filter(event__incidents__incident__in=incidents)
    children |= {events[event] for event, text in victims.values_list("event_id", "text") if tells_of_child(text)}
    return {
        incident: tuple(
            warning
            for warning, found, types in ((CHILD, children, _CHILD_TYPES), (SEXUAL, sexual, _SEXUAL_TYPES))
            if incident in found or set(types) & set(violations.get(incident, ()))
        )
        for incident in incidents
    }


def is_sensitive(warnings: Collection[str], violations: Iterable[str]) -> bool:
    """Whether publishing asks for a second person and for no exact place."""
    types = violation_types()
    return bool(warnings) or any(types[code].sensitive for code in violations if code in types)
