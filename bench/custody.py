"""How fast the archive appends, keeps and verifies: `python bench/custody.py [FOLDER]`.

Prints one line a figure. The folder (a temporary one by default) decides which disk is measured; each figure stands
beside the same work done by plain library calls in the same run, so that runs on different machines can be compared.
"""

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from tawthiq.records.capture import Exchange
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.verify import verify

APPENDED = 20_000
KEPT = 300
BIG_FILES = 4
BIG_BYTES = 64 << 20
SMALL_FILES = 1_000


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


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
        print(f"append, batches of 250      {APPENDED / seconds:10,.0f} entries/s")
        seconds = timed(lambda: [archive.log([event(number)]) for number in range(500)])
        print(f"append, one at a time       {500 / seconds:10,.0f} entries/s")
    seconds = timed(lambda: fsyncs(folder / "fsync", 500))
    print(f"  (write + fsync alone      {500 / seconds:10,.0f} lines/s)")
    seconds = timed(lambda: ArchiveFolder.open(folder / "append"))
    print(f"open an archive of {APPENDED:,}    {seconds * 1000:10.1f} ms")
    seconds = timed(lambda: list(verify(folder / "append")))
    print(f"verify its log              {APPENDED / seconds:10,.0f} entries/s")


def bench_keep(folder: Path) -> None:
    """Pages kept, each acknowledged on disk."""
    exchanges = [exchange(number) for number in range(KEPT)]
    with ArchiveFolder.create(folder / "keep", title="bench", collector="b") as archive:
        seconds = timed(lambda: [archive.keep_exchanges(each.url, [each], {}) for each in exchanges])
    print(f"keep pages of 40 kB         {KEPT / seconds:10,.0f} items/s")


def bench_verify(folder: Path) -> None:
    """Evidence hashed, records read and payloads hashed again."""
    with ArchiveFolder.create(folder / "big", title="bench", collector="b") as archive:
        for number in range(BIG_FILES):
            archive.keep_file(f"{number}.mp4", BytesIO(os.urandom(BIG_BYTES)), "video/mp4", {})
    seconds = timed(lambda: list(verify(folder / "big")))
    megabytes = BIG_FILES * BIG_BYTES / 1e6
    print(f"verify files of 64 MiB      {megabytes / seconds:10,.0f} MB/s")
    files = [path.read_bytes() for path in (folder / "big" / "evidence").rglob("*.gz")]
    seconds = timed(lambda: [hashlib.sha256(data).digest() for data in files])
    print(f"  (SHA-256 alone            {megabytes / seconds:10,.0f} MB/s)")
    with ArchiveFolder.create(folder / "small", title="bench", collector="b") as archive:
        for number in range(SMALL_FILES):
            archive.keep_file(f"{number}.html", BytesIO(os.urandom(20_000)), "text/html", {})
    seconds = timed(lambda: list(verify(folder / "small")))
    print(f"verify files of 20 kB       {SMALL_FILES / seconds:10,.0f} items/s")


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
        for bench in (bench_append, bench_keep, bench_verify):
            bench(Path(name))


if __name__ == "__main__":
    main(*sys.argv[1:2])
