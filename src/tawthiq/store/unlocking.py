"""Signing keys that this process has unlocked, so that a passphrase is asked for once and only when signing is due.

Reading and verifying never come here. What is kept in memory is the key of each archive, until the process ends.
"""

import threading
from pathlib import Path

from tawthiq.custody import age
from tawthiq.custody.note import Signer
from tawthiq.store.keys import read_private, read_public, signer_of, unsealed
from tawthiq.store.layout import Layout
from tawthiq.store.passphrases import KEY, is_given, opened_with

_unlocked: dict[Path, Signer] = {}
_turn = threading.Lock()


def signer(layout: Layout) -> Signer:
    """The archive's signing key, unlocked where it is sealed.

    Raises KeyLocked when the passphrase is needed and nobody gives it, WrongPassphrase, StorageFailed, UnreadableInput, or
    EvidenceDiffers when the two halves do not match.
    """
    with _turn:
        public, data = read_public(layout), read_private(layout)
        if not age.is_sealed(data):
            return signer_of(data, public)
        known = _unlocked.get(layout.private_key)
        if known is None or known.key != public:
            known = opened_with(KEY, lambda passphrase: signer_of(unsealed(data, passphrase), public))
            _unlocked[layout.private_key] = known
        return known


def needs_asking(layout: Layout) -> bool:
    """Whether somebody would have to be asked before this process can sign. Raises StorageFailed."""
    return is_sealed(layout) and layout.private_key not in _unlocked and not is_given(KEY)


def is_sealed(layout: Layout) -> bool:
    """Whether the private key is sealed with a passphrase. Raises StorageFailed."""
    return age.is_sealed(read_private(layout))


def remember(layout: Layout, key: Signer) -> None:
    """Take a key as unlocked: the process has just made or sealed it."""
    with _turn:
        _unlocked[layout.private_key] = key


def forget() -> None:
    """Forget every key."""
    with _turn:
        _unlocked.clear()
