"""From what the DevTools protocol told of a request to a record of it, every change named (Berkeley Protocol, paragraph 154).

Pure. The protocol's own reading of heads is kept apart from what went over the wire: an answer over HTTP/1.1 has its head as
text, in order; over HTTP/2 (RFC 9113) names come sorted, and are written as HTTP/1.1 heads, since WARC has no other form for
them.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from tawthiq.capture.browser.bodies import Headers, kept_body
from tawthiq.capture.browser.trails import Hop, Message, Trail
from tawthiq.records.capture import Exchange

SORTED_REQUEST = "request headers in alphabetical order: the browser does not tell theirs"
SORTED_RESPONSE = (
    "response headers in alphabetical order, those of one name in their own: the browser does not tell theirs"
)
UNDERSTOOD_REQUEST = "request headers as the page set them: the browser did not tell what was sent"
UNDERSTOOD_RESPONSE = "response headers as the browser understood them: it did not tell what came"
SWALLOWED = "headers at the end of the head stood elsewhere in it: the browser tells their values, not their place"
REWRITTEN = "{} heads written as HTTP/1.1"
REQUEST_BODY = "the request's body is missing: the browser did not give it"


# windows-1252 as browsers read it (WHATWG Encoding): its five unassigned bytes are themselves.
_AS_BYTES = {ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): chr(byte) for byte in range(256)}


class Made:
    """Makes the exchanges of one visit. `certificates` holds DER by origin, `size_limit` is the most bytes kept of a body."""

    def __init__(self, certificates: dict[str, bytes], size_limit: int) -> None:
        self._certificates = certificates
        self._size_limit = size_limit

    def exchange(self, trail: Trail, hop: Hop, sent: Message | None, came: Message | None) -> Exchange:
        """The record of one hop that has an answer."""
        conversions: list[str] = []
        response = hop.response or {}
        protocol = _protocol(response, came)
        request_headers = _request_headers(hop, sent, conversions)
        status_line, response_headers = _response_head(response, came, conversions)
        if protocol not in (None, "http/1.1", "http/1.0"):
            conversions.append(REWRITTEN.format("HTTP/2" if protocol == "h2" else protocol))
        body = kept_body(trail, hop, came, response_headers, self._size_limit)
        conversions += body.conversions
        if hop.request_body is None:
            conversions.append(REQUEST_BODY)
        return Exchange(
            url=hop.url,
            method=hop.method,
            started=hop.moment,
            request_line=f"{hop.method} {_target(hop.url)} HTTP/1.1",
            request_headers=request_headers,
            status_line=status_line,
            response_headers=response_headers,
            payload=body.payload,
            server_address=hop.peer,
            tls=_tls(response.get("securityDetails")),
            certificate=self._certificates.get(origin(hop.url)),
            truncated=body.truncated,
            body_form=body.form,
            protocol=protocol,
            request_body=hop.request_body or b"",
            resource=hop.resource,
            conversions=tuple(conversions),
        )


def origin(url: str) -> str:
    """Scheme, host and port where it is not the scheme's own, as the protocol writes them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _request_headers(hop: Hop, sent: Message | None, conversions: list[str]) -> Headers:
    """The request's headers, without the pseudo-headers of HTTP/2 (RFC 9113 section 8.3.1), whose authority becomes Host."""
    if sent is None:
        conversions.append(UNDERSTOOD_REQUEST)
        return (("Host", urlsplit(hop.url).netloc.rpartition("@")[2]), *_spread(hop.request.get("headers", {})))
    conversions.append(SORTED_REQUEST)
    headers = sent.get("headers", {})
    authority = headers.get(":authority")
    named = [pair for pair in _spread(headers) if not pair[0].startswith(":")]
    return tuple([("Host", authority), *named] if authority else named)


def _response_head(response: Message, came: Message | None, conversions: list[str]) -> tuple[str, Headers]:
    """Status line and headers of the answer."""
    text = (came or {}).get("headersText")
    if text:
        first, _, rest = str(text).replace("\r\n", "\n").partition("\n")
        return first.strip(), _placed(list(_lines(rest)), (came or {}).get("headers", {}), conversions)
    conversions.append(UNDERSTOOD_RESPONSE if came is None else SORTED_RESPONSE)
    status = int((came or {}).get("statusCode") or response.get("status", 0))
    reason = str(response.get("statusText") or "") if status == response.get("status") else ""
    told = (came or response).get("headers", {})
    return f"HTTP/1.1 {status} {reason or _phrase(status)}".rstrip(), tuple(_spread(told))


def _placed(lines: list[tuple[str, str]], told: dict[str, Any], conversions: list[str]) -> Headers:
    """Headers in the order of the head's text, with the values that are told apart from it.

    The text is read as UTF-8: a byte that is none garbles its line, and may swallow the next one. The values are not.
    """
    values: dict[str, list[str]] = {}
    for name, value in _spread(told):
        values.setdefault(name, []).append(value)
    placed = [(name, values[name].pop(0) if values.get(name) else value) for name, value in lines]
    left = [(name, value) for name, remaining in values.items() for value in remaining]
    conversions += [SWALLOWED] if left else []
    return (*placed, *left)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The headers of a head as text; a folded line (RFC 9112 section 5.2) belongs to the one before."""
    pending: tuple[str, str] | None = None
    for line in text.split("\n"):
        if line[:1] in (" ", "\t") and pending:
            pending = pending[0], f"{pending[1]} {line.strip()}"
            continue
        if pending:
            yield pending
        name, colon, value = line.partition(":")
        pending = (name.strip(), value.strip()) if colon else None
    if pending:
        yield pending


def _spread(headers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Headers of the protocol, which joins values of one name by line feeds.

    It reads bytes off the wire as windows-1252; here each character stands for one byte again, as in all our records.
    """
    for name, values in headers.items():
        for value in str(values).split("\n"):
            yield name, value.translate(_AS_BYTES)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _protocol(response: Message, came: Message | None) -> str | None:
    """The ALPN name of the protocol."""
    told = str(response.get("protocol") or "")
    if not told and (came or {}).get("headersText"):
        return "http/1.1"
    return told or None


def _tls(details: Message | None) -> str | None:
    """Protocol, cipher and key exchange in one string."""
    if not details:
        return None
    parts = [details.get(name) for name in ("protocol", "cipher", "keyExchange", "keyExchangeGroup")]
    return " ".join(str(part) for part in parts if part) or None


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
