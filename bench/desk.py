"""List pages of the desk over 100,000 reports: milliseconds by the clock and of the processor, and queries, against the goal.

Options of `python -m bench.desk`: `--archive DIR` keeps the archive that is made (minutes) or uses the one that is there,
`--reports N` makes a smaller one. Pages are asked for in this process, as somebody for whom one report in two
hundred is hidden.
"""

import argparse
import gc
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.desk_archive import REPORTS, desk_archive

GOAL, ROUNDS = 150, 20
PAGES = (
    "/queue/", "/queue/?kind=reports", "/queue/?kind=proposals", "/reports/", "/reports/?act=airstrike",
    "/reports/?page=2000", "/reports/?outlet=outlet+7", "/reports/?words=لفظ3", "/statements/", "/incidents/",
    "/incidents/?act=shelling", "/incidents/?several=on&disputed=on", "/incidents/?page=300", "/cases/",
    "/cases/?state=disagreement", "/search/?words=لفظ17", "/evidence/", "/map/", "/map/marks.json", "/timeline/",
    "/charts/", "/audit/", "/public/", "/persons/", "/people/", "/authority/", "/review/pages/", "/notices/", "/my-work/",
    "/boilerplate/", "/incidents/decisions/",
)  # fmt: skip


def main() -> None:
    """Make the archive, ask for pages, print what they took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--archive", type=Path)
    asked.add_argument("--reports", type=int, default=REPORTS)
    options = asked.parse_args()
    with TemporaryDirectory() as spare:
        folder = desk_archive(options.archive or Path(spare) / "archive", options.reports)
        measure(folder.path)
        folder.close()


def measure(path: Path) -> None:
    """Print a line for each page."""
    from django.conf import settings  # noqa: PLC0415  Django is set up when the archive's database was opened
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from tawthiq.archive.models import Incident, Report  # noqa: PLC0415
    from tawthiq.casework.models import User  # noqa: PLC0415

    settings.ARCHIVE_FOLDER = path
    print(f"{Report.objects.count():,} reports, {Incident.objects.count():,} incidents, {connection.vendor}")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(name="person-01"))
    for address in PAGES:
        client.get(address)
    gc.collect()
    gc.freeze()  # as a server does (web.long_lived)
    for address in PAGES:
        answer = client.get(address)
        if answer.status_code != 200:
            print(f"{address:36} answered {answer.status_code}")
            continue
        queries: list[str] = []
        with connection.execute_wrapper(lambda go, sql, *rest: (queries.append(sql), go(sql, *rest))[1]):  # noqa: B023
            client.get(address)
        clock, processor = [], []
        for _ in range(ROUNDS):
            started, worked = time.perf_counter(), time.process_time()
            client.get(address)
            clock.append((time.perf_counter() - started) * 1000)
            processor.append((time.process_time() - worked) * 1000)
        late = sorted(clock)[int(ROUNDS * 0.95)]
        mark = "" if late <= GOAL else "  above the goal"
        middle, work = sorted(clock)[ROUNDS // 2], sorted(processor)[int(ROUNDS * 0.95)]
        print(
            f"{address:36} p50 {middle:7.1f}  p95 {late:7.1f} ms (processor {work:7.1f})  {len(queries):3} queries{mark}"
        )


if __name__ == "__main__":
    main()
