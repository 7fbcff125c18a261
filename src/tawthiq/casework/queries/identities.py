"""Finding person files by name without opening any: the folded words of a name as keyed hashes (domain.identities).

Whole words only, in any spelling that folding makes one; part of a word finds nothing.
"""

from django.db.models import Q, QuerySet

from tawthiq.casework.domain.field_key_cipher import FieldKeys
from tawthiq.casework.models import Person, PersonNameCode, PersonReveal, User
from tawthiq.casework.rules import files_given_to, may_see_people
from tawthiq.linking.people.names import comparable, name_words

MOST_WORDS = 8


def named(rows: QuerySet[Person], name: str, keys: FieldKeys) -> QuerySet[Person]:
    """Those of some person files in whose names every word of `name` stands, as written or as names are compared."""
    ways = {tuple(comparable(name).split()[:MOST_WORDS]), tuple(word.form for word in name_words(name)[:MOST_WORDS])}
    found = Q()
    for words in filter(None, ways):
        every = Q()
        for word in words:
            every &= Q(pk__in=PersonNameCode.objects.filter(code__in=keys.codes(word)).values("person"))
        found |= every
    return rows.filter(found) if found else rows.none()


def revealable(rows: QuerySet[Person], user: User) -> QuerySet[Person]:
    """Those of some person files whose identity a person may be shown (casework.rules.may_reveal), in one query more."""
    if not may_see_people(user):
        return rows.none()
    if user.role in (User.Role.OWNER, User.Role.EDITOR):
        return rows
    given = files_given_to(user).values_list("subject", flat=True)
    numbers = [int(number) for subject in given if (number := subject.partition(":")[2]).isdecimal()]
    mine = Person.groups.through.objects.filter(group__members=user).values("person")
    return rows.filter(Q(pk__in=numbers) | Q(pk__in=mine))


def reveals_of(person: Person) -> QuerySet[PersonReveal]:
    """Who was shown the identity, when and why, the last first."""
    return PersonReveal.objects.filter(person=person)
