"""`tawthiq read`: statements and events of documents, from a file of JSON Lines or over a whole archive."""

from pathlib import Path

import click

from tawthiq.cli.files import STANDARD, opened, written_to
from tawthiq.pipeline.reading_lines import Tally, read_lines
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.store.place_packs import chosen, gazetteer_with, packs_folder

SOME_FAILED = 3


@click.command()
@click.option(
    "--input", "source", type=click.Path(path_type=Path), help="Documents, one JSON object a line; - is stdin."
)
@click.option("--output", "target", type=click.Path(path_type=Path), help="Where the readings go; - is stdout.")
@click.option("--again", is_flag=True, help="In an archive: drop all readings and read everything anew.")
@click.option(
    "--places",
    "names",
    multiple=True,
    metavar="NAME|none",
    help="A place pack to read with, may be repeated; none for none of them. Without it: all that are installed.",
)
@click.pass_context
def command(
    context: click.Context, source: Path | None, target: Path | None, again: bool, names: tuple[str, ...]
) -> int:
    """Read statements and events, each with the characters that say so.

    With --input and --output, documents of a file are read (docs/contracts.md, reading/1). Without them, the archive's
    pages that have not been read yet.
    """
    packs = chosen(packs_folder(), names)
    if source is None and target is None:
        return _read_archive(context.obj, again, packs)
    if again:
        raise WrongUsage(
            item="--again", happened="it belongs to an archive", advice="leave it out when reading from a file"
        )
    tally = _read_file(source or STANDARD, target or STANDARD, packs)
    click.echo(f"{tally.read} read, {tally.failed} failed", err=True)
    return SOME_FAILED if tally.failed else 0


def _read_archive(archive: Path | None, again: bool, packs: tuple[Path, ...]) -> int:
    """Read the pages of the archive; the exit code."""
    from tawthiq.cli.reading_archive import read_in_archive  # noqa: PLC0415  Django is loaded for archives only

    return read_in_archive(archive, again=again, packs=packs)


def _read_file(source: Path, target: Path, packs: tuple[Path, ...]) -> Tally:
    known = gazetteer_with(packs)
    with opened(source) as (stream, name), written_to(target) as output:
        return read_lines(stream, name, output, _report, known)


def _report(error: TawthiqError) -> None:
    click.echo(f"tawthiq: {error}", err=True)
