"""`tawthiq statistics`: numbers over the incidents of an archive, with what is and is not counted, as a folder for others."""

from datetime import date
from pathlib import Path

import click

from tawthiq.cli.disclosing_archive import disclosing, profile_options
from tawthiq.cli.export_filters import Day
from tawthiq.lexicon.folded import name_key
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.publication.statistics import count, write
from tawthiq.records.errors import WrongUsage
from tawthiq.records.event import Act
from tawthiq.records.handing_out import AboutArchive
from tawthiq.records.place import PlaceKind
from tawthiq.records.statistics import StatisticsFilter

_LANGUAGES = {"both": ("ar", "en"), "ar": ("ar",), "en": ("en",)}


@click.command("statistics")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="The folder to make.")
@profile_options
@click.option(
    "--language", type=click.Choice(list(_LANGUAGES)), default="both", show_default=True, help="Of the pages."
)
@click.option("--act", "acts", multiple=True, type=click.Choice([act.value for act in Act]), help="Only this act.")
@click.option("--from", "first", type=Day(), help="Only what may have happened on this day or later (YYYY-MM-DD).")
@click.option("--to", "last", type=Day(), help="Only what may have happened on this day or before.")
@click.option("--place", "places", multiple=True, metavar="PLACE", help="Only there: a code or name of the gazetteer.")
@click.pass_context
def command(
    context: click.Context,
    *,
    output: Path,
    profile: str,
    name: str | None,
    language: str,
    acts: tuple[str, ...],
    first: date | None,
    last: date | None,
    places: tuple[str, ...],
) -> None:
    """Count incidents by act, party, place and time, and write pages, figures and tables.

    Incidents by independent sources, before and after copies collapse, at each step of verification; tolls as ranges.
    """
    wanted = _filter(acts, places, first, last)
    with disclosing(context.obj, profile, name) as desk:
        from tawthiq.casework.queries.exporting import resting_on  # noqa: PLC0415  models need the database opened

        found = count(desk.incidents(), wanted)
        until = resting_on(desk.sight, desk.profile)
        about = AboutArchive(desk.archive.settings.title, desk.archive.verifier_key, desk.profile, until)
        languages = _LANGUAGES[language]
        purpose = Purpose("statistics", desk.profile, (), desk.by)
        handed = hand_out(
            desk.archive, output, purpose, desk.protected, lambda path: write(found, about, languages, path)
        )
    click.echo(f"{found.total.incidents:,} incidents counted, {sum(times for _, times in found.left_out):,} left out")
    click.echo(f"open {handed.path / 'index.html'}")


def _filter(acts: tuple[str, ...], places: tuple[str, ...], first: date | None, last: date | None) -> StatisticsFilter:
    if first and last and last < first:
        raise WrongUsage(item="--to", happened="it lies before --from", advice="exchange them")
    codes = tuple(sorted({_place(place) for place in places}))
    return StatisticsFilter(tuple(sorted(set(acts))), codes, first, last)


def _place(written: str) -> str:
    """The code of a place by code or name. Raises WrongUsage where none or several bear the name."""
    table = gazetteer()
    if table.of_code(written):
        return written
    found = table.named(written)
    wide = [place for place in found if place.kind in (PlaceKind.COUNTRY, PlaceKind.GOVERNORATE)]
    chosen = wide if len(wide) == 1 and name_key(written) else found
    if len(chosen) == 1:
        return chosen[0].code
    codes = ", ".join(f"{place.code} ({place.kind.value}, {place.country})" for place in found[:8])
    raise WrongUsage(
        item="--place",
        happened=f'several places are called "{written}": {codes}' if found else f'no place is called "{written}"',
        advice="give the code of one of them" if found else "give a name of the gazetteer, or a country's code",
    )
