"""The archive's signing key: an Ed25519 private key (PKCS #8, PEM, file mode 0600) and its public half as one line.

Both files have one canonical form each, so that verification notices a change of any byte.
"""

import secrets

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tawthiq.custody.note import Signer, VerifierKey
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput
from tawthiq.store.files import read, write_new
from tawthiq.store.layout import Layout


def new_signer() -> Signer:
    """A fresh key under a fresh origin, which reveals nothing about the team."""
    return Signer(f"tawthiq.invalid/archive/{secrets.token_hex(8)}", Ed25519PrivateKey.generate())


def private_text(signer: Signer) -> bytes:
    """The canonical private key file."""
    return signer.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_text(key: VerifierKey) -> bytes:
    """The canonical public key file."""
    return f"{key}\n".encode()


def write_keys(layout: Layout, signer: Signer) -> None:
    """Write both files of a new archive."""
    write_new(layout.private_key, private_text(signer), mode=0o600)
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


def read_signer(layout: Layout) -> Signer:
    """The archive's signing key. Raises StorageFailed, UnreadableInput, or EvidenceDiffers when the halves do not match."""
    item = layout.relative(layout.private_key)
    key = read_public(layout)
    data = read(layout.private_key, item)
    try:
        private = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnreadableInput(
            item=item, happened="it is not a private key", advice="restore the file from a backup"
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UnreadableInput(item=item, happened="it is not an Ed25519 key", advice="restore the file from a backup")
    signer = Signer(key.name, private)
    if signer.key != key or private_text(signer) != data:
        raise EvidenceDiffers(
            item=item,
            happened="it is not the key whose public half is keys/archive.pub",
            advice="restore the keys folder from a backup",
        )
    return signer
