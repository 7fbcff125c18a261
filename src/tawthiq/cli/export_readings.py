"""`tawthiq export readings`: what was read in reports, as lines of reading/1, for teams that work with the same care."""

from functools import partial
from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.casework.queries.disclosed_readings import DisclosedReadings
from tawthiq.casework.queries.exporting import resting_on
from tawthiq.cli.disclosing_archive import Disclosing
from tawthiq.cli.export_filters import Filters
from tawthiq.cli.export_report import Outcome, beside, say, write_report
from tawthiq.lexicon.exports import reason
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.publication.tables.readings import NAME, line
from tawthiq.records.disclosure import Profile
from tawthiq.records.errors import WrongUsage
from tawthiq.records.handing_out import AboutArchive, NotCarried, WrittenFile

_NAMES, _RULES = "names", "rules"
_CARE = "its report tells of a case that asks for care, whose exact place only a court gets"


def export_readings(opened: Disclosing, numbers: list[int], filters: Filters, output: Path) -> list[int]:
    """Write the readings of all reports, or of those of some incidents; the numbers of incidents that are not seen.

    Raises WrongUsage for the public profile, and for filters, which choose incidents and no reports.
    """
    if opened.profile is Profile.PUBLIC:
        raise WrongUsage(
            item=NAME,
            happened="words of reports are not published, and a reading is made of them",
            advice="choose --profile partner or --profile court; for everybody there are the other formats",
        )
    if filters != Filters(left_out=filters.left_out):
        raise WrongUsage(item=NAME, happened="filters choose incidents", advice="name the incidents by their numbers")
    if beside(output).exists():
        raise WrongUsage(item=str(beside(output)), happened="it is there already", advice="name another --output")
    seen = _seen(opened, numbers)
    if numbers and not seen:
        raise WrongUsage(
            item=", ".join(map(str, numbers)), happened="you see no such incident", advice="check the numbers"
        )
    archive = opened.archive
    until = resting_on(opened.sight, opened.profile)
    about = AboutArchive(archive.settings.title, archive.verifier_key, opened.profile, until)
    readings = DisclosedReadings(opened.sight, opened.profile, opened.protected, seen if numbers else None)
    told: list[WrittenFile] = []

    def write(part: Path) -> None:
        told.append(_write(readings, part))

    purpose = partial(Purpose, profile=opened.profile, incidents=seen, by=opened.by)
    done = hand_out(archive, output, purpose(NAME), opened.protected, write)
    behind = tuple((document, _CARE) for document in readings.kept_back)
    outcome = Outcome(NAME, about, told[0], unit=NAME, behind=behind)
    report = partial(write_report, outcome)
    hand_out(archive, beside(output), purpose(f"report of {NAME}"), opened.protected, report)
    click.echo(f"{done.sha256}\t{told[0].incidents}\t{shown(str(output.absolute()))}")
    say(outcome)
    return [number for number in numbers if number not in seen]


def _seen(opened: Disclosing, numbers: list[int]) -> list[int]:
    """Those of the incidents that are seen whole."""
    from tawthiq.archive.models import Incident  # noqa: PLC0415  models need the database opened before

    rows = opened.sight.incidents(Incident.objects.filter(pk__in=numbers))
    return sorted(rows.values_list("pk", flat=True))


def _write(disclosed: DisclosedReadings, path: Path) -> WrittenFile:
    readings = rules = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for reading in disclosed:
            stream.write(line(reading))
            readings += 1
            rules += len(reading.statements) + len(reading.events)
    counted = ((_NAMES, disclosed.replaced), (_RULES, rules))
    return WrittenFile(
        readings, 0, tuple(NotCarried(name, times, reason(NAME, name).en) for name, times in counted if times)
    )
