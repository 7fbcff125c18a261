"""Sealing the private key with a passphrase, giving it another, and taking the passphrase away.

With the log's lock held, every step on disk before the next begins:
  1. what will be logged, as an intent in the run's folder;
  2. keys/archive.key, replaced in one step by a file of mode 0600 that was seen to open;
  3. the event "key-sealed" with the digest of that file, or "key-unsealed", and a checkpoint over it;
  4. the intent is removed.
A crash before 2 leaves the old file, which the log knows; one after it leaves the new file, which the intent knows until
recovery has logged it. Either opens, and verification accepts nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace as changed
from hashlib import sha256

from tawthiq.custody import age
from tawthiq.records.errors import EvidenceDiffers, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import events
from tawthiq.store.files import replace, storing
from tawthiq.store.incoming import Run
from tawthiq.store.keys import MODE, PRIVATE, private_text, read_private, sealed_text, unsealed
from tawthiq.store.layout import Layout, new_id
from tawthiq.store.locking import Lock
from tawthiq.store.log import Log
from tawthiq.store.unlocking import remember


class KeyChange:
    """Changes of one archive's private key file, which must be unlocked before."""

    def __init__(self, layout: Layout, run: Run, lock: Lock, log: Log, collector: str) -> None:
        self._layout = layout
        self._run = run
        self._lock = lock
        self._log = log
        self._collector = collector

    def seal(self, passphrase: str) -> None:
        """Seal the key with `passphrase`, whether it has one already or not.

        Raises as `Log.append` does, and EvidenceDiffers should the sealed file not open again.
        """
        signing = self._log.unlock()
        text = sealed_text(signing, passphrase)
        if unsealed(text, passphrase) != private_text(signing):
            raise EvidenceDiffers(item=PRIVATE, happened="it did not open again", advice="try again; nothing changed")
        remember(self._layout, signing)
        self._put(text, events.key_sealed(signing.name, sha256(text).hexdigest(), self._collector))

    def unseal(self) -> None:
        """Take the passphrase away. Raises WrongUsage where the key has none, and as `Log.append` does."""
        if not age.is_sealed(read_private(self._layout)):
            raise WrongUsage(item=PRIVATE, happened="it has no passphrase", advice="there is nothing to take away")
        signing = self._log.unlock()
        self._put(private_text(signing), events.key_unsealed(signing.name, self._collector))

    def _put(self, text: bytes, event: LogEvent) -> None:
        with self._lock.held():
            intent = self._run.intend(new_id(event.time), [event])
            replace(self._layout.private_key, text, self._run.folder, MODE)
            self._log.append([event])
            self._log.flush()
            with storing(intent.name):
                intent.unlink()


def last_change(happened: Iterable[LogEvent]) -> LogEvent | None:
    """The newest event that tells of the private key's file; None while it is as the archive was made."""
    return next((event for event in reversed(list(happened)) if event.kind in events.KEY_KINDS), None)


def tells(event: LogEvent | None, data: bytes) -> bool:
    """Whether `data` is the private key's file as `event`, or the making of the archive, left it."""
    if event is None or event.kind == events.KEY_UNSEALED:
        return not age.is_sealed(data)
    return event.facts.get("file_sha256") == sha256(data).hexdigest()


def unlogged(layout: Layout, meant: Iterable[LogEvent], logged: Iterable[LogEvent]) -> Iterator[LogEvent]:
    """The change of a dead run that reached the file and not the log, marked as recovered."""
    meant = [event for event in meant if event.kind in events.KEY_KINDS]
    if not meant:
        return
    data, last = read_private(layout), last_change(logged)
    for event in meant:
        if tells(event, data) and not tells(last, data):
            yield changed(event, facts={**event.facts, "recovered": True})
            return
