"""The gate in front of the browser: a SOCKS5 proxy on loopback (RFC 1928) that lets through only what the page itself asks for.

Two doors. The browser's own traffic (updates, lists, metrics) is sent to one that opens for nobody and writes down who was
asked for. The page's profile has the other: it opens for the host and port of requests that the recorder has seen, and for
nothing else, so that speculative connections, and whatever leaves the browser without the recorder's knowledge, end here.

No page reaches into an address space more private than that of the address asked for, nor, once a page of a more public
space answers for itself, than that one (WICG Local Network Access): an address of the documenter's own network, named
outright or by a name that resolves to it, is out of reach for a page of the web. The address at which a host first answered
is kept for the whole page.
"""

import asyncio
import contextlib
import ipaddress
import struct
from collections.abc import Callable, Coroutine
from typing import Any

from tawthiq.capture.browser.outward import (
    NotConnected,
    Space,
    Stream,
    directly,
    resolved,
    space_of,
    space_of_name,
    through,
)
from tawthiq.capture.proxies import Upstream, expect_way
from tawthiq.records.errors import CaptureFailed

Place = tuple[str, int]
# A connection may be asked for before the request that needs it has been told by Chromium's pipe.
PERMISSION_SECONDS = 3.0
GREETING_SECONDS = 10.0
_BLOCK = 1 << 18
_GRANTED, _REFUSED, _UNREACHABLE = 0, 2, 4


