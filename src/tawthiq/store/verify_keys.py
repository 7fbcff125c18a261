"""Verification of the keys: the two halves fit, and they are those that the log's first entry binds.

No passphrase is asked for. A sealed private key is held against the digest that the log has of its file, so that any byte
changed in it is noticed; that it still opens was seen when it was sealed.
"""

from collections.abc import Iterator, Sequence

from tawthiq.custody import age, meaning
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store.events import CREATED, KEY_PATH
from tawthiq.store.incoming import intended, run_folders
from tawthiq.store.journal import entries_from
from tawthiq.store.keys import PRIVATE, read_private, read_public, signer_of
from tawthiq.store.layout import Layout
from tawthiq.store.sealing import last_change, tells

_PUBLIC = "keys/archive.pub"
_PUBLIC_PROVES = meaning.PUBLIC_KEY.proves.en
_PRIVATE_PROVES = meaning.PRIVATE_KEY.proves.en
_SEALED_PROVES = meaning.SEALED_KEY.proves.en


def key_checks(layout: Layout, entries: Sequence[LogEntry]) -> Iterator[Check]:
    """One check for each key file."""
    try:
        key = read_public(layout)
    except TawthiqError as error:
        yield Check(_PUBLIC, holds=False, found=error.happened, proves=_PUBLIC_PROVES)
    else:
        first = entries[0].event if entries else None
        bound = first.facts.get("verifier_key") if first and first.kind == CREATED else None
        found = str(key) if bound == str(key) else f"the log's first entry binds {bound or 'no key'}, not {key}"
        yield Check(_PUBLIC, holds=bound == str(key), found=found, proves=_PUBLIC_PROVES)
    try:
        yield _private(layout, entries)
    except TawthiqError as error:
        yield Check(PRIVATE, holds=False, found=error.happened, proves=_PRIVATE_PROVES)


def _private(layout: Layout, entries: Sequence[LogEntry]) -> Check:
    """Whether the private key's file is as the log, or a run that was interrupted, left it. Raises what reading it raises."""
    data = read_private(layout)
    last = last_change(entry.event for entry in entries if entry.event)
    meant = [event for folder in run_folders(layout) for event in intended(folder).get(KEY_PATH, [])]
    sealed = age.is_sealed(data)
    # What was logged since the entries were read, by a process that changed the key meanwhile.
    since = (entry.event for entry in entries_from(layout, entries[-1].index + 1 if entries else 0) if entry.event)
    if not any(tells(event, data) for event in (last, *meant, last_change(since) or last)):
        found = "the log knows another sealed file" if sealed else "the log says that it is sealed, and it is not"
        return Check(PRIVATE, holds=False, found=found, proves=_PRIVATE_PROVES)
    if sealed:
        return Check(PRIVATE, holds=True, found="sealed with a passphrase, as it was logged", proves=_SEALED_PROVES)
    signer_of(data, read_public(layout))
    return Check(PRIVATE, holds=True, found="the private half of keys/archive.pub", proves=_PRIVATE_PROVES)
