"""Whose names must not leave: the persons of all files, opened for this alone, and the accounts of the team.

What is opened here is shown to nobody and kept nowhere: it is what outputs are searched for.
"""

from pathlib import Path

from tawthiq.casework.domain.field_key import field_keys
from tawthiq.casework.domain.identities import opened
from tawthiq.casework.models import Person, User
from tawthiq.records.disclosure import Protected, ProtectedPerson


def protected_in(folder: Path | None) -> Protected:
    """All who are protected in an archive. Raises KeyLocked, FieldKeyLost and FieldDiffers: without the names nothing is
    handed out, since nobody could tell whom it names.
    """
    files = Person.objects.filter(identity_state=Person.IdentityState.KEPT).order_by("number")
    found: list[ProtectedPerson] = []
    if files.exists():
        keys = field_keys(folder)
        for person in files.prefetch_related("namings"):
            revealed = opened(person, keys)
            strings = [*revealed.identity.names, revealed.identity.contact, *(each.text for each in revealed.namings)]
            found.append(
                ProtectedPerson(
                    stand_in=person.pseudonym or f"P-{person.number}",
                    strings=tuple(dict.fromkeys(string for string in strings if string)),
                    courts=person.consent_court == Person.Consent.GIVEN,
                    public=person.consent_publish == Person.Consent.GIVEN,
                )
            )
    return Protected(tuple(found), tuple(User.objects.order_by("name").values_list("name", flat=True)))
