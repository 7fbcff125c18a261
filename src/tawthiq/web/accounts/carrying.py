"""Typed text that arrives when its session is over, carried through a new sign-in to the person who typed it.

What a form brought is encrypted (AES-256-GCM under a key of the session secret), with the address it was sent to, whose form it
was and when, and goes into a hidden field of the sign-in page: it is in no database, no file and no log, and whoever sits at
the machine next reads nothing in the page's source. It opens for the same user within twelve hours. Nothing that a page of
another site sends is carried, and no field for a password or for who somebody is.
"""

import base64
import binascii
import json
import os
import re
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

from tawthiq.casework.domain import form_owners

FIELD = "carried"
MOST_TYPED = 200_000
MOST_SEALED = 600_000
_KEPT_SECONDS = 12 * 60 * 60
_LABEL = b"tawthiq/carried/1"
_NONCE_BYTES = 12
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of Django's field
_JSON = re.compile(r"\{.*\}|\[.*\]", re.DOTALL)
_SECRET_WORDS = ("password", "passphrase", "protected-")  # the last: identities of persons (web.persons.identity_form)
# Addresses whose forms ask for passwords and codes.
_NEVER = ("sign-", "account", "first-owner", "join")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form brought: where it was sent, for whom its page was made, its fields in order, which fields were files."""

    address: str
    owner: int
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    @property
    def typed(self) -> list[str]:
        """The values that a person is likely to have written, to be shown first: several words, or not plain ASCII.

        What pages keep in hidden fields in JSON is none of them.
        """
        written = [
            value
            for _, value in self.fields
            if (len(value.split()) > 1 or not value.isascii()) and not _JSON.fullmatch(value)
        ]
        return list(dict.fromkeys(written))


def carried_of(request: HttpRequest) -> Carried | None:
    """What the request's form brought; None where it is not to be carried, too long, or nobody can tell whose it was."""
    match = request.resolver_match
    if request.method != "POST" or match is None or (match.url_name or "").startswith(_NEVER):
        return None
    owner = form_owners.owner_of(request.POST.get(_TOKEN, ""))
    if owner is None:
        return None
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != _TOKEN and not any(word in name.lower() for word in _SECRET_WORDS)
    )
    if sum(len(name) + len(value) for name, value in fields) > MOST_TYPED:
        return None
    return Carried(request.get_full_path(), owner.pk, fields, tuple(request.FILES))


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this form. One that says nothing is not believed."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS


def sealed(carried: Carried) -> str | None:
    """The text for the hidden field; None where it would be too long to be sent."""
    content = [int(time.time()), carried.owner, carried.address, carried.fields, carried.files]
    nonce = os.urandom(_NONCE_BYTES)
    data = nonce + AESGCM(_key()).encrypt(nonce, zlib.compress(json.dumps(content).encode()), _LABEL)
    text = base64.urlsafe_b64encode(data).decode("ascii")
    return text if len(text) <= MOST_SEALED else None


def opened(text: str) -> Carried | None:
    """What the hidden field holds; None for anything that was not sealed here within twelve hours."""
    if not text or len(text) > MOST_SEALED:
        return None
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii"))
        content = zlib.decompress(AESGCM(_key()).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], _LABEL))
    except (binascii.Error, InvalidTag, ValueError):
        return None
    at, owner, address, fields, files = json.loads(content)
    if time.time() - at > _KEPT_SECONDS:
        return None
    return Carried(address, owner, _pairs(fields), tuple(files))


def _pairs(fields: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in fields)


def _key() -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL).derive(settings.SECRET_KEY.encode())
