"""Who a person is: kept sealed, shown after a reason was given and logged, destroyed on request.

Each identity is sealed under a data key of its own, and that key under the archive's field key. Destroying the wrapped data key
destroys the identity (crypto-shredding): the pseudonym, the roles, the revisions and the log stay. Nothing is opened without a
row of who, when and why, and an entry of the custody log, both written before anything is handed out.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import Min

from tawthiq.archive.erasing import drop_copies
from tawthiq.archive.models import Incident
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.field_key import place_of, put, reveal, writing_keys
from tawthiq.casework.domain.field_key_cipher import FieldDiffers, FieldKey, FieldKeyLost, FieldKeys
from tawthiq.casework.domain.people_sealing import empty_journal, forget_deleted
from tawthiq.casework.domain.persons import Acting, Deed, nonce, point, revise, subject
from tawthiq.casework.models import (
    Person,
    PersonIdentity,
    PersonNameCode,
    PersonNaming,
    PersonReveal,
    User,
)
from tawthiq.casework.models.encrypted import Sealed, empty
from tawthiq.casework.rules import may_reveal
from tawthiq.custody.entry import digest_of
from tawthiq.linking.people.names import comparable, name_words
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.records.link_decision import EventAnchor
from tawthiq.store.layout import Layout

ADULT = 18
LEAST_REASON = 10
"""Characters that a reason has at least."""
_DATA_KEY = "data-key"
_State = Person.IdentityState


class NotAllowed(TawthiqError):
    """The user may not be shown this identity, or not any more."""


@dataclass(frozen=True, repr=False)
class Identity:
    """Who a person is. Empty fields are not known. Days are ISO dates or parts of them, ages whole years.

    A birth day known in part is a range: `birth_first` to `birth_last`. Its representation shows nothing of it.
    """

    full: str = ""
    given: str = ""
    father: str = ""
    family: str = ""
    kunya: str = ""
    full_latin: str = ""
    given_latin: str = ""
    father_latin: str = ""
    family_latin: str = ""
    kunya_latin: str = ""
    birth_first: str = ""
    birth_last: str = ""
    age_least: int | None = None
    age_most: int | None = None
    contact: str = ""
    notes: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in both scripts."""
        return tuple(
            name
            for name in (
                *(self.full, self.given, self.father, self.family, self.kunya, self.full_latin),
                *(self.given_latin, self.father_latin, self.family_latin, self.kunya_latin),
            )
            if name
        )

    def may_be_child(self, on: date) -> bool:
        """Whether the person may be under 18, by the least age told, or by the latest birth day that is possible."""
        if self.age_least is not None or self.age_most is not None:
            return min(age for age in (self.age_least, self.age_most) if age is not None) < ADULT
        last = self.birth_last or self.birth_first
        return bool(last) and f"{on.year - ADULT:04}{on.isoformat()[4:]}"[: len(last)] <= last


@dataclass(frozen=True, repr=False)
class Revealed:
    """What a reveal hands out: the identity, and the characters of items that name the person."""

    identity: Identity
    namings: tuple[EventAnchor, ...]


def keep(folder: Path | None, number: int, identity: Identity, acting: Acting) -> Person:
    """Seal an identity in a file, in place of the one before. Raises Overtaken, WrongUsage where it was destroyed.

    Whoever is or may be a child becomes one in the file where it says nothing of age, so that warnings are given.
    """
    with writing_keys(folder) as keys:
        forget_deleted()
        act = partial(put_identity, identity=identity, keys=keys, by=acting.by)
        return revise(folder, number, Deed.IDENTITY_KEPT, acting, act)


def put_identity(person: Person, identity: Identity, keys: FieldKeys, by: str) -> None:
    """Seal an identity into a file that is saved afterwards. The caller holds transaction and `writing_keys`."""
    row, key = _own_key(person, keys)
    _seal(row, identity, key)
    row.save()
    _code(person, identity, keys)
    person.identity_state = _State.KEPT
    _take_for_child(person, identity, by)


