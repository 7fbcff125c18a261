"""The archive's signing key: an Ed25519 private key (PKCS #8, PEM, file mode 0600) and its public half as one line.

The private half may be sealed with a passphrase: then the same PEM stands inside an armored age file (`custody.age`), which
`age -d keys/archive.key` opens. Both unsealed files have one canonical form each, so that verification notices a change of
any byte; of a sealed one the log holds the digest.
"""

import os
import secrets
from io import BytesIO

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tawthiq.custody import age
from tawthiq.custody.note import Signer, VerifierKey
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput
from tawthiq.store.events import KEY_PATH
from tawthiq.store.files import read, write_new
from tawthiq.store.layout import Layout

PRIVATE = KEY_PATH
MODE = 0o600


def new_signer() -> Signer:
    """A fresh key under a fresh origin, which reveals nothing about the team."""
    return Signer(f"tawthiq.invalid/archive/{secrets.token_hex(8)}", Ed25519PrivateKey.generate())


def private_text(signer: Signer) -> bytes:
    """The canonical private key file."""
    return signer.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def sealed_text(signer: Signer, passphrase: str) -> bytes:
    """The private key file as it lies on disk when it is sealed; a new one each time."""
    random = os.urandom(age.RANDOM_BYTES)
    return age.armored(b"".join(age.sealed([private_text(signer)], passphrase, random, age.WORK_FACTOR)))


def public_text(key: VerifierKey) -> bytes:
    """The canonical public key file."""
    return f"{key}\n".encode()


def write_keys(layout: Layout, signer: Signer, text: bytes) -> None:
    """Write both files of a new archive, `text` as the private one."""
    write_new(layout.private_key, text, mode=MODE)
    write_new(layout.public_key, public_text(signer.key))


def read_public(layout: Layout) -> VerifierKey:
    """The archive's public key. Raises StorageFailed or UnreadableInput naming the file."""
    item = layout.relative(layout.public_key)
    data = read(layout.public_key, item)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput(item=item, happened="it is not text", advice="restore the file from a backup") from error
    if not text.endswith("\n"):
        raise UnreadableInput(item=item, happened="its end is missing", advice="restore the file from a backup")
    return VerifierKey.parse(text[:-1], item)


def read_private(layout: Layout) -> bytes:
    """The private key file as it lies on disk, sealed or not. Raises StorageFailed."""
    return read(layout.private_key, PRIVATE)


def signer_of(data: bytes, key: VerifierKey) -> Signer:
    """The signer in an unsealed key file. Raises UnreadableInput, or EvidenceDiffers when it is not the half of `key`."""
    try:
        private = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm, InternalError) as error:
        raise UnreadableInput(
            item=PRIVATE, happened="it is not a private key", advice="restore the file from a backup"
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UnreadableInput(
            item=PRIVATE, happened="it is not an Ed25519 key", advice="restore the file from a backup"
        )
    signer = Signer(key.name, private)
    if signer.key != key or private_text(signer) != data:
        raise EvidenceDiffers(
            item=PRIVATE,
            happened="it is not the key whose public half is keys/archive.pub",
            advice="restore the keys folder from a backup",
        )
    return signer


def unsealed(data: bytes, passphrase: str) -> bytes:
    """The key file inside a sealed one. Raises WrongPassphrase or UnreadableInput."""
    return b"".join(age.opened(BytesIO(age.dearmored(data, PRIVATE)).read, passphrase, PRIVATE))
