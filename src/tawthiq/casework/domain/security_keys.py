"""Security keys and passkeys as second factors (WebAuthn level 2, through Yubico's fido2).

A key is bound to one host by the browser. What a browser sends is hostile until it is verified: anything wrong with it is
BadAnswer. No attestation is asked for: it would tell which model somebody carries. A counter that does not grow tells that the
key was copied (section 6.1.1); the key is then kept out until it is removed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tawthiq.casework.models import SecurityKey, User
from tawthiq.records.errors import TawthiqError

NAME_LENGTH = 64
MOST_KEYS = 20
_LONGEST_ANSWER = 100_000


class BadAnswer(TawthiqError):
    """What the browser sent is no answer of a key of this user to what was asked."""


class CopiedKey(TawthiqError):
    """The key answered with a counter that it has passed already: there are two of it."""


@dataclass(frozen=True, slots=True)
class Party:
    """To whom keys answer: the pages' host name, and the origins that a browser may call them by."""

    host: str
    origins: tuple[str, ...]


def creation(user: User, party: Party) -> tuple[str, dict[str, Any]]:
    """What to ask a browser for a new key of the user (JSON), and the state to keep until it answers."""
    known = [_data(key) for key in user.security_keys.filter(host=party.host)]
    entity = PublicKeyCredentialUserEntity(name=user.name, id=_handle(user), display_name=user.name)
    asked, state = _server(party).register_begin(
        entity,
        known,
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.DISCOURAGED,
    )
    return _written(asked.public_key), state


def register(user: User, party: Party, state: dict[str, Any], answer: str, name: str) -> SecurityKey:
    """The new key, kept under a name. Raises BadAnswer, also for a key that is known already or one too many."""
    try:
        made = _server(party).register_complete(state, _parsed(answer))
        credential = made.credential_data
        assert credential is not None  # fido2 has seen to it
    except Exception as error:  # the library tells of broken data with whatever its parsers raise
        raise _bad(error) from error
    digest = sha256(credential.credential_id).hexdigest()
    try:
        with transaction.atomic():
            if user.security_keys.count() >= MOST_KEYS:
                raise _bad(ValueError("too many keys"))
            return SecurityKey.objects.create(
                user=user, name=name, host=party.host, credential=bytes(credential), credential_sha256=digest,
                uses=made.counter, added=timezone.now().date(),
            )  # fmt: skip
    except IntegrityError as error:
        raise _bad(error) from error


def question(user: User, party: Party) -> tuple[str, dict[str, Any]] | None:
    """What to ask a browser so that a key of the user proves itself (JSON), and the state; None without a key here."""
    keys = [_data(key) for key in usable(user, party)]
    if not keys:
        return None
    asked, state = _server(party).authenticate_begin(keys, UserVerificationRequirement.DISCOURAGED)
    return _written(asked.public_key), state


def accept(user: User, party: Party, state: dict[str, Any], answer: str) -> SecurityKey:
    """The key that answered rightly. Raises BadAnswer, or CopiedKey when its counter did not grow."""
    keys = usable(user, party)
    try:
        parsed = _parsed(answer)
        found = _server(party).authenticate_complete(state, [_data(key) for key in keys], parsed)
        counter = AuthenticationResponse.from_dict(parsed).response.authenticator_data.counter
    except Exception as error:  # as above
        raise _bad(error) from error
    digest = sha256(found.credential_id).hexdigest()
    key = next(key for key in keys if key.credential_sha256 == digest)
    grown = counter > key.uses or counter == key.uses == 0
    # The counter is in the condition, so that of two answers with one counter only one is taken.
    if grown and SecurityKey.objects.filter(pk=key.pk, uses=key.uses).update(uses=counter, used=timezone.now().date()):
        return key
    SecurityKey.objects.filter(pk=key.pk).update(suspected=True)
    raise CopiedKey(
        item=f"the security key “{key.name}”",
        happened="its counter did not grow, so there may be a copy of it",
        advice="sign in with another factor, remove the key, and ask an owner to look into it",
    )


def usable(user: User, party: Party) -> list[SecurityKey]:
    """The user's keys that answer at this host and are not suspected."""
    return list(user.security_keys.filter(host=party.host, suspected=False))


def _server(party: Party) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(name="Archive", id=party.host),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin in party.origins,
    )


def _data(key: SecurityKey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(key.credential))


def _handle(user: User) -> bytes:
    """The user's handle on keys: the same each time, and nothing that tells who it is (section 14.6.1)."""
    return salted_hmac("tawthiq.security_keys", str(user.pk), algorithm="sha256").digest()


def _written(options: Mapping[str, Any]) -> str:
    """Options as WebAuthn level 3 section 5.1.8 writes them in JSON."""
    return json.dumps(options, default=lambda value: dict(value) if isinstance(value, Mapping) else list(value))


def _parsed(answer: str) -> dict[str, Any]:
    """The browser's answer as JSON. Raises ValueError."""
    if len(answer) > _LONGEST_ANSWER:
        raise ValueError("too long")
    value = json.loads(answer)
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


def _bad(error: Exception) -> BadAnswer:
    return BadAnswer(
        item="security key",
        happened=f"the answer is not right ({type(error).__name__})",
        advice="try again, with the key of this account",
    )
