"""A witness on loopback that keeps to C2SP tlog-witness: add-checkpoint over HTTP, with its own key and memory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tawthiq.custody.checkpoint import Checkpoint
from tawthiq.custody.cosignature import CosignerKey, cosigned
from tawthiq.custody.note import Note, Signer, VerifierKey
from tawthiq.custody.witnessing import Request, judged, status_of
from tawthiq.records.errors import TawthiqError


@dataclass
class Witness:
    """What the witness knows: its key, the logs it trusts, the last head of each, and what it was asked."""

    signer: Signer = field(default_factory=lambda: Signer("witness.example/w1", Ed25519PrivateKey.generate()))
    logs: dict[str, VerifierKey] = field(default_factory=dict)
    seen: dict[str, Checkpoint] = field(default_factory=dict)
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    url: str = ""
    turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def key(self) -> str:
        return str(CosignerKey.of(self.signer))

    def answer(self, body: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body, in the order of checks that the specification gives."""
        try:
            request = Request.parse(body, "request")
            if request.origin not in self.logs:
                return 404, "text/plain", b""
            known = self.seen.get(request.origin)
            head = judged(request, self.logs[request.origin], known, "request")
        except TawthiqError as error:
            status = status_of(error)
            if status == 409:
                return 409, "text/x.tlog.size", b"%d\n" % (known.size if known else 0)
            return status, "text/plain", b""
        self.seen[head.origin] = head
        text = Note.parse(request.checkpoint, "request").text
        other = Signer("witness.example/unknown", Ed25519PrivateKey.generate())
        lines = [cosigned(each, text, datetime.now(UTC)) for each in (other, self.signer)]
        return 200, "text/plain", "".join(map(str, lines)).encode()


@contextmanager
def witnessing() -> Iterator[Witness]:
    """A witness that answers on loopback while the block runs."""
    witness = Witness()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            witness.asked.append((self.path, body))
            with witness.turn:
                status, kind, answer = witness.answer(body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    witness.url = f"http://127.0.0.1:{server.server_port}/prefix/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield witness
    finally:
        server.shutdown()
        server.server_close()
