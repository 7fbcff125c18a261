"""The keys of addresses as migrations 0008 and 0009 work them out, whatever later versions of this program do.

Wire form after RFC 3986 and IDNA 2003, without its scheme; see `archive.addresses` for what the key is for.
"""

import re
from hashlib import sha256
from urllib.parse import quote, urlsplit

_LONGEST = 16_384
_PORTS = {"http": 80, "https": 443}
_PATH_KEPT = "/%:@!$&'()*+,;=~-._[]|\\"
_QUERY_KEPT = _PATH_KEPT.replace("'", "") + "?`{}^"
_LETTERS = re.compile(r"^[a-z0-9._-]+$|^\[[0-9a-f:.]+\]$")


def address_key(kind: str, source: str) -> str:
    """SHA-256 of an address without its scheme; empty for a file, a line of an export, and what is no address."""
    if kind in ("file", "export"):
        return ""
    try:
        wire = _wire(source.strip())
    except (ValueError, UnicodeError):
        return ""
    return sha256(wire.encode("utf-8", "surrogatepass")).hexdigest()


def _wire(text: str) -> str:
    """What follows the scheme's colon in wire form. Raises ValueError."""
    if len(text) > _LONGEST or text.partition(":")[0].lower() not in _PORTS:
        raise ValueError
    scheme = text.partition(":")[0].lower()
    parts = urlsplit(text)
    port, host = parts.port or _PORTS[scheme], _wire_host(parts.hostname or "")
    if parts.username is not None or parts.password is not None:
        raise ValueError
    target = quote(parts.path or "/", safe=_PATH_KEPT, encoding="utf-8", errors="surrogateescape")
    target = target if target.startswith("/") else "/" + target
    if parts.query:
        target += "?" + quote(parts.query, safe=_QUERY_KEPT, encoding="utf-8", errors="surrogateescape")
    return f"//{host if port == _PORTS[scheme] else f'{host}:{port}'}{target}"


def _wire_host(host: str) -> str:
    if not host:
        raise ValueError
    if ":" in host:
        return f"[{host.lower()}]"
    wire = host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()
    if not _LETTERS.match(wire) or len(wire) > 253 or any(len(label) > 63 for label in wire.split(".")):
        raise ValueError
    return wire
