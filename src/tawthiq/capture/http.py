"""Fetching one address over HTTP(S): one GET, redirects followed by hand, each hop kept as it went over the wire.

The request says who asks (`User-Agent: tawthiq/VERSION`), asks for bytes without compression, and sends no cookies and no
credentials. Every answer of a server is evidence, a 404 or a 503 as much as a 200. What could not be fetched raises
CaptureFailed with the address, what happened and what to do. Methods and redirects follow RFC 9110 section 15.4.
"""

import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

from urllib3.connection import HTTPConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError

from tawthiq.capture.address import Address, joined, parse
from tawthiq.capture.connections import Connections, Pauses, tls_facts
from tawthiq.capture.names import shown
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.wire import Disconnected, Head, NotHttp, Wire, address_of, read_body, read_head
from tawthiq.records.capture import Exchange
from tawthiq.records.errors import CaptureFailed

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def fetch(url: str, settings: FetchSettings | None = None) -> list[Exchange]:
    """Fetch one address with a fetcher of its own; see `Fetcher.fetch`."""
    with Fetcher(settings or FetchSettings()) as fetcher:
        return fetcher.fetch(url)


class Fetcher:
    """Fetches addresses one after another over connections that it keeps open. Used as a context manager.

    Several fetchers, one a thread, share one timetable of `pauses`.
    """

    def __init__(self, settings: FetchSettings, pauses: Pauses | None = None) -> None:
        self._settings = settings
        self._connections = Connections(settings)
        self._pauses = pauses or Pauses(settings.pause)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connections.close()

    def fetch(self, url: str) -> list[Exchange]:
        """The exchanges that lead from `url` to its final answer, redirect hops first.

        Raises CaptureFailed when no answer came, when it is not HTTP, or when redirects loop or are too many.
        """
        address = parse(url)
        deadline = time.monotonic() + self._settings.total_timeout
        exchanges: list[Exchange] = []
        trail: list[str] = []
        while True:
            _refuse_endless(trail, address, self._settings.redirect_limit)
            trail.append(address.url)
            deadline += self._pauses.wait(address.host)
            exchange, head = self._ask(address, deadline)
            exchanges.append(exchange)
            location = head.values("location")
            if head.status not in REDIRECTS or not location:
                return exchanges
            address = joined(address, location[0])

    def _ask(self, address: Address, deadline: float) -> tuple[Exchange, Head]:
        """One request and its answer; asked once more when a kept connection turns out to be closed by the server."""
        for attempt in (1, 2):
            connection, used = _opened(address, self._connections.take)
            wire = Wire(connection.sock, self._settings.read_timeout, deadline)
            try:
                exchange, head, reusable = self._exchange(address, connection, wire)
            except BaseException as error:
                connection.close()
                closed = isinstance(error, (Disconnected, ConnectionError))
                if closed and used and attempt == 1 and not wire.received:
                    continue
                explained = _explained(address, error, self._settings)
                if explained is None:
                    raise
                raise explained from error
            self._connections.give_back(address, connection, reusable=reusable)
            return exchange, head
        raise AssertionError("the second attempt returns or raises")

    def _exchange(self, address: Address, connection: HTTPConnection, wire: Wire) -> tuple[Exchange, Head, bool]:
        request_line = f"GET {self._connections.target(address)} HTTP/1.1"
        headers = (
            ("Host", address.authority),
            ("User-Agent", self._settings.user_agent),
            ("Accept", ACCEPT),
            ("Accept-Language", self._settings.accept_language),
            ("Accept-Encoding", "identity"),
            ("Connection", "keep-alive"),
        )
        lines = [request_line, *(f"{name}: {value}" for name, value in headers)]
        tls, certificate = tls_facts(connection)
        server = None if self._connections.through_proxy else address_of(connection.sock)
        started = datetime.now(UTC)
        connection.sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        head = read_head(wire)
        body = read_body(wire, head, self._settings.size_limit)
        exchange = Exchange(
            url=address.url,
            method="GET",
            started=started,
            request_line=request_line,
            request_headers=headers,
            status_line=head.status_line,
            response_headers=head.headers,
            payload=body.payload,
            server_address=server,
            tls=tls,
            certificate=certificate,
            truncated=body.truncated,
        )
        return exchange, head, body.reusable


def _refuse_endless(trail: list[str], address: Address, limit: int) -> None:
    """Raise CaptureFailed when `address` was visited before, or when more than `limit` redirects were followed."""
    if address.url in trail:
        loop = " -> ".join(shown(url, 200) for url in [*trail[trail.index(address.url) :], address.url])
        raise CaptureFailed(
            item=shown(trail[0], 300),
            happened=f"the server redirects in a loop: {loop}",
            advice="the page may want cookies; save it with a browser and collect the file",
        )
    if len(trail) > limit:
        raise CaptureFailed(
            item=shown(trail[0], 300),
            happened=f"more than {limit} redirects, the last to {shown(address.url, 200)}",
            advice="give the page's final address, or save it with a browser and collect the file",
        )


def _opened(address: Address, take: Callable[[Address], tuple[HTTPConnection, bool]]) -> tuple[HTTPConnection, bool]:
    try:
        return take(address)
    except (HTTPError, OSError) as error:
        happened, advice = _why_not_connected(address, error)
        raise CaptureFailed(item=shown(address.url, 300), happened=happened, advice=advice) from error


def _why_not_connected(address: Address, error: Exception) -> tuple[str, str]:
    """What happened and what to do when no connection came about."""
    match error:
        case NameResolutionError():
            return f'the name "{address.host}" could not be looked up', "check its spelling and the network connection"
        case NewConnectionError():
            return f"{address.authority} could not be reached ({_plain(error.__cause__ or error)})", "try again later"
        case ConnectTimeoutError() | TimeoutError():
            return (
                f"{address.authority} did not accept a connection in time",
                "try again later, or from another network",
            )
        case ssl.SSLCertVerificationError():
            return (
                f"the server's certificate does not prove that it is {address.host} ({error.verify_message})",
                "check the clock and the address; a page behind it can be saved with a browser and collected as a file",
            )
        case ssl.SSLError():
            return f"no TLS connection came about ({_plain(error)})", "check that the address is an https one"
        case _:
            return f"no connection came about ({_plain(error)})", "check the network and try again"


def _explained(address: Address, error: BaseException, settings: FetchSettings) -> CaptureFailed | None:
    """The error as a person needs it; None for interrupts and mistakes of our own."""
    match error:
        case NotHttp():
            happened, advice = f"the server sent {shown(str(error), 200)}", "check the address; this is no web server"
        case TimeoutError():
            limits = f"{settings.read_timeout:g} s a read, {settings.total_timeout:g} s in all"
            happened = f"the server did not answer in time ({limits})"
            advice = "try again later, or raise the time limits in tawthiq.toml"
        case Disconnected():
            happened, advice = "the server closed the connection before its answer was whole", "try again later"
        case OSError():
            happened, advice = f"the connection broke ({_plain(error)})", "check the network and try again"
        case _:
            return None
    return CaptureFailed(item=shown(address.url, 300), happened=happened, advice=advice)


def _plain(error: BaseException) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return shown(text, 200)
