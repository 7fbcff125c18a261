"""Signed notes (C2SP signed-note) with Ed25519 keys (signature type 0x01).

A note is text, a blank line, then one line a signature: an em dash, the key's name, base64 of key ID and signature.
Verifier keys are written `name+ID in hexadecimal+base64(0x01 || public key)`.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tawthiq.records.errors import EvidenceDiffers, UnreadableInput, WrongUsage

ED25519 = b"\x01"
LARGEST_NOTE = 1_000_000
_SIGNATURE_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<value>[A-Za-z0-9+/]+={0,2})")
_NAME = re.compile(r"[^\s+]+")
_KEY_SHAPE = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A named Ed25519 public key (32 bytes, RFC 8032)."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which signatures name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encoded(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str, item: str) -> "VerifierKey":
        """The key that `text` writes. Raises UnreadableInput naming `item`, also when name and ID do not agree."""
        name, _, rest = text.partition("+")
        _, _, value = rest.partition("+")
        data = decoded(value, item)
        key = cls(name, data[1:])
        if len(data) != 33 or data[:1] != ED25519 or not _NAME.fullmatch(name) or str(key) != text:
            raise _malformed(item, "it is not a verifier key for Ed25519")
        return key

    @classmethod
    def typed(cls, text: str, item: str) -> "VerifierKey":
        """The key that a person typed or pasted, wherever its line was broken. Raises WrongUsage that says what one is."""
        whole = "".join(text.split())
        try:
            return cls.parse(whole, item)
        except UnreadableInput as error:
            happened = "it is no whole key"
            if _KEY_SHAPE.fullmatch(whole):
                happened = "its parts do not fit each other, so a character of it is wrong"
            raise WrongUsage(
                item=item,
                happened=happened,
                advice="copy the whole line of keys/archive.pub as it was written down. A key looks like "
                "tawthiq.invalid/archive/0123456789abcdef+89abcdef+ and 44 letters, digits, + and / that begin with A",
            ) from error


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who signed (name and key ID), and the signature's bytes."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"— {self.name} {encoded(self.key_id + self.value)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A signed text, its last newline included, and its signatures in order."""

    text: str
    signatures: tuple[Signature, ...]

    def __bytes__(self) -> bytes:
        return f"{self.text}\n{''.join(str(signature) for signature in self.signatures)}".encode()

    @classmethod
    def parse(cls, data: bytes, item: str) -> "Note":
        """The note that `data` holds; says nothing about its signatures. Raises UnreadableInput naming `item`."""
        try:
            whole = data[: LARGEST_NOTE + 1].decode("utf-8")
        except UnicodeDecodeError as error:
            raise _malformed(item, "it is not UTF-8") from error
        text, separator, lines = whole.rpartition("\n\n")
        if len(data) > LARGEST_NOTE or not separator or not lines.endswith("\n"):
            raise _malformed(item, "it is not a signed note")
        if any(character < " " and character != "\n" for character in whole):
            raise _malformed(item, "it holds control characters")
        return cls(text + "\n", tuple(_signature(line, item) for line in lines[:-1].split("\n")))

    def expect_signed_by(self, key: VerifierKey, item: str) -> None:
        """Raises EvidenceDiffers naming `item` unless `key` signed the text and none of its signatures is wrong."""
        ours = [each for each in self.signatures if (each.name, each.key_id) == (key.name, key.id)]
        public = Ed25519PublicKey.from_public_bytes(key.public)
        try:
            for signature in ours:
                public.verify(signature.value, self.text.encode())
        except InvalidSignature as error:
            raise _unsigned(item, f"the signature of {key.name} does not fit the text") from error
        if not ours:
            raise _unsigned(item, f"{key.name} (key {key.id.hex()}) has not signed it")


@dataclass(frozen=True, slots=True)
class Signer:
    """A named private key. Never printed: its representation shows the name only."""

    name: str
    private: Ed25519PrivateKey

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise _malformed(self.name, "a key's name has neither spaces nor plus signs")

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())

    def signed(self, text: str) -> Note:
        """`text`, which must end in a newline, with this key's signature."""
        return Note(text, (Signature(self.name, self.key.id, self.private.sign(text.encode())),))


def encoded(data: bytes) -> str:
    """Standard base64 (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def decoded(text: str, item: str) -> bytes:
    """The bytes behind standard base64 in its one canonical writing. Raises UnreadableInput naming `item`."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _malformed(item, "it holds text that is not base64") from error
    if encoded(data) != text:
        raise _malformed(item, "its base64 has stray bits")
    return data


def _signature(line: str, item: str) -> Signature:
    match = _SIGNATURE_LINE.fullmatch(line)
    data = decoded(match["value"], item) if match else b""
    if match is None or len(data) < 5:
        raise _malformed(item, "a signature line is malformed")
    return Signature(match["name"], data[:4], data[4:])


def _malformed(item: str, happened: str) -> UnreadableInput:
    return UnreadableInput(item=item, happened=happened, advice="compare with a backup; the file was changed or cut")


def _unsigned(item: str, happened: str) -> EvidenceDiffers:
    return EvidenceDiffers(
        item=item, happened=happened, advice="trust nothing that rests on it until you know who wrote it"
    )
