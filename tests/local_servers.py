"""Servers on loopback for tests: raw sockets, so that they can misbehave in every way that real ones do."""

import contextlib
import datetime
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = bytes | Callable[[socket.socket], None]


class LocalServer:
    """Answers each path with given bytes, or by a function of the socket; remembers what was asked and when."""

    def __init__(self, answers: dict[str, Answer], tls: ssl.SSLContext | None = None, greeting: bytes = b"") -> None:
        self.answers = answers
        self.requests: list[bytes] = []
        self.times: list[float] = []
        self.connections = 0
        self._tls = tls
        self._greeting = greeting
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}{path}"

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
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                if self._greeting:
                    connection.sendall(self._greeting)
                    return
                while request := self._request(connection):
                    self.times.append(time.monotonic())
                    self.requests.append(request)
                    path = request.split(b" ", 2)[1].decode("latin-1")
                    answer = self.answers.get(path, response(b"no such page\n", status="404 Not Found"))
                    if callable(answer):
                        answer(connection)
                        return
                    connection.sendall(answer)
        except OSError:
            return

    @staticmethod
    def _request(connection: socket.socket) -> bytes:
        request, body = b"", 0
        while len(request.partition(b"\r\n\r\n")[2]) < body or b"\r\n\r\n" not in request:
            came = connection.recv(65_536)
            if not came:
                return b""
            request += came
            stated = re.search(rb"\r\nContent-Length: (\d+)\r\n", request)
            body = int(stated[1]) if stated else 0
        return request


def response(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole HTTP/1.1 answer with a Content-Length, right or (by `length`) wrong."""
    stated = len(body) if length is None else length
    fields = ["Content-Type: text/html; charset=utf-8", *headers, f"Content-Length: {stated}"]
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return response(b"moved", f"Location: {location}", status=status)


def then_close(data: bytes) -> Callable[[socket.socket], None]:
    """Send `data` and close the connection."""
    return lambda connection: connection.sendall(data)


def hang(connection: socket.socket) -> None:
    """Never answer."""
    time.sleep(30)


def drip(head: bytes, every: float = 0.05) -> Callable[[socket.socket], None]:
    """Send `head`, then a byte now and then for ever."""

    def dripping(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(600):
            connection.sendall(b"x")
            time.sleep(every)

    return dripping


@contextmanager
def serving(
    answers: dict[str, Answer], tls: ssl.SSLContext | None = None, greeting: bytes = b""
) -> Iterator[LocalServer]:
    server = LocalServer(answers, tls, greeting)
    try:
        yield server
    finally:
        server.close()


def own_certificate(folder: Path) -> tuple[ssl.SSLContext, Path, bytes]:
    """A server's TLS context with a self-made certificate for 127.0.0.1; the PEM file to trust it by; its DER bytes."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test server")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "server.pem", folder / "server.key"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context, pem, certificate.public_bytes(serialization.Encoding.DER)
