"""`tawthiq export wacz`: the preserved pages of incidents as an evidence package, but for those that must not leave.

The package is the one of `tawthiq package`; which pages stay behind is the rule of `casework.queries.leaving_pages`.
"""

from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.casework.queries.exporting import resting_on
from tawthiq.casework.queries.leaving_pages import Asking, leaving_pages
from tawthiq.cli.disclosing_archive import Disclosing
from tawthiq.cli.export_report import Outcome, beside, say, write_report
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.pipeline.packaging import hand_over, package
from tawthiq.publication.leaks import expect_no_leak
from tawthiq.records.disclosure import DisclosedIncident, Profile
from tawthiq.records.errors import WrongUsage
from tawthiq.records.handing_out import AboutArchive, WrittenFile

NAME = "wacz"


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
    asking = Asking(opened.archive.path, opened.sight, opened.profile, opened.protected)
    pages = leaving_pages(asking, incidents)
    leaving, behind = pages.leaving, pages.behind
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
    outcome = Outcome(NAME, about, WrittenFile(done.items, 0), unit="pages", behind=behind)
    purpose = Purpose(f"report of {NAME}", opened.profile, [each.number for each in incidents], opened.by)
    hand_out(archive, report, purpose, opened.protected, lambda part: write_report(outcome, part))
    click.echo(f"{done.sha256}\t{done.items}\t{shown(str(done.path))}")
    say(outcome)
    click.echo(f"Hand on {shown(str(done.proof))} too: the log's entry of this export.", err=True)


def _expect_no_leak(opened: Disclosing, path: Path) -> None:
    expect_no_leak(path, opened.profile, opened.protected)
