"""Twenty people at one desk: a server in a process of its own, each person at a browser, and every saved act looked for.

`python -m bench.desk_team --people 20 --minutes 5 [--database postgresql] [--reports 1000]` prints requests and their
milliseconds by kind, errors and lost writes, which must be none. PostgreSQL is a server of the tests' own. An answer 409
("somebody decided meanwhile"), 422 or 404 (the incident was linked anew) is an answer and no error.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from bench.desk_archive import names
from bench.team_archive import team_archive
from bench.team_browser import Browser
from bench.team_checks import lost_writes
from bench.team_work import Person

ADDRESS = "https://desk.example.org"
ANSWERS = frozenset({200, 301, 302, 303, 404, 409, 422})


def main() -> None:
    """Make the archive, serve it, work, stop the server, look for everything."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--reports", type=int, default=1_000)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = asked.parse_args()
    with TemporaryDirectory() as spare:
        if options.database == "postgresql":
            _use_postgres()
        folder = team_archive(Path(spare) / "archive", options.reports)
        path = folder.path
        people = _people(options.people, options.reports)
        folder.close()
        from django.db import connections  # noqa: PLC0415  Django is set up by now

        connections.close_all()
        started = time.perf_counter()
        _work(path, people, options.minutes)
        print(f"{options.people} people, {time.perf_counter() - started:.0f} s, {options.database}")
        _print_requests(people)
        faults = lost_writes(path, people)
        print(f"faults of the people's browsers: {[fault for each in people for fault in each.faults] or 'none'}")
        print(f"lost writes: {len(faults)}")
        for fault in faults[:40]:
            print(f"  {fault}")


def _use_postgres() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    import postgres_server  # type: ignore[import-not-found]  # noqa: PLC0415  of the tests

    postgres_server.make_database("bench_team")
    os.environ["TAWTHIQ_DATABASE"] = postgres_server.address("bench_team")


def _people(count: int, reports: int) -> list[Person]:
    from tawthiq.archive.models import Incident  # noqa: PLC0415  the database was opened by now
    from tawthiq.casework.models import Case, User  # noqa: PLC0415
    from tawthiq.casework.rules import may_verify  # noqa: PLC0415

    cases = list(Case.objects.order_by("number").values_list("incident", flat=True)[:400])
    told = Incident.objects.exclude(number__in=cases).order_by("-report_count", "number")
    incidents = list(told.values_list("number", flat=True)[:400])
    users = [User.objects.get(name=name) for name in names()[:count]]
    return [
        Person(user.name, Browser(0, ADDRESS), random.Random(at), reports, incidents, cases, may_verify(user))
        for at, user in enumerate(users)
    ]


def _work(path: Path, people: list[Person], minutes: float) -> None:
    """Serve the archive and have everybody work at once."""
    serve = ["serve", "--team", "--address", ADDRESS, "--port", "0"]
    messages = (path.parent / "server.txt").open("w+")
    port = _free_port()
    serve[-1] = str(port)
    server = subprocess.Popen(
        [sys.executable, "-m", "tawthiq", "--archive", str(path), *serve],
        stdout=subprocess.PIPE,
        stderr=messages,
        text=True,
    )
    assert server.stdout is not None
    server.stdout.readline()
    until = time.monotonic() + minutes * 60
    for person in people:
        person.browser.reach(port)
    threads = [Thread(target=person.work, args=(until,)) for person in people]
    for thread in threads:
        thread.start()
        time.sleep(0.2)
    for thread in threads:
        thread.join()
    server.send_signal(signal.SIGTERM)
    print(f"server ended with {server.wait(timeout=120)}")
    messages.seek(0)
    told = [line for line in messages.read().splitlines() if line != "stop with Ctrl-C"]
    print(f"lines that the server wrote: {len(told)}")
    for line in told[:60]:
        print(f"  {line}")


def _free_port() -> int:
    import socket  # noqa: PLC0415  for this alone

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _print_requests(people: list[Person]) -> None:
    kinds: dict[str, list[float]] = defaultdict(list)
    statuses: dict[str, Counter[int]] = defaultdict(Counter)
    for asked in (each for person in people for each in person.browser.asked):
        kinds[asked.kind].append(asked.milliseconds)
        statuses[asked.kind][asked.status] += 1
        if asked.status not in ANSWERS or asked.status == 404:
            print(f"  {'answer' if asked.status == 404 else 'error'}: {asked.status} {asked.kind} {asked.address}")
    for kind, taken in sorted(kinds.items()):
        taken.sort()
        late = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
        found = " ".join(f"{status}:{count}" for status, count in sorted(statuses[kind].items()))
        print(
            f"{kind:20} {len(taken):6}  p50 {taken[len(taken) // 2]:7.0f}  p95 {late:7.0f}  "
            f"longest {taken[-1]:7.0f} ms  {found}"
        )
    errors = sum(count for each in statuses.values() for status, count in each.items() if status not in ANSWERS)
    print(f"requests: {sum(map(len, kinds.values()))}, errors: {errors}")
    saved = sum((person.saved for person in people), Counter[str]())
    print(f"acknowledged writes: {dict(sorted(saved.items()))}")


if __name__ == "__main__":
    main()
