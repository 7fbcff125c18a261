"""What authorities and other teams made for checkpoints, checked out of a package.

The roots that a token is checked with are those that lie in the package: their digest is told, to be compared with what the
authority itself publishes. Whether an authority is the team's own is as the package states it, so that none is called
independent here.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from tawthiq.custody import meaning, opentimestamps, timestamps
from tawthiq.custody.checkpoint import opened
from tawthiq.custody.cosignature import CosignerKey, cosigned_at
from tawthiq.custody.note import Note, VerifierKey
from tawthiq.publication import contents
from tawthiq.publication.zip_file import ZipReader
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError, UnreadableInput
from tawthiq.store import events
from tawthiq.store.custody_settings import OPEN_TIMESTAMPS
from tawthiq.store.verify_cosignatures import OWN_KEY

LARGEST = 4 << 20
_OF_OTHERS = frozenset(
    each.proves.en for each in (meaning.PACKAGE_TIMESTAMP, meaning.BITCOIN_TIMESTAMP, meaning.PACKAGE_COSIGNATURE)
)
_UNCHECKED = meaning.UNCHECKED_TIMESTAMP.proves.en


def attached_checks(package: ZipReader, key: VerifierKey, attached: object) -> Iterator[Check]:
    """One check an attachment that says something: a signed checkpoint, a token, a cosignature."""
    if not isinstance(attached, list) or not all(isinstance(each, dict) for each in attached):
        yield Check(contents.MANIFEST, holds=False, found="it does not list what is attached", proves=_UNCHECKED)
        return
    settled = False
    for stated in attached:
        member, kind = str(stated.get("member")), stated.get("kind")
        try:
            if kind == "checkpoint":
                yield _checkpoint(package, key, stated, member)
            elif kind == events.TIMESTAMPED:
                check = _token(package, key, stated, member)
                settled = settled or (check.holds and check.proves in _OF_OTHERS)
                yield check
            elif kind == events.COSIGNED:
                check = _cosignature(package, key, stated, member)
                settled = settled or (check.holds and check.proves in _OF_OTHERS)
                yield check
        except TawthiqError as error:
            yield Check(member, holds=False, found=f"{error.item}: {error.happened}", proves=_proves(stated))
    if not settled:
        found = "no independent timestamp and no cosignature came with it"
        yield Check("independent attestation", holds=True, found=found, proves=meaning.UNATTESTED.proves.en)


def _checkpoint(package: ZipReader, key: VerifierKey, stated: Mapping[str, Any], member: str) -> Check:
    head = opened(package.read(member, LARGEST), key, member)
    holds = head.size == stated.get("size")
    return Check(
        member, holds=holds, found=f"signed by {key.name}: {head.size:,} entries", proves=meaning.CHECKPOINT.proves.en
    )


def _token(package: ZipReader, key: VerifierKey, stated: Mapping[str, Any], member: str) -> Check:
    """A token against its checkpoint, which must be this log's at the size that is stated."""
    checkpoint = package.read(_named(stated, "checkpoint", member), LARGEST)
    size = opened(checkpoint, key, member).size
    if size != stated.get("size"):
        return Check(member, holds=False, found=f"its checkpoint has {size:,} entries", proves=_proves(stated))
    data, facts = package.read(member, LARGEST), _facts(stated)
    if facts.get("authority_kind") == OPEN_TIMESTAMPS:
        return _block(member, data, checkpoint, size)
    if not stated.get("certificates"):
        return Check(member, holds=True, found="cannot tell: no certificates were handed over", proves=_UNCHECKED)
    pem = package.read(_named(stated, "certificates", member), LARGEST)
    stamp = timestamps.checked(data, checkpoint, timestamps.roots_in(pem, member), None, member)
    roots = f"roots as handed over: SHA-256 {hashlib.sha256(pem).hexdigest()}"
    found = f'entries below {size:,} existed at {stamp.time:%Y-%m-%d %H:%M:%S} UTC, says "{stamp.signer}"; {roots}'
    return Check(member, holds=True, found=found, proves=_proves(stated))


def _block(member: str, data: bytes, checkpoint: bytes, size: int) -> Check:
    """An OpenTimestamps proof, as far as it goes without the block chain."""
    if not opentimestamps.available():
        found = "cannot tell: the library for OpenTimestamps is not installed"
        return Check(member, holds=True, found=found, proves=_UNCHECKED)
    standing = opentimestamps.standing(data, hashlib.sha256(checkpoint).digest(), member)
    blocks = ", ".join(str(height) for height, _ in standing.blocks)
    if not blocks:
        return Check(member, holds=True, found="pending: no block attests it yet", proves=_UNCHECKED)
    found = f"entries below {size:,} existed when block {blocks} of Bitcoin was made, if it has the root named in it"
    return Check(member, holds=True, found=found, proves=meaning.BITCOIN_TIMESTAMP.proves.en)


def _cosignature(package: ZipReader, key: VerifierKey, stated: Mapping[str, Any], member: str) -> Check:
    """A checkpoint of this log with another team's line under it. Their key is as handed over, and told."""
    data, facts = package.read(member, LARGEST), _facts(stated)
    head = opened(data, key, member)
    if head.size != stated.get("size"):
        return Check(member, holds=False, found=f"it is of {head.size:,} entries", proves=_proves(stated))
    if not isinstance(facts.get("key"), str):
        return Check(
            member, holds=True, found="cannot tell: the other team's key was not handed over", proves="nothing"
        )
    theirs = CosignerKey.parse(facts["key"], member)
    if theirs.public == key.public:
        return Check(member, holds=False, found=OWN_KEY, proves=_proves(stated))
    moment = cosigned_at(Note.parse(data, member), theirs, member)
    found = f"{head.size:,} entries seen at {moment:%Y-%m-%d %H:%M:%S} UTC by {theirs}; their key is as handed over"
    return Check(member, holds=True, found=found, proves=_proves(stated))


def _named(stated: Mapping[str, Any], name: str, member: str) -> str:
    """The member that a statement names. Raises UnreadableInput where it names none."""
    value = stated.get(name)
    if not isinstance(value, str):
        raise UnreadableInput(item=member, happened=f"its {name} is not named", advice="ask for the package again")
    return value


def _facts(stated: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the log says of an attachment, as the package hands it on."""
    facts = stated.get("facts")
    return facts if isinstance(facts, dict) else {}


def _proves(stated: Mapping[str, Any]) -> str:
    """What an attachment proves when it is sound."""
    if stated.get("kind") == events.COSIGNED:
        return meaning.PACKAGE_COSIGNATURE.proves.en
    facts = _facts(stated)
    if facts.get("authority_kind") == OPEN_TIMESTAMPS:
        return meaning.BITCOIN_TIMESTAMP.proves.en
    return (meaning.PACKAGE_TIMESTAMP if facts.get("own") is False else meaning.OWN_TIMESTAMP).proves.en
