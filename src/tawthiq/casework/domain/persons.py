"""Person files opened and changed: what is known of a person, consent and risk, who may see the file.

Every change is one transaction that adds a revision (Person.revision counts them) and enters the custody log with the
revision's digest only. Who changes has seen a revision; whoever comes second is told (Overtaken), nothing is overwritten.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.field_key import put, writing_keys
from tawthiq.casework.domain.field_key_cipher import FieldKeys
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import Group, Person, PersonItem, PersonRevision
from tawthiq.casework.models.encrypted import empty
from tawthiq.custody.entry import digest_of
from tawthiq.records.errors import WrongUsage

_SMALLEST, _LARGEST = 100_000, 999_999
_TRIES = 200
_NONCE_BYTES = 16
Deed = PersonRevision.Deed


@dataclass(frozen=True, slots=True)
class Acting:
    """Who changes a file, and the revision that they saw."""

    by: str
    seen: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of a person, as the fields of `models.Person` of the same names; `risk_reason` is sealed there."""

    pseudonym: str = ""
    sex: str = ""
    age_group: str = ""
    civilian: str = ""
    bases: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    public_name: str = ""
    risk: str = ""
    risk_reason: str = ""
    consent_keep: str = ""
    consent_court: str = ""
    consent_publish: str = ""
    consent_by: str = ""
    consent_on: date | None = None
    consent_how: str = ""
    ask_again: date | None = None


_CLEAR = tuple(name for name in Facts.__dataclass_fields__ if name != "risk_reason")


def open_file(
    folder: Path | None,
    facts: Facts,
    groups: Collection[Group],
    by: str,
    *,
    items: Collection[str] = (),
    origin: str = "",
    acts: Collection[Callable[[Person], object]] = (),
) -> Person:
    """A new file under a number that tells of no other, pointing to `items` from its first moment.

    `origin` names what it is opened from, of which one file is opened at most. `acts` are what it holds at once (a role, an
    identity): all of it is kept, as one revision, or nothing. Raises Overtaken where the file is there already, WrongUsage
    where nearly all numbers are taken, and what `acts` raise.
    """
    at = datetime.now(UTC)
    with _sealing(folder, facts) as keys, transaction.atomic():
        if origin and opened_from(origin) is not None:
            raise overtaken()
        person = Person(number=_free_number(), opened_by=by, opened=at)
        person.save(force_insert=True)
        _take(person, facts, keys)
        point(person, items)
        person.groups.set(groups)
        for act in acts:
            act(person)
        row = _revision(person, Deed.OPENED, by, at, origin)
        transaction.on_commit(partial(_log, folder, row))
    return person


def opened_from(origin: str) -> int | None:
    """The number of the file that was opened from `origin`; None where there is none."""
    rows = PersonRevision.objects.filter(deed=Deed.OPENED, content__reason=origin)
    return rows.values_list("person", flat=True).first()


def change(folder: Path | None, number: int, facts: Facts, acting: Acting) -> Person:
    """Say anew what is known of a person. Raises Overtaken."""
    with _sealing(folder, facts) as keys:
        return revise(folder, number, Deed.CHANGED, acting, lambda person: _take(person, facts, keys))


def set_groups(folder: Path | None, number: int, groups: Collection[Group], acting: Acting) -> Person:
    """Restrict a file to groups, or lift that with none. Raises Overtaken."""
    return revise(folder, number, Deed.GROUPS, acting, lambda person: person.groups.set(groups))


def revise(
    folder: Path | None,
    number: int,
    deed: str,
    acting: Acting,
    act: Callable[[Person], object],
    *,
    reason: str = "",
) -> Person:
    """Change a file by `act` in one transaction, add the revision, log it. Raises Overtaken and what `act` raises."""
    at = datetime.now(UTC)
    try:
        with transaction.atomic():
            person = Person.objects.select_for_update().filter(pk=number).first()
            if person is None or person.revision != acting.seen:
                raise overtaken()
            act(person)
            row = _revision(person, deed, acting.by, at, reason)
    except IntegrityError as error:
        raise overtaken() from error
    _log(folder, row)
    return person


def overtaken() -> Overtaken:
    """What is raised where somebody came first."""
    return Overtaken(
        item="this person file",
        happened="somebody else changed it in the meantime",
        advice="look at what they changed, then change it again",
    )


def nonce() -> str:
    """Fresh random digits, so that nobody can try guesses against a digest."""
    return secrets.token_hex(_NONCE_BYTES)


def subject(number: int) -> str:
    """How the custody log and notices name a person file."""
    return f"person:{number}"


def _free_number() -> int:
    for _ in range(_TRIES):
        number = _SMALLEST + secrets.randbelow(_LARGEST - _SMALLEST + 1)
        if not Person.objects.filter(pk=number).exists():
            return number
    raise WrongUsage(item="person files", happened="nearly every number is taken", advice="begin another archive")


@contextmanager
def _sealing(folder: Path | None, facts: Facts) -> Iterator[FieldKeys | None]:
    """The keys for what of the facts is sealed; None where there is nothing to seal."""
    if not facts.risk_reason:
        yield None
        return
    with writing_keys(folder) as keys:
        yield keys


def _take(person: Person, facts: Facts, keys: FieldKeys | None) -> None:
    for name in _CLEAR:
        setattr(person, name, getattr(facts, name))
    person.risk_reason = empty()
    if keys is not None:
        put(person, "risk_reason", facts.risk_reason, keys)
    person.save()
    point(person, [str(basis["item"]) for basis in facts.bases.values() if "item" in basis])


def point(person: Person, items: Collection[str]) -> None:
    """Remember that the file points to these items."""
    PersonItem.objects.bulk_create([PersonItem(person=person, item=item) for item in set(items)], ignore_conflicts=True)


def _revision(person: Person, deed: str, by: str, at: datetime, reason: str = "") -> PersonRevision:
    """The row of a change, saved with the file's new state. The caller holds the transaction."""
    person.revision += 1
    person.save()
    roles = person.roles.filter(ended_at=None).values_list("role", "incident", "item")
    facts = {name: getattr(person, name) for name in _CLEAR}
    # Of the sealed reason a revision keeps the ciphertext's digest: nobody can try guesses against it.
    facts["risk_reason"] = hashlib.sha256(str(person.risk_reason).encode()).hexdigest() if person.risk_reason else ""
    content = {
        "schema": "tawthiq/person/1",
        "person": person.number,
        "revision": person.revision,
        "deed": deed,
        "by": by,
        "at": at.isoformat(),
        "reason": reason,
        "facts": {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()},
        "roles": [list(role) for role in roles],
        "groups": sorted(person.groups.values_list("name", flat=True)),
        "identity": person.identity_state,
        "nonce": nonce(),
    }
    row = PersonRevision(
        person=person,
        revision=person.revision,
        deed=deed,
        content=content,
        sha256=digest_of(content),
        by=by,
        at=at,
    )
    row.save(force_insert=True)
    return row


def _log(folder: Path | None, row: PersonRevision) -> None:
    facts = {"deed": row.deed, "revision": row.revision, "change_sha256": row.sha256}
    custody.record(folder, custody.PERSON_CHANGED, row.by, subject=subject(row.person_id), facts=facts, at=row.at)
