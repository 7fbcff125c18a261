"""Which preserved pages of incidents may leave whole, through a person's sight, and why the others stay behind.

A page stays behind when it names somebody who is protected from its readers, or cannot be looked into; a WARC file may hold
several captures, so one that has a page like that, or one that the person does not see, stays behind whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tawthiq.archive.models import Capture
from tawthiq.casework.queries.visibility import Sight
from tawthiq.publication.leaks import LeakFound, UnreadablePart, expect_no_leak
from tawthiq.records.disclosure import DisclosedIncident, Profile, Protected

NAMES = "the page names somebody who is protected from these readers"
CARE = "it tells of a case that asks for care, whose exact place only a court gets"
CLOSED = "nobody can say whom it names: it cannot be looked into"
NEIGHBOUR = "its file also holds a page that stays behind or that you do not see"


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for the pages of an archive (`folder`): through whose sight, for which readers, who is protected."""

    folder: Path
    sight: Sight
    profile: Profile
    protected: Protected


@dataclass(frozen=True, slots=True)
class LeavingPages:
    """The items whose pages leave, in the order of the log, and those that stay behind, each with the reason."""

    leaving: tuple[str, ...]
    behind: tuple[tuple[str, str], ...]


def leaving_pages(asking: Asking, incidents: Sequence[DisclosedIncident]) -> LeavingPages:
    """Look through the files of the incidents' reports, which are redacted for the readers already."""
    reports = {report.document: report for incident in incidents for report in incident.reports if report.document}
    behind = {document: NAMES for document, report in reports.items() if report.withheld}
    if asking.profile is not Profile.COURT:
        told = (report.document for incident in incidents if incident.sensitive for report in incident.reports)
        behind |= dict.fromkeys(told, CARE)
    rows = Capture.objects.filter(identifier__in=reports).order_by("number")
    paths = dict(rows.values_list("identifier", "path"))
    for path in sorted(set(paths.values())):
        together = [document for document, where in paths.items() if where == path]
        why = _reason(asking, path, behind.keys() & set(together))
        if why:
            behind |= {document: why for document in together if document not in behind}
    leaving = tuple(document for document in paths if document not in behind)
    return LeavingPages(leaving, tuple(sorted(behind.items())))


def _reason(asking: Asking, path: str, withheld: set[str]) -> str | None:
    """Why a file of evidence stays behind; None where it may leave."""
    others = list(Capture.objects.filter(path=path).values_list("identifier", flat=True))
    if withheld or asking.sight.hides(others):
        return NEIGHBOUR
    try:
        expect_no_leak(asking.folder / path, asking.profile, asking.protected)
    except LeakFound:
        return NAMES
    except UnreadablePart:
        return CLOSED
    return None
