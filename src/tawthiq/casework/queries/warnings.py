"""Warnings of incidents: a victim is, or may be, a child; the case is one of sexual violence.

They come from what the machine read (the act, counts of children, words for a child beside a victim) and from person files.
A warning is a reason to protect, never a finding. What hidden person files say would tell that there are such files: it
is taken in only for a person who may see them, and for gates that show nothing (`whole`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from enum import StrEnum

from tawthiq.archive.models import EventCount, EventVictim, Incident, IncidentEvent
from tawthiq.casework.models import ItemRestriction, Person, PersonItem, PersonRole
from tawthiq.casework.queries.visibility import Sight
from tawthiq.lexicon.child_signs import tells_of_child
from tawthiq.records.count import Group
from tawthiq.records.event import Act


class Care(StrEnum):
    """What has to be protected with more care."""

    CHILD = "child"
    SEXUAL_VIOLENCE = "sexual-violence"


_ACTS = {Act.SEXUAL_VIOLENCE.value: Care.SEXUAL_VIOLENCE, Act.CHILD_RECRUITMENT.value: Care.CHILD}
_AT_ONCE = 400


def warnings_of(
    incidents: Collection[int], sight: Sight | None = None, *, whole: bool = False
) -> Mapping[int, frozenset[Care]]:
    """The warnings of incidents by number, in a constant number of queries for 400 of them; those without are left out.

    Person files count as far as `sight` reaches; without one only those that nothing hides from anybody at the desk; with
    `whole` all of them, for gates of publication and export.
    """
    found: dict[int, set[Care]] = defaultdict(set)
    numbers = sorted(set(incidents))
    for begin in range(0, len(numbers), _AT_ONCE):
        some = numbers[begin : begin + _AT_ONCE]
        for number, warning in (*_of_readings(some), *_of_persons(some, sight, whole=whole)):
            found[number].add(warning)
    return {number: frozenset(warnings) for number, warnings in found.items()}


def _of_readings(numbers: list[int]) -> list[tuple[int, Care]]:
    told = [
        (number, _ACTS[act])
        for number, act in Incident.objects.filter(pk__in=numbers, act__in=_ACTS).values_list("pk", "act")
    ]
    events = IncidentEvent.objects.filter(incident__in=numbers).order_by()
    acts = events.filter(event__act__in=_ACTS).values_list("incident", "event__act").distinct()
    told += [(number, _ACTS[act]) for number, act in acts]
    children = EventCount.objects.filter(group=Group.CHILDREN, event__incidents__incident__in=numbers).order_by()
    told += [(number, Care.CHILD) for number in children.values_list("event__incidents__incident", flat=True)]
    victims = EventVictim.objects.filter(event__incidents__incident__in=numbers).order_by()
    named = victims.values_list("event__incidents__incident", "text").distinct()
    return told + [(number, Care.CHILD) for number, words in named if tells_of_child(words)]


def _of_persons(numbers: list[int], sight: Sight | None, *, whole: bool) -> list[tuple[int, Care]]:
    """Victims in person files who are children."""
    children = Person.objects.filter(age_group=Person.AgeGroup.CHILD)
    if sight is not None and not whole:
        children = sight.persons(children)
    elif not whole:
        restricted = PersonItem.objects.filter(item__in=ItemRestriction.objects.values("item")).values("person")
        children = children.filter(groups=None).exclude(pk__in=restricted)
    victims = PersonRole.objects.filter(
        role=PersonRole.Role.VICTIM, ended_at=None, incident__in=numbers, person__in=children.order_by().values("pk")
    )
    return [(number, Care.CHILD) for number in victims.order_by().values_list("incident", flat=True)]
