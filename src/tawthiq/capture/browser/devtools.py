"""The DevTools protocol over Chromium's pipe, shared between Playwright and the recorder.

Chromium answers one client on its pipe. Playwright drives the page, the recorder has to see every target from its first
request on (cross-site frames, workers and service workers are targets of their own): so both speak through this hub. The
recorder uses a session of its own with the whole browser (`Target.attachToBrowserTarget`); all sessions below it are ours,
messages of every other session are handed to Playwright as they are. Playwright connects to a WebSocket on loopback whose
path is a secret of 256 bits that is told to nobody else, and that takes one connection.
"""

import asyncio
import contextlib
import json
import os
import re
import secrets
from collections.abc import Callable
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

Message = dict[str, Any]
Listener = Callable[[str, str, Message], None]
# Commands of ours are numbered from here on; Playwright counts from one.
OURS = 1 << 30
# Above this many bytes a message for Playwright is passed on without being taken apart.
LARGE = 65_536
_SESSION_AT_END = re.compile(rb'"sessionId":"([0-9A-F]+)"\}$')


class Refused(Exception):
    """Chromium's refusal of a command; the text is its own."""


class DevTools(asyncio.Protocol):
    """The hub. To be made and used inside one event loop.

    `listener` is called with session, method and parameters of each event of our sessions, in order, and must not wait.
    """

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._loop = asyncio.get_running_loop()
        self._unfinished = bytearray()
        self._numbers = iter(range(OURS, 1 << 62))
        self._waiting: dict[int, tuple[str, asyncio.Future[Message]]] = {}
        self._sessions: set[str] = set()
        self._out: asyncio.WriteTransport | None = None
        self._in: asyncio.ReadTransport | None = None
        self._taken = False
        self._outbox: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._server: Server | None = None
        self.closed = self._loop.create_future()
        self.root = ""

    async def open(self, reading: int, writing: int) -> str:
        """Take the pipe, begin our session, and return the WebSocket address for Playwright."""
        self._in, _ = await self._loop.connect_read_pipe(lambda: self, os.fdopen(reading, "rb", 0))
        self._out, _ = await self._loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(writing, "wb", 0))
        answer = await self.send("Target.attachToBrowserTarget")
        self.root = answer["sessionId"]
        self._sessions.add(self.root)
        path = "/" + secrets.token_urlsafe(32)
        self._server = await serve(
            self._relay,
            "127.0.0.1",
            0,
            compression=None,
            max_size=None,
            ping_interval=None,
            process_request=lambda _, request: self._only(path, request),
        )
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{port}{path}"

    async def close(self) -> None:
        """Ask Chromium to end, and let go of the pipe."""
        if not self.closed.done():
            with contextlib.suppress(Refused, TimeoutError):
                await asyncio.wait_for(self.send("Browser.close"), 3)
        if self._server is not None:
            self._server.close()
        for transport in (self._in, self._out):
            if transport is not None:
                transport.close()
        self.connection_lost(None)

    async def send(self, method: str, parameters: Message | None = None, session: str = "") -> Message:
        """Chromium's answer to a command. Raises Refused when it refuses, or has ended."""
        return await self.post(method, parameters, session)

    def post(self, method: str, parameters: Message | None = None, session: str = "") -> asyncio.Future[Message]:
        """Send a command at once; the answer can be waited for, or not."""
        number = next(self._numbers)
        future = self._loop.create_future()
        # An answer that nobody waits for may be a refusal.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        if self.closed.done() or self._out is None:
            future.set_exception(Refused("the browser has ended"))
            return future
        self._waiting[number] = session, future
        message: Message = {"id": number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        self._out.write(json.dumps(message).encode() + b"\0")
        return future

    def give_up(self, session: str) -> None:
        """Nobody is there any more to answer what was sent to a session."""
        for number, (of, future) in list(self._waiting.items()):
            if of == session:
                del self._waiting[number]
                if not future.done():
                    future.set_exception(Refused("its target is gone"))

    def data_received(self, data: bytes) -> None:
        """Cut what came into messages (asyncio's callback)."""
        pieces = data.split(b"\0")
        for piece in pieces[:-1]:
            whole = bytes(self._unfinished + piece) if self._unfinished else piece
            self._unfinished.clear()
            self._sort(whole)
        self._unfinished += pieces[-1]

    def connection_lost(self, exc: Exception | None) -> None:
        """Chromium has ended (asyncio's callback)."""
        if self.closed.done():
            return
        self.closed.set_result(None)
        for session in {session for session, _ in self._waiting.values()}:
            self.give_up(session)
        self._outbox.put_nowait(None)

    def _sort(self, raw: bytes) -> None:
        """Take what is ours, pass on the rest."""
        if len(raw) > LARGE:
            named = _SESSION_AT_END.search(raw[-80:])
            if named is None or named[1].decode() not in self._sessions:
                self._outbox.put_nowait(raw)
                return
        message = json.loads(raw)
        session = message.get("sessionId", "")
        number = message.get("id")
        if number is not None and number >= OURS:
            self._answered(number, message)
        elif session in self._sessions:
            self._happened(session, message["method"], message.get("params", {}))
        elif self.root or "method" not in message:
            self._outbox.put_nowait(raw)

    def _answered(self, number: int, message: Message) -> None:
        _, future = self._waiting.pop(number, ("", None))
        if future is None or future.done():
            return
        if "error" in message:
            future.set_exception(Refused(message["error"].get("message", "no reason given")))
        else:
            future.set_result(message["result"])

    def _happened(self, session: str, method: str, parameters: Message) -> None:
        if method == "Target.attachedToTarget":
            self._sessions.add(parameters["sessionId"])
        self._listener(session, method, parameters)
        if method == "Target.detachedFromTarget":
            self._sessions.discard(parameters["sessionId"])
            self.give_up(parameters["sessionId"])

    async def _relay(self, connection: ServerConnection) -> None:
        """Carry Playwright's commands to Chromium and what is not ours back to it."""
        sending = asyncio.create_task(self._send_on(connection))
        try:
            async for text in connection:
                if self._out is not None and not self.closed.done():
                    self._out.write((text.encode() if isinstance(text, str) else text) + b"\0")
        except ConnectionClosed:
            pass
        finally:
            sending.cancel()

    def _only(self, path: str, request: Request) -> Response | None:
        """Refuse whoever does not know the path, and a second one who does."""
        if not self._taken and secrets.compare_digest(request.path.encode(), path.encode()):
            self._taken = True
            return None
        return Response(404, "Not Found", Headers(), b"")

    async def _send_on(self, connection: ServerConnection) -> None:
        while (raw := await self._outbox.get()) is not None:
            await connection.send(raw, text=True)
        await connection.close()
