"""The door to protected fields: the archive's field keys, sealing a field of a row, opening it.

`keys/fields.key` holds 32 random bytes a key, wrapped (AES-256-GCM) under a key that is derived from the archive's signing key
(HKDF-SHA256, RFC 5869). So it is guarded exactly as that one is: sealed with the archive's passphrase or not, and a backup
without the signing key holds protected fields that nobody can open. Made on first use, mode 0600; where the file is gone and
the database holds sealed fields, none is made (`field_key_anew` does that, for whoever says what is lost).

    tawthiq-fields/1
    NAME BASE64        the key that seals; further lines are keys that a rotation has not done with

Writers hold `writing_keys` until their transaction is over; a rotation drops an old key only while nobody does.
"""

import base64
import binascii
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db.models import Model

from tawthiq.casework.domain.field_key_cipher import (
    NONCE_BYTES,
    FieldKey,
    FieldKeyLost,
    FieldKeys,
    Place,
)
from tawthiq.casework.domain.sealed_columns import any_sealed
from tawthiq.casework.models.encrypted import EncryptedTextField, Sealed
from tawthiq.records.errors import ArchiveMissing, KeyLocked, StorageFailed
from tawthiq.store.files import make_folder, read, replace
from tawthiq.store.keys import MODE
from tawthiq.store.layout import FIELD_KEY, Layout
from tawthiq.store.locking import Lock
from tawthiq.store.unlocking import needs_asking, signer

HEAD = b"tawthiq-fields/1\n"
_LABEL = b"tawthiq/fields.key/1"
_LOST = (
    "put the keys folder of the same archive back from a backup; protected fields cannot be read without it, "
    "all else of the archive is whole"
)
_ANEW = "; where no copy is left, `tawthiq key anew` says what is lost and begins another key"
_opened: dict[Path, tuple[bytes, FieldKeys]] = {}
_turn = threading.RLock()


def field_keys(folder: Path | None) -> FieldKeys:
    """The keys of the archive at `folder`, for reading; made where there are none yet and nothing was ever sealed.

    Raises ArchiveMissing without a folder, KeyLocked where the signing key is sealed and not unlocked in this process,
    FieldKeyLost where the file is damaged, another archive's, or gone from beside sealed fields, StorageFailed. The database
    of the archive is open.
    """
    layout = _layout(folder)
    with _turn:
        if not layout.field_key.exists():
            with lock_of(layout).held():
                if not layout.field_key.exists():
                    if any_sealed():
                        raise _lost("it is missing, and the database holds fields that it alone opens", _ANEW)
                    write_ring(layout, FieldKeys.fresh())
        data = read(layout.field_key, FIELD_KEY)
        known = _opened.get(layout.field_key)
        if known is None or known[0] != data:
            known = (data, _ring(layout, data))
            _opened[layout.field_key] = known
        return known[1]


@contextmanager
def writing_keys(folder: Path | None) -> Iterator[FieldKeys]:
    """The keys, held against a rotation's end: to be entered before the transaction that saves, and left after it.

    Raises as `field_keys` does.
    """
    layout = _layout(folder)
    field_keys(folder)
    with lock_of(layout).shared():
        yield field_keys(folder)


def put(row: Model, column: str, text: str, keys: FieldKeys) -> None:
    """Seal `text` into a field of a row that is saved afterwards; the field it is bound to must have its value."""
    setattr(row, column, Sealed(keys.seal(text, place_of(row, column)) if text else ""))


def reveal(row: Model, column: str, keys: FieldKeys) -> str:
    """What a field of a row holds. Whoever shows it to a person logs that first.

    Raises FieldKeyLost where its key is not there any more, FieldDiffers where other hands changed or moved it.
    """
    sealed = getattr(row, column)
    return keys.open(sealed.ciphertext, place_of(row, column)) if sealed else ""


def place_of(row: Model, column: str) -> Place:
    """What binds a field of a row. Raises ValueError for a field that is not encrypted or a row without its own value."""
    field = row._meta.get_field(column)
    if not isinstance(field, EncryptedTextField) or not field.bound_to:
        raise ValueError(f"{column} is not an encrypted field bound to its row")
    own = getattr(row, field.bound_to)
    if own is None or own == "":
        raise ValueError(f"{column} is bound to {field.bound_to}, which has no value yet")
    return Place(row._meta.db_table, str(own), column)


def write_ring(layout: Layout, keys: FieldKeys) -> None:
    """Put the key file in one step. The caller holds `.fields/lock`. Raises as `field_keys` does."""
    wrapping = _wrapping(layout)
    text = HEAD + b"".join(_line(wrapping, key) for key in keys.all)
    staging = _staging(layout)
    replace(layout.field_key, text, staging, MODE)


def _line(wrapping: AESGCM, key: FieldKey) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    data = nonce + wrapping.encrypt(nonce, key.secret, _LABEL + key.name.encode())
    return key.name.encode() + b" " + base64.b64encode(data) + b"\n"


def _ring(layout: Layout, data: bytes) -> FieldKeys:
    """The keys in the file."""
    lines = data.removeprefix(HEAD).split(b"\n")
    if not data.startswith(HEAD) or len(lines) < 2 or lines[-1]:
        raise _lost("it is damaged")
    wrapping = _wrapping(layout)
    return FieldKeys([_key(wrapping, line) for line in lines[:-1]])


def _key(wrapping: AESGCM, line: bytes) -> FieldKey:
    name, _, text = line.partition(b" ")
    try:
        wrapped = base64.b64decode(text, validate=True)
        secret = wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _LABEL + name)
        return FieldKey(name.decode("ascii"), secret)
    except (binascii.Error, ValueError, InvalidTag) as error:
        raise _lost("it is damaged, or belongs to another archive's signing key") from error


def _wrapping(layout: Layout) -> AESGCM:
    """The key that wraps field keys, derived from the signing key. Nobody is asked here: pages are being served."""
    try:
        locked = needs_asking(layout)
    except StorageFailed as error:
        raise _lost("keys/archive.key, which opens it, is missing") from error
    if locked:
        raise KeyLocked(
            item=FIELD_KEY,
            happened="it is sealed with the archive's passphrase, which nobody gave",
            advice="stop `tawthiq serve`, start it again and give the passphrase",
        )
    private = signer(layout).private.private_bytes_raw()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL).derive(private))


def _layout(folder: Path | None) -> Layout:
    if folder is None:
        raise ArchiveMissing(
            item="protected fields", happened="there is no archive folder", advice="start with: tawthiq serve"
        )
    return Layout(folder)


def lock_of(layout: Layout) -> Lock:
    """The lock on the key file: shared by those who seal, held by who changes it."""
    lock = Lock(_staging(layout) / "lock")
    lock.is_free()  # makes the file, which sharing needs
    return lock


def _staging(layout: Layout) -> Path:
    """The folder beside the archive's own ones in which the key file is made, and its lock lies."""
    folder = layout.root / ".fields"
    make_folder(folder)
    return folder


def _lost(happened: str, more: str = "") -> FieldKeyLost:
    return FieldKeyLost(item=FIELD_KEY, happened=happened, advice=_LOST + more)
