"""Opening one connection by the way out that is set: directly, through an HTTP proxy, or through SOCKS5 and Tor.

With a proxy set, this computer looks no name up but the proxy's own and connects to nothing but the proxy. An HTTP proxy
carries plain requests whole (RFC 9112 section 3.2.2) and TLS through a CONNECT tunnel; SOCKS5 carries both (RFC 1928), with
names looked up at its far end. Also owns what is said when no connection comes about; a proxy's address is no part of it,
because failures are logged.
"""

import base64
import http.client
import ssl
from typing import Any, cast

import socks
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.contrib.socks import SOCKSConnection, SOCKSHTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError

from tawthiq.capture.address import Address
from tawthiq.capture.names import shown
from tawthiq.capture.proxies import Upstream, UpstreamKind

# What opening a connection raises: urllib3, the system, a proxy that answers nonsense, a host name that cannot be asked for.
NOT_OPENED = (HTTPError, OSError, http.client.HTTPException, UnicodeError)
PROXY_ADVICE = (
    "check that the proxy runs and that its address in the settings is right; nothing was asked for without it"
)
REACH_ADVICE = "check the address and try again later"


def new_connection(
    address: Address, upstream: Upstream | None, timeout: float, tls: ssl.SSLContext | None
) -> HTTPConnection:
    """A connection to the address's origin that is not open yet; `tls` is given for https, `timeout` is seconds."""
    host, port = address.host.strip("[]"), address.port
    if upstream is not None and upstream.speaks_socks:
        options = _socks_options(upstream.isolated(address.host))
        if tls is None:
            return SOCKSConnection(options, host, port, timeout=timeout)
        return SOCKSHTTPSConnection(options, host, port, timeout=timeout, ssl_context=tls)
    near, near_port = (host, port) if upstream is None else (upstream.host, upstream.port)
    if tls is None:
        return HTTPConnection(near, near_port, timeout=timeout)
    connection = HTTPSConnection(near, near_port, timeout=timeout, ssl_context=tls)
    if upstream is not None:
        connection.set_tunnel(host, port, headers=dict(proxy_headers(upstream)), scheme="http")
    return connection


def proxy_headers(upstream: Upstream | None) -> tuple[tuple[str, str], ...]:
    """What an HTTP proxy is told of us (RFC 9110 section 11.7.2, RFC 7617): sent to it, recorded nowhere."""
    if upstream is None or upstream.kind is not UpstreamKind.HTTP or upstream.user is None:
        return ()
    pair = f"{upstream.user}:{upstream.password or ''}".encode()
    return (("Proxy-Authorization", f"Basic {base64.b64encode(pair).decode('ascii')}"),)


def why_not_open(address: Address, upstream: Upstream | None, error: BaseException) -> tuple[str, str]:
    """What happened and what to do when no connection came about."""
    if isinstance(error, ssl.SSLError):
        return _why_no_tls(address, error)
    if upstream is None:
        return _why_not_direct(address, error)
    return _why_not_through_socks(address, error) if upstream.speaks_socks else _why_not_through_http(address, error)


def plain(error: BaseException) -> str:
    """What an error says, for a person: without its number."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return shown(text, 200)


def _socks_options(upstream: Upstream) -> Any:
    """SOCKS5 as urllib3 wants it told. `rdns` leaves every name to the proxy."""
    return {
        "socks_version": socks.PROXY_TYPE_SOCKS5,
        "proxy_host": upstream.host,
        "proxy_port": upstream.port,
        "username": upstream.user,
        "password": upstream.password,
        "rdns": True,
    }


def _why_no_tls(address: Address, error: ssl.SSLError) -> tuple[str, str]:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"the server's certificate does not prove that it is {address.host} ({error.verify_message})",
            "check the clock and the address; a page behind it can be saved with a browser and collected as a file",
        )
    return f"no TLS connection came about ({plain(error)})", "check that the address is an https one"


def _why_not_direct(address: Address, error: BaseException) -> tuple[str, str]:
    match error:
        case NameResolutionError():
            return f'the name "{address.host}" could not be looked up', "check its spelling and the network connection"
        case NewConnectionError():
            return f"{address.authority} could not be reached ({plain(error.__cause__ or error)})", "try again later"
        case ConnectTimeoutError() | TimeoutError():
            return (
                f"{address.authority} did not accept a connection in time",
                "try again later, or from another network",
            )
        case _:
            return f"no connection came about ({plain(error)})", "check the network and try again"


def _why_not_through_http(address: Address, error: BaseException) -> tuple[str, str]:
    match error:
        case NewConnectionError() | ConnectTimeoutError():
            return "the proxy could not be reached", PROXY_ADVICE
        case TimeoutError():
            return f"the proxy did not open a way to {address.authority} in time", PROXY_ADVICE
        case OSError() if "407" in str(error):
            return "the proxy does not accept the user name and password that are set, or wants some", PROXY_ADVICE
        case OSError() if str(error).startswith("Tunnel connection failed"):
            return f"the proxy did not open a way to {address.authority} ({plain(error)})", REACH_ADVICE
        case _:
            return f"the proxy broke the connection off, or is none ({shown(type(error).__name__)})", PROXY_ADVICE


def _why_not_through_socks(address: Address, error: BaseException) -> tuple[str, str]:
    told = _socks_errors(error)
    if any(isinstance(each, socks.SOCKS5AuthError) for each in told):
        return "the proxy does not accept the user name and password that are set, or wants some", PROXY_ADVICE
    refused = next((each for each in told if isinstance(each, socks.SOCKS5Error)), None)
    if refused is not None:
        return f"the proxy could not reach {address.authority} ({shown(str(refused), 200)})", REACH_ADVICE
    if any(isinstance(each, socks.ProxyConnectionError) for each in told):
        return "the proxy could not be reached", PROXY_ADVICE
    if isinstance(error, ConnectTimeoutError | TimeoutError):
        return f"the proxy did not open a way to {address.authority} in time", PROXY_ADVICE
    return "the proxy broke the connection off, or does not speak SOCKS5", PROXY_ADVICE


def _socks_errors(error: BaseException) -> list[BaseException]:
    """An error and those that it was made from: PySocks hides what a proxy said inside a second error of its own."""
    found: list[BaseException] = []
    pending: list[BaseException | None] = [error]
    while pending and len(found) < 10:
        each = pending.pop()
        if each is None or each in found:
            continue
        found.append(each)
        hidden = cast("BaseException | None", getattr(each, "socket_err", None))
        pending += [each.__context__, each.__cause__, hidden]
    return found
