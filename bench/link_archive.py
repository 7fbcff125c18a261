"""How links grow: an archive of made-up reports is linked once, then reports are added one after the other.

Rows are put in by the bulk, not through reading. Reports are those of `bench.linking` amid a hundred other words, one in eight
a copy of the dispatch before; what is added tells of occurrences that are there already, copies, or tells something new.
Options of `python -m bench.link_archive`: how many reports there are (200,000) and how many are added (20).
"""

import argparse
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from bench.linking import reports
from tawthiq.archive.database import open_database
from tawthiq.records.links import LinkInput

REPORTS, ADDED = 200_000, 20
WORDS, VOCABULARY, COPIED = 100, 60_000, 8
MEMORY = "archive_remembered", "archive_standingshingle", "archive_linkstatistics", "archive_unlinkedreport"
Row = tuple[Any, ...]


def told(count: int, rnd: random.Random) -> Iterator[LinkInput]:
    """Reports in the order in which they are collected: those of one occurrence do not come one after the other."""
    made = reports(count, rnd)
    rnd.shuffle(made)
    vocabulary = [f"لفظ{number}" for number in range(VOCABULARY)]
    often = list(accumulate(1 / (number + 10) for number in range(VOCABULARY)))  # as words of a language are (Zipf)
    dispatch: list[str] = []
    for number, report in enumerate(made):
        copied = number % COPIED == 0 and bool(dispatch)
        dispatch = dispatch if copied else rnd.choices(vocabulary, cum_weights=often, k=WORDS)
        own = rnd.choices(vocabulary, cum_weights=often, k=WORDS // 5)
        document = replace(report.document, id=f"c{number:07}", outlet=f"outlet {rnd.randrange(300)}")
        text = f"{document.text} {' '.join(dispatch)} {' '.join(own)}"
        reading = replace(report.reading, id=document.id)
        yield LinkInput(replace(document, text=text), reading)


def put_in(numbered: Iterable[tuple[int, LinkInput]]) -> None:
    """The rows of reports and of what they tell."""
    from django.db import transaction  # noqa: PLC0415  models need Django set up

    from tawthiq.archive.event_rows import save_events  # noqa: PLC0415
    from tawthiq.archive.link_memory_rows import chunks, put  # noqa: PLC0415
    from tawthiq.archive.models import Capture, Report, UnlinkedReport, Zone  # noqa: PLC0415

    now = datetime(2026, 1, 1, tzinfo=UTC)
    for some in chunks(numbered, 2_000):
        with transaction.atomic():
            Capture.objects.bulk_create(_capture(Capture, number, one, now) for number, one in some)
            Report.objects.bulk_create(_report(Report, number, one) for number, one in some)
            Zone.objects.bulk_create(
                Zone(key=number * 2**20, report_id=number, kind="body", start=0, end=len(one.document.text))
                for number, one in some
            )
            for number, one in some:
                save_events(number, one.reading.events)
            put(UnlinkedReport, ((number,) for number, _ in some))


def _capture(model: Any, number: int, one: LinkInput, now: datetime) -> Any:
    return model(
        number=number, identifier=one.document.id, kind="file", source=one.document.id, final="", collected=now, path="",
        offset=0, length=0, sha256="", file_sha256="", log_index=number, logged=now, state="read",
    )  # fmt: skip


def _report(model: Any, number: int, one: LinkInput) -> Any:
    document = one.document
    return model(
        capture_id=number, language="ar", outlet=document.outlet, publisher=document.outlet, published=document.published,
        text=document.text, encoding="utf-8", statement_count=0, event_count=1, reader="bench",
    )  # fmt: skip


def memory_size(database: Path) -> int:
    """Bytes of the database that hold what linking remembers, the indexes included."""
    connection = sqlite3.connect(database)
    try:
        rows = connection.execute(
            "SELECT s.tbl_name, sum(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name GROUP BY 1"
        )
        sizes = {name: size for name, size in rows if name.startswith(MEMORY)}
    finally:
        connection.close()
    for name, size in sorted(sizes.items(), key=lambda entry: -entry[1]):
        print(f"  {name.removeprefix('archive_')}: {size / 1e6:,.0f} MB")
    return sum(sizes.values())


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock, seconds of this process, and what came of it."""
    clock, processor = time.perf_counter(), time.process_time()
    done = work()
    return time.perf_counter() - clock, time.process_time() - processor, done


def main() -> None:
    """Print what the full run took, and what each added report took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("reports", nargs="?", type=int, default=REPORTS)
    asked.add_argument("--added", type=int, default=ADDED)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "tawthiq.sqlite3", options.reports, options.added)


def measure(database: Path, count: int, added: int) -> None:
    """Make the archive, link it, add to it."""
    open_database(database)
    from tawthiq.archive.link_memory_run import relink  # noqa: PLC0415  models need the database opened above

    made = enumerate(told(count + added, random.Random(7)), start=1)
    first = [next(made) for _ in range(count)]
    making, _, _ = timed(lambda: put_in(first))
    first.clear()
    print(f"made {count:,} reports in {making:.0f} s, {database.stat().st_size / 1e6:,.0f} MB")
    clock, processor, found = timed(lambda: relink(again=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"full run: {clock:.1f} s ({processor:.1f} s of processor), largest memory {peak:,.0f} MB")
    print(f"{found.incidents:,} incidents, {found.families:,} copy families")
    print(f"remembered: {memory_size(database) / 1e6:,.0f} MB of {database.stat().st_size / 1e6:,.0f} MB")
    taken, worked = [], []
    for number, report in made:
        put_in([(number, report)])
        clock, processor, done = timed(relink)
        if done.full:
            raise SystemExit(f"not added to what was there: {done.full}")
        taken.append(clock * 1000)
        worked.append(processor * 1000)
    print(f"adding one report, {len(taken)} times: median {statistics.median(taken):.1f} ms, worst {max(taken):.1f} ms")
    print(f"  of processor: median {statistics.median(worked):.1f} ms, worst {max(worked):.1f} ms")


if __name__ == "__main__":
    main()
