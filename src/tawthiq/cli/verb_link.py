"""`tawthiq link`: copy families and incidents of the documents of a file, or of a whole archive."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from tawthiq.records.errors import TawthiqError, WrongUsage

SOME_FAILED = 3
STANDARD = Path("-")


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
@click.pass_context
def command(context: click.Context, source: Path | None, target: Path | None, readings: Path | None) -> int:
    """Find copies of one dispatch, and propose which events are one incident, with reasons.

    With --input, the documents of a file are linked (docs/contracts.md, links/1). Without it, all reports of the archive,
    whose earlier links are replaced.
    """
    if source is not None:
        return _link_file(source, target or STANDARD, readings)
    if target is not None or readings is not None:
        raise WrongUsage(
            item="--output, --readings", happened="they belong to --input", advice="name the documents with --input"
        )
    return _link_archive(context.obj)


def _link_archive(archive: Path | None) -> int:
    """Link the reports of the archive; the exit code."""
    from tawthiq.archive.rebuilding import link_archive  # noqa: PLC0415  Django is loaded for archives only
    from tawthiq.cli.located import open_archive  # noqa: PLC0415

    with open_archive(archive) as folder:
        summary = link_archive(folder)
    click.echo(f"{summary.reports} reports: {summary.incidents} incidents, {summary.families} copy families", err=True)
    return 0


def _link_file(source: Path, target: Path, readings: Path | None) -> int:
    from tawthiq.pipeline.link_files import link_lines  # noqa: PLC0415  reading's tables load only when used

    if source == STANDARD == readings:
        raise WrongUsage(
            item="-",
            happened="standard input cannot be both documents and readings",
            advice="give one of them as a file",
        )
    with _opened(source) as (stream, name):
        if readings is None:
            done = link_lines(stream, name, _report)
        else:
            with _opened(readings) as given:
                done = link_lines(stream, name, _report, given)
    _write(target, done.line())
    families, incidents = len(done.links.copies), len(done.links.incidents)
    summary = f"{done.linked} documents: {incidents} incidents, {families} copy families, {done.failed} failed"
    click.echo(summary, err=True)
    return SOME_FAILED if done.failed else 0


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], str]]:
    """The input and the name by which errors call it."""
    if path == STANDARD:
        yield sys.stdin.buffer, "standard input"
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        raise _refused(path, error) from error
    with stream:
        yield stream, str(path)


def _write(target: Path, data: bytes) -> None:
    """A file appears under its name only once it is whole."""
    if target == STANDARD:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise _refused(target, error) from error


def _refused(path: Path, error: OSError) -> WrongUsage:
    return WrongUsage(
        item=str(path),
        happened=error.strerror or str(error),
        advice="check that the file exists and may be read and written",
    )


def _report(error: TawthiqError) -> None:
    click.echo(f"tawthiq: {error}", err=True)
