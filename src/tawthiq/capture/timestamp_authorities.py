"""Asking timestamp authorities and calendars: one request, one whole answer, by the way out that the archive sets.

RFC 3161 section 3.4 (a POST of the query), and the calendar protocol of OpenTimestamps (POST /digest, GET /timestamp/HEX).
No redirect is followed: whoever stamps is who was written down. Nothing of the archive leaves but a digest.
"""

import time
from urllib.parse import urlsplit

from tawthiq.capture.address import Address, parse
from tawthiq.capture.connections import Connections
from tawthiq.capture.names import shown
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.ways_out import NOT_OPENED, plain, why_not_open
from tawthiq.capture.wire import Body, Disconnected, Head, NotHttp, Wire, read_body, read_head
from tawthiq.records.errors import CaptureFailed

LARGEST_ANSWER = 1 << 18
_OK, _NOT_FOUND = 200, 404


def posted(url: str, body: bytes, *, content_type: str, accept: str, settings: FetchSettings) -> bytes:
    """What is answered to `body`. Raises CaptureFailed unless a whole answer came with status 200."""
    head, answer = exchanged(url, "POST", body, (("Content-Type", content_type), ("Accept", accept)), settings)
    if head.status != _OK:
        raise _refused(url, head)
    return answer


def asked(url: str, *, accept: str, settings: FetchSettings) -> bytes | None:
    """What is answered for an address; None when there is nothing there (404). Raises CaptureFailed."""
    head, answer = exchanged(url, "GET", b"", (("Accept", accept),), settings)
    if head.status == _NOT_FOUND:
        return None
    if head.status != _OK:
        raise _refused(url, head)
    return answer


def host_of(url: str) -> str:
    """The host that an address names, as it is logged: without path, user or password."""
    return shown(urlsplit(url).hostname or "", 253)


def exchanged(
    url: str, method: str, body: bytes, headers: tuple[tuple[str, str], ...], settings: FetchSettings
) -> tuple[Head, bytes]:
    """The head and the whole body of what is answered to one request. Raises CaptureFailed unless a whole answer came."""
    address = parse(url)
    deadline = time.monotonic() + settings.total_timeout
    with Connections(settings) as connections:
        try:
            connection, _ = connections.take(address)
        except NOT_OPENED as error:
            happened, advice = why_not_open(address, connections.upstream, error)
            raise _failed(url, happened, advice) from error
        try:
            wire = Wire(connection.sock, settings.read_timeout, deadline)
            fields = (*_usual(address, body, settings), *headers, *connections.proxy_headers(address))
            lines = [
                f"{method} {connections.target(address)} HTTP/1.1",
                *(f"{name}: {value}" for name, value in fields),
            ]
            connection.sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)
            head = read_head(wire)
            return head, _whole(url, read_body(wire, head, LARGEST_ANSWER))
        except TimeoutError as error:
            raise _failed(url, "it did not answer in time", "try again later") from error
        except NotHttp as error:
            raise _failed(url, f"it sent {shown(str(error), 200)}", "check its address") from error
        except (Disconnected, OSError) as error:
            raise _failed(url, f"the connection broke ({plain(error) or 'closed'})", "try again later") from error
        finally:
            connection.close()


def _usual(address: Address, body: bytes, settings: FetchSettings) -> tuple[tuple[str, str], ...]:
    """The header fields of every request."""
    length = (("Content-Length", str(len(body))),) if body else ()
    agent = ("User-Agent", settings.user_agent)
    return (("Host", address.authority), agent, ("Accept-Encoding", "identity"), ("Connection", "close"), *length)


def _whole(url: str, body: Body) -> bytes:
    """An answer that came whole."""
    reasons = {"length": f"its answer is larger than {LARGEST_ANSWER:,} bytes", "time": "its answer came too slowly"}
    if body.truncated:
        raise _failed(url, reasons.get(body.truncated, "its answer broke off"), "try again later")
    return body.payload


def _refused(url: str, head: Head) -> CaptureFailed:
    status = shown(head.status_line.partition(" ")[2].strip(), 80)
    moved = head.values("location")
    if moved:
        advice = f"if that is right, set its url to {shown(moved[0], 200)}"
        return _failed(url, f'it answered "{status}" and points elsewhere, which is not followed', advice)
    return _failed(url, f'it answered "{status}"', "check its address in tawthiq.toml, or try again later")


def _failed(url: str, happened: str, advice: str) -> CaptureFailed:
    return CaptureFailed(item=host_of(url) or shown(url, 200), happened=happened, advice=advice)
