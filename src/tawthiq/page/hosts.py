"""The host that a page's memory is kept under, and the one form of an address by which recaptures are recognised.

Only an address that the page was collected from counts. What a file says of itself (a canonical link) is a claim: it
must not decide which outlet's memory the file teaches or is judged by.
"""

import re
from hashlib import blake2b
from urllib.parse import urlsplit

_SCHEMES = frozenset({"http", "https"})
_PREFIXES = ("www.", "m.", "amp.", "mobile.")
# The path by which web archives replay a page: a moment of 14 digits, a flag of two letters, the page's own address.
_REPLAYED = re.compile(r"/\d{14}(?:[a-z]{2}_)?/(https?:/{1,2}\S+)")
_DIGEST_BYTES = 8


def host_of(url: str | None) -> str | None:
    """The host that `url` was served by, without a port and without the prefixes of a site's other faces.

    A page replayed by a web archive belongs to the host it was archived from. None when `url` is no web address.
    """
    parts = _parts(url)
    return parts[0] if parts else None


def address_digest(url: str) -> int:
    """A signed 64-bit digest of an address: scheme, prefix, port, fragment and end slash make no difference."""
    host, rest = _parts(url) or ("", url)
    return digest_of(f"{host}\n{rest}")


def digest_of(words: str) -> int:
    """The first 64 bits of BLAKE2b over the words, as the signed number that databases hold."""
    return int.from_bytes(
        blake2b(words.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).digest(), "big", signed=True
    )


def _parts(url: str | None) -> tuple[str, str] | None:
    """Host, and path with query, of the page that an address names."""
    if not url:
        return None
    replayed = _REPLAYED.search(url)
    if replayed:
        url = re.sub(r"^(https?):/+", r"\1://", replayed.group(1))
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not host:
        return None
    host = host.rstrip(".")
    for prefix in _PREFIXES:
        if host.startswith(prefix) and "." in host[len(prefix) :]:
            host = host[len(prefix) :]
            break
    query = f"?{parts.query}" if parts.query else ""
    return (host, f"{parts.path.rstrip('/')}{query}") if host else None
