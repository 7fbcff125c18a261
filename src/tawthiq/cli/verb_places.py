"""`tawthiq places`: place packs, the gazetteers that a person adds for the countries they work on.

Packs lie in a folder of the person (store/place_packs.py), not in an archive: one import serves all archives. Nothing
is downloaded but by `places fetch`, from the address that the person sees, by the way out that the person or the archive
at hand sets.
"""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import click

from tawthiq.capture.downloads import SETTINGS, download
from tawthiq.capture.names import shown
from tawthiq.capture.proxies import parse_upstream
from tawthiq.capture.settings import FetchSettings
from tawthiq.cli.located import settings_at_hand
from tawthiq.lexicon.place_pack import PackHeader
from tawthiq.pipeline.place_building import build
from tawthiq.records.errors import TawthiqError, UnreadableInput, WrongUsage
from tawthiq.store.place_packs import installed, open_pack, pack_name, packs_folder, put, remove

SOME_FAILED = 3
GEONAMES = "https://download.geonames.org/export/dump/"
MOST_TOLD = 20


@click.group()
def command() -> None:
    """Add, list, remove and fetch place packs: gazetteers of whole countries for reading.

    They lie in $TAWTHIQ_PLACES, else in tawthiq/places of the folder for your data, and serve every archive.
    """


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--name", help="The pack's name; else the file's, as sy for SY.txt.")
def add(files: tuple[Path, ...], name: str | None) -> int:
    """Make packs of FILES: GeoNames dumps (CC.txt, CC.zip, allCountries) and Who's On First tables (plain or gzip).

    A pack of the same name is replaced. Lines that break their form are named and left out; the exit code is then 3.
    """
    if name is not None and len(files) > 1:
        raise WrongUsage(
            item="--name", happened="it names one pack, but there are several files", advice="add them one by one"
        )
    failed = 0
    for file in files:
        try:
            failed += _add(file, pack_name(name or file.name))
        except UnreadableInput as error:
            click.echo(shown(f"tawthiq: {error}"), err=True)
            failed += 1
    return SOME_FAILED if failed else 0


def _add(file: Path, name: str) -> int:
    """Install the pack of one file; how many of its lines were left out."""
    left_out = 0

    def report(error: UnreadableInput) -> None:
        nonlocal left_out
        left_out += 1
        if left_out <= MOST_TOLD:
            click.echo(shown(f"tawthiq: {error}"), err=True)

    if not file.is_file():
        raise WrongUsage(item=str(file), happened="there is no such file", advice="check its name")
    header = put(packs_folder(), name, lambda stream: build(file, name, stream, report))
    if left_out > MOST_TOLD:
        more = f"{left_out - MOST_TOLD} more lines are left out for such reasons"
        click.echo(shown(f"tawthiq: {file}: {more}"), err=True)
    click.echo(_line(header))
    return left_out


@command.command(name="list")
def list_() -> int:
    """List the packs: name, places, names, digest, source."""
    packs = installed(packs_folder())
    failed = 0
    for path in packs:
        try:
            click.echo(_line(open_pack(path).header))
        except TawthiqError as error:
            click.echo(shown(f"tawthiq: {error}"), err=True)
            failed += 1
    click.echo(f"{len(packs)} in {packs_folder()}", err=True)
    return SOME_FAILED if failed else 0


@command.command(name="remove")
@click.argument("name")
def remove_(name: str) -> int:
    """Remove the pack NAME."""
    click.echo(f"removed {remove(packs_folder(), name)}")
    return 0


@command.command()
@click.argument("countries", nargs=-1, required=True, metavar="CC...")
@click.option(
    "--from", "address", default=GEONAMES, show_default=True, envvar="TAWTHIQ_PLACES_SOURCE", help="Where CC.zip lies."
)
@click.option(
    "--proxy",
    metavar="PROXY",
    help="http://HOST:PORT, socks5h://HOST:PORT or tor, instead of what the archive at hand sets.",
)
@click.pass_context
def fetch(context: click.Context, *, countries: tuple[str, ...], address: str, proxy: str | None) -> int:
    """Download GeoNames' dump of each country CC (as SY) and make it a pack. Needs internet; tells GeoNames who asks.

    Inside an archive, or with --archive, its settings say by which proxy, and what is said of the program that asks.
    GeoNames data are under CC BY 4.0: name GeoNames where you publish places read with them.
    """
    settings = _way_out(context.obj, proxy)
    click.echo("fetching through the proxy that is set" if settings.proxy else "fetching without a proxy", err=True)
    failed = 0
    for country in countries:
        try:
            failed += _fetch(country, address, settings)
        except TawthiqError as error:
            click.echo(shown(f"tawthiq: {error}"), err=True)
            failed += 1
    return SOME_FAILED if failed else 0


def _way_out(chosen: Path | None, proxy: str | None) -> FetchSettings:
    """How to download: by `proxy`, else as the archive at hand sets, else directly; `chosen` is the archive that was named.

    Raises ArchiveMissing for a named archive that is not there, WrongUsage for settings or a proxy that cannot be used:
    nothing is asked for by a way that nobody chose.
    """
    own = settings_at_hand(chosen)
    way = replace(SETTINGS, proxy=proxy or (own.proxy if own else "") or None)
    parse_upstream(way.proxy)
    return replace(way, user_agent=own.user_agent) if own and own.user_agent else way


def _fetch(country: str, address: str, settings: FetchSettings) -> int:
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise WrongUsage(item=country, happened="it is no ISO 3166 code of two letters", advice="give one, such as SY")
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{country.upper()}.zip"
        download(f"{address.rstrip('/')}/{quote(file.name)}", file, settings)
        return _add(file, pack_name(country))


def _line(header: PackHeader) -> str:
    facts = (header.name, f"{header.places} places", f"{header.names} names", header.digest[:12], header.source)
    return "\t".join(map(shown, facts))
