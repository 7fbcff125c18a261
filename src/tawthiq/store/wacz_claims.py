"""What a WACZ package says of itself, and whether its own digests and its signature hold (WACZ 1.1.1; WACZ Auth 0.1.0).

Facts, not proofs: whoever made the package could write anything and compute the digests anew. An anonymous signature proves
only that the holder of its key signed; the one of a domain is recorded and not checked, since that takes certificates of
its time.
"""

import hashlib
import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from tawthiq.store.files import BLOCK
from tawthiq.store.wacz import Member, content

DATAPACKAGE = "datapackage.json"
DIGEST = "datapackage-digest.json"
LARGEST_JSON = 16 * 1024 * 1024
MOST_PAGES = 200_000
_STATED = (
    "wacz_version",
    "profile",
    "software",
    "created",
    "modified",
    "title",
    "description",
    "mainPageURL",
    "mainPageDate",
)
_LONGEST = 300


def claims(stream: BinaryIO, found: list[Member], limit: int) -> dict[str, Any]:
    """The package's own words as facts, with what checking them showed; at most `limit` bytes are unfolded for that."""
    by_name = {member.name: member for member in found if not member.refused}
    package = _json(stream, by_name.get(DATAPACKAGE))
    stated = {key: value[:_LONGEST] for key in _STATED if isinstance(value := package.get(key), str)}
    return {
        "stated": stated,
        "files": len(found),
        "refused": [[member.name[:_LONGEST], member.refused] for member in found if member.refused][:50],
        **_digests(stream, by_name, package, limit),
        "signature": _signature(stream, by_name),
    }


def pages(stream: BinaryIO, found: list[Member]) -> dict[str, dict[str, str]]:
    """The pages that the package lists, by address: their title and time, as stated."""
    listed: dict[str, dict[str, str]] = {}
    for member in found:
        if not member.refused and member.name.startswith("pages/") and member.name.endswith(".jsonl"):
            for line in _read(stream, member).split(b"\n")[:MOST_PAGES]:
                page = _parsed(line)
                if isinstance(address := page.get("url"), str):
                    told = {key: value[:_LONGEST] for key in ("title", "ts") if isinstance(value := page.get(key), str)}
                    listed.setdefault(address, told)
    return listed


def _digests(stream: BinaryIO, by_name: Mapping[str, Member], package: dict[str, Any], limit: int) -> dict[str, Any]:
    """Whether the digests that the package states of its files are right: "hold", "differ", "absent" or "unchecked"."""
    listed = package.get("resources")
    resources = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    if not resources:
        return {"digests": "absent"}
    differing: list[str] = []
    for each in resources:
        path, stated = str(each.get("path"))[:_LONGEST], str(each.get("hash"))
        member = by_name.get(path)
        if member is None:
            differing.append(path)
            continue
        limit -= member.size
        if limit < 0:
            return {"digests": "unchecked", "differing": differing[:50]}
        if _sha256(stream, member) != stated:
            differing.append(path)
    return {"digests": "differ" if differing else "hold", "differing": differing[:50]}


def _signature(stream: BinaryIO, by_name: Mapping[str, Member]) -> dict[str, Any] | None:
    """What the package's signature says, and "holds", "differs" or "unchecked"; None for a package without one."""
    digest = _json(stream, by_name.get(DIGEST))
    signed = digest.get("signedData")
    member = by_name.get(DATAPACKAGE)
    if not digest or member is None:
        return None
    right = digest.get("hash") == _sha256(stream, member)
    if not isinstance(signed, dict):
        return {"result": "unsigned", "digest": "holds" if right else "differs"}
    told = {
        key: value[:_LONGEST] for key in ("created", "software", "domain") if isinstance(value := signed.get(key), str)
    }
    if isinstance(key := signed.get("publicKey"), str):
        told["key_sha256"] = hashlib.sha256(key.encode()).hexdigest()
    if not right or signed.get("hash") != digest.get("hash"):
        return {**told, "result": "differs", "digest": "holds" if right else "differs"}
    return {**told, "result": _verified(signed), "digest": "holds"}


def _verified(signed: dict[str, Any]) -> str:
    """The result for an anonymous signature: ECDSA with SHA-256 over the digest as text, r and s side by side."""
    try:
        key = load_der_public_key(b64decode(signed["publicKey"], validate=True))
        raw = b64decode(signed["signature"], validate=True)
        if not isinstance(key, EllipticCurvePublicKey) or len(raw) % 2:
            return "unchecked"
        half = len(raw) // 2
        pair = encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
        key.verify(pair, str(signed["hash"]).encode(), ECDSA(SHA256()))
    except InvalidSignature:
        return "differs"
    except (KeyError, TypeError, ValueError, UnsupportedAlgorithm):
        return "unchecked"
    return "holds"


def _sha256(stream: BinaryIO, member: Member) -> str:
    digest = hashlib.sha256()
    try:
        for block in _blocks(stream, member):
            digest.update(block)
    except OSError:
        return "damaged"
    return f"sha256:{digest.hexdigest()}"


def _blocks(stream: BinaryIO, member: Member) -> Iterator[bytes]:
    held = content(stream, member)
    while block := held.read(BLOCK):
        yield block


def _read(stream: BinaryIO, member: Member) -> bytes:
    """A small file of the package; empty when it is damaged or none."""
    if member.size > LARGEST_JSON:
        return b""
    try:
        return b"".join(_blocks(stream, member))
    except OSError:
        return b""


def _json(stream: BinaryIO, member: Member | None) -> dict[str, Any]:
    return _parsed(_read(stream, member)) if member else {}


def _parsed(data: bytes) -> dict[str, Any]:
    """The JSON object that `data` is; empty for anything else."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
