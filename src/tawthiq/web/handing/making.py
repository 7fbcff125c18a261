"""What would leave, and the file itself: made by the functions that the verbs call, in a folder of its own, gone at once.

The folder lies outside the archive, is open to nobody else (mode 0700), and is removed before the first byte is sent: the file
goes on in an unnamed one, which its reader's end closes.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tawthiq.casework.domain.custody import WAIT_SECONDS
from tawthiq.casework.models import Case
from tawthiq.casework.queries.api_incidents import IncidentNarrowing, incident_numbers
from tawthiq.casework.queries.cases import published_cases
from tawthiq.casework.queries.disclosing import disclosed
from tawthiq.casework.queries.exporting import resting_on
from tawthiq.casework.queries.leaving_pages import Asking, LeavingPages, leaving_pages
from tawthiq.casework.queries.protected import protected_in
from tawthiq.casework.queries.public_disclosing import public_disclosed
from tawthiq.casework.queries.visibility import Sight
from tawthiq.pipeline.dossier_evidence import evidence_of
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.pipeline.packaging import SUFFIX as PACKAGE_SUFFIX
from tawthiq.pipeline.packaging import hand_over, package
from tawthiq.publication.dossier.writing import made_dossier, write_dossier
from tawthiq.publication.exchange.plain_zip import PlainZip
from tawthiq.publication.formats import FORMATS
from tawthiq.publication.statistics import count
from tawthiq.publication.statistics import write as write_statistics
from tawthiq.records.disclosure import DisclosedIncident, Profile, Protected
from tawthiq.records.errors import WrongUsage
from tawthiq.records.handing_out import AboutArchive, NotCarried
from tawthiq.store import ArchiveFolder
from tawthiq.web.handing.kinds import DOSSIER, PACKAGE, STATISTICS, Kind

ZIP = "application/zip"
_TYPES = {".csv": "text/csv; charset=utf-8", ".geojson": "application/geo+json", ".zip": ZIP}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: incidents by number, what is made of them, for whom, in which languages, through whose sight."""

    folder: Path
    incidents: tuple[int, ...]
    kind: Kind
    profile: Profile
    languages: tuple[str, ...]
    sight: Sight
    by: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would leave. `missing` counts incidents asked for that do not: there are none, they are not seen or not published.

    `stays` counts reports whose whole page stays behind, `not_carried` what the format has no place for.
    """

    incidents: int
    missing: int
    claims: int
    reports: int
    redactions: int
    stays: int
    sensitive: int
    not_carried: tuple[NotCarried, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was logged and is about to be sent. `sha256` is the digest that the log keeps of what was made."""

    stream: IO[bytes]
    name: str
    content_type: str
    length: int
    sha256: str


def every(sight: Sight, profile: Profile, most: int) -> tuple[int, ...]:
    """The numbers of all incidents that would leave, up to one more than `most`."""
    if profile is Profile.PUBLIC:
        cases = sight.by_incident(published_cases(), "incident").order_by("incident")
        return tuple(cases.values_list("incident", flat=True)[: most + 1])
    return tuple(incident_numbers(sight, IncidentNarrowing(), 0, most + 1))


def leaving(asked: Asked) -> Leaving:
    """Look at what would leave, without a word in the log. Raises as `casework.queries.protected.protected_in` does."""
    protected = protected_in(asked.folder)
    found = _incidents(asked, protected)
    carried: tuple[NotCarried, ...] = ()
    if asked.kind.name in FORMATS and found:
        with _spool() as folder:
            written = FORMATS[asked.kind.name].writer()(iter(found), _about(asked), folder / "look")
            carried = written.not_carried
    return Leaving(
        incidents=len(found),
        missing=len(asked.incidents) - len(found),
        claims=sum(len(each.claims) for each in found),
        reports=sum(len(each.reports) for each in found),
        redactions=sum(each.redactions for each in found),
        stays=_staying(asked, found, protected),
        sensitive=sum(each.sensitive for each in found),
        not_carried=carried,
    )


