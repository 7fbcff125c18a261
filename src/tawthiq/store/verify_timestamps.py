"""Verification of timestamps: every kept token against its checkpoint, and the checkpoint against the log.

For each token: the checkpoint beside it is signed with this log's key and states the root that the log had at that size;
the token stamps that checkpoint; its signature leads to the certificates kept with it; and what it says is put beside what
this machine's clock said. No network is asked, not even for revocation. What cannot be checked here (certificates that
were never kept, a library that is not installed, a promise that no block holds yet) is said and is no fault of the evidence.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from tawthiq.custody import meaning, opentimestamps, timestamps
from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.merkle import leaf_hash, roots_at
from tawthiq.records.check import Check
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, UnreadableInput
from tawthiq.records.log import LogEntry
from tawthiq.store.custody_settings import OPEN_TIMESTAMPS
from tawthiq.store.events import TIMESTAMPED
from tawthiq.store.files import read
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.timestamps import TOKEN, KeptToken, checkpoint_name, kept_token

# Stamps state whole seconds, and authorities' clocks and ours differ a little.
TOLERATED_SECONDS = 60.0
_DAY = 86_400
_TOLD_IN_DAYS = 2 * _DAY
_LARGEST = 1 << 20
_UNCHECKED = meaning.UNCHECKED_TIMESTAMP.proves.en


def timestamp_checks(layout: Layout, entries: Sequence[LogEntry]) -> Iterator[Check]:
    """One check for each token that the log names, in its order; none where there are none."""
    tokens = []
    for entry in entries:
        if entry.event and entry.event.kind == TIMESTAMPED and entry.event.facts.get("holds") == TOKEN:
            token = kept_token(entry.event)
            if token is None:
                found = "it does not describe a timestamp"
                yield Check(f"log entry {entry.index}", holds=False, found=found, proves=_UNCHECKED)
            else:
                tokens.append(token)
    if tokens:
        examination = _Examination(layout, entries, {token.size for token in tokens})
        for token in tokens:
            yield examination.check(token)


class _Examination:
    """What checking needs of the log: its roots at the stamped sizes, and the latest time stated below each."""

    def __init__(self, layout: Layout, entries: Sequence[LogEntry], sizes: set[int]) -> None:
        self._layout = layout
        self._present = _unbroken(entries)
        whole = entries[: self._present]
        self._roots: Mapping[int, bytes] = roots_at((leaf_hash(entry.leaf) for entry in whole), sizes)
        self._latest = latest_times(whole, sizes)
        self._checkpoints: dict[int, bytes] = {}

    def check(self, token: KeptToken) -> Check:
        """Whether a token is a sound timestamp of the log at its size."""
        proves = _meaning(token).proves.en
        try:
            data = self._checkpoint(token.size)
            reply = self._read(token.path)
            if token.kind == OPEN_TIMESTAMPS:
                return self._proof(token, reply, data)
            if token.certificates is None:
                return Check(token.path, holds=True, found="cannot tell: no certificates were kept", proves=_UNCHECKED)
            pem = self._read(token.certificates)
            roots = timestamps.roots_in(pem, token.certificates)
            stamp = timestamps.checked(reply, data, roots, None, token.path)
        except TawthiqError as error:
            return Check(token.path, holds=False, found=f"{error.item}: {error.happened}", proves=proves)
        if stamp.time != token.time:
            found = f"it states {stamp.time:%Y-%m-%d %H:%M:%S} UTC, the log another time"
            return Check(token.path, holds=False, found=found, proves=proves)
        found = f'{_below(token)} existed at {stamp.time:%Y-%m-%d %H:%M:%S} UTC, says "{stamp.signer}" of {_who(token)}'
        found += f"; roots kept: SHA-256 {hashlib.sha256(pem).hexdigest()}"
        found += misfit(self._latest.get(token.size), stamp.time, TOLERATED_SECONDS)
        return Check(token.path, holds=True, found=found, proves=proves)

    def _proof(self, token: KeptToken, reply: bytes, data: bytes) -> Check:
        """How far an OpenTimestamps proof has come; a block is not settled without its header."""
        if not opentimestamps.available():
            found = "cannot tell: the library for OpenTimestamps is not installed"
            return Check(token.path, holds=True, found=found, proves=_UNCHECKED)
        standing = opentimestamps.standing(reply, hashlib.sha256(data).digest(), token.path)
        heights = tuple(height for height, _ in standing.blocks)
        if heights != token.blocks:
            found = "the blocks it names are not those that the log names"
            return Check(token.path, holds=False, found=found, proves=meaning.BITCOIN_TIMESTAMP.proves.en)
        if not heights:
            found = f"{_below(token)}: pending, promised by {_who(token)}; no block attests it yet"
            return Check(token.path, holds=True, found=found, proves=_UNCHECKED)
        block = ", ".join(map(str, heights))
        found = (
            f"{_below(token)} existed when block {block} of Bitcoin was made, if that block has the root named in it"
        )
        return Check(token.path, holds=True, found=found, proves=meaning.BITCOIN_TIMESTAMP.proves.en)

    def _checkpoint(self, size: int) -> bytes:
        """The stamped checkpoint, once it is seen to be this log's. Raises as reading and `opened` do, and EvidenceDiffers."""
        if size not in self._checkpoints:
            name = f"log/{checkpoint_name(size)}"
            data = self._read(name)
            self._expect_of_this_log(opened(data, read_public(self._layout), name), size, name)
            self._checkpoints[size] = data
        return self._checkpoints[size]

    def _read(self, name: str) -> bytes:
        """A file of the archive. Raises UnreadableInput for what no stamp is: an archive may come from anybody."""
        path = self._layout.root / name
        happened = None
        if path.is_symlink() or not path.is_file():
            happened = "the file is missing"
        elif path.stat().st_size > _LARGEST:
            happened = f"it is larger than {_LARGEST:,} bytes"
        if happened:
            raise UnreadableInput(item=name, happened=happened, advice="restore the file from a backup")
        return read(path, name)

    def _expect_of_this_log(self, head: Checkpoint, size: int, name: str) -> None:
        """Raises EvidenceDiffers unless the log had this root at this size."""
        happened = None
        if head.size != size:
            happened = f"it states {head.size} entries, not the {size} of its name"
        elif size > self._present:
            happened = f"it states {size} entries; {self._present} can be read"
        elif head.root != self._roots[size]:
            happened = f"the log's first {size} entries are not those it was signed over"
        if happened:
            raise EvidenceDiffers(
                item=name, happened=happened, advice="compare with a backup; entries were changed or lost"
            )


