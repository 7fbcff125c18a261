"""`tawthiq export wacz`: the preserved pages of incidents as an evidence package, but for those that must not leave.

The package is the one of `tawthiq package`. A page stays behind when it names somebody who is protected from its readers, or
cannot be looked into; a WARC file may hold several captures, so one that has a page like that stays behind whole.
"""

from pathlib import Path

import click

from tawthiq.archive.models import Capture
from tawthiq.capture.names import shown
from tawthiq.casework.queries.exporting import resting_on
from tawthiq.cli.disclosing_archive import Disclosing
from tawthiq.cli.export_report import Outcome, beside, say, write_report
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.pipeline.packaging import hand_over, package
from tawthiq.publication.leaks import LeakFound, UnreadablePart, expect_no_leak
from tawthiq.records.disclosure import DisclosedIncident, Profile
from tawthiq.records.errors import WrongUsage
from tawthiq.records.handing_out import AboutArchive, WrittenFile

NAME = "wacz"
_NAMES = "the page names somebody who is protected from these readers"
_CARE = "it tells of a case that asks for care, whose exact place only a court gets"
_CLOSED = "nobody can say whom it names: it cannot be looked into"
_NEIGHBOUR = "its file also holds a page that stays behind or that you do not see"


def export_evidence(opened: Disclosing, incidents: list[DisclosedIncident], output: Path) -> None:
    """Write the package. Raises WrongUsage for the public profile, and where every page stays behind."""
    if opened.profile is Profile.PUBLIC:
        raise WrongUsage(
            item=NAME,
            happened="preserved pages hold words and names of readers and sources, which are not published",
            advice="choose --profile court or --profile partner",
        )
    report = beside(output)
    if report.exists():
        raise WrongUsage(item=str(report), happened="it is there already", advice="name another --output")
    leaving, behind = choose(opened, incidents)
    if not leaving:
        raise WrongUsage(
            item=NAME,
            happened=f"none of {len(behind)} pages may leave: {behind[0][1]}" if behind else "no page is asked for",
            advice="tawthiq package hands single items over, on your own responsibility",
        )
    archive = opened.archive
    done = package(archive, hand_over(archive, leaving), output, check=lambda part: _expect_no_leak(opened, part))
    until = resting_on(opened.sight, opened.profile)
    about = AboutArchive(archive.settings.title, archive.verifier_key, opened.profile, until)
    outcome = Outcome(NAME, about, WrittenFile(done.items, 0), unit="pages", behind=tuple(behind))
    purpose = Purpose(f"report of {NAME}", opened.profile, [each.number for each in incidents], opened.by)
    hand_out(archive, report, purpose, opened.protected, lambda part: write_report(outcome, part))
    click.echo(f"{done.sha256}\t{done.items}\t{shown(str(done.path))}")
    say(outcome)
    click.echo(f"Hand on {shown(str(done.proof))} too: the log's entry of this export.", err=True)


def choose(opened: Disclosing, incidents: list[DisclosedIncident]) -> tuple[list[str], list[tuple[str, str]]]:
    """The items whose pages leave, in the order of the log, and those that stay behind with the reason."""
    reports = {report.document: report for incident in incidents for report in incident.reports if report.document}
    behind = {document: _NAMES for document, report in reports.items() if report.withheld}
    if opened.profile is not Profile.COURT:
        told = (report.document for incident in incidents if incident.sensitive for report in incident.reports)
        behind |= dict.fromkeys(told, _CARE)
    rows = Capture.objects.filter(identifier__in=reports).order_by("number")
    paths = dict(rows.values_list("identifier", "path"))
    for path in sorted(set(paths.values())):
        together = [document for document, where in paths.items() if where == path]
        why = _reason(opened, path, behind.keys() & set(together))
        if why:
            behind |= {document: why for document in together if document not in behind}
    leaving = [document for document in paths if document not in behind]
    return leaving, [(document, behind[document]) for document in sorted(behind)]


def _reason(opened: Disclosing, path: str, withheld: set[str]) -> str | None:
    """Why a file of evidence stays behind; None where it may leave."""
    others = list(Capture.objects.filter(path=path).values_list("identifier", flat=True))
    if withheld or opened.sight.hides(others):
        return _NEIGHBOUR
    try:
        _expect_no_leak(opened, opened.archive.path / path)
    except LeakFound:
        return _NAMES
    except UnreadablePart:
        return _CLOSED
    return None


def _expect_no_leak(opened: Disclosing, path: Path) -> None:
    expect_no_leak(path, opened.profile, opened.protected)
