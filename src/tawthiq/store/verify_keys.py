"""Verification of the keys: the two halves fit, and they are those that the log's first entry binds."""

from collections.abc import Iterator, Sequence

from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store.events import CREATED
from tawthiq.store.keys import read_public, read_signer
from tawthiq.store.layout import Layout

_PUBLIC = "keys/archive.pub"
_PRIVATE = "keys/archive.key"
_PUBLIC_PROVES = "checkpoints are checked with the key that this log began with"
_PRIVATE_PROVES = "this archive can go on signing"


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
        read_signer(layout)
    except TawthiqError as error:
        yield Check(_PRIVATE, holds=False, found=error.happened, proves=_PRIVATE_PROVES)
    else:
        yield Check(_PRIVATE, holds=True, found="the private half of keys/archive.pub", proves=_PRIVATE_PROVES)
