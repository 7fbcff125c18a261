"""Searchable URLs (SURT): the key by which an index of web records is sorted and searched (CDXJ 0.1.0, section 2).

The host is turned round, `www.` and default ports go, the query's parts are sorted, all in small letters: as the `surt`
library writes keys, which pywb and ReplayWeb.page look up. Addresses that are not http(s) stand as they are.
"""

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

_WWW = re.compile(r"^www\d*\.")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNESCAPED = "!\"$&'()*+,-./:;<=>?@[\\]_`{|}~"


def url_key(url: str) -> str:
    """The key of `url`; `url` itself, without spaces, where it cannot be taken apart."""
    url = url.encode("utf-8", "replace").decode()
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return _as_it_stands(url)
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return _as_it_stands(url)
    host = _WWW.sub("", host)
    turned = host if ":" in host else ",".join(reversed(_ascii(host).split(".")))
    place = f":{port}" if port not in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else ""
    path = _walked(_escaped(parts.path).lower())
    query = "&".join(sorted(_escaped(parts.query).lower().split("&"))) if parts.query else ""
    return f"{turned}{place}){path}" + (f"?{query}" if query else "")


def _as_it_stands(url: str) -> str:
    """An address that is not http(s), without what would break a line of an index."""
    return quote(url, safe=_UNESCAPED + "%#").rstrip("/")


def _walked(path: str) -> str:
    """A path without doubled slashes and dots, and without a slash at its end."""
    walked: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del walked[-1:]
        elif part not in ("", "."):
            walked.append(part)
    return "/" + "/".join(walked)


def _ascii(host: str) -> str:
    """A host name as the network knows it (IDNA); as it stands where it is none."""
    try:
        return quote(host.encode("idna").decode("ascii"), safe=_UNESCAPED)
    except UnicodeError:
        return quote(host, safe="")


def _escaped(text: str) -> str:
    """Text percent-encoded only where it must be."""
    return quote(unquote_to_bytes(text), safe=_UNESCAPED)
