"""What work is about: subjects as notices, assignments and the queue name them, and which of them a person may see.

A subject is "KIND:KEY" with a key that outlives every new reading: a report by its capture's identifier, an incident and its
case by the incident's number, a pair of records by its digest, a person by number. What a person may not see is left out as
what does not exist is, in a number of queries that does not grow with the subjects.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tawthiq.archive.models import Capture, Incident
from tawthiq.casework.models import Person, PersonProposal, User
from tawthiq.casework.queries.cases import seen_cases
from tawthiq.casework.queries.visibility import Sight
from tawthiq.casework.rules import may_keep_persons, may_see_people

REPORT, INCIDENT, CASE, PAIR, PERSON = "report", "incident", "case", "pair", "person"
KINDS = (REPORT, INCIDENT, CASE, PAIR, PERSON)
LONGEST = 160
_MOST_DIGITS = 18
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Subject:
    """What a piece of work is about."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def number(self) -> int:
        """The key of an incident, a case or a person, as the number that it is."""
        return int(self.key)


def subject_of(text: str) -> Subject | None:
    """The subject that a text names; None for anything else, whatever it is."""
    kind, colon, key = text.partition(":")
    if not colon or kind not in KINDS or not key or len(text) > LONGEST or not key.isprintable():
        return None
    if kind in (INCIDENT, CASE, PERSON) and not (key.isascii() and key.isdigit() and len(key) <= _MOST_DIGITS):
        return None
    return Subject(kind, key)


def seen_of(subjects: Iterable[str], user: User, sight: Sight) -> set[str]:
    """Those of some subjects that are there and that this person may see."""
    keys: dict[str, set[str]] = defaultdict(set)
    for text in subjects:
        if subject := subject_of(text):
            keys[subject.kind].add(subject.key)
    found: set[str] = set()
    for kind, some in keys.items():
        ordered = sorted(some)
        for begin in range(0, len(ordered), _AT_ONCE):
            part = ordered[begin : begin + _AT_ONCE]
            found |= {f"{kind}:{key}" for key in _seen(kind, part, user, sight)}
    return found


def _seen(kind: str, keys: list[str], user: User, sight: Sight) -> Iterable[str]:
    if kind == REPORT:
        return sight.captures(Capture.objects.filter(identifier__in=keys)).values_list("identifier", flat=True)
    if kind == PAIR:
        pairs = PersonProposal.objects.filter(key__in=keys)
        allowed = (
            sight.by_identifier(pairs, "first_capture", "second_capture") if may_see_people(user) else pairs.none()
        )
        return allowed.values_list("key", flat=True)
    numbers = [int(key) for key in keys]
    if kind == PERSON:
        persons = sight.persons(Person.objects.filter(pk__in=numbers)) if may_keep_persons(user) else ()
        return [str(person.pk) for person in persons]
    if kind == CASE:
        return map(str, seen_cases(sight).filter(incident__in=numbers).values_list("incident", flat=True))
    return map(str, sight.incidents(Incident.objects.filter(number__in=numbers)).values_list("number", flat=True))
