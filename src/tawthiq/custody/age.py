"""Files locked with a passphrase: the age format, version 1, with its scrypt recipient (C2SP age).

`age -d FILE` opens what is sealed here, and the other way round. Written here because the library that the archive uses for
recipients' keys takes passphrases for bytes in memory only. Blocks come in and go out, so size is unbounded; random bytes
are the caller's. Every block is authentic before it is handed on, and only the last one tells that nothing was cut off.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tawthiq.records.errors import UnreadableInput, WrongPassphrase

VERSION = b"age-encryption.org/v1\n"
WORK_FACTOR = 18
# 2^22 takes 4 GiB: a file that asks for more would only exhaust the machine. The age tool draws the same line.
LARGEST_WORK_FACTOR = 22
RANDOM_BYTES = 48
ARMOR_BEGIN, ARMOR_END = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----"
_SALT_LABEL = b"age-encryption.org/v1/scrypt"
_CHUNK, _TAG = 1 << 16, 16
_LONGEST_LINE = 128
_STANZA = re.compile(
    rb"-> scrypt (?P<salt>[A-Za-z0-9+/]{22}) (?P<factor>[1-9][0-9]?)\n(?P<body>[A-Za-z0-9+/]{43})\n"
    rb"--- (?P<mac>[A-Za-z0-9+/]{43})\n"
)
Read = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Secrets:
    """The random values of one file: key, salt and nonce, 16 bytes each."""

    file_key: bytes
    salt: bytes
    nonce: bytes

    @classmethod
    def of(cls, random: bytes) -> "Secrets":
        """Cut from RANDOM_BYTES fresh random bytes, which must never be used twice."""
        return cls(random[:16], random[16:32], random[32:48])

    def __repr__(self) -> str:
        return "Secrets()"


def sealed(blocks: Iterable[bytes], passphrase: str, random: bytes, work_factor: int = WORK_FACTOR) -> Iterator[bytes]:
    """The file that holds `blocks`, block by block. `random` is RANDOM_BYTES fresh random bytes."""
    secrets = Secrets.of(random)
    wrapping = ChaCha20Poly1305(_wrap_key(passphrase, secrets.salt, work_factor))
    body = wrapping.encrypt(bytes(12), secrets.file_key, None)
    head = VERSION + b"-> scrypt %s %d\n%s\n---" % (_encoded(secrets.salt), work_factor, _encoded(body))
    yield head + b" " + _encoded(_mac(secrets.file_key, head)) + b"\n" + secrets.nonce
    cipher = ChaCha20Poly1305(_derived(secrets.file_key, secrets.nonce, b"payload"))
    number, held = 0, bytearray()
    for block in blocks:
        held += block
        while len(held) > _CHUNK:
            yield cipher.encrypt(_nonce(number, last=False), bytes(held[:_CHUNK]), None)
            del held[:_CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(held), None)


def opened(read: Read, passphrase: str, item: str) -> Iterator[bytes]:
    """What a file holds, block by block; `read` returns as many bytes as it is asked for, fewer only at the end.

    Raises WrongPassphrase, and UnreadableInput naming `item` where the file is malformed, changed or cut.
    """
    head, match = _header(read, item)
    salt, body, mac = (_decoded(match[name], item) for name in ("salt", "body", "mac"))
    factor = int(match["factor"])
    if factor > LARGEST_WORK_FACTOR:
        raise _malformed(item, f"opening it would take 2^{factor} steps of work")
    try:
        file_key = ChaCha20Poly1305(_wrap_key(passphrase, salt, factor)).decrypt(bytes(12), body, None)
    except InvalidTag as error:
        raise WrongPassphrase(
            item=item, happened="the passphrase does not open it", advice="try again with the right one"
        ) from error
    if not hmac.compare_digest(_mac(file_key, head), mac):
        raise _malformed(item, "its head was changed")
    nonce = read(16)
    if len(nonce) != 16:
        raise _malformed(item, "it ends after its head")
    return _payload(read, ChaCha20Poly1305(_derived(file_key, nonce, b"payload")), item)


def is_sealed(data: bytes) -> bool:
    """Whether a file begins as an age file does, armored or not."""
    return data.startswith((VERSION, ARMOR_BEGIN))


def asks_for_passphrase(data: bytes) -> bool:
    """Whether the age file that begins with `data` is locked with a passphrase and not for recipients' keys."""
    return data.startswith(VERSION + b"-> scrypt ")


def armored(data: bytes) -> bytes:
    """An age file as text (C2SP age, section on ASCII armor: strict PEM)."""
    text = base64.b64encode(data)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return b"\n".join([ARMOR_BEGIN, *lines, ARMOR_END, b""])


def dearmored(data: bytes, item: str) -> bytes:
    """The age file behind its text form, in the one canonical writing. Raises UnreadableInput naming `item`."""
    lines = data.split(b"\n")
    try:
        content = base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except binascii.Error as error:
        raise _malformed(item, "it holds text that is not base64") from error
    if armored(content) != data:
        raise _malformed(item, "it is not an armored age file")
    return content


def _header(read: Read, item: str) -> tuple[bytes, re.Match[bytes]]:
    """The bytes that the header's authentication covers, and its fields."""
    if read(len(VERSION)) != VERSION:
        raise _malformed(item, "it is not an age file")
    text = b""
    for _ in range(3):
        text += _line(read, item)
    match = _STANZA.fullmatch(text)
    if match is None:
        raise _malformed(item, "it is not locked with a passphrase alone")
    return VERSION + text[: match.start("mac") - 1], match


def _line(read: Read, item: str) -> bytes:
    """The next line of the header, its newline included."""
    line = b""
    while not line.endswith(b"\n"):
        byte = read(1)
        if not byte or len(line) > _LONGEST_LINE:
            raise _malformed(item, "it ends inside its head")
        line += byte
    return line


def _payload(read: Read, cipher: ChaCha20Poly1305, item: str) -> Iterator[bytes]:
    """The payload's chunks: each authentic, in order, none after the last, the last one not empty unless it is the only."""
    number, chunk = 0, read(_CHUNK + _TAG)
    while True:
        after = read(_CHUNK + _TAG) if len(chunk) == _CHUNK + _TAG else b""
        try:
            plain = cipher.decrypt(_nonce(number, last=not after), chunk, None)
        except (InvalidTag, ValueError) as error:
            raise _malformed(item, f"it was changed or cut within 64 KiB of byte {number * _CHUNK:,}") from error
        if number and not plain:
            raise _malformed(item, "it ends in an empty block")
        yield plain
        if not after:
            return
        number, chunk = number + 1, after


def _wrap_key(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    return Scrypt(salt=_SALT_LABEL + salt, length=32, n=1 << work_factor, r=8, p=1).derive(passphrase.encode())


def _derived(file_key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.new(_derived(file_key, None, b"header"), head, hashlib.sha256).digest()


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _encoded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _decoded(text: bytes, item: str) -> bytes:
    """The bytes behind unpadded base64 in its one canonical writing."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _encoded(data) != text:
        raise _malformed(item, "its base64 has stray bits")
    return data


def _malformed(item: str, happened: str) -> UnreadableInput:
    return UnreadableInput(item=item, happened=happened, advice="take another copy of the file")
