"""An OpenTimestamps calendar on loopback for tests, made with the library that real ones use; blocks are mined on the spot.

with calendar() as one:
    one.url             # answers POST /digest and GET /timestamp/HEX
    header = one.mine() # 80 bytes: from now on what was submitted stands in block HEIGHT
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

HEIGHT = 912_345
# The least difficulty there is (that of Bitcoin's test chain "regtest"): a try or two finds a block.
EASY = 0x207FFFFF
MINED = 1_790_000_000


@dataclass
class Calendar:
    """What a test sees of a running calendar. `requests` are the digests it was sent."""

    url: str = ""
    requests: list[bytes] = field(default_factory=list)
    root: bytes | None = None
    garbage: bytes | None = None

    def settings(self, name: str = "calendar") -> str:
        """The lines of tawthiq.toml that name this calendar."""
        return f'\n[authorities.{name}]\nurl = "{self.url}"\nkind = "opentimestamps"\n'

    def submitted(self, digest: bytes) -> bytes:
        """The answer to POST /digest: a promise for another commitment."""
        self.requests.append(digest)
        stamp = Timestamp(digest)
        stamp.ops.add(OpPrepend(b"other")).ops.add(OpSHA256()).attestations.add(
            PendingAttestation("https://cal.example")
        )
        return serialized(stamp)

    def mine(self) -> bytes:
        """Put the last promise into a block; its header."""
        commitment = hashlib.sha256(b"other" + self.requests[-1]).digest()
        self.root = hashlib.sha256(commitment + b"sibling").digest()
        return block_header(self.root)

    def timestamp(self, commitment: bytes) -> bytes | None:
        """The answer to GET /timestamp/HEX; None before a block was mined."""
        stamp = Timestamp(commitment)
        last = stamp.ops.add(OpAppend(b"sibling")).ops.add(OpSHA256())
        if self.root is None or last.msg != self.root:
            return None
        last.attestations.add(BitcoinBlockHeaderAttestation(HEIGHT))
        return serialized(stamp)


def serialized(stamp: Any) -> bytes:
    """A timestamp as calendars send it."""
    context = BytesSerializationContext()
    stamp.serialize(context)
    return bytes(context.getbytes())


def block_header(root: bytes, mined: int = MINED) -> bytes:
    """A header over `root` whose hash meets the difficulty it states, made `mined` seconds after 1970."""
    for nonce in range(1_000):
        parts = (2).to_bytes(4, "little"), bytes(32), root, mined.to_bytes(4, "little")
        header = b"".join((*parts, EASY.to_bytes(4, "little"), nonce.to_bytes(4, "little")))
        value = hashlib.sha256(hashlib.sha256(header).digest()).digest()
        if int.from_bytes(value, "little") <= 0x7FFFFF << 8 * 29:
            return header
    raise AssertionError("no block was found")


@contextmanager
def calendar() -> Iterator[Calendar]:
    """A calendar that answers on loopback while the block runs."""
    found = Calendar()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._answer(found.submitted(self.rfile.read(int(self.headers["Content-Length"]))))

        def do_GET(self) -> None:
            self._answer(found.timestamp(bytes.fromhex(self.path.rpartition("/")[2])))

        def _answer(self, body: bytes | None) -> None:
            body = found.garbage if found.garbage is not None else body
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is the base class's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
