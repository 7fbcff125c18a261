"""What `tawthiq export` says of an output: how much went out, what the format could not carry; also as a file."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.lexicon.exports import format_words, reason
from tawthiq.records.handing_out import AboutArchive, NotCarried, WrittenFile

SCHEMA = "tawthiq/export-report/1"
IN_FOLDER = "report.json"
_ENDING = "-report.json"
_MOST_SHOWN = 20
_MOST_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """An export as it went: its format, what it says of the archive, what was written, and what stayed behind and why.

    `unit` names what was counted ("incidents", "readings", "pages"); `behind` are items with the reason.
    """

    format_name: str
    about: AboutArchive
    written: WrittenFile
    unit: str = "incidents"
    behind: tuple[tuple[str, str], ...] = ()


def beside(output: Path) -> Path:
    """Where the report of a file lies: NAME-report.json for NAME.geojson."""
    return output.with_name(f"{output.stem}{_ENDING}")


def write_report(outcome: Outcome, path: Path) -> None:
    """Write the report. Raises OSError as the disk does."""
    about, written = outcome.about, outcome.written
    told = {
        "schema": SCHEMA,
        "format": outcome.format_name,
        "title": about.title,
        "profile": about.profile.value,
        "verifier_key": about.verifier_key,
        "until": about.until.isoformat() if about.until else None,
        outcome.unit: written.incidents,
        "claims": written.claims,
        "not_carried": [_told(outcome.format_name, each) for each in written.not_carried],
        "kept_back": [{"item": item, "why": why} for item, why in outcome.behind],
    }
    path.write_text(f"{json.dumps(told, ensure_ascii=False, indent=1)}\n", encoding="utf-8", newline="\n")


def say(outcome: Outcome) -> None:
    """Tell the person, on standard error."""
    written = outcome.written
    claims = f" with {_counted(written.claims, 'claims')}" if outcome.unit == "incidents" else ""
    click.echo(
        f"Handed out {_counted(written.incidents, outcome.unit)}{claims}, for: {outcome.about.profile}.", err=True
    )
    for line in _not_carried(written.not_carried):
        click.echo(f"  not carried: {line}", err=True)
    for item, why in outcome.behind[:_MOST_SHOWN]:
        click.echo(f"  stays behind: {shown(item)}: {why}", err=True)
    if len(outcome.behind) > _MOST_SHOWN:
        click.echo(f"  and {len(outcome.behind) - _MOST_SHOWN:,} more stay behind; the report names all", err=True)


def _not_carried(left: Sequence[NotCarried]) -> Iterator[str]:
    """A line for each reason, with the fields of which most was left out; a format that lacks sixty would fill the screen."""
    reasons: dict[str, list[NotCarried]] = {}
    for each in left:
        reasons.setdefault(each.why, []).append(each)
    for why, fields in reasons.items():
        most = sorted(fields, key=lambda each: (-each.times, each.field))[:_MOST_FIELDS]
        told = ", ".join(f"{each.field} ({each.times:,} times)" for each in most)
        more = (
            f" and {len(fields) - len(most):,} more fields, which the report names" if len(fields) > len(most) else ""
        )
        yield f"{told}{more}: {why}"


def list_formats(language: str) -> None:
    """Print the formats, in one language or both."""
    for name, words in format_words().items():
        click.echo(name)
        if language != "en":
            click.echo(f"    {words.name_ar}: {words.ar}")
        if language != "ar":
            click.echo(f"    {words.name_en}: {words.en}")


def _told(format_name: str, loss: NotCarried) -> dict[str, object]:
    return {
        "field": loss.field,
        "times": loss.times,
        "why": loss.why,
        "why_ar": reason(format_name, loss.field).ar,
    }


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit.removesuffix('s') if number == 1 else unit}"
