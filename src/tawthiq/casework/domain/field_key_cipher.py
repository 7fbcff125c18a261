"""Encryption of single fields: AES-256-GCM (NIST SP 800-38D), a key ring, and keyed hashes of names.

A ciphertext is the text `tawthiq1.KEY.DATA`: the name of its key, and in URL-safe base64 a nonce of 96 random bits, the
ciphertext and the tag of 128 bits. Its associated data are table, row and column (`Place`), so that it opens at its own place
only. What is encrypted is padded to whole blocks of 64 bytes (ISO/IEC 7816-4), so that lengths tell little of names. Nonces
are random: a key should seal fewer than 2^32 values, which no team reaches.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tawthiq.records.errors import EvidenceDiffers, TawthiqError

KEY_BYTES = 32
NONCE_BYTES, TAG_BYTES = 12, 16
_BLOCK = 64
_CIPHERTEXT = re.compile(r"tawthiq1\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)")
_SEARCH_LABEL = b"tawthiq/blind-index/1"
_CODE_BYTES = 16


class FieldKeyLost(TawthiqError):
    """The key that a protected field was sealed with is not there any more. What it tells is lost; nothing else is."""


class FieldDiffers(EvidenceDiffers):
    """A protected field was changed, cut or moved from another place by other hands; it is not opened."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ciphertext belongs: the table, the row's own value, the column."""

    table: str
    row: str
    column: str

    @property
    def bound(self) -> bytes:
        """The associated data."""
        return json.dumps(["tawthiq/field/1", self.table, self.row, self.column]).encode()


class FieldKey:
    """One key with its name. Never printed: its representation shows the name only."""

    __slots__ = ("_secret", "name")

    def __init__(self, name: str, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a field key has 32 bytes")
        self.name = name
        self._secret = secret

    def __repr__(self) -> str:
        return f"FieldKey({self.name!r})"

    @classmethod
    def fresh(cls) -> "FieldKey":
        """A new random key under a name that says nothing of it."""
        return cls(secrets.token_hex(8), os.urandom(KEY_BYTES))

    @property
    def secret(self) -> bytes:
        """The key's 32 bytes, to be sealed under another key."""
        return self._secret

    def seal(self, text: str, place: Place) -> str:
        """The ciphertext of `text` for its place; another one each time."""
        nonce = os.urandom(NONCE_BYTES)
        plain = text.encode("utf-8", "surrogatepass") + b"\x80"
        plain += bytes(-len(plain) % _BLOCK)
        data = nonce + AESGCM(self._secret).encrypt(nonce, plain, place.bound)
        return f"tawthiq1.{self.name}.{base64.urlsafe_b64encode(data).rstrip(b'=').decode()}"

    def open(self, data: bytes, place: Place) -> str:
        """The text behind nonce, ciphertext and tag. Raises FieldDiffers."""
        try:
            plain = AESGCM(self._secret).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], place.bound)
            text, _, _ = plain.rpartition(b"\x80")
            return text.decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError) as error:
            raise _differs(place) from error

    def code(self, word: str) -> str:
        """The keyed hash of a word, in hexadecimal: equal words have equal codes, and nobody without the key can try words."""
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_SEARCH_LABEL).derive(self._secret)
        return hmac.new(key, word.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[: 2 * _CODE_BYTES]


class FieldKeys:
    """The keys of an archive: the first one seals, all of them open (several only while a rotation is under way)."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Sequence[FieldKey]) -> None:
        if not keys:
            raise ValueError("a key ring holds a key")
        self._keys = tuple(keys)

    def __repr__(self) -> str:
        return f"FieldKeys({[key.name for key in self._keys]})"

    @classmethod
    def fresh(cls) -> "FieldKeys":
        """A ring of one new key."""
        return cls([FieldKey.fresh()])

    @property
    def current(self) -> FieldKey:
        """The key that seals."""
        return self._keys[0]

    @property
    def all(self) -> tuple[FieldKey, ...]:
        """Every key, the current one first."""
        return self._keys

    def seal(self, text: str, place: Place) -> str:
        """The ciphertext under the current key."""
        return self.current.seal(text, place)

    def open(self, ciphertext: str, place: Place) -> str:
        """The text behind a ciphertext. Raises FieldKeyLost where its key is not there, FieldDiffers where it was changed."""
        name = key_name(ciphertext, place)
        key = next((each for each in self._keys if each.name == name), None)
        if key is None:
            raise FieldKeyLost(
                item=f"a protected field of {place.table}",
                happened=f"the key {name} that sealed it is not in keys/fields.key",
                advice="put the keys folder of the same archive back from a backup; names and other protected fields that "
                "this key sealed cannot be read without it, all else of the archive is whole",
            )
        return key.open(_data(ciphertext, place), place)

    def codes(self, word: str) -> tuple[str, ...]:
        """The codes of a word under every key, for a search while a rotation is under way."""
        return tuple(key.code(word) for key in self._keys)


def key_name(ciphertext: str, place: Place) -> str:
    """The name of the key that sealed a ciphertext. Raises FieldDiffers where it is none."""
    return _parts(ciphertext, place)[1]


def _data(ciphertext: str, place: Place) -> bytes:
    text = _parts(ciphertext, place)[2]
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise _differs(place) from error
    if len(data) < NONCE_BYTES + TAG_BYTES or base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise _differs(place)
    return data


def _parts(ciphertext: str, place: Place) -> re.Match[str]:
    found = _CIPHERTEXT.fullmatch(ciphertext)
    if found is None:
        raise _differs(place)
    return found


def _differs(place: Place) -> FieldDiffers:
    return FieldDiffers(
        item=f"a protected field of {place.table}",
        happened="it is not what was sealed at this place: somebody changed, cut or moved it",
        advice="restore the database from a backup; the field is not opened as it is",
    )
