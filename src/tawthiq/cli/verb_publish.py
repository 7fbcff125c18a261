"""`tawthiq publish`: the published incidents as a site of plain files, for any web server or a memory stick."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from tawthiq.capture.names import shown
from tawthiq.cli.disclosing_archive import Disclosing, disclosing
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.pipeline.replacing_site import previous_site, swap
from tawthiq.publication.site.about import Site, SiteSettings
from tawthiq.publication.site.history import Manifest
from tawthiq.publication.site.texts import LANGUAGES
from tawthiq.publication.site.wording import Named
from tawthiq.publication.site.writing import archive_name, write_site
from tawthiq.records.disclosure import Profile
from tawthiq.records.errors import WrongUsage
from tawthiq.records.handing_out import AboutArchive

_LONGEST_TITLE = 120


@click.command(name="publish")
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="The folder: new, or our last site."
)
@click.option(
    "--language",
    type=click.Choice(["both", *LANGUAGES]),
    default="both",
    show_default=True,
    help="Languages of the pages; of both, Arabic stands at the address of the site.",
)
@click.option("--title", metavar="TEXT", help="The name of the site, else that of the archive.")
@click.option(
    "--base-address", metavar="URL", default="", help="Where it will stand: for the sitemap and search engines."
)
@click.option(
    "--calendars",
    type=click.Choice(["gregorian", "both"]),
    default="gregorian",
    show_default=True,
    help="Whether Hijri days stand beside the others.",
)
@click.option("--as", "name", metavar="NAME", help="Who of the team publishes it, for the log.")
@click.pass_context
def command(
    context: click.Context, *, output: Path, language: str, title: str | None, base_address: str, calendars: str,
    name: str | None,
) -> None:  # fmt: skip
    """Write what is published as a site that needs no server: pages, search, map and data, in Arabic and English.

    Only cases that were published are on it; words of reports and names of people are not. A folder that holds the last site
    of this archive is replaced as a whole, and its page of changes says what is new. Open index.html, or copy the folder to a
    server.
    """
    languages = LANGUAGES if language == "both" else (language,)
    wished = SiteSettings(_title(title), languages, _base(base_address), calendars == "both")
    with disclosing(context.obj, Profile.PUBLIC.value, name) as found:
        settings = replace(wished, parties=_parties())
        site, sha256, before = _publish(found, output, settings)
    click.echo(f"{sha256}\t{len(site.incidents)}\t{shown(str(output.absolute()))}")
    if not site.incidents:
        click.echo("Nothing is published: the site has no incidents.", err=True)
    if before is not None:
        click.echo(_change(site, before), err=True)
    click.echo("The log keeps the first value: it is the digest of SHA256SUMS in the folder.", err=True)


def _change(site: Site, before: Manifest) -> str:
    """What is new since the site that stood there."""
    last = site.publications[0]
    if site.publications == before.publications:
        return "No incident changed since this site was last published."
    counts = f"{len(last.added)} added, {len(last.changed)} changed, {len(last.withdrawn)} withdrawn"
    return f"Since this site was last published: {counts}."


def _publish(found: Disclosing, output: Path, settings: SiteSettings) -> tuple[Site, str, Manifest | None]:
    """The site in its place, the digest that the log keeps of it, and what the site that stood there said of itself."""
    from tawthiq.casework.queries.public_disclosing import last_act  # noqa: PLC0415  models need the database opened before

    archive = found.archive
    about = AboutArchive(archive.settings.title, archive.verifier_key, Profile.PUBLIC, last_act())
    previous = previous_site(output, archive_name(about))
    incidents = list(found.incidents())
    written: list[Site] = []

    def write(part: Path) -> None:
        written.append(write_site(incidents, about, settings, part, previous))

    purpose = Purpose("site", Profile.PUBLIC, [incident.number for incident in incidents], found.by)
    handed = hand_out(archive, output, purpose, found.protected, write, put=swap)
    return written[0], handed.sha256, previous


def _parties() -> dict[str, Named]:
    """The names of parties that people of the team added or renamed, by code; merged ones by both codes."""
    from tawthiq.casework.queries.authority import authority_of  # noqa: PLC0415  models need the database opened before
    from tawthiq.lexicon.authority import resolve  # noqa: PLC0415
    from tawthiq.records.authority import EntryKind  # noqa: PLC0415

    entries = authority_of().entries
    finals = {code: entries.get(resolve(entries, code), each) for code, each in entries.items()}
    return {
        code: Named(final.name_ar or final.name_en, final.name_en or final.name_ar)
        for code, final in finals.items()
        if final.kind is EntryKind.ACTOR and (final.name_ar or final.name_en)
    }


def _title(title: str | None) -> str:
    if title is not None and (not title.strip() or len(title) > _LONGEST_TITLE):
        raise WrongUsage(
            item="--title", happened=f"it is empty or longer than {_LONGEST_TITLE} letters", advice="shorten it"
        )
    return (title or "").strip()


def _base(address: str) -> str:
    """The address with "/" at its end. Raises WrongUsage for one that no site can stand at."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError as error:
        raise _no_address("it is no address") from error
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        raise _no_address("it is no plain address of the web")
    if not address.isascii() or not all(letter.isprintable() and letter not in " \"'<>\\" for letter in address):
        raise _no_address("it holds letters that an address writes otherwise")
    return address.rstrip("/") + "/"


def _no_address(happened: str) -> WrongUsage:
    return WrongUsage(item="--base-address", happened=happened, advice="give it as https://example.org/site/")
