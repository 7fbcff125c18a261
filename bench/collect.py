"""Collecting from loopback: pages a second kept as evidence, beside a bare download and beside warcio's own capture.

The server and each contender run in a process of their own. Every page is about 30 kB of Arabic words in HTML, and each is
different. "kept" means WARC records written, synchronised to disk, logged in the Merkle log; the peers do less: urllib3 keeps
nothing, warcio writes request and response records without synchronising or logging.
"""

import http.client
import random
import tempfile
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

import urllib3
from warcio.archiveiterator import ArchiveIterator
from warcio.capture_http import capture_http

from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_outcome import State
from tawthiq.store import ArchiveFolder

PAGES = 400
PAGE_BYTES = 30_000
ROUNDS = 3
SENTENCE = "قال مصدر محلي إن قصفا استهدف أطراف البلدة صباح اليوم وأدى إلى أضرار في المنازل دون تسجيل إصابات بين السكان"


class _Pages(BaseHTTPRequestHandler):
    """Serves a page of its own under every path, over connections that stay open."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Send the page that the path names; there are no rules for robots."""
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        body = self.server.pages[int(self.path.rsplit("/", 1)[-1])]  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is the base class's
        """Keep the terminal free of request lines."""


def page(number: int) -> bytes:
    """One page of about PAGE_BYTES bytes."""
    pick = random.Random(number)
    lines = [f"<html><head><title>صفحة {number}</title></head><body>"]
    size = 0
    while size < PAGE_BYTES:
        lines.append(f"<p>{' '.join(pick.choices(SENTENCE.split(), k=30))} {pick.random()}</p>")
        size += len(lines[-1].encode())
    return "\n".join([*lines, "</body></html>"]).encode()


def _serve(ready: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.daemon_threads = True
    server.pages = [page(number) for number in range(PAGES)]  # type: ignore[attr-defined]
    ready.send(server.server_port)
    server.serve_forever()


def tawthiq(urls: list[str], folder: Path) -> float:
    """Seconds to keep every address in a new archive, its signing at the end included."""
    archive = ArchiveFolder.create(folder / "archive", title="bench", collector="bench")
    start = time.perf_counter()
    with archive:
        states = [outcome.state for outcome in collect(archive, urls)]
    taken = time.perf_counter() - start
    assert states == [State.KEPT] * len(urls)
    return taken


def bare_urllib3(urls: list[str], _folder: Path) -> float:
    """Seconds to download every address and keep nothing."""
    pool = urllib3.PoolManager()
    start = time.perf_counter()
    for url in urls:
        assert len(pool.request("GET", url).data) >= PAGE_BYTES
    return time.perf_counter() - start


def warcio_capture(urls: list[str], folder: Path) -> float:
    """Seconds to record every address with warcio.capture_http into one gzip-compressed file."""
    parts = urlsplit(urls[0])
    start = time.perf_counter()
    with capture_http(str(folder / "warcio.warc.gz"), gzip=True):
        connection = http.client.HTTPConnection(parts.netloc)
        for url in urls:
            connection.request("GET", urlsplit(url).path)
            assert len(connection.getresponse().read()) >= PAGE_BYTES
    taken = time.perf_counter() - start
    with (folder / "warcio.warc.gz").open("rb") as stream:
        assert sum(record.rec_type == "response" for record in ArchiveIterator(stream)) == len(urls)
    return taken


def _measure(contender: Callable[[list[str], Path], float], urls: list[str], answer: Connection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        answer.send(contender(urls, Path(folder)))


def _rate(contender: Callable[[list[str], Path], float], urls: list[str]) -> float:
    """Pages a second, the best of ROUNDS, each in a fresh process."""
    context = get_context("spawn")
    best = float("inf")
    for _ in range(ROUNDS):
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=_measure, args=(contender, urls, sending))
        process.start()
        best = min(best, receiving.recv())
        process.join()
    return len(urls) / best


def main() -> None:
    """Print pages a second and the ratios."""
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    server = context.Process(target=_serve, args=(sending,), daemon=True)
    server.start()
    try:
        port = receiving.recv()
        urls = [f"http://127.0.0.1:{port}/{number}" for number in range(PAGES)]
        rates = {each.__name__: _rate(each, urls) for each in (tawthiq, bare_urllib3, warcio_capture)}
    finally:
        server.terminate()
    for name, rate in rates.items():
        print(f"{name:<16} {rate:8.0f} pages/s   {rates['tawthiq'] / rate:6.2f} = tawthiq / {name}")


if __name__ == "__main__":
    main()