def derive_child(person: Person, keys: FieldKeys, by: str) -> None:
    """Look whether the sealed identity tells of a child, where the file says nothing of age. Shown to nobody.

    An identity that does not open tells nothing: the file goes on without it. The caller saves the person.
    """
    row = PersonIdentity.objects.filter(person=person).first()
    if row is None or not row.content or person.age_group or person.identity_state != _State.KEPT:
        return
    try:
        identity = Identity(**json.loads(_opened(row, "content", _data_key(row, keys))))
    except (FieldKeyLost, FieldDiffers):
        return
    _take_for_child(person, identity, by)


def add_naming(folder: Path | None, number: int, anchor: EventAnchor, acting: Acting) -> Person:
    """Mark characters of an item that name the person; they are sealed as the identity is. Raises as `keep` does."""
    with writing_keys(folder) as keys:
        act = partial(put_naming, anchor=anchor, keys=keys)
        return revise(folder, number, Deed.NAMING_ADDED, acting, act)


def put_naming(person: Person, anchor: EventAnchor, keys: FieldKeys) -> None:
    """Seal a mark into a file that is saved afterwards. The caller holds transaction and `writing_keys`."""
    row, key = _own_key(person, keys)
    row.save()
    naming = PersonNaming(person=person, item=anchor.document, token=secrets.token_hex(16))
    naming.content = _sealed(naming, "content", json.dumps(asdict(anchor)), key)
    naming.save(force_insert=True)
    point(person, [anchor.document])
    person.identity_state = _State.KEPT


def shown(folder: Path | None, number: int, user: User, reason: str) -> Revealed:
    """An identity for one view, after the reason is written down and logged.

    Raises WrongUsage for a reason that is none, NotAllowed for who may not (asked anew in this moment), FieldKeyLost,
    FieldDiffers, KeyLocked, and StorageFailed where nothing can be written down for the log.
    """
    told = " ".join(reason.split())
    if len(told) < LEAST_REASON:
        raise WrongUsage(item="a reason", happened="it is too short to be one", advice="say why you need to know")
    at = datetime.now(UTC)
    with writing_keys(folder) as keys, transaction.atomic():
        person = Person.objects.select_for_update().filter(pk=number, identity_state=_State.KEPT).first()
        asking = User.objects.filter(pk=user.pk, is_active=True).first()
        if person is None or asking is None or not may_reveal(asking, person):
            raise NotAllowed(
                item="this identity", happened="it is not for this account, or not kept any more", advice="ask an owner"
            )
        revealed = opened(person, keys)
        content = {"schema": "tawthiq/reveal/1", "person": number, "by": asking.name, "at": at.isoformat()}
        content |= {"reason": told, "nonce": nonce()}
        row = PersonReveal(person=person, sha256=digest_of(content), by=asking.name, at=at)
        put(row, "content", json.dumps(content, ensure_ascii=False), keys)
        row.save(force_insert=True)
        facts = {"reveal_sha256": row.sha256}
        custody.put_first(folder, custody.PERSON_REVEALED, row.by, subject=subject(number), facts=facts, at=at)
    if folder is not None:
        custody.write_waiting(folder)
    return revealed


def destroy(folder: Path | None, number: int, reason: str, acting: Acting) -> Person:
    """Destroy an identity for good. Raises Overtaken, WrongUsage where none is kept or the reason is none."""
    told = " ".join(reason.split())
    if len(told) < LEAST_REASON:
        raise WrongUsage(item="a reason", happened="it is too short to be one", advice="say why it is destroyed")

    def act(person: Person) -> None:
        if person.identity_state != _State.KEPT:
            raise WrongUsage(item="this identity", happened="none is kept", advice="there is nothing to destroy")
        PersonIdentity.objects.filter(person=person).update(data_key=empty(), content=empty())
        PersonNameCode.objects.filter(person=person).delete()
        PersonNaming.objects.filter(person=person).delete()
        person.identity_state = _State.DESTROYED

    forget_deleted()
    person = revise(folder, number, Deed.IDENTITY_DESTROYED, acting, act, reason=_digest(told))
    empty_journal()
    if folder is not None:
        drop_copies(Layout(folder).database)
    return person


def _digest(reason: str) -> str:
    """What a revision says of a reason that may name the person: its SHA-256, so that whoever kept the words can show them."""
    return f"SHA-256 {hashlib.sha256(reason.encode('utf-8', 'surrogatepass')).hexdigest()}"


