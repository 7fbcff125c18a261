"""Serves the fidelity site on loopback over HTTPS, on two origins, and remembers every byte of what it sent and was asked.

One origin speaks HTTP/2 (https://127.0.0.1:PORT), the other, of another site, HTTP/1.1 only (https://localhost:PORT).
"""

import asyncio
import datetime
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypercorn.asyncio import serve
from hypercorn.config import Config

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """A request as the server got it."""

    origin: str
    method: str
    path: str
    query: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for each, value in self.headers if each == name), None)


@dataclass(frozen=True)
class Answer:
    """What the server sends. `body` before any content encoding, `encoded` after it; `pieces` splits what is sent."""

    status: int = 200
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    encoded: bytes | None = None
    chunked: bool = False

    @property
    def sent(self) -> bytes:
        return self.body if self.encoded is None else self.encoded


@dataclass(frozen=True)
class Entry:
    """One exchange in the server's own log."""

    url: str
    asked: Asked
    answer: Answer
    protocol: str


Route = Callable[[Asked], Answer]


class Site:
    """The running site. `log` holds its exchanges, `sockets` the paths of WebSockets."""

    def __init__(self, route: Callable[["Site", Asked], Answer], certificate: Path, key: Path) -> None:
        self.log: list[Entry] = []
        self.sockets: list[str] = []
        self._route = route
        self._listening = {name: socket.create_server(("127.0.0.1", 0), backlog=64) for name in ("first", "second")}
        ports = {name: each.getsockname()[1] for name, each in self._listening.items()}
        self.first = f"https://127.0.0.1:{ports['first']}"
        self.second = f"https://localhost:{ports['second']}"
        self.hosts = {f"127.0.0.1:{ports['first']}", f"localhost:{ports['second']}"}
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, args=(certificate, key), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def _run(self, certificate: Path, key: Path) -> None:
        asyncio.set_event_loop(self._loop)
        both = [self._serve(name, certificate, key) for name in self._listening]
        self._loop.run_until_complete(asyncio.gather(*both, return_exceptions=True))

    async def _serve(self, name: str, certificate: Path, key: Path) -> None:
        config = Config()
        config.bind = [f"fd://{self._listening[name].detach()}"]
        config.certfile, config.keyfile = str(certificate), str(key)
        config.alpn_protocols = ["h2", "http/1.1"] if name == "first" else ["http/1.1"]
        config.accesslog = config.errorlog = None
        config.graceful_timeout = 0.2
        config.include_server_header = False
        origin = self.first if name == "first" else self.second
        application: Any = _application(self, origin)
        await serve(application, config, shutdown_trigger=self._stop.wait)

    async def answer(
        self, origin: str, scope: dict[str, Any], body: bytes, send: Callable[[Any], Awaitable[None]]
    ) -> None:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        query = scope["query_string"].decode()
        asked = Asked(origin, scope["method"], scope["path"], query, headers, body)
        answer = self._route(self, asked)
        url = origin + asked.path + (f"?{query}" if query else "")
        self.log.append(Entry(url, asked, answer, scope["http_version"]))
        told = list(answer.headers)
        bodiless = answer.status in (204, 304)
        if not bodiless and not answer.chunked:
            told.append(("content-length", str(len(answer.sent))))
        raw = [(name.encode(), value.encode("latin-1")) for name, value in told]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        sent = b"" if asked.method == "HEAD" or bodiless else answer.sent
        step = max(1, len(sent) // 3) if answer.chunked else len(sent) or 1
        for start in range(0, len(sent), step):
            part = sent[start : start + step]
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _application(site: Site, origin: str) -> Callable[..., Awaitable[None]]:
    async def application(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        if scope["type"] == "http":
            body = b""
            while True:
                came = await receive()
                body += came.get("body", b"")
                if not came.get("more_body"):
                    break
            await site.answer(origin, scope, body, send)
        elif scope["type"] == "websocket":
            site.sockets.append(origin.replace("https", "wss") + scope["path"])
            await receive()
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.send", "text": "مرحبا"})
            await receive()
        elif scope["type"] == "lifespan":
            for kind in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{kind}.complete"})

    return application


@contextmanager
def serving_site(folder: Path, route: Callable[[Site, Asked], Answer]) -> Iterator[tuple[Site, Path]]:
    """The site, and the PEM file to trust it by."""
    certificate, key = _certificate(folder)
    site = Site(route, certificate, key)
    try:
        yield site, certificate
    finally:
        site.close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fidelity site")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "site.pem", folder / "site.key"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, secret
