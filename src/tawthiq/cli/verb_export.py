"""`tawthiq export`: incidents as tables and in formats of others, readings, evidence; redacted for who receives them.

Every output goes through `pipeline.handing_out` (or, for evidence, `pipeline.packaging`): looked at for protected names, logged
with its digest, and only then given its name.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import click

from tawthiq.capture.names import shown
from tawthiq.cli.disclosing_archive import Disclosing, disclosing, profile_options
from tawthiq.cli.export_filters import Filters, filter_options
from tawthiq.cli.export_report import IN_FOLDER, Outcome, beside, list_formats, say, write_report
from tawthiq.lexicon.exports import format_words
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.publication.formats import FORMATS, Writer
from tawthiq.records.disclosure import DisclosedIncident, Profile
from tawthiq.records.errors import WrongUsage
from tawthiq.records.handing_out import AboutArchive, WrittenFile

READINGS, WACZ, ACLED = "readings", "wacz", "acled-csv"
SOME_FAILED = 3
_LANGUAGES = ("both", "ar", "en")
_DEATHS = ("lowest", "highest", "verified")


@click.command(name="export")
@click.argument("format_name", metavar="FORMAT", required=False)
@click.argument("numbers", metavar="INCIDENT...", nargs=-1, type=int)
@click.option("--list", "listing", is_flag=True, help="Tell the formats and end.")
@click.option("--language", type=click.Choice(_LANGUAGES), default="both", show_default=True, help="Of --list.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="The file or folder to make.")
@profile_options
@filter_options
@click.option(
    "--fatalities",
    type=click.Choice(_DEATHS),
    default="lowest",
    show_default=True,
    help="Of acled-csv: which claim stands in its one cell for deaths.",
)
@click.pass_context
def command(
    context: click.Context, *, format_name: str | None, numbers: tuple[int, ...], listing: bool, language: str,
    output: Path | None, profile: str, name: str | None, act: str | None, place: str | None, first: date | None,
    last: date | None, state: str | None, fatalities: str,
) -> None:  # fmt: skip
    """Write incidents, all or some, in a FORMAT for others; `tawthiq export --list` tells the formats.

    Without --profile only published cases leave, as they were published. What a format cannot carry is told and written
    beside the output, as NAME-report.json or report.json in the folder.
    """
    if listing:
        list_formats(language)
        return
    if format_name not in format_words():
        raise WrongUsage(
            item=format_name or "export", happened="it is no format", advice="run tawthiq export --list and name one"
        )
    if output is None:
        raise WrongUsage(item=format_name, happened="no place for the output is named", advice="add --output PATH")
    with disclosing(context.obj, profile, name) as opened:
        filters = Filters(act, place, first, last, state)
        _expect_state(state)
        asked = _Asked(opened, list(dict.fromkeys(numbers)), filters, output)
        missing = _export(asked, format_name, fatalities)
    for number in missing:
        click.echo(f"tawthiq: {number}: {_NOT_HERE[Profile(profile) is Profile.PUBLIC]}", err=True)
    if missing:
        context.exit(SOME_FAILED)


_NOT_HERE = {
    True: "no published case is about this incident; publish it first, or choose another --profile",
    False: "you see no such incident; check its number, or name somebody who sees it by --as",
}


class _Asked:
    """What was asked of an open archive, and which incidents went out."""

    def __init__(self, opened: Disclosing, numbers: list[int], filters: Filters, output: Path) -> None:
        self.opened, self.numbers, self.filters, self.output = opened, numbers, filters, output
        self.seen: set[int] = set()
        self.out: list[int] = []

    def incidents(self) -> Iterator[DisclosedIncident]:
        """The incidents that go out, noted as they are taken."""
        for incident in self.filters.passing(self._all()):
            self.out.append(incident.number)
            yield incident

    def missing(self) -> list[int]:
        """The numbers that were asked for and could not be handed out, whatever the filters say."""
        return [number for number in self.numbers if number not in self.seen]

    def none_found(self) -> WrongUsage:
        """The error for when none of the numbers that were asked for can be handed out."""
        public = self.opened.profile is Profile.PUBLIC
        happened, _, advice = _NOT_HERE[public].partition("; ")
        return WrongUsage(item=", ".join(map(str, self.missing())), happened=happened, advice=advice)

    def about(self) -> AboutArchive:
        """What the output says of the archive."""
        from tawthiq.casework.queries.exporting import resting_on  # noqa: PLC0415  models need the database opened before

        archive = self.opened.archive
        until = resting_on(self.opened.sight, self.opened.profile)
        return AboutArchive(archive.settings.title, archive.verifier_key, self.opened.profile, until)

    def hand_out(self, kind: str, output: Path, write: Any) -> str:
        """Hand an output out; its digest."""
        purpose = Purpose(kind, self.opened.profile, self.out, self.opened.by)
        return hand_out(self.opened.archive, output, purpose, self.opened.protected, write).sha256

    def _all(self) -> Iterator[DisclosedIncident]:
        for incident in self.opened.incidents(self.numbers or None):
            self.seen.add(incident.number)
            yield incident


def _export(asked: _Asked, format_name: str, fatalities: str) -> list[int]:
    """Make the output; the numbers of incidents that could not be handed out."""
    if format_name == READINGS:
        from tawthiq.cli.export_readings import export_readings  # noqa: PLC0415  models need the database opened before

        return export_readings(asked.opened, asked.numbers, asked.filters, asked.output)
    incidents = _begun(asked)
    if format_name == WACZ:
        from tawthiq.cli.export_evidence import export_evidence  # noqa: PLC0415

        export_evidence(asked.opened, list(incidents), asked.output)
        return asked.missing()
    writer = FORMATS[format_name].writer()
    if format_name == ACLED:
        from tawthiq.publication.tables.acled_csv import Fatalities, write  # noqa: PLC0415  only this format needs it

        writer = partial(write, fatalities=Fatalities(fatalities))
    _export_incidents(asked, format_name, writer, incidents)
    return asked.missing()


def _begun(asked: _Asked) -> Iterator[DisclosedIncident]:
    """The incidents, the first of them taken already, so that nothing is begun where none of those asked for is there."""
    incidents = asked.incidents()
    first = next(incidents, None)
    if first is None and asked.numbers and not asked.seen:
        raise asked.none_found()
    return incidents if first is None else chain([first], incidents)


def _export_incidents(asked: _Asked, format_name: str, writer: Writer, incidents: Iterator[DisclosedIncident]) -> None:
    about, told = asked.about(), list[WrittenFile]()
    is_folder = not FORMATS[format_name].suffix
    report = beside(asked.output)
    if not is_folder and report.exists():
        raise WrongUsage(item=str(report), happened="it is there already", advice="name another --output")

    def write(part: Path) -> None:
        told.append(writer(incidents, about, part))
        if is_folder:
            write_report(Outcome(format_name, about, told[0]), part / IN_FOLDER)

    sha256 = asked.hand_out(format_name, asked.output, write)
    outcome = Outcome(format_name, about, told[0])
    if not is_folder:
        asked.hand_out(f"report of {format_name}", report, partial(write_report, outcome))
    click.echo(f"{sha256}\t{told[0].incidents}\t{shown(str(asked.output.absolute()))}")
    say(outcome)
    for why, times in sorted(asked.filters.left_out.items()):
        click.echo(f"  {times:,} left out by {why}", err=True)


def _expect_state(state: str | None) -> None:
    from tawthiq.casework.queries.exporting import STATES  # noqa: PLC0415  models need the database opened before

    if state is not None and state not in STATES:
        raise WrongUsage(item=state, happened="it is no state", advice=f"choose one of {', '.join(STATES)}")