def search_words(names: Sequence[str]) -> frozenset[str]:
    """The folded words by which a person is found: of each name its words as written and as names are compared."""
    words = {word.form for name in names for word in name_words(name)}
    return frozenset(words | {word for name in names for word in comparable(name).split()})


def opened(person: Person, keys: FieldKeys) -> Revealed:
    """What a file holds, opened. The caller logs that, or shows it to nobody. Raises FieldKeyLost, FieldDiffers."""
    row = person.identity
    key = _data_key(row, keys)
    content = json.loads(_opened(row, "content", key)) if row.content else {}
    namings = [json.loads(_opened(naming, "content", key)) for naming in person.namings.all()]
    return Revealed(Identity(**content), tuple(EventAnchor(**naming) for naming in namings))


def sealed_anew(person: Person, keys: FieldKeys) -> None:
    """Seal an identity under a new data key and the current field key. The caller holds transaction and `writing_keys`."""
    revealed = opened(person, keys)
    row, key = PersonIdentity.objects.get(person=person), FieldKey.fresh()
    had_content = bool(row.content)
    put(row, "data_key", _written(key), keys)
    if had_content:
        _seal(row, revealed.identity, key)
        _code(person, revealed.identity, keys)
    row.save()
    for naming, anchor in zip(person.namings.all(), revealed.namings, strict=True):
        naming.content = _sealed(naming, "content", json.dumps(asdict(anchor)), key)
        naming.save()


def _take_for_child(person: Person, identity: Identity, by: str) -> None:
    today = datetime.now(UTC).date()
    if not person.age_group and identity.may_be_child(_first_act(person) or today):
        person.age_group = Person.AgeGroup.CHILD
        person.bases = {**person.bases, "age_group": {"by": by, "on": today.isoformat()}}


def _first_act(person: Person) -> date | None:
    """The earliest day of the incidents in which the person has a role, where one is known."""
    numbers = person.roles.filter(ended_at=None).values("incident")
    day: date | None = Incident.objects.filter(number__in=numbers).aggregate(day=Min("first"))["day"]
    return day


def _own_key(person: Person, keys: FieldKeys) -> tuple[PersonIdentity, FieldKey]:
    """The person's row and data key, a new one where there is none yet. Raises WrongUsage where it was destroyed."""
    if person.identity_state == _State.DESTROYED:
        raise WrongUsage(
            item="this identity", happened="it was destroyed on request", advice="open another file, if you may"
        )
    row = PersonIdentity.objects.filter(person=person).first()
    if row is not None:
        return row, _data_key(row, keys)
    row, key = PersonIdentity(person=person), FieldKey.fresh()
    put(row, "data_key", _written(key), keys)
    return row, key


def _data_key(row: PersonIdentity, keys: FieldKeys) -> FieldKey:
    label, name, secret = reveal(row, "data_key", keys).split(" ")
    if label != _DATA_KEY:
        raise ValueError("a data key was expected")
    return FieldKey(name, base64.b64decode(secret))


def _written(key: FieldKey) -> str:
    return f"{_DATA_KEY} {key.name} {base64.b64encode(key.secret).decode()}"


def _seal(row: PersonIdentity, identity: Identity, key: FieldKey) -> None:
    row.content = _sealed(row, "content", json.dumps(asdict(identity)), key)


def _sealed(row: PersonIdentity | PersonNaming, column: str, text: str, key: FieldKey) -> Sealed:
    return Sealed(key.seal(text, place_of(row, column)))


def _opened(row: PersonIdentity | PersonNaming, column: str, key: FieldKey) -> str:
    return FieldKeys([key]).open(getattr(row, column).ciphertext, place_of(row, column))


def _code(person: Person, identity: Identity, keys: FieldKeys) -> None:
    """Write down the keyed hashes of the person's names in place of those before."""
    PersonNameCode.objects.filter(person=person).delete()
    codes = {keys.current.code(word) for word in search_words(identity.names)}
    PersonNameCode.objects.bulk_create([PersonNameCode(person=person, code=code) for code in sorted(codes)])
