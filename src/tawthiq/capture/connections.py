"""Connections to servers: opened by `ways_out`, kept one a host for the next request, with TLS facts.

Certificates are verified against the system's authorities and those that the settings add. Proxies of the environment
are ignored; one named in the settings carries everything.
"""

import contextlib
import ssl
import time
from pathlib import Path
from types import TracebackType

from urllib3.connection import HTTPConnection
from urllib3.util.ssl_ import create_urllib3_context

from tawthiq.capture.address import Address
from tawthiq.capture.proxies import Upstream, UpstreamKind, expect_way, parse_upstream
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.ways_out import new_connection, proxy_headers
from tawthiq.records.errors import WrongUsage

# Routers on the way forget a silent connection without telling either end.
IDLE_SECONDS = 15.0
MOST_OPEN = 16
Origin = tuple[str, str, int]


class Connections:
    """Open connections by origin (scheme, host, port): a few at most, and none that stood idle for long.

    Raises WrongUsage when the settings' proxy or certificate authorities cannot be used.
    """

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._open: dict[Origin, tuple[HTTPConnection, float]] = {}
        self._tls = _trusting(settings.authorities) if settings.authorities else None
        self._upstream = parse_upstream(settings.proxy)

    def __enter__(self) -> "Connections":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        for connection, _ in self._open.values():
            connection.close()
        self._open.clear()

    @property
    def upstream(self) -> Upstream | None:
        """The proxy that requests leave through, so that the address at the other end is not the server's."""
        return self._upstream

    def target(self, address: Address) -> str:
        """What the request line names: the path and query, or the whole address for a proxy that forwards."""
        return address.url if self._forwards(address) else address.target

    def proxy_headers(self, address: Address) -> tuple[tuple[str, str], ...]:
        """Header fields of a request that are for the proxy alone, and must not be recorded."""
        return proxy_headers(self._upstream) if self._forwards(address) else ()

    def take(self, address: Address) -> tuple[HTTPConnection, bool]:
        """An open connection to the address's origin, and whether it has carried a request before.

        Raises CaptureFailed for an onion service without Tor, and `ways_out.NOT_OPENED` when none can be opened.
        """
        expect_way(address.host, self._upstream)
        kept, since = self._open.pop(_origin(address), (None, 0.0))
        if kept is not None and kept.is_connected and time.monotonic() - since < IDLE_SECONDS:
            return kept, True
        if kept is not None:
            kept.close()
        connection = self._new(address)
        try:
            connection.connect()
        except BaseException:
            connection.close()
            raise
        return connection, False

    def give_back(self, address: Address, connection: HTTPConnection, *, reusable: bool) -> None:
        """Keep the connection for the next request to its origin, or close it."""
        if not reusable:
            connection.close()
            return
        self._open[_origin(address)] = connection, time.monotonic()
        if len(self._open) > MOST_OPEN:
            longest_idle = next(iter(self._open))
            self._open.pop(longest_idle)[0].close()

    def _new(self, address: Address) -> HTTPConnection:
        tls = self._context() if address.scheme == "https" else None
        return new_connection(address, self._upstream, self._settings.connect_timeout, tls)

    def _forwards(self, address: Address) -> bool:
        """Whether the request itself goes to an HTTP proxy, which has no other way to carry it on."""
        return self._upstream is not None and self._upstream.kind is UpstreamKind.HTTP and address.scheme == "http"

    def _context(self) -> ssl.SSLContext:
        self._tls = self._tls or _trusting(None)
        return self._tls


def tls_facts(connection: HTTPConnection) -> tuple[str | None, bytes | None]:
    """Protocol and cipher in one string, and the server's certificate in DER; both None without TLS."""
    if not isinstance(connection.sock, ssl.SSLSocket):
        return None, None
    with contextlib.suppress(ValueError, OSError):
        cipher = connection.sock.cipher()
        named = f"{connection.sock.version()} {cipher[0]}" if cipher else connection.sock.version()
        return named, connection.sock.getpeercert(binary_form=True)
    return None, None


def _trusting(authorities: Path | None) -> ssl.SSLContext:
    """A TLS context that trusts the system's authorities and those of a PEM file."""
    context = create_urllib3_context()
    context.load_default_certs()
    try:
        if authorities is not None:
            context.load_verify_locations(authorities)
    except OSError as error:
        raise WrongUsage(
            item=str(authorities),
            happened=f"it holds no certificates that can be used ({error})",
            advice="give a PEM file",
        ) from error
    return context


def _origin(address: Address) -> Origin:
    return address.scheme, address.host, address.port
