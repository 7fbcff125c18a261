"""How fast the archive appends, keeps, verifies and erases, beside the bars it must hold: `python bench/custody.py [FOLDER]`.

Prints one line a figure, with its bar where it has one; leaves with 1 when a bar is missed. The folder (a temporary one by
default) decides which disk is measured; each figure stands beside the same work done by plain library calls in the same run,
so that runs on different machines can be compared.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from tawthiq.records.capture import Exchange
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.verify import verify
from tawthiq.store.verify_item import verify_item

APPENDED = 20_000
KEPT = 300
BIG_FILES = 4
BIG_BYTES = 64 << 20
ITEMS = 10_000
APPEND_BAR, EVIDENCE_BAR, ITEMS_BAR, MEMORY_BAR = 5_000.0, 200.0, 60.0, 400.0
_missed: list[str] = []


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def told(what: str, value: float, unit: str, bar: float | None = None, *, least: bool = True) -> None:
    """One figure; `bar` is the least, or the most, that it may be."""
    held = bar is None or (value >= bar if least else value <= bar)
    beside = "" if bar is None else f"   bar {'>=' if least else '<='} {bar:,.0f}: {'holds' if held else 'MISSED'}"
    digits = 1 if value < 100 else 0
    print(f"{what:<38}{value:12,.{digits}f} {unit}{beside}", flush=True)
    if not held:
        _missed.append(what)


def event(number: int) -> LogEvent:
    """An event of ordinary size."""
    return LogEvent("decided", datetime.now(UTC), "p-1", f"incident {number}", {"act": "shelling", "status": "merged"})


def exchange(number: int) -> Exchange:
    """A page of 40 kB that compresses like HTML."""
    payload = b"".join(b"<p>paragraph %d of page %d</p>\n" % (line, number) for line in range(1200))
    return Exchange(
        url=f"http://news.example/{number}",
        method="GET",
        started=datetime.now(UTC),
        request_line=f"GET /{number} HTTP/1.1",
        request_headers=(("Host", "news.example"),),
        status_line="HTTP/1.1 200 OK",
        response_headers=(("Content-Type", "text/html"),),
        payload=payload,
        server_address="127.0.0.1:80",
        tls=None,
        certificate=None,
    )


def bench_append(folder: Path) -> None:
    """Entries appended in batches and one by one."""
    with ArchiveFolder.create(folder / "append", title="bench", collector="b") as archive:
        batches = [[event(number) for number in range(250)] for _ in range(APPENDED // 250)]
        seconds = timed(lambda: [archive.log(batch) for batch in batches])
        told("append, batches of 250", APPENDED / seconds, "entries/s", APPEND_BAR)
        seconds = timed(lambda: [archive.log([event(number)]) for number in range(500)])
        told("append, one at a time", 500 / seconds, "entries/s")
    seconds = timed(lambda: fsyncs(folder / "fsync", 500))
    told("  (write + fsync alone)", 500 / seconds, "lines/s")
    seconds = timed(lambda: ArchiveFolder.open(folder / "append"))
    told(f"open an archive of {APPENDED:,} entries", seconds * 1000, "ms")
    seconds = timed(lambda: list(verify(folder / "append")))
    told("verify its log", APPENDED / seconds, "entries/s")


def bench_keep(folder: Path) -> None:
    """Pages kept, each acknowledged on disk."""
    exchanges = [exchange(number) for number in range(KEPT)]
    with ArchiveFolder.create(folder / "keep", title="bench", collector="b") as archive:
        seconds = timed(lambda: [archive.keep_exchanges(each.url, [each], {}) for each in exchanges])
    told("keep pages of 40 kB", KEPT / seconds, "items/s")


def bench_evidence(folder: Path) -> None:
    """Evidence hashed, records read and payloads hashed again."""
    with ArchiveFolder.create(folder / "big", title="bench", collector="b") as archive:
        for number in range(BIG_FILES):
            archive.keep_file(f"{number}.mp4", BytesIO(os.urandom(BIG_BYTES)), "video/mp4", {})
    seconds = timed(lambda: list(verify(folder / "big")))
    megabytes = BIG_FILES * BIG_BYTES / 1e6
    told("verify evidence in files of 64 MiB", megabytes / seconds, "MB/s", EVIDENCE_BAR)
    files = [path.read_bytes() for path in (folder / "big" / "evidence").rglob("*.gz")]
    seconds = timed(lambda: [hashlib.sha256(data).digest() for data in files])
    told("  (SHA-256 alone)", megabytes / seconds, "MB/s")


def bench_items(folder: Path) -> None:
    """An archive of 10,000 pages: verified whole, one item of it, how long writers wait, what erasing one costs."""
    path = folder / "items"
    with ArchiveFolder.create(path, title="bench", collector="b") as archive, unsynchronised():
        kept = [archive.keep_exchanges(each.url, [each], {}) for each in map(exchange, range(ITEMS))]
    with longest_wait(path) as waited:
        seconds = timed(lambda: list(verify(path)))
    told(f"verify an archive of {ITEMS:,} pages", seconds, "s", ITEMS_BAR, least=False)
    told("  longest wait of a writer meanwhile", waited[0] * 1000, "ms")
    told("  memory of verify", memory_of_verify(path), "MB", MEMORY_BAR, least=False)
    told("verify one item of it", timed(lambda: list(verify_item(path, kept[ITEMS // 2].id))), "s")
    with ArchiveFolder.open(path) as archive:
        erase = timed(lambda: archive.erase(kept[ITEMS // 3].id, reason="bench", authorised_by="b"))
    told("erase one item of it", erase, "s")


@contextmanager
def unsynchronised() -> Iterator[None]:
    """Without waiting for the disk: making the archive is not what is measured."""
    real, os.fsync = os.fsync, lambda _descriptor: None
    try:
        yield
    finally:
        os.fsync = real


@contextmanager
def longest_wait(path: Path) -> Iterator[list[float]]:
    """How long a writer that tries all the time waited at most for the log's lock."""
    waited, over = [0.0], threading.Event()

    def trying() -> None:
        while not over.is_set():
            start = time.perf_counter()
            with Lock(Layout(path).lock).held():
                waited[0] = max(waited[0], time.perf_counter() - start)
            time.sleep(0.02)

    writer = threading.Thread(target=trying)
    writer.start()
    try:
        yield waited
    finally:
        over.set()
        writer.join()


def memory_of_verify(path: Path) -> float:
    """The most memory that `tawthiq verify` held, in MB, as the system counted it for that process alone."""
    script = (
        "import atexit, sys\nfrom pathlib import Path\nfrom tawthiq.cli.main import main\n"
        "atexit.register(lambda: print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]))\n"
        "main(['verify', '--quiet', sys.argv[1]])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / 1000


def fsyncs(path: Path, count: int) -> None:
    """The least that any durable log must do."""
    with path.open("wb") as stream:
        for _ in range(count):
            stream.write(b"x" * 300)
            stream.flush()
            os.fsync(stream.fileno())


def main(disk: str | None = None) -> None:
    """Run every measurement in a temporary folder on the disk of the folder `disk`."""
    with tempfile.TemporaryDirectory(dir=disk) as name:
        for bench in (bench_append, bench_keep, bench_evidence, bench_items):
            bench(Path(name))
    sys.exit(f"missed: {', '.join(_missed)}" if _missed else 0)


if __name__ == "__main__":
    main(*sys.argv[1:2])
