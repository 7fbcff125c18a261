"""Which certificate a timestamp says it was signed by (RFC 3161 section 2.4.1; RFC 5035, RFC 2634 section 5.4).

The signed attribute holds a digest of the signer's certificate, so that no other certificate of the same key can be put in
its place. rfc3161-client does not compare it; openssl does, and so do we.
"""

import hashlib

from tawthiq.custody.der import CONTEXT_0, OCTETS, SEQUENCE, SET, OddEncoding, Part, child, inside, only
from tawthiq.custody.set_order import SIGNED_DATA

_VERSION_1 = bytes.fromhex("2a864886f70d010910020c")
_VERSION_2 = bytes.fromhex("2a864886f70d010910022f")
_DIGESTS = {
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}


def names_certificate(reply: bytes, certificate: bytes) -> bool:
    """Whether the one signer of a TimeStampResp says that it signed by `certificate` (DER); false where it says nothing."""
    try:
        signer = child(reply, _signers(reply), 0)
        attributes = [part for part in inside(reply, signer) if part.tag == CONTEXT_0]
        stated = [each for held in attributes for each in inside(reply, held) if _kind(reply, each)]
        return bool(stated) and all(_fits(reply, each, certificate) for each in stated)
    except OddEncoding:
        return False


def _signers(reply: bytes) -> Part:
    """The set of signers, which is the last field of SignedData."""
    last = inside(reply, child(reply, only(reply), *SIGNED_DATA))[-1]
    if last.tag != SET:
        raise OddEncoding
    return last


def _kind(reply: bytes, attribute: Part) -> bytes | None:
    """The attribute's type where it is one that names certificates."""
    name = child(reply, attribute, 0)
    kind = reply[name.content : name.end]
    return kind if kind in (_VERSION_1, _VERSION_2) else None


def _fits(reply: bytes, attribute: Part, certificate: bytes) -> bool:
    """Whether the first certificate that an attribute names, the signer's, is the one given."""
    # Attribute: type, set of values; the value: a sequence of certificates; the first of them.
    first = inside(reply, child(reply, attribute, 1, 0, 0, 0))
    digest: str | None = "sha256"
    if _kind(reply, attribute) == _VERSION_1:
        # Version 1 knows no other; it only picks a certificate, whose own signature is checked otherwise.
        digest = "sha1"
    elif first[0].tag == SEQUENCE:
        name = child(reply, first[0], 0)
        digest = _DIGESTS.get(reply[name.content : name.end])
        first = first[1:]
    if digest is None or not first or first[0].tag != OCTETS:
        return False
    made = hashlib.new(digest, certificate, usedforsecurity=False).digest()
    return reply[first[0].content : first[0].end] == made