class Gate:
    """The gate of one browser, for one page at a time. To be used inside one event loop.

    `browser_asked` lists "host:port" of what the browser itself wanted, and did not get.
    """

    def __init__(self, upstream: Upstream | None) -> None:
        self._upstream = upstream
        self._servers: list[asyncio.Server] = []
        self._own_ports: set[int] = set()
        self._relays: set[asyncio.Task[None]] = set()
        self.browser_asked: list[str] = []
        self._open = False
        self._forget()

    def _forget(self) -> None:
        self._asked: Place | None = None
        self._ceiling = Space.LOOPBACK
        self._permitted: set[Place] = set()
        self._waiting: dict[Place, list[asyncio.Future[None]]] = {}
        self._spaces: dict[Place, Space] = {}
        self._pinned: dict[Place, str] = {}
        self._peers: dict[Place, str] = {}
        self._failed: dict[Place, str] = {}
        self.refused: dict[Place, str] = {}

    async def open(self) -> tuple[int, int]:
        """Begin to listen; the ports of the page's door and of the browser's."""
        doors: tuple[Callable[..., Coroutine[Any, Any, None]], ...] = (self._page_door, self._browser_door)
        for door in doors:
            self._servers.append(await asyncio.start_server(door, "127.0.0.1", 0))
        ports = [server.sockets[0].getsockname()[1] for server in self._servers]
        self._own_ports = set(ports)
        return ports[0], ports[1]

    async def close(self) -> None:
        """End every connection and listen no more."""
        self.end_page()
        for server in self._servers:
            server.close()

    def begin_page(self, *, from_outside: bool = False) -> None:
        """Forget the page before, and open the door for the next one.

        `from_outside` says that a site of the web named it, not a person: it has the reach of a page of the web.
        """
        self.end_page()
        self._forget()
        self._ceiling = Space.PUBLIC if from_outside else Space.LOOPBACK
        self._open = True

    def end_page(self) -> None:
        """Close the page's door and break off its connections: what is not recorded by now is not to be asked for."""
        self._open = False
        for task in self._relays:
            task.cancel()

    def permit(self, host: str, port: int) -> None:
        """Let the page connect to a host that one of its requests names; the first one is the address asked for."""
        place = _place(host, port)
        self._asked = self._asked or place
        self._permitted.add(place)
        for waiting in self._waiting.pop(place, ()):
            if not waiting.done():
                waiting.set_result(None)

    def answered(self, host: str, port: int) -> None:
        """A page of this host answered for itself: nothing more private is reachable from now on."""
        self._ceiling = min(self._ceiling, self._spaces.get(_place(host, port), space_of_name(host)))

    def peer(self, host: str, port: int) -> str | None:
        """The server's "address:port" behind a host, None where a proxy hides it or nothing is connected."""
        return self._peers.get(_place(host, port))

    def refusal(self, host: str, port: int) -> str | None:
        """Why the gate refused a host, None when it did not."""
        return self.refused.get(_place(host, port))

    def failure(self, host: str, port: int) -> str | None:
        """Why a host could not be reached, None when it could."""
        return self._failed.get(_place(host, port))

    async def _browser_door(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, EOFError, ValueError, TimeoutError):
            host, port = await _greeted(reader, writer)
            self.browser_asked.append(f"{host}:{port}")
            await _reply(writer, _REFUSED)
        writer.close()

    async def _page_door(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._relays.add(task)
        try:
            await self._let_through(reader, writer)
        except (OSError, EOFError, ValueError, TimeoutError):
            pass
        except asyncio.CancelledError:
            # Broken off by us: there is nobody to tell.
            writer.transport.abort()
        finally:
            self._relays.discard(task)
            writer.close()

    async def _let_through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        place = await _greeted(reader, writer)
        if not await self._permission(place):
            self.refused.setdefault(place, "no request of the page names it")
            await _reply(writer, _REFUSED)
            return
        try:
            onward = await self._connected(place)
        except NotConnected as error:
            blocked = isinstance(error, _Blocked)
            (self.refused if blocked else self._failed).setdefault(place, str(error))
            await _reply(writer, _REFUSED if blocked else _UNREACHABLE)
            return
        await _reply(writer, _GRANTED)
        await _relay((reader, writer), onward)

    async def _permission(self, place: Place) -> bool:
        """Whether the page has named the place, now or in a moment."""
        if not self._open or (place[1] in self._own_ports and space_of_name(place[0]) is Space.LOOPBACK):
            return False
        if place in self._permitted:
            return True
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(place, []).append(waiting)
        try:
            await asyncio.wait_for(waiting, PERMISSION_SECONDS)
        except TimeoutError:
            return False
        return self._open

    async def _connected(self, place: Place) -> Stream:
        """A connection to a place that the page may reach. Raises NotConnected."""
        host, port = place
        try:
            expect_way(host, self._upstream)
        except CaptureFailed as error:
            raise _Blocked(error.happened) from error
        if self._upstream is not None:
            self._expect_reachable(place, space_of_name(host))
            return await through(self._upstream.isolated(self._asked[0] if self._asked else host), host, port)
        pinned = self._pinned.get(place)
        failure: NotConnected = NotConnected("it has no address")
        for address in [pinned] if pinned else await resolved(host, port):
            self._expect_reachable(place, space_of(address))
            try:
                stream = await directly(address, port)
            except NotConnected as error:
                failure = error
                continue
            self._pinned[place] = address
            self._peers[place] = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
            return stream
        raise failure

    def _expect_reachable(self, place: Place, space: Space) -> None:
        """Raises _Blocked when the page may not reach so private a place. The address asked for sets the measure."""
        if place == self._asked and place not in self._spaces:
            self._ceiling = min(self._ceiling, space)
        self._spaces.setdefault(place, space)
        if space > self._ceiling:
            where = "this computer" if space is Space.LOOPBACK else "the local network"
            raise _Blocked(f"a page from outside may not reach into {where}")


class _Blocked(NotConnected):
    """A place that is refused on purpose."""


def _place(host: str, port: int) -> Place:
    return host.lower().strip("[]").rstrip("."), port


async def _greeted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Place:
    """The place that a SOCKS5 client asks for. Raises ValueError for anything else, EOFError and TimeoutError."""
    async with asyncio.timeout(GREETING_SECONDS):
        version, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        if version != 5:
            raise ValueError(version)
        writer.write(b"\x05\x00")
        version, command, _, kind = await reader.readexactly(4)
        if version != 5 or command != 1:
            raise ValueError(command)
        if kind == 3:
            length = (await reader.readexactly(1))[0]
            host = (await reader.readexactly(length)).decode("ascii")
        else:
            host = _printed(await reader.readexactly({1: 4, 4: 16}[kind]))
        return _place(host, struct.unpack(">H", await reader.readexactly(2))[0])


def _printed(packed: bytes) -> str:
    return str(ipaddress.ip_address(packed))


async def _reply(writer: asyncio.StreamWriter, code: int) -> None:
    writer.write(bytes([5, code, 0, 1]) + bytes(6))
    await writer.drain()


async def _relay(near: Stream, far: Stream) -> None:
    """Carry bytes both ways until both ends have said all."""
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_carry(near[0], far[1]))
            both.create_task(_carry(far[0], near[1]))
    except* OSError:
        pass
    finally:
        far[1].transport.abort()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_BLOCK):
        writer.write(data)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
