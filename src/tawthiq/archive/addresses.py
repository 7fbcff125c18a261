"""The address that an item is a capture of, as a key by which captures of one address are found: one key for all spellings.

http and https of one host and path share a key, because a reader who types either is shown one page. For collecting they
stay two addresses.
"""

from hashlib import sha256

from tawthiq.capture.address import parse
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import CaptureFailed

_NO_ADDRESS = frozenset({SourceKind.FILE.value, SourceKind.EXPORT.value})


def address_key(kind: str, source: str, stated: str | None) -> str:
    """SHA-256 of the address in wire form without its scheme, in hexadecimal; empty for an item without one.

    `stated` is the wire form that collecting logged; without it, it is worked out from `source`.
    """
    if kind in _NO_ADDRESS:
        return ""
    try:
        wire = stated or parse(source).url
    except CaptureFailed:
        return ""
    return sha256(wire.partition(":")[2].encode("utf-8", "surrogatepass")).hexdigest()
