"""Having the log stamped: what is due is told from the archive's files, so that being offline needs no queue of its own.

An authority is due when the log holds an entry that it has not covered; entries about timestamps need none. What is stamped
is a signed checkpoint, and nothing but its digest leaves the machine. A reply is checked before anything is kept; then the
checkpoint, the certificates and the token are kept, in this order, each with its log entry, so that a crash in between
leaves at most a checkpoint without a token, which the next run uses. One authority that fails does not stop the others.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.timestamp_authorities import asked, host_of, posted
from tawthiq.custody import opentimestamps, timestamps
from tawthiq.custody.checkpoint import opened
from tawthiq.custody.note import VerifierKey
from tawthiq.pipeline.collect import fetch_settings
from tawthiq.pipeline.collect_unbroken import unbroken
from tawthiq.pipeline.stamp_outcome import StampOutcome, StampState, block_notes, clock_notes
from tawthiq.records.errors import ArchiveBusy, EvidenceDiffers, StorageFailed, TawthiqError, WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.store.custody_settings import OPEN_TIMESTAMPS, Authority
from tawthiq.store.events import TIMESTAMPED
from tawthiq.store.files import read
from tawthiq.store.timestamps import (
    CERTIFICATES,
    CHECKPOINT,
    TOKEN,
    KeptToken,
    StampedLog,
    certificates_name,
    checkpoint_name,
    read_stamped,
    token_name,
)

# The longest that one authority may take, from connecting to the last byte.
ANSWER_SECONDS = 60.0
# Calendars commit to a block every few hours; asking sooner only shows them that somebody waits.
PENDING_FOR = timedelta(hours=6)
_LARGEST_PEM = 1 << 20


def stamp_if_due(archive: ArchiveFolder) -> list[StampOutcome]:
    """Ask those whose last token is older than `timestamp_hours`; what was done or failed, nothing where nothing was due."""
    return [outcome for outcome in stamp(archive, if_due=True) if outcome.state.asked]


def stamp(
    archive: ArchiveFolder,
    *,
    if_due: bool = False,
    fetching: FetchSettings | None = None,
    leave: Collection[str] = (),
) -> Iterator[StampOutcome]:
    """Ask every authority for what it has not covered, and calendars for what is still pending.

    With `if_due` an authority that stamped within `timestamp_hours` is left in peace; those named in `leave` are left out
    altogether. Raises what keeps an archive from being written: StorageFailed, ArchiveBusy, EvidenceDiffers, and KeyLocked or
    WrongPassphrase for a key that nobody opens.
    """
    settings = fetching or fetch_settings(archive)
    work = _Work(archive, replace(settings, total_timeout=min(settings.total_timeout, ANSWER_SECONDS)))
    now = datetime.now(UTC)
    for authority in archive.settings.authorities:
        if authority.name in leave:
            continue
        waits = work.log.waits(authority.name)
        promised = [
            token for token in work.log.pending(authority.name) if not if_due or abs(now - token.logged) >= PENDING_FOR
        ]
        if waits and not (if_due and _is_recent(work.log.last(authority.name), archive.settings.timestamp_hours, now)):
            yield work.attempt(authority, None)
        elif work.log.sent(authority.name) == work.log.covered(authority.name) or not promised:
            yield work.nothing_due(authority)
        for token in promised:
            yield work.attempt(authority, token)


def _is_recent(last: KeptToken | None, hours: float, now: datetime) -> bool:
    """Whether a token was kept less than `hours` ago; one from the future (the clock was set back) is not recent."""
    return last is not None and timedelta(0) <= now - last.logged < timedelta(hours=hours)


class _Work:
    """One run over the authorities of an archive."""

    def __init__(self, archive: ArchiveFolder, settings: FetchSettings) -> None:
        self._archive = archive
        self._settings = settings
        self._checkpoint: tuple[int, bytes] | None = None
        self.log: StampedLog = read_stamped(archive.path)

    def attempt(self, authority: Authority, pending: KeptToken | None) -> StampOutcome:
        """Have the log stamped by one authority, or a pending proof completed; a failure is an outcome that names it."""
        try:
            if pending is not None:
                return self._completed(authority, pending)
            if authority.kind == OPEN_TIMESTAMPS:
                return self._submitted(authority)
            return self._stamped(authority)
        except (StorageFailed, ArchiveBusy, EvidenceDiffers):
            raise
        except TawthiqError as error:
            return StampOutcome(authority.name, authority.own, StampState.FAILED, error=error)

    def _stamped(self, authority: Authority) -> StampOutcome:
        """A token of an RFC 3161 authority, checked and kept."""
        item = f"timestamp authority {authority.name}"
        pem = self._certificates(authority)
        roots = timestamps.roots_in(pem, f"authorities.{authority.name}.certificates")
        size, checkpoint = self._head()
        if size <= self.log.sent(authority.name):
            return self._nothing_signed(authority)
        query = timestamps.query(checkpoint)
        reply = posted(
            authority.url,
            query.data,
            content_type=timestamps.QUERY_TYPE,
            accept=timestamps.REPLY_TYPE,
            settings=self._settings,
        )
        now = datetime.now(UTC)
        stamp = timestamps.checked(reply, checkpoint, roots, query.nonce, item)
        difference = (stamp.time - now).total_seconds()
        certificates = certificates_name(authority.name, pem)
        facts = {
            "gen_time": stamp.time.isoformat(),
            "accuracy_seconds": stamp.accuracy_seconds,
            "serial": f"{stamp.serial:x}",
            "policy": stamp.policy,
            "signer": stamp.signer,
            "certificates": f"log/{certificates}",
            "ahead_of_our_clock_seconds": round(difference, 3),
        }
        kept = self._kept(authority, size, checkpoint, reply, facts, certificates=(certificates, pem))
        notes = clock_notes(difference) if kept else ("another process had it stamped meanwhile",)
        return StampOutcome(authority.name, authority.own, StampState.STAMPED, size, stamp.time, notes)

    def _submitted(self, authority: Authority) -> StampOutcome:
        """A calendar's promise, checked and kept; a block follows some hours later."""
        item = f"calendar {authority.name}"
        size, checkpoint = self._head()
        if size <= self.log.sent(authority.name):
            return self._nothing_signed(authority)
        digest, nonce = hashlib.sha256(checkpoint).digest(), secrets.token_bytes(opentimestamps.NONCE_BYTES)
        sent = opentimestamps.commitment(digest, nonce)
        answer = posted(
            f"{authority.url.rstrip('/')}/digest",
            sent,
            content_type="application/octet-stream",
            accept=opentimestamps.CALENDAR_TYPE,
            settings=self._settings,
        )
        proof = opentimestamps.proof(digest, nonce, answer, item)
        blocks = [height for height, _ in opentimestamps.standing(proof, digest, item).blocks]
        self._kept(authority, size, checkpoint, proof, {"blocks": blocks})
        state = StampState.CONFIRMED if blocks else StampState.PENDING
        return StampOutcome(authority.name, authority.own, state, size, notes=block_notes(blocks))

    def _completed(self, authority: Authority, token: KeptToken) -> StampOutcome:
        """A pending proof, kept anew with the block that attests it, where its calendar knows one by now."""
        data = read(self._archive.path / token.path, token.path)
        name = checkpoint_name(token.size)
        checkpoint = read(self._archive.path / "log" / name, f"log/{name}")
        digest = hashlib.sha256(checkpoint).digest()
        found: dict[bytes, bytes] = {}
        for commitment in opentimestamps.standing(data, digest, token.path).pending:
            url = f"{authority.url.rstrip('/')}/timestamp/{commitment.hex()}"
            answer = asked(url, accept=opentimestamps.CALENDAR_TYPE, settings=self._settings)
            if answer is not None:
                found[commitment] = answer
        proof = opentimestamps.upgraded(data, digest, found, f"calendar {authority.name}")
        blocks = [height for height, _ in opentimestamps.standing(proof, digest, token.path).blocks]
        if blocks:
            self._kept(authority, token.size, checkpoint, proof, {"blocks": blocks}, number=2)
        state = StampState.CONFIRMED if blocks else StampState.PENDING
        return StampOutcome(authority.name, authority.own, state, token.size, notes=block_notes(blocks))

    def nothing_due(self, authority: Authority) -> StampOutcome:
        """How far an authority is that is not asked: what a calendar has promised only is told as that."""
        sent, covered = self.log.sent(authority.name), self.log.covered(authority.name)
        state = StampState.COVERED if sent == covered else StampState.PROMISED
        return StampOutcome(authority.name, authority.own, state, sent)

    def _nothing_signed(self, authority: Authority) -> StampOutcome:
        """What waits was appended by a process at work, which has not signed it yet."""
        note = "the rest is being written and not signed yet; run this again later"
        return replace(self.nothing_due(authority), notes=(note,))

    def _head(self) -> tuple[int, bytes]:
        """Size and bytes of the checkpoint to stamp: one kept before that covers all that waits, else the present head."""
        if self._checkpoint is None:
            self._archive.unlock()
            self._archive.flush()
            kept = max((size for size in self.log.checkpoints if size > self.log.newest), default=None)
            name = f"log/{checkpoint_name(kept)}" if kept else "log/checkpoint"
            data = read(self._archive.path / name, name)
            key = VerifierKey.parse(self._archive.verifier_key, "keys/archive.pub")
            self._checkpoint = opened(data, key, name).size, data
        return self._checkpoint

    def _certificates(self, authority: Authority) -> bytes:
        """The PEM file of an authority's roots. Raises WrongUsage where there is none: a token could not be checked."""
        key = f"authorities.{authority.name}.certificates"
        advice = (
            "put the authority's root certificates there in PEM, as it publishes them; without them nothing is proven"
        )
        if not authority.certificates:
            raise WrongUsage(item=key, happened="it is not set", advice=advice)
        try:
            with (self._archive.path / authority.certificates).open("rb") as stream:
                return stream.read(_LARGEST_PEM)
        except OSError as error:
            raise WrongUsage(item=key, happened=f"it cannot be read ({error.strerror})", advice=advice) from error

    def _kept(
        self,
        authority: Authority,
        size: int,
        checkpoint: bytes,
        token: bytes,
        stated: Mapping[str, Any],
        *,
        certificates: tuple[str, bytes] | None = None,
        number: int = 1,
    ) -> bool:
        """Keep checkpoint, certificates and token; False when another process kept a token of this name meanwhile."""
        facts = {
            "holds": TOKEN,
            "authority": authority.name,
            "authority_kind": authority.kind,
            "host": host_of(authority.url),
            "own": authority.own,
            "imprint": hashlib.sha256(checkpoint).hexdigest(),
            **stated,
        }
        with unbroken(), self._archive.exclusively():
            self._keep_once(checkpoint_name(size), checkpoint, size, CHECKPOINT)
            if certificates:
                self._keep_once(*certificates, size, CERTIFICATES)
            while self._is_there(name := token_name(size, authority.name, authority.kind, number)):
                if number == 1:
                    return False
                number += 1
            self._archive.keep_beside_log(TIMESTAMPED, name, token, str(size), facts)
        return True

    def _keep_once(self, name: str, data: bytes, size: int, holds: str) -> None:
        """Keep a file unless it is there. Raises EvidenceDiffers when another one has its name."""
        if not self._is_there(name):
            self._archive.keep_beside_log(TIMESTAMPED, name, data, str(size), {"holds": holds})
        elif read(self._archive.path / "log" / name, f"log/{name}") != data:
            raise EvidenceDiffers(
                item=f"log/{name}",
                happened="it is not what was kept under this name",
                advice="run tawthiq verify; restore the file from a backup",
            )

    def _is_there(self, name: str) -> bool:
        return (self._archive.path / "log" / name).exists()
