"""`tawthiq link`: copy families and incidents of the documents of a file, or of a whole archive."""

from pathlib import Path

import click

from tawthiq.cli.files import STANDARD, opened, written_to
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.store.place_packs import chosen, gazetteer_with, packs_folder

SOME_FAILED = 3


@click.command(name="link")
@click.option(
    "--input", "source", type=click.Path(path_type=Path), help="Documents, one JSON object a line; - is stdin."
)
@click.option("--output", "target", type=click.Path(path_type=Path), help="Where the links go; - is stdout.")
@click.option(
    "--readings",
    type=click.Path(path_type=Path),
    help="Their readings, as tawthiq read wrote them; else they are read.",
)
@click.option(
    "--places",
    "names",
    multiple=True,
    metavar="NAME|none",
    help="With --input: a place pack to read with, may be repeated; none for none. Without it: all that are installed.",
)
@click.pass_context
def command(
    context: click.Context, source: Path | None, target: Path | None, readings: Path | None, names: tuple[str, ...]
) -> int:
    """Find copies of one dispatch, and propose which events are one incident, with reasons.

    With --input, the documents of a file are linked (docs/contracts.md, links/1). Without it, all reports of the archive,
    whose earlier links are replaced.
    """
    if source is not None:
        return _link_file(source, target or STANDARD, readings, names)
    if target is not None or readings is not None or names:
        raise WrongUsage(
            item="--output, --readings, --places",
            happened="they belong to --input",
            advice="name the documents with --input",
        )
    return _link_archive(context.obj)


def _link_archive(archive: Path | None) -> int:
    """Link the reports of the archive; the exit code."""
    from tawthiq.cli.reading_archive import link_in_archive  # noqa: PLC0415  Django is loaded for archives only

    return link_in_archive(archive)


def _link_file(source: Path, target: Path, readings: Path | None, names: tuple[str, ...]) -> int:
    from tawthiq.pipeline.link_files import link_lines  # noqa: PLC0415  reading's tables load only when used

    if source == STANDARD == readings:
        raise WrongUsage(
            item="-",
            happened="standard input cannot be both documents and readings",
            advice="give one of them as a file",
        )
    known = gazetteer_with(chosen(packs_folder(), names))
    with opened(source) as (stream, name):
        if readings is None:
            done = link_lines(stream, name, _report, None, known)
        else:
            with opened(readings) as given:
                done = link_lines(stream, name, _report, given, known)
    with written_to(target) as output:
        output.write(done.line())
    families, incidents = len(done.links.copies), len(done.links.incidents)
    summary = f"{done.linked} documents: {incidents} incidents, {families} copy families, {done.failed} failed"
    click.echo(summary, err=True)
    return SOME_FAILED if done.failed else 0


def _report(error: TawthiqError) -> None:
    click.echo(f"tawthiq: {error}", err=True)
