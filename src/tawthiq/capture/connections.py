"""Connections to servers: opened by urllib3, kept one a host for the next request, with TLS facts; and polite pauses.

Certificates are verified against the system's authorities and those that the settings add. Proxies of the environment
are ignored; one named in the settings carries plain requests whole and TLS through a CONNECT tunnel.
"""

import contextlib
import ipaddress
import ssl
import threading
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from tawthiq.capture.address import Address
from tawthiq.capture.settings import FetchSettings
from tawthiq.records.errors import WrongUsage

# Routers on the way forget a silent connection without telling either end.
IDLE_SECONDS = 15.0
MOST_OPEN = 16
Origin = tuple[str, str, int]


class Pauses:
    """The timetable of requests to each host, at least `pause` seconds apart. Safe between threads."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._asked: dict[str, float] = {}
        self._turn = threading.Lock()

    def wait(self, host: str) -> float:
        """Wait until `host` may be asked again; the seconds waited. Loopback hosts are not waited for."""
        if _is_loopback(host):
            return 0.0
        with self._turn:
            now = time.monotonic()
            due = max(now, self._asked.get(host, now - self._pause) + self._pause)
            self._asked[host] = due
        time.sleep(due - now)
        return due - now


class Connections:
    """Open connections by origin (scheme, host, port): a few at most, and none that stood idle for long.

    Raises WrongUsage when the settings' proxy or certificate authorities cannot be used.
    """

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._open: dict[Origin, tuple[HTTPConnection, float]] = {}
        self._tls = _trusting(settings.authorities) if settings.authorities else None
        self._proxy = _proxy(settings.proxy)

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
    def through_proxy(self) -> bool:
        """Whether requests leave through a proxy, so that the address at the other end is not the server's."""
        return self._proxy is not None

    def target(self, address: Address) -> str:
        """What the request line names: the path and query, or the whole address for a proxy that forwards."""
        return address.url if self._proxy is not None and address.scheme == "http" else address.target

    def take(self, address: Address) -> tuple[HTTPConnection, bool]:
        """An open connection to the address's origin, and whether it has carried a request before.

        Raises what urllib3 and ssl raise when none can be opened.
        """
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
        host, port = self._proxy or (address.host.strip("[]"), address.port)
        timeout = self._settings.connect_timeout
        if address.scheme == "http":
            return HTTPConnection(host, port, timeout=timeout)
        connection = HTTPSConnection(host, port, timeout=timeout, ssl_context=self._context())
        if self._proxy is not None:
            connection.set_tunnel(address.host.strip("[]"), address.port, scheme="http")
        return connection

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


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _proxy(given: str | None) -> tuple[str, int] | None:
    if not given:
        return None
    with contextlib.suppress(ValueError):
        parts = urlsplit(given)
        if parts.scheme == "http" and parts.hostname:
            return parts.hostname, parts.port or 8080
    raise WrongUsage(
        item="proxy", happened=f'"{given}" is no address of an HTTP proxy', advice="write http://host:port"
    )