def made(asked: Asked) -> Made:
    """Make the file, look for leaks, log it with the member's name. Raises WrongUsage where nothing would leave, LeakFound, and
    as `pipeline.handing_out.hand_out` does.
    """
    protected = protected_in(asked.folder)
    found = _incidents(asked, protected)
    if not found:
        raise WrongUsage(item="incidents", happened="none of them leaves", advice="choose others, or another profile")
    name = _name(asked, found)
    with _spool() as folder, ArchiveFolder.open(asked.folder, wait_seconds=WAIT_SECONDS) as archive:
        work = _Work(archive, asked, found, protected)
        purpose = Purpose(asked.kind.name, asked.profile, [each.number for each in found], asked.by)
        done = hand_out(archive, folder / f"{name}{asked.kind.suffix}", purpose, protected, work.write)
        return _taken(done.path, done.sha256)


class _Work:
    """One output being written."""

    def __init__(
        self, archive: ArchiveFolder, asked: Asked, found: Sequence[DisclosedIncident], protected: Protected
    ) -> None:
        self._archive, self._asked, self._found, self._protected = archive, asked, found, protected
        self._about = _about(asked, archive)

    def write(self, path: Path) -> None:
        """Make the output at `path`."""
        name = self._asked.kind.name
        if name == DOSSIER:
            evidence = evidence_of(self._archive, self._found[0], self._asked.profile, self._protected)
            write_dossier(made_dossier(self._found[0], evidence, self._about, self._asked.languages), path)
        elif name == STATISTICS:
            write_statistics(count(self._found), self._about, self._asked.languages, path)
        elif name == PACKAGE:
            self._package(path)
        else:
            FORMATS[name].writer()(iter(self._found), self._about, path)

    def _package(self, path: Path) -> None:
        """The preserved files that may leave whole, looked through before anything is logged."""
        items = _pages(self._asked, self._found, self._protected).leaving
        if not items:
            raise WrongUsage(item="package", happened="every page stays behind", advice="hand out a dossier instead")
        path.mkdir()
        package(self._archive, hand_over(self._archive, items), path / f"evidence{PACKAGE_SUFFIX}")


def _pages(asked: Asked, found: Sequence[DisclosedIncident], protected: Protected) -> LeavingPages:
    return leaving_pages(Asking(asked.folder, asked.sight, asked.profile, protected), found)


def _staying(asked: Asked, found: Sequence[DisclosedIncident], protected: Protected) -> int:
    """How many reports' whole pages stay behind: of a package, also those whose files hold something else that does."""
    if asked.kind.name == PACKAGE:
        return len(_pages(asked, found, protected).behind)
    return sum(len(each.kept_back) for each in found)


def _incidents(asked: Asked, protected: Protected) -> list[DisclosedIncident]:
    """The incidents asked for, redacted, in the order asked; of the public profile, those that are published and seen."""
    if asked.profile is not Profile.PUBLIC:
        return list(disclosed(asked.sight, asked.incidents, asked.profile, protected))
    cases = asked.sight.by_incident(Case.objects.filter(incident__in=asked.incidents), "incident")
    return list(public_disclosed(protected, cases))


def _about(asked: Asked, archive: ArchiveFolder | None = None) -> AboutArchive:
    """What the file says of its archive; a look needs no title."""
    title, key = (archive.settings.title, archive.verifier_key) if archive else ("", "")
    return AboutArchive(title, key, asked.profile, resting_on(asked.sight, asked.profile))


def _name(asked: Asked, found: Sequence[DisclosedIncident]) -> str:
    """A name in plain letters: what it is, of which incident, for whom."""
    about = str(found[0].number) if len(found) == 1 else f"{len(found)}-incidents"
    return f"tawthiq-{asked.kind.name}-{about}-{asked.profile.value}"


@contextmanager
def _spool() -> Iterator[Path]:
    """A folder for one file, open to this user alone, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tawthiq-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _taken(path: Path, sha256: str) -> Made:
    """The file, or a ZIP of the folder, in an unnamed file that is ready to be read."""
    name = path.name
    if path.is_dir():
        packed = path.with_name(f"{name}.zip")
        with PlainZip(packed) as target:
            for each in sorted(path.rglob("*")):
                if each.is_file():
                    target.add(f"{name}/{each.relative_to(path).as_posix()}", each.read_bytes())
        path, name = packed, packed.name
    stream = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    with path.open("rb") as source:
        shutil.copyfileobj(source, stream)
    length = stream.tell()
    stream.seek(0)
    return Made(stream, name, _TYPES.get(path.suffix, "application/octet-stream"), length, sha256)
