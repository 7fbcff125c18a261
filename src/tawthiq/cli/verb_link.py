"""`tawthiq link`: copy families and incidents of the documents of a file, or of a whole archive."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.cli.authority_files import overlay_of_file
from tawthiq.cli.files import STANDARD, opened, written_to
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.store.place_packs import chosen, known_with, packs_folder

SOME_FAILED = 3
LIST = ""  # --decisions without a file


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
@click.option(
    "--authority",
    type=click.Path(path_type=Path),
    metavar="FILE.tsv",
    help="With --input: actors and places of people's own, as `tawthiq authority export` writes them.",
)
@click.option(
    "--decisions",
    is_flag=False,
    flag_value=LIST,
    metavar="[FILE]",
    help="With --input: decisions of people that hold (link-decision/1). Without it: print those of the archive.",
)
@click.option("--again", is_flag=True, help="In an archive: link everything anew, not only what has changed.")
@click.pass_context
def command(
    context: click.Context,
    source: Path | None,
    target: Path | None,
    readings: Path | None,
    names: tuple[str, ...],
    *,
    authority: Path | None,
    decisions: str | None,
    again: bool,
) -> int:
    """Find copies of one dispatch, and propose which events are one incident, with reasons.

    With --input, the documents of a file are linked (docs/contracts.md, links/1). Without it, the reports of the archive
    that are new, read anew, erased or decided about since the last run; the links are those of linking everything anew.
    What people decided holds whatever the machine would say.
    """
    if source is not None:
        if again:
            raise WrongUsage(
                item="--again", happened="it belongs to an archive", advice="leave it out when linking a file"
            )
        return _link_file(Linking(source, target or STANDARD, readings, names, authority, _given(decisions)))
    if decisions == LIST:
        return _print_decisions(context.obj)
    if decisions is not None:
        raise WrongUsage(
            item="--decisions FILE",
            happened="it belongs to --input",
            advice="name the documents with --input; people decide about an archive in its pages (tawthiq serve)",
        )
    if target is not None or readings is not None or names or authority is not None:
        raise WrongUsage(
            item="--output, --readings, --places, --authority",
            happened="they belong to --input",
            advice="name the documents with --input",
        )
    return _link_archive(context.obj, again=again)


def _link_archive(archive: Path | None, *, again: bool) -> int:
    """Link the reports of the archive; the exit code."""
    from tawthiq.cli.reading_archive import link_in_archive  # noqa: PLC0415  Django is loaded for archives only

    return link_in_archive(archive, again=again)


def _print_decisions(archive: Path | None) -> int:
    """Print the decisions in force of the archive; the exit code."""
    from tawthiq.cli.link_decisions import print_decisions  # noqa: PLC0415  Django is loaded for archives only

    return print_decisions(archive)


def _given(decisions: str | None) -> Path | None:
    """The file of decisions that --decisions names."""
    if decisions == LIST:
        raise WrongUsage(
            item="--decisions", happened="no file is named", advice="give --decisions FILE.jsonl with --input"
        )
    return None if decisions is None else Path(decisions)


@dataclass(frozen=True, slots=True)
class Linking:
    """What is linked: documents, where the links go, readings, place packs, decisions."""

    source: Path
    target: Path
    readings: Path | None
    names: tuple[str, ...]
    authority: Path | None
    decisions: Path | None


def _link_file(asked: Linking) -> int:
    from tawthiq.pipeline.link_files import link_lines  # noqa: PLC0415  reading's tables load only when used

    if [asked.source, asked.readings, asked.decisions].count(STANDARD) > 1:
        raise WrongUsage(
            item="-",
            happened="standard input cannot be two of documents, readings and decisions",
            advice="give all but one of them as files",
        )
    overlay = overlay_of_file(asked.authority) if asked.authority else None
    known = known_with(chosen(packs_folder(), asked.names), overlay)
    with ExitStack() as open_files:
        stream, name = open_files.enter_context(opened(asked.source))
        readings, decisions = (
            open_files.enter_context(opened(path)) if path is not None else None
            for path in (asked.readings, asked.decisions)
        )
        done = link_lines(stream, name, _report, readings, known, decisions=decisions)
    with written_to(asked.target) as output:
        output.write(done.line())
    families, incidents = len(done.links.copies), len(done.links.incidents)
    summary = f"{done.linked} documents: {incidents} incidents, {families} copy families, {done.failed} failed"
    click.echo(summary, err=True)
    return SOME_FAILED if done.failed else 0


def _report(error: TawthiqError) -> None:
    click.echo(shown(f"tawthiq: {error}"), err=True)
