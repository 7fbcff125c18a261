"""One request to a model's server: JSON posted, one bounded answer taken, nothing followed.

The law: only http and https; no proxies; no redirects; without `allow_remote` a peer that is not loopback gets no byte; the
whole exchange ends by its deadline, however slowly a server drips; an answer above the limit is dropped.
"""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead

from tawthiq.capture.address import Address
from tawthiq.capture.names import shown
from tawthiq.records.errors import AdapterFailed, AdapterUnavailable

ANSWER_LIMIT = 2 << 20  # bytes; offers for 6,000 characters are some tens of thousands
CONNECT_SECONDS = 10.0
ATTEMPTS = 3
PAUSE_SECONDS = 0.5
PASSING = frozenset({429, 500, 502, 503, 504})  # RFC 9110: what may be gone at the next attempt
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Post:
    """A request that can be made: where to, what, for whom in messages, and its bounds in seconds."""

    address: Address
    body: bytes
    item: str
    seconds: float
    allow_remote: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: status, content type without parameters, and the whole body."""

    status: int
    kind: str
    body: bytes


def post(request: Post) -> Answer:
    """The answer, tried anew a few times where a server is busy or drops the connection.

    Raises AdapterUnavailable when no request can succeed (nobody there, not allowed, wrong certificate), AdapterFailed when
    this one did not.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            answer = _once(request)
        except (ConnectionResetError, BrokenPipeError) as error:
            if attempt == ATTEMPTS:
                raise _failed(request, f"the server dropped the connection {ATTEMPTS} times") from error
        else:
            if answer.status not in PASSING or attempt == ATTEMPTS:
                return answer
        time.sleep(PAUSE_SECONDS * attempt)
    raise AssertionError("the last attempt returns or raises")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name or number alone; no name is looked up."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost"
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def check_reachable(request: Post) -> None:
    """Open a connection and close it, nothing sent. Raises AdapterUnavailable when that cannot be done."""
    _connection(request).close()


def _once(request: Post) -> Answer:
    connection = _connection(request)
    peer = connection.sock
    ended = threading.Event()
    timer = threading.Timer(request.seconds, partial(_end, peer, ended))
    timer.daemon = True
    timer.start()
    try:
        connection.request(
            "POST", request.address.target, request.body,
            {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"},
        )  # fmt: skip
        answer = _answer(request, connection.getresponse())
    except (OSError, HTTPException, ValueError, AdapterFailed) as error:
        if ended.is_set() or isinstance(error, TimeoutError):
            raise _late(request) from error
        if isinstance(error, ConnectionResetError | BrokenPipeError | AdapterFailed):
            raise
        raise _failed(request, f"the answer is no HTTP that can be read ({shown(repr(error), 120)})") from error
    finally:
        timer.cancel()
        with contextlib.suppress(OSError):
            peer.close()
        connection.close()
    if ended.is_set():  # a head that was cut at the deadline looks like a whole one
        raise _late(request)
    return answer


def _connection(request: Post) -> HTTPConnection:
    """An open connection whose other end may be spoken to."""
    address, host = request.address, request.address.host.strip("[]")
    if not request.allow_remote and not is_loopback(address.host):
        raise AdapterUnavailable(
            item=request.item,
            happened=f"{address.authority} is not this machine, and reports must not leave it",
            advice="run the model here, or set allow_remote = true for this adapter if the team has decided so",
        )
    if not request.allow_remote and _leads_elsewhere(host, address.port):
        raise _unavailable(request, "the name leads to another machine")
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(host, address.port, timeout=min(CONNECT_SECONDS, request.seconds))
    try:
        connection.connect()
    except ssl.SSLError as error:
        raise _unavailable(request, f"its certificate or TLS is not accepted ({shown(str(error), 120)})") from error
    except OSError as error:
        raise _unavailable(request, f"nothing answers there ({error.strerror or error})") from error
    if not request.allow_remote and not is_loopback(str(connection.sock.getpeername()[0])):
        connection.close()
        raise _unavailable(request, "the name leads to another machine")
    connection.sock.settimeout(request.seconds)
    return connection


def _leads_elsewhere(host: str, port: int) -> bool:
    """Whether a name that means this machine was given another's number; looked up before TLS would send a byte."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return False  # connecting tells what is wrong
    return any(not is_loopback(str(entry[4][0])) for entry in found)


def _end(peer: socket.socket, ended: threading.Event) -> None:
    """At the deadline: whoever waits for the server wakes up."""
    ended.set()
    with contextlib.suppress(OSError):
        peer.shutdown(socket.SHUT_RDWR)


def _answer(request: Post, response: HTTPResponse) -> Answer:
    """The whole answer. A redirect ends the work: where it leads was never allowed."""
    if 300 <= response.status < 400:
        leads = shown(response.headers.get("Location", "nowhere"), 120)
        raise _unavailable(request, f"it redirects to {leads}, and redirects are never followed")
    kind = response.headers.get_content_type()
    body = bytearray()
    while block := response.read(_BLOCK):
        body += block
        if len(body) > ANSWER_LIMIT:
            raise _failed(request, f"the answer is longer than {ANSWER_LIMIT:,} bytes")
    if response.length:
        raise _failed(request, "the answer ends before its announced length") from IncompleteRead(bytes(body))
    return Answer(response.status, kind, bytes(body))


def _unavailable(request: Post, happened: str) -> AdapterUnavailable:
    return AdapterUnavailable(
        item=request.item,
        happened=f"{request.address.authority}: {happened}",
        advice="start the model's server or mend its address in tawthiq.toml; without --adapter grammar reads alone",
    )


def _late(request: Post) -> AdapterFailed:
    return _failed(request, f"no whole answer came within {request.seconds:g} seconds")


def _failed(request: Post, happened: str) -> AdapterFailed:
    return AdapterFailed(
        item=request.item,
        happened=f"{request.address.authority}: {happened}",
        advice="grammar's own reading stands; try again, or a smaller `characters` or a larger `seconds` in tawthiq.toml",
    )
