"""Files encrypted with age, as streams of any size: for recipients' keys (by pyrage) or with a passphrase (`custody.age`).

Recipients are age keys (`age1...`) or SSH public keys; what opens a file is a passphrase, or an identity file as
`age-keygen` or `ssh-keygen` write it. The age tool opens what is written here, and the other way round.
"""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from tawthiq.custody import age
from tawthiq.records.errors import UnreadableInput, WrongPassphrase, WrongUsage

_PIECE = 1 << 16
_HEAD = 64
_LARGEST_IDENTITY_FILE = 1 << 16
Identity = Any


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens an encrypted file. Never printed."""

    passphrase: str | None = None
    identities: tuple[Identity, ...] = ()

    def __repr__(self) -> str:
        return "Opening()"


def recipient(text: str) -> Any:
    """The recipient that a key names. Raises WrongUsage."""
    for parse in (pyrage.x25519.Recipient.from_str, pyrage.ssh.Recipient.from_str):
        with suppress(pyrage.RecipientError):
            return parse(text)
    raise WrongUsage(
        item=text, happened="it is no key to encrypt for", advice="give an age key (age1...) or an SSH public key"
    )


def identities(path: Path) -> Opening:
    """What opens files, from an identity file: lines of age's secret keys, or one SSH private key without a passphrase.

    Raises WrongUsage naming the file.
    """
    try:
        data = path.read_bytes()[:_LARGEST_IDENTITY_FILE]
    except OSError as error:
        raise WrongUsage(
            item=str(path), happened=f"it cannot be read ({error.strerror})", advice="name another"
        ) from error
    lines = [line.strip() for line in data.decode("ascii", "replace").splitlines()]
    try:
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
        if not keys:
            keys = [pyrage.ssh.Identity.from_buffer(data)]
    except pyrage.IdentityError as error:
        raise WrongUsage(
            item=str(path),
            happened="it holds no key that can be used",
            advice="give a file that age-keygen wrote, or an SSH private key without a passphrase",
        ) from error
    return Opening(identities=tuple(keys))


def encrypted_with(passphrase: str, blocks: Iterable[bytes], out: BinaryIO) -> Opening:
    """Write `blocks` encrypted with a passphrase; what opens them."""
    out.writelines(age.sealed(blocks, passphrase, os.urandom(age.RANDOM_BYTES), age.WORK_FACTOR))
    return Opening(passphrase=passphrase)


def encrypted_for(recipients: Iterable[Any], blocks: Iterable[bytes], out: BinaryIO) -> Opening:
    """Write `blocks` encrypted for recipients, and for a key of this moment that is never written anywhere.

    That key is what is returned: by it the file can be read back once, although the recipients' secrets are not here.
    """
    once = pyrage.x25519.Identity.generate()
    source, sink = _Source(blocks), _Sink(out)
    try:
        pyrage.encrypt_io(source, sink, [*recipients, once.to_public()])
    except (pyrage.EncryptError, OSError) as error:
        raise source.error or sink.error or error from error
    return Opening(identities=(once,))


def needs_passphrase(path: Path) -> bool:
    """Whether a file is locked with a passphrase. Raises WrongUsage for one that cannot be read or is no age file."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise WrongUsage(
            item=str(path), happened=f"it cannot be read ({error.strerror})", advice="name another"
        ) from error
    if not head.startswith(age.VERSION):
        raise UnreadableInput(item=path.name, happened="it is not an age file", advice="take another copy of the file")
    return age.asks_for_passphrase(head)


def decrypted(stream: BinaryIO, opening: Opening, item: str) -> Iterator[bytes]:
    """What an encrypted file holds, block by block.

    Raises WrongPassphrase, WrongUsage when none of the keys opens it, UnreadableInput when it is malformed, changed or cut.
    """
    if opening.passphrase is not None:
        return age.opened(stream.read, opening.passphrase, item)
    return _by_identities(stream, opening.identities, item)


def _by_identities(stream: BinaryIO, keys: tuple[Identity, ...], item: str) -> Iterator[bytes]:
    """The library pushes what it decrypts: a thread of its own writes into a pipe, whose other end is read here."""
    ours, theirs = os.pipe()
    failed: list[Exception] = []
    thread = threading.Thread(target=_push, args=(stream, theirs, list(keys), failed), daemon=True)
    thread.start()
    try:
        while block := os.read(ours, _PIECE):
            yield block
    finally:
        os.close(ours)
        thread.join()
    if failed:
        raise _told(failed[0], item) from failed[0]


def _push(stream: BinaryIO, descriptor: int, keys: list[Identity], failed: list[Exception]) -> None:
    try:
        with os.fdopen(descriptor, "wb", buffering=_PIECE) as pipe:
            pyrage.decrypt_io(stream, pipe, keys)
    except (pyrage.DecryptError, OSError, ValueError) as error:
        failed.append(error)


def _told(error: Exception, item: str) -> UnreadableInput | WrongUsage:
    if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
        return WrongPassphrase(item=item, happened="none of the keys opens it", advice="give another identity file")
    return UnreadableInput(item=item, happened="it was changed or cut", advice="take another copy of the file")


class _Source:
    """Blocks as a file to read from; remembers what went wrong, which the library would only tell as text."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._held = memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._held:
                block = next(self._blocks, None)
                if block is None:
                    return b""
                self._held = memoryview(block)
        except BaseException as error:
            self.error = error
            raise
        taken, self._held = bytes(self._held[:size]), self._held[size:]
        return taken


class _Sink:
    """A file to write to; remembers what went wrong."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._out.write(data)
        except BaseException as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._out.flush()
