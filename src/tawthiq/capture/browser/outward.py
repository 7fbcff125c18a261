"""Connections from the gate to the world: direct, through an HTTP proxy's CONNECT (RFC 9110 section 9.3.6), or through SOCKS5
(RFC 1928, RFC 1929; Tor included).

Through a proxy names are never resolved here, and the address at the other end stays unknown. Which addresses are local
follows the address spaces of WICG Local Network Access: loopback is more private than a local network, which is more private
than the public one.
"""

import asyncio
import base64
import ipaddress
import socket
import struct
from enum import IntEnum

from tawthiq.capture.address import innermost, is_public, leads_inside
from tawthiq.capture.proxies import Upstream, UpstreamKind

CONNECTING_SECONDS = 20.0
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Space(IntEnum):
    """From where an address can be reached; higher is more private."""

    PUBLIC = 0
    LOCAL = 1
    LOOPBACK = 2


class NotConnected(Exception):
    """Why no connection came about, in words."""


def space_of(address: str) -> Space:
    """The space of an IP address."""
    ip = innermost(address.partition("%")[0])
    if ip.is_loopback or ip.is_unspecified:
        return Space.LOOPBACK
    return Space.PUBLIC if is_public(ip) else Space.LOCAL


def space_of_name(host: str) -> Space:
    """The space that a host's name alone tells: what a proxy that resolves names is not to be asked for."""
    name = host.lower().rstrip(".")
    try:
        return space_of(name)
    except ValueError:
        pass
    if name == "localhost" or name.endswith(".localhost"):
        return Space.LOOPBACK
    return Space.LOCAL if leads_inside(name) else Space.PUBLIC


async def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system orders them. Raises NotConnected."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotConnected(f"its name is not resolved ({error})") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


async def directly(address: str, port: int) -> Stream:
    """A connection to an address. Raises NotConnected."""
    try:
        async with asyncio.timeout(CONNECTING_SECONDS):
            return await asyncio.open_connection(address, port)
    except TimeoutError as error:
        raise NotConnected(f"no connection within {CONNECTING_SECONDS:g} seconds") from error
    except OSError as error:
        raise NotConnected(f"no connection ({error.strerror or error})") from error


async def through(upstream: Upstream, host: str, port: int) -> Stream:
    """A connection to a host that the proxy resolves and reaches. Raises NotConnected; its words never repeat credentials."""
    try:
        reader, writer = await directly(upstream.host, upstream.port)
    except NotConnected as error:
        raise NotConnected(f"the proxy does not answer: {error}") from error
    handshake = _connect if upstream.kind is UpstreamKind.HTTP else _socks
    try:
        async with asyncio.timeout(CONNECTING_SECONDS * 2):
            await handshake(upstream, host, port, reader, writer)
    except BaseException as error:
        writer.close()
        if isinstance(error, (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError)):
            raise NotConnected("the proxy broke off") from error
        raise
    return reader, writer


async def _connect(
    upstream: Upstream, host: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {authority} HTTP/1.1", f"Host: {authority}"]
    if upstream.user is not None:
        pair = f"{upstream.user}:{upstream.password or ''}".encode("utf-8", "surrogateescape")
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(pair).decode()}")
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    status = answer.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    if len(status) < 2 or not status[1].startswith("2"):
        raise NotConnected(f"the proxy refuses ({' '.join(status[1:])[:80]})")


async def _socks(
    upstream: Upstream, host: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    writer.write(b"\x05\x01\x02" if upstream.user is not None else b"\x05\x01\x00")
    version, method = await reader.readexactly(2)
    if version != 5 or method == 0xFF:
        raise NotConnected("the proxy speaks no SOCKS5 or wants other credentials")
    if method == 2:
        user = (upstream.user or "").encode("utf-8", "surrogateescape")
        password = (upstream.password or "").encode("utf-8", "surrogateescape")
        writer.write(b"\x01" + bytes([len(user)]) + user + bytes([len(password)]) + password)
        if (await reader.readexactly(2))[1] != 0:
            raise NotConnected("the proxy does not take the user name and password")
    writer.write(b"\x05\x01\x00" + _socks_address(host) + struct.pack(">H", port))
    _, reply, _, kind = await reader.readexactly(4)
    length = {1: 4, 4: 16}.get(kind)
    await reader.readexactly((length if length is not None else (await reader.readexactly(1))[0]) + 2)
    if reply != 0:
        raise NotConnected(f"the proxy reaches it not (SOCKS reply {reply})")


def _socks_address(host: str) -> bytes:
    """Address type and address (RFC 1928 section 5)."""
    try:
        packed = ipaddress.ip_address(host).packed
    except ValueError:
        name = host.encode("ascii", "replace")
        if len(name) > 255:
            raise NotConnected("the host's name is too long") from None
        return b"\x03" + bytes([len(name)]) + name
    return (b"\x01" if len(packed) == 4 else b"\x04") + packed
