"""How far others than the key's holder speak for a log: told in each verification, also where there is nobody.

Whoever has the signing key can write a whole archive anew, with other evidence and other times, and sign it; every check of
keys, log and files then passes. What stands against that are independent timestamps, cosignatures, and checkpoints and keys
that were kept elsewhere. So their absence must be said, or a forged archive would look like a sound one. Pending proofs and the
team's own authority count for nothing here; whether each one holds is said by the checks of timestamps and cosignatures.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tawthiq.custody import meaning
from tawthiq.custody.checkpoint import opened
from tawthiq.custody.merkle import leaf_hash, roots_at
from tawthiq.custody.note import VerifierKey
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.records.log import LogEntry
from tawthiq.store.cosignatures import cosignature_of
from tawthiq.store.events import COSIGNED, TIMESTAMPED
from tawthiq.store.files import read
from tawthiq.store.journal import entries_from
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.timestamps import TOKEN, kept_token, stamped_log

_NAME = "independent attestation"


def attested_checks(layout: Layout, entries: Sequence[LogEntry]) -> Iterator[Check]:
    """One line about how far independent timestamps and cosignatures reach."""
    del layout
    if not entries:
        return
    covered = max((reach(entry) for entry in entries), default=0)
    newest = stamped_log(entries).newest
    if covered > newest:
        found = f"timestamps or cosignatures of others cover all entries that need one, those below {covered}"
        yield Check(_NAME, holds=True, found=found, proves=meaning.ATTESTED.proves.en)
        return
    found = "no independent timestamp and no cosignature"
    if covered:
        found = f"entries below {covered} are covered; from there to {newest}, {found}"
    yield Check(_NAME, holds=True, found=found, proves=meaning.UNATTESTED.proves.en)


def key_check(layout: Layout, wanted: str) -> Check:
    """Whether the archive's key is the one that was written down elsewhere. Raises UnreadableInput where `wanted` is none."""
    expected = VerifierKey.parse(wanted.strip(), "--key")
    try:
        key = read_public(layout)
    except TawthiqError as error:
        return Check("key", holds=False, found=error.happened, proves=meaning.EXPECTED_KEY.proves.en)
    found = f"{key}: the one expected" if key == expected else f"{key}; expected {expected}"
    return Check("key", holds=key == expected, found=found, proves=meaning.EXPECTED_KEY.proves.en)


def kept_checkpoint_check(layout: Layout, file: Path) -> Check:
    """Whether the log still begins with the entries that a checkpoint, kept elsewhere, was signed over.

    Raises WrongUsage where `file` cannot be read.
    """
    proves = meaning.KEPT_CHECKPOINT.proves.en
    try:
        data = read(file, file.name)
    except TawthiqError as error:
        raise WrongUsage(item=file.name, happened=error.happened, advice="name a checkpoint that was kept") from error
    try:
        head = opened(data, read_public(layout), file.name)
        leaves = [leaf_hash(entry.leaf) for entry in entries_from(layout, 0)]
    except TawthiqError as error:
        return Check(file.name, holds=False, found=f"{error.item}: {error.happened}", proves=proves)
    if head.size > len(leaves):
        found = f"it is over {head.size} entries, and this log has {len(leaves)}: it was cut back, or is an older copy"
    elif roots_at(leaves, {head.size})[head.size] != head.root:
        found = f"this log's first {head.size} entries are not those it was signed over: the log was written anew"
    else:
        found = f"this log begins with the {head.size} entries that it was signed over"
        return Check(file.name, holds=True, found=found, proves=proves)
    return Check(file.name, holds=False, found=found, proves=proves)


def reach(entry: LogEntry) -> int:
    """Below which entry a settled statement of somebody outside the team lies; 0 for entries that are none."""
    event = entry.event
    if event is None:
        return 0
    if event.kind == COSIGNED:
        cosignature = cosignature_of(event.facts)
        return cosignature.size if cosignature else 0
    if event.kind == TIMESTAMPED and event.facts.get("holds") == TOKEN:
        token = kept_token(event)
        if token and not token.own and (token.time or token.blocks):
            return token.size
    return 0
