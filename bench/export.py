"""Exports of 100,000 claims: seconds by the clock and of the processor, memory, bytes; each format in a process.

Everything that `tawthiq export` does is in it: gathering through a person's sight, redaction of protected names, writing, the
last look at every byte, the entry in the log. Options of `python -m bench.export`: `--archive DIR` uses an archive of
`bench.desk_archive` or makes it there, `--claims N` says how many, `--protected N` how many people are protected (100),
`--formats csv parquet` names some. The archive of a fresh run has reports enough for the claims, four a report.
"""

import argparse
import multiprocessing
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.desk_archive import desk_archive
from tawthiq.publication.formats import FORMATS
from tawthiq.records.disclosure import DisclosedIncident, Profile, Protected, ProtectedPerson
from tawthiq.records.handing_out import AboutArchive, WrittenFile

CLAIMS, GOAL, PER_REPORT, PROTECTED = 100_000, 30, 4, 100
OURS = ("csv", "parquet", "geojson", "acled-csv", "atlos-csv")
NOTHING, SPARE = "gathering alone", 1.1
_PLANTS = ("كرمل", "ريحان", "زعتر", "سماق", "عنبر", "سوسن", "خزامى", "دفلى", "بيلسان", "قرنفل")


def main() -> None:
    """Make the archive, export it in every format, print what that took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--archive", type=Path)
    asked.add_argument("--claims", type=int, default=CLAIMS)
    asked.add_argument("--protected", type=int, default=PROTECTED)
    asked.add_argument("--formats", nargs="*", default=list(OURS), choices=list(FORMATS))
    options = asked.parse_args()
    with TemporaryDirectory() as spare:
        path = options.archive or Path(spare) / "archive"
        desk_archive(path, int(options.claims / PER_REPORT * SPARE)).close()
        print(f"{options.claims:,} claims, {options.protected} people protected; the goal is {GOAL} s")
        for name in (NOTHING, *options.formats):
            told = _apart(path, name, Path(spare) / "out", options.claims, options.protected)
            print(
                "{:16} {:6.1f} s ({:5.1f} s of processor), {:4.0f} MB, {:,} incidents, {:,} bytes".format(name, *told)
            )


def _apart(path: Path, name: str, output: Path, claims: int, protected: int) -> tuple[Any, ...]:
    """What one export took, in a process of its own, so that memory is its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(
        target=_export, args=(there, path, name, output.with_name(f"out-{name}"), claims, protected)
    )
    process.start()
    there.close()  # so that a process that fails is not waited for
    found: tuple[Any, ...] = here.recv()
    process.join()
    return found


def _export(answer: Any, path: Path, name: str, output: Path, *sizes: int) -> None:
    from tawthiq.pipeline.handing_out import Purpose, hand_out  # noqa: PLC0415  as the verb does

    claims, protected = sizes
    folder = desk_archive(path)
    about = AboutArchive("bench", folder.verifier_key, Profile.COURT, None)
    people = Protected(tuple(_person(number) for number in range(protected)))
    clock, processor, incidents = time.perf_counter(), time.process_time(), [0]

    def write(part: Path) -> None:
        incidents[0] = _writer(name)(_incidents(claims, people), about, part).incidents

    if name == NOTHING:
        write(output)
    else:
        hand_out(folder, output, Purpose(name, Profile.COURT, [], "bench"), people, write)
    took = time.perf_counter() - clock, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    files = [output] if output.is_file() else list(output.rglob("*"))
    answer.send((*took, memory, incidents[0], sum(each.stat().st_size for each in files if each.is_file())))
    folder.close()


def _writer(name: str) -> Any:
    return FORMATS[name].writer() if name != NOTHING else _taken


def _taken(incidents: Iterator[DisclosedIncident], about: AboutArchive, path: Path) -> WrittenFile:  # noqa: ARG001
    """Goes through the incidents and writes nothing."""
    return WrittenFile(sum(1 for _ in incidents), 0)


def _incidents(claims: int, protected: Protected) -> Iterator[DisclosedIncident]:
    """Incidents in order until they have so many claims."""
    from tawthiq.archive.models import Incident  # noqa: PLC0415  models need the database opened before
    from tawthiq.casework.queries.disclosing import disclosed  # noqa: PLC0415
    from tawthiq.casework.queries.visibility import Sight  # noqa: PLC0415

    numbers = Incident.objects.order_by("number").values_list("pk", flat=True)
    for incident in disclosed(Sight(desk=True, person=None), numbers, Profile.COURT, protected):
        yield incident
        claims -= len(incident.claims)
        if claims <= 0:
            return


def _person(number: int) -> ProtectedPerson:
    """Somebody made up, whose name no report tells: three names of plants."""
    three = (number % 10, number // 10 % 10, (number // 100 + 3) % 10)
    return ProtectedPerson(f"P-{number}", (" ".join(_PLANTS[each] for each in three), f"+963 933 {number:03} 000"))


if __name__ == "__main__":
    main()