def misfit(latest: datetime | None, stamped: datetime, tolerated: float) -> str:
    """A remark when entries state times later than their stamp, which only a wrong clock explains; empty where it fits.

    `latest` is the latest time that an entry below the stamp states; `tolerated` counts seconds.
    """
    ahead = (latest - stamped).total_seconds() if latest else 0.0
    if ahead <= tolerated:
        return ""
    told = f"{ahead:,.0f} s" if ahead < _TOLD_IN_DAYS else f"{ahead / _DAY:,.0f} days"
    return (
        f"; this time does not fit: entries state times up to {told} later, so this computer's clock, or its, was wrong"
    )


def _unbroken(entries: Sequence[LogEntry]) -> int:
    """How many entries stand without a gap from the first on."""
    return next((number for number, entry in enumerate(entries) if entry.index != number), len(entries))


def latest_times(entries: Iterable[LogEntry], sizes: set[int]) -> dict[int, datetime]:
    """The latest time that the entries below each size state."""
    found: dict[int, datetime] = {}
    latest: datetime | None = None
    for size, entry in enumerate(entries, start=1):
        if entry.event and (latest is None or entry.event.time > latest):
            latest = entry.event.time
        if size in sizes and latest:
            found[size] = latest
    return found


def _meaning(token: KeptToken) -> meaning.Meaning:
    if token.kind == OPEN_TIMESTAMPS:
        return meaning.BITCOIN_TIMESTAMP
    return meaning.OWN_TIMESTAMP if token.own else meaning.TIMESTAMP


def _below(token: KeptToken) -> str:
    return f"entries below {token.size}"


def _who(token: KeptToken) -> str:
    """The authority as a line names it; the team's own is told apart everywhere."""
    named = f"{token.authority} ({token.host})"
    return f"{named}, the team's own authority: no independent evidence" if token.own else named
