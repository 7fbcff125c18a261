"""Roles of persons in incidents: said, taken back. Whoever was a child at the time of the act is one in the file.

Rows stay when a role is taken back. What the sealed identity tells of age is looked at where the file says nothing of it; it is
shown to nobody.
"""

from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.casework.domain.field_key import writing_keys
from tawthiq.casework.domain.field_key_cipher import FieldKeyLost, FieldKeys
from tawthiq.casework.domain.identities import derive_child
from tawthiq.casework.domain.persons import Acting, Deed, overtaken, point, revise
from tawthiq.casework.models import Person, PersonIdentity, PersonRole
from tawthiq.records.errors import WrongUsage
from tawthiq.records.link_decision import EventAnchor


def add_role(
    folder: Path | None, number: int, role: str, acting: Acting, *, incident: int, anchor: EventAnchor
) -> Person:
    """Say what a person is said to have been in an incident, by the telling that was looked at.

    Raises Overtaken, WrongUsage for a role that the file has already, and KeyLocked where the sealed identity has to be asked
    for the age and the passphrase was not given.
    """
    with ExitStack() as held:
        asked = PersonIdentity.objects.filter(person=number, person__age_group="").exists()
        keys = _keys(folder, held) if asked else None

        def act(person: Person) -> None:
            put_role(person, role, acting.by, incident=incident, anchor=anchor)
            if keys is not None:
                derive_child(person, keys, acting.by)

        return revise(folder, number, Deed.ROLE_ADDED, acting, act)


def _keys(folder: Path | None, held: ExitStack) -> FieldKeys | None:
    """The keys, held until the role is saved; None where they are lost, and the identity with them."""
    try:
        return held.enter_context(writing_keys(folder))
    except FieldKeyLost:
        return None


def put_role(person: Person, role: str, by: str, *, incident: int, anchor: EventAnchor) -> None:
    """Add the row of a role. The caller holds the transaction. Raises WrongUsage for one that the file has already."""
    value = PersonRole.Role(role).value
    if person.roles.filter(role=value, incident=incident, ended_at=None).exists():
        raise WrongUsage(
            item=f"incident {incident}", happened="the file has this role already", advice="choose another"
        )
    person.roles.create(
        role=value, incident=incident, item=anchor.document, anchor=asdict(anchor), by=by, at=datetime.now(UTC)
    )
    point(person, [anchor.document])


def end_role(folder: Path | None, number: int, role: int, acting: Acting) -> Person:
    """Take a role back; its row stays. Raises Overtaken, also where the role is not in force any more."""

    def act(person: Person) -> None:
        ended = person.roles.filter(pk=role, ended_at=None).update(ended_by=acting.by, ended_at=datetime.now(UTC))
        if not ended:
            raise overtaken()

    return revise(folder, number, Deed.ROLE_ENDED, acting, act)
