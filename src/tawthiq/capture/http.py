"""Fetching one address over HTTP(S): one GET, redirects followed by hand, each hop kept as it went over the wire.

The request says who asks (`User-Agent: tawthiq/VERSION`, unless the settings say otherwise), asks for bytes without
compression, and sends no cookies and no credentials. Every answer of a server is evidence, a 404 or a 503 as much as a 200.
What could not be fetched raises CaptureFailed with the address, what happened and what to do. Methods and redirects follow
RFC 9110 section 15.4.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from types import TracebackType

from urllib3.connection import HTTPConnection

from tawthiq.capture.address import Address, joined, leads_inside, parse
from tawthiq.capture.conditional import Validators, retry_after
from tawthiq.capture.connections import Connections, tls_facts
from tawthiq.capture.names import shown
from tawthiq.capture.pauses import Pauses
from tawthiq.capture.robots import LARGEST, MOST_REDIRECTS, SECONDS, Robots
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.ways_out import NOT_OPENED, PROXY_ADVICE, plain, why_not_open
from tawthiq.capture.wire import Disconnected, Head, NotHttp, Wire, address_of, read_body, read_head
from tawthiq.records.capture import Exchange
from tawthiq.records.errors import CaptureFailed

NOTHING_KNOWN: Mapping[str, Validators] = {}
# RFC 6585 section 4, RFC 9110 section 15.6.4: the answers that tell when to come again.
BUSY = frozenset({429, 503})
PROXY_WANTS_CREDENTIALS = 407
Headers = tuple[tuple[str, str], ...]
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def fetch(url: str, settings: FetchSettings | None = None) -> list[Exchange]:
    """Fetch one address with a fetcher of its own; see `Fetcher.fetch`."""
    with Fetcher(settings or FetchSettings()) as fetcher:
        return fetcher.fetch(url)


class Fetcher:
    """Fetches addresses one after another over connections that it keeps open. Used as a context manager.

    Several fetchers, one a thread, share one timetable of `pauses` and one memory of `robots`.
    """

    def __init__(self, settings: FetchSettings, pauses: Pauses | None = None, robots: Robots | None = None) -> None:
        self._settings = settings
        self._connections = Connections(settings)
        self._pauses = pauses or Pauses(settings.pause)
        self._robots = robots or Robots(settings.robots, self._pauses)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connections.close()

    def fetch(
        self, url: str, known: Mapping[str, Validators] = NOTHING_KNOWN, *, from_outside: bool = False
    ) -> list[Exchange]:
        """The exchanges that lead from `url` to its final answer, redirect hops first.

        `known` holds validators by wire address: whatever has some is asked for only if it changed. `from_outside` says that
        a site outside named the address, not a person: it may not lead to this machine or its own network. Raises
        CaptureFailed when no answer came, when it is not HTTP, when redirects loop or are too many, or when robots.txt
        forbids it.
        """
        return self._follow(parse(url), self._settings, known, self._admit, from_outside=from_outside)

    def robots_txt(self, url: str, *, from_outside: bool = False) -> list[Exchange]:
        """The exchanges that lead to a robots.txt, within the bounds that hold for it. Raises CaptureFailed."""
        bounds = replace(
            self._settings,
            redirect_limit=MOST_REDIRECTS,
            size_limit=min(LARGEST, self._settings.size_limit),
            total_timeout=min(SECONDS, self._settings.total_timeout),
        )
        return self._follow(parse(url), bounds, NOTHING_KNOWN, lambda *_: None, from_outside=from_outside)

    def _admit(self, address: Address, from_outside: bool) -> None:
        self._robots.admit(address, partial(self.robots_txt, from_outside=from_outside))

    def _follow(
        self,
        address: Address,
        bounds: FetchSettings,
        known: Mapping[str, Validators],
        admit: Callable[[Address, bool], None],
        *,
        from_outside: bool,
    ) -> list[Exchange]:
        """The exchanges from `address` on; `admit` may refuse each address, and who named it, before it is asked for."""
        deadline = time.monotonic() + bounds.total_timeout
        exchanges: list[Exchange] = []
        trail: list[str] = []
        while True:
            _refuse_endless(trail, address, bounds.redirect_limit)
            trail.append(address.url)
            before = time.monotonic()
            admit(address, from_outside)
            _expect_open(address, self._pauses.closed_for(address.host))
            self._pauses.wait(address.host)
            deadline += time.monotonic() - before
            conditions = known.get(address.url, Validators()).headers()
            led_by = trail[0] if from_outside else None
            exchange, head = self._ask(
                address, _Bounds(bounds.read_timeout, deadline, bounds.size_limit), conditions, led_by
            )
            exchanges.append(exchange)
            from_outside = from_outside or _is_outside(exchange.server_address)
            self._heed(address, head)
            location = head.values("location")
            if head.status not in REDIRECTS or not location:
                return exchanges
            address = _led_on(exchanges[0].url, joined(address, location[0]))

    def _heed(self, address: Address, head: Head) -> None:
        """Leave a host alone that says it is busy, and for how long."""
        seconds = retry_after(head.headers, datetime.now(UTC)) if head.status in BUSY else None
        if seconds is not None:
            self._pauses.hold(address.host, seconds)

    def _ask(
        self, address: Address, bounds: "_Bounds", conditions: Headers, led_by: str | None
    ) -> tuple[Exchange, Head]:
        """One request and its answer; asked once more when a kept connection turns out to be closed by the server.

        `led_by` is where the chain of redirects began, for an address that a site outside leads to.
        """
        for attempt in (1, 2):
            connection, used = self._opened(address)
            try:
                if led_by is not None and self._connections.upstream is None:
                    _expect_outside(address, address_of(connection.sock), led_by)
            except CaptureFailed:
                connection.close()
                raise
            wire = Wire(connection.sock, bounds.read_timeout, bounds.deadline)
            try:
                exchange, head, reusable = self._exchange(address, connection, wire, bounds.size_limit, conditions)
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

    def _opened(self, address: Address) -> tuple[HTTPConnection, bool]:
        try:
            return self._connections.take(address)
        except NOT_OPENED as error:
            happened, advice = why_not_open(address, self._connections.upstream, error)
            raise CaptureFailed(item=shown(address.url, 300), happened=happened, advice=advice) from error

    def _exchange(
        self, address: Address, connection: HTTPConnection, wire: Wire, size_limit: int, conditions: Headers
    ) -> tuple[Exchange, Head, bool]:
        request_line = f"GET {self._connections.target(address)} HTTP/1.1"
        headers = (
            ("Host", address.authority),
            ("User-Agent", self._settings.user_agent),
            ("Accept", ACCEPT),
            ("Accept-Language", self._settings.accept_language),
            ("Accept-Encoding", "identity"),
            *conditions,
            ("Connection", "keep-alive"),
        )
        withheld = self._connections.proxy_headers(address)
        lines = [request_line, *(f"{name}: {value}" for name, value in (*headers, *withheld))]
        tls, certificate = tls_facts(connection)
        server = None if self._connections.upstream is not None else address_of(connection.sock)
        started = datetime.now(UTC)
        connection.sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        head = read_head(wire)
        body = read_body(wire, head, size_limit)
        _expect_from_server(address, head, self._connections.upstream is not None)
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
            conversions=tuple(f"a request header for the proxy alone is not recorded: {name}" for name, _ in withheld),
        )
        return exchange, head, body.reusable


@dataclass(frozen=True, slots=True)
class _Bounds:
    """How long and how much one answer may be: seconds for a read, the moment (monotonic) for its end, bytes."""

    read_timeout: float
    deadline: float
    size_limit: int


def _expect_from_server(address: Address, head: Head, through_proxy: bool) -> None:
    """Raises CaptureFailed for an answer that only a proxy gives (RFC 9110 section 15.5.8): it is no evidence of the site."""
    if head.status == PROXY_WANTS_CREDENTIALS and through_proxy:
        raise CaptureFailed(
            item=shown(address.url, 300),
            happened="the proxy does not accept the user name and password that are set, or wants some",
            advice=PROXY_ADVICE,
        )


def _expect_open(address: Address, seconds: float) -> None:
    """Raises CaptureFailed for a host that wants to be left alone for `seconds` more."""
    if seconds > 0:
        raise CaptureFailed(
            item=shown(address.url, 300),
            happened=f"its server asked to be left alone for another {seconds / 60:,.0f} minutes; it was not asked",
            advice="collect it later",
        )


def _led_on(start: str, address: Address) -> Address:
    """Where a redirect leads. Raises CaptureFailed when a site outside leads to this machine or its own network."""
    if leads_inside(address.host) and not leads_inside(parse(start).host):
        raise CaptureFailed(
            item=shown(start, 300),
            happened=f"it redirects to {shown(address.url, 200)}, in your own network; that was not asked for",
            advice="give that address itself, if it is what you want to collect",
        )
    return address


def _expect_outside(address: Address, peer: str | None, led_by: str) -> None:
    """Raises CaptureFailed when a site outside led to a name that resolves to this machine or its own network.

    Asked of the open connection, so that no name can resolve otherwise afterwards. Through a proxy the other end is the
    proxy, and nothing is known of where names lead.
    """
    if peer is None or _is_outside(peer):
        return
    how = (
        "a list from outside names it, but it"
        if address.url == led_by
        else f"it redirects to {shown(address.url, 200)}, which"
    )
    raise CaptureFailed(
        item=shown(led_by, 300),
        happened=f"{how} is in your own network; that was not asked for",
        advice="give that address itself, if it is what you want to collect",
    )


def _is_outside(peer: str | None) -> bool:
    """Whether "address:port", the other end of a connection, is known and neither this machine nor of a private network."""
    return peer is not None and not leads_inside(peer.rpartition(":")[0])


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
            happened, advice = f"the connection broke ({plain(error)})", "check the network and try again"
        case _:
            return None
    return CaptureFailed(item=shown(address.url, 300), happened=happened, advice=advice)
