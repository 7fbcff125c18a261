"""The public site: writing 5,000 incidents, what a first search loads, and gathering from a real archive with fewer.

`python -m bench public_site`. The incidents are made for this; they leave by `hand_out` as from an archive, so that the look
for protected strings (200 people) and the log are in the time.
"""

import contextlib
import io
import re
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.pipeline.replacing_site import previous_site, swap
from tawthiq.publication.site.history import Manifest
from tawthiq.publication.site.writing import archive_name, write_site
from tawthiq.records.disclosure import Profile, Protected, ProtectedPerson
from tawthiq.store import ArchiveFolder

ROOT = Path(__file__).resolve().parents[1]
INCIDENTS, PROTECTED, TIMES = 5_000, 200, 20


def main() -> None:
    """Print the figures."""
    sys.path[:0] = [str(ROOT / "tests")]
    from publication.published_incidents import ABOUT, SETTINGS, many  # noqa: PLC0415  found once tests are on the path

    incidents = many(INCIDENTS)
    people = tuple(
        ProtectedPerson(f"p{at}", (f"Zanbaq Sunbul {at:05}", f"زنبق سنبل {at:05}")) for at in range(PROTECTED)
    )
    with tempfile.TemporaryDirectory() as work:
        folder, site = Path(work) / "archive", Path(work) / "site"
        archive = ArchiveFolder.create(folder, title="bench", collector="bench")
        begin = _now()
        write_site(incidents, ABOUT, SETTINGS, site)
        print(f"writing alone: {_told(begin)}")
        shutil.rmtree(site)
        for run in ("a new site", "again, in its place"):
            begin = _now()
            previous = previous_site(site, archive_name(ABOUT))
            purpose = Purpose("site", Profile.PUBLIC, [each.number for each in incidents], "bench")

            def write(part: Path, before: Manifest | None = previous) -> None:
                write_site(incidents, ABOUT, SETTINGS, part, before)

            hand_out(archive, site, purpose, Protected(people), write, put=swap)
            print(f"{run}: {INCIDENTS} incidents, {PROTECTED} protected: {_told(begin)} (bar 120 s)")
        archive.close()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"most memory {memory:.0f} MB")
        _sizes(site)
    _gathering()


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _told(begin: tuple[float, float]) -> str:
    """How long something took, and how much of it this process worked: they part on a machine that others use."""
    wall, worked = (now - then for now, then in zip(_now(), begin, strict=True))
    return f"{wall:.1f} s, {worked:.1f} s of them at work"


def _sizes(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    index = [path.stat().st_size for path in (site / "search").iterdir()]
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB")
    print(f"search index: {sum(index) / 1e6:.2f} MB in {len(index)} files, largest {max(index) / 1e3:.0f} kB")
    page = (site / "en" / "search.html").read_text(encoding="utf-8")
    loaded = [site / "en" / name for name in re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', page)]
    first = len(page.encode()) + sum(path.stat().st_size for path in loaded)
    fonts = sum(path.stat().st_size for path in (site / "assets" / "fonts").glob("*.woff2"))
    print(f"first load of the search page {first / 1e3:.0f} kB (bar 300 kB), and fonts {fonts / 1e3:.0f} kB")
    for name in ("en/map.html", "map/outlines.js", "en/browse.html", "en/incident/300007.html"):
        print(f"{name}: {(site / name).stat().st_size / 1e3:.0f} kB")


def _gathering() -> None:
    """How long an archive that was made by commands takes to tell its one published case."""
    from disclosed_desk import publish_case  # noqa: PLC0415  found once tests are on the path
    from exported_archive import make_exported_archive  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as work, contextlib.redirect_stdout(io.StringIO()):
        with contextlib.redirect_stderr(io.StringIO()):
            desk = make_exported_archive(Path(work) / "archive")
        publish_case(desk)
        from tawthiq.casework.queries.public_disclosing import public_disclosed  # noqa: PLC0415  models by now
        from tawthiq.records.disclosure import Protected  # noqa: PLC0415

        begin = time.perf_counter()
        list(public_disclosed(Protected()))
        first = time.perf_counter() - begin
        begin = time.perf_counter()
        found = sum(len(list(public_disclosed(Protected()))) for _ in range(TIMES))
        each = (time.perf_counter() - begin) / TIMES
    told = f"{each * 1000:.1f} ms, at first, with the gazetteer read, {first:.2f} s"
    print(f"gathering {found // TIMES} published case of a real archive: {told}")


if __name__ == "__main__":
    main()
