"""`tawthiq dossier`: one incident as a document that can be handed in, with its proofs, redacted for whoever receives it."""

from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.cli.disclosing_archive import Disclosing, disclosing, profile_options
from tawthiq.pipeline.dossier_evidence import evidence_of
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.publication.dossier.part import Dossier
from tawthiq.publication.dossier.writing import FORMATS, made_dossier, write_dossier
from tawthiq.records.disclosure import DisclosedIncident, Profile
from tawthiq.records.errors import WrongUsage
from tawthiq.records.handing_out import AboutArchive

BOTH = "both"
_LANGUAGES = {"ar": ("ar",), "en": ("en",), BOTH: ("ar", "en")}
_FORMATS = {**{each: (each,) for each in FORMATS}, BOTH: FORMATS}


@click.command(name="dossier")
@click.argument("incident", type=click.IntRange(min=1))
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="The folder to make; nothing may be there."
)
@click.option(
    "--language", type=click.Choice(list(_LANGUAGES)), default=BOTH, show_default=True, help="Arabic, English, or both."
)
@click.option(
    "--format", "form", type=click.Choice(list(_FORMATS)), default=BOTH, show_default=True, help="HTML, PDF, or both."
)
@profile_options
@click.pass_context
def command(
    context: click.Context, *, incident: int, output: Path, language: str, form: str, profile: str, name: str | None
) -> None:
    """Write what the record says of INCIDENT, who says it, and how anybody can check it.

    OUTPUT becomes a folder: dossier.html, dossier.pdf, proofs/ and SHA256SUMS, whose digest enters the log. The same state
    gives the same bytes. Whoever is protected from the receiver is replaced; nothing is written if a name would leak.
    """
    with disclosing(context.obj, profile, name) as opened:
        found = _incident(opened, incident)
        languages, formats = _LANGUAGES[language], _FORMATS[form]

        def write(folder: Path) -> None:
            write_dossier(_dossier(opened, found, languages), folder, formats)

        purpose = Purpose("dossier", opened.profile, (incident,), opened.by)
        done = hand_out(opened.archive, output, purpose, opened.protected, write)
    click.echo(f"{done.sha256}\t{shown(str(done.path))}")
    _tell(found, opened.profile)


def _incident(opened: Disclosing, number: int) -> DisclosedIncident:
    found = next(iter(opened.incidents([number])), None)
    if found is None:
        public = opened.profile is Profile.PUBLIC
        raise WrongUsage(
            item=str(number),
            happened="no published case is about this incident"
            if public
            else "there is no such incident in your sight",
            advice="publish the case first, or choose --profile court or partner"
            if public
            else "check its number; --as NAME shows what this member of the team may see",
        )
    return found


def _dossier(opened: Disclosing, incident: DisclosedIncident, languages: tuple[str, ...]) -> Dossier:
    archive = opened.archive
    about = AboutArchive(archive.settings.title, str(archive.public_key), opened.profile, None)
    evidence = evidence_of(archive, incident, opened.profile, opened.protected)
    return made_dossier(incident, evidence, about, languages)


def _tell(incident: DisclosedIncident, profile: Profile) -> None:
    """What was left out, and what the receiver needs."""
    click.echo(
        f"Replaced {incident.redactions} stretches of text; kept back {len(incident.kept_back)} pages.", err=True
    )
    if profile is not Profile.PUBLIC:
        click.echo("Tell whoever receives it the archive's key by another way: tawthiq key show", err=True)
