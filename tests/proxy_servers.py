"""Proxies on loopback that really carry connections: SOCKS5 (RFC 1928, RFC 1929) and HTTP CONNECT (RFC 9110 section 9.3.6).

They reach only what `reach` names, so that a host name works through them that no resolver knows.
"""

import base64
import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

Place = tuple[str, int]


class ProxyServer:
    """A proxy that speaks SOCKS5 or HTTP; remembers what it was asked for and by whom."""

    def __init__(self, reach: dict[str, int], kind: str, credentials: tuple[str, str] | None) -> None:
        self.asked: list[Place] = []
        self.users: list[tuple[str, str] | None] = []
        self._reach = reach
        self._credentials = credentials
        self._speak = {"socks": self._socks, "http": self._http}[kind]
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, EOFError), connection:
            self._speak(connection)

    def _socks(self, connection: socket.socket) -> None:
        methods = _exactly(connection, _exactly(connection, 2)[1])
        if 2 in methods:
            connection.sendall(b"\x05\x02")
            user = _exactly(connection, _exactly(connection, 2)[1]).decode()
            password = _exactly(connection, _exactly(connection, 1)[0]).decode()
            self.users.append((user, password))
            if self._credentials not in (None, (user, password)):
                connection.sendall(b"\x01\x01")
                return
            connection.sendall(b"\x01\x00")
        elif self._credentials is not None:
            connection.sendall(b"\x05\xff")
            return
        else:
            self.users.append(None)
            connection.sendall(b"\x05\x00")
        kind = _exactly(connection, 4)[3]
        if kind == 3:
            host = _exactly(connection, _exactly(connection, 1)[0]).decode()
        else:
            family, size = (socket.AF_INET, 4) if kind == 1 else (socket.AF_INET6, 16)
            host = socket.inet_ntop(family, _exactly(connection, size))
        (port,) = struct.unpack("!H", _exactly(connection, 2))
        self.asked.append((host, port))
        if host not in self._reach:
            connection.sendall(b"\x05\x04\x00\x01" + bytes(6))
            return
        with socket.create_connection(("127.0.0.1", self._reach[host])) as onward:
            connection.sendall(b"\x05\x00\x00\x01" + bytes(6))
            _carry(connection, onward)

    def _http(self, connection: socket.socket) -> None:
        while True:
            method, target, fields = _request(connection)
            given = fields.pop("Proxy-Authorization", None)
            user = tuple(base64.b64decode(given.split(" ")[1]).decode().split(":", 1)) if given else None
            self.users.append(user)  # type: ignore[arg-type]
            if self._credentials is not None and user != self._credentials:
                connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                return
            host, _, port = (target if method == "CONNECT" else target.split("/")[2]).partition(":")
            self.asked.append((host, int(port or 80)))
            if host not in self._reach:
                connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", self._reach[host])) as onward:
                if method == "CONNECT":
                    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    _carry(connection, onward)
                    return
                kept = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
                path = "/" + target.split("/", 3)[3]
                onward.sendall(f"{method} {path} HTTP/1.1\r\n{kept}\r\n".encode("latin-1"))
                connection.sendall(_answer(onward))


@contextmanager
def proxying(
    reach: dict[str, int], kind: str = "socks", credentials: tuple[str, str] | None = None
) -> Iterator[ProxyServer]:
    """A proxy ("socks" or "http") through which each host of `reach` is the server at that port of this machine."""
    server = ProxyServer(reach, kind, credentials)
    try:
        yield server
    finally:
        server.close()


def _head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += _exactly(connection, 1)
    return head


def _request(connection: socket.socket) -> tuple[str, str, dict[str, str]]:
    lines = _head(connection).decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ")
    return method, target, dict(line.split(": ", 1) for line in lines[1:] if ": " in line)


def _answer(connection: socket.socket) -> bytes:
    """A whole answer with a Content-Length."""
    head = _head(connection)
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return head + _exactly(connection, length)


def _exactly(connection: socket.socket, count: int) -> bytes:
    came = b""
    while len(came) < count:
        block = connection.recv(count - len(came))
        if not block:
            raise EOFError
        came += block
    return came


def _carry(one: socket.socket, other: socket.socket) -> None:
    back = threading.Thread(target=_pipe, args=(other, one), daemon=True)
    back.start()
    _pipe(one, other)
    back.join()


def _pipe(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while block := source.recv(65_536):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)
