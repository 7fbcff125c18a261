"""Whose names must not leave: the persons of all files, people of victim lists and proposals, and the accounts of the team.

What is opened here is shown to nobody and kept nowhere: it is what outputs are searched for. Files of every group count,
whoever hands something out: who may not see a file must not publish its name by accident. Notes are no names and are left
out; of a destroyed identity nothing is left that could be looked for.
"""

from collections.abc import Iterator
from pathlib import Path

from tawthiq.casework.domain.field_key import field_keys
from tawthiq.casework.domain.field_key_cipher import FieldKeys
from tawthiq.casework.domain.identities import Revealed, opened
from tawthiq.casework.domain.people import opened as opened_pair
from tawthiq.casework.models import Person, PersonProposal, User
from tawthiq.records.disclosure import Protected, ProtectedPerson

_NAMES = ("name", "father", "mother", "kunya", "identity")
"""The values of a record on a list that name somebody (records.person.PERSON_COLUMNS)."""
_AT_ONCE = 500
UNNAMED = ""
"""What stands in for people of lists, who have no pseudonym: redaction writes that a name is withheld."""


def protected_in(folder: Path | None) -> Protected:
    """All who are protected in an archive. Raises KeyLocked, FieldKeyLost and FieldDiffers: without the names nothing is
    handed out, since nobody could tell whom it names.
    """
    files = Person.objects.filter(identity_state=Person.IdentityState.KEPT)
    pairs = PersonProposal.objects.all()
    found: list[ProtectedPerson] = []
    if files.exists() or pairs.exists():
        keys = field_keys(folder)
        found = [*_of_files(keys), *_of_lists(keys)]
    return Protected(tuple(found), tuple(User.objects.order_by("name").values_list("name", flat=True)))


def _of_files(keys: FieldKeys) -> Iterator[ProtectedPerson]:
    files = Person.objects.filter(identity_state=Person.IdentityState.KEPT).order_by("number")
    for person in files.select_related("identity").prefetch_related("namings").iterator(chunk_size=_AT_ONCE):
        strings = tuple(dict.fromkeys(string for string in _strings(opened(person, keys)) if string.strip()))
        if strings:
            yield ProtectedPerson(
                stand_in=person.pseudonym or f"P-{person.number}",
                strings=strings,
                courts=person.consent_court == Person.Consent.GIVEN,
                public=person.consent_publish == Person.Consent.GIVEN,
            )


def _strings(revealed: Revealed) -> Iterator[str]:
    """The names of one person, as kept and as items write them, the contact, a birth day that is known to the day."""
    identity = revealed.identity
    yield from identity.names
    yield from (naming.text for naming in revealed.namings)
    yield identity.contact
    if identity.birth_first == (identity.birth_last or identity.birth_first):
        yield identity.birth_first


def _of_lists(keys: FieldKeys) -> Iterator[ProtectedPerson]:
    """The people of lists and reports who stand in proposed pairs, each side by itself; those with the same names once."""
    seen: set[tuple[str, ...]] = set()
    for row in PersonProposal.objects.order_by("number").iterator(chunk_size=_AT_ONCE):
        content = opened_pair(row, keys)
        for side in ("first", "second"):
            values = content.get(side, {}).get("values", {})
            strings = tuple(str(values[name][0]) for name in _NAMES if name in values and str(values[name][0]).strip())
            if strings and strings not in seen:
                seen.add(strings)
                yield ProtectedPerson(stand_in=UNNAMED, strings=strings)
