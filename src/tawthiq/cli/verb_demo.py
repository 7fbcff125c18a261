"""`tawthiq demo`: the whole chain on the bundled sample site, on this machine only."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tawthiq.cli.located import locate
from tawthiq.records.errors import TawthiqError

SOME_FAILED, DIFFERS = 3, 1
LEAST_WIDTH = 118  # columns, where the output is no terminal


@click.command(name="demo")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Make the archive here instead of a temporary folder.",
)
@click.option("--all", "everything", is_flag=True, help="Print every incident and statement, not a selection.")
def command(keep: Path | None, everything: bool) -> int:
    """Collect, read and link a small bundled web site, and print what was found, with sources.

    The site is served by this command on loopback addresses; nothing leaves the machine. Its texts are composed test material.
    """
    folder = locate(keep or Path(tempfile.mkdtemp(prefix="tawthiq-demo-")))
    failures = _collected(folder)
    failures += _read_and_linked(folder)
    _tables(everything=everything)
    differing = _verified(folder)
    _findings()
    click.echo(f"\nThe archive is {folder}. Look at it in a browser:\n  tawthiq --archive {folder} serve")
    click.echo(f"Or search it:\n  tawthiq --archive {folder} search غارة")
    if keep is None:
        click.echo("It is a temporary folder: delete it when you have seen enough.")
    for error in failures:
        click.echo(f"tawthiq: {error}", err=True)
    return DIFFERS if differing else SOME_FAILED if failures else 0


@contextmanager
def _step(doing: str) -> Iterator[list[str]]:
    """Print what is being done, then what came of it and how long it took."""
    started = time.monotonic()
    result: list[str] = []
    click.echo(f"{doing} ... ", nl=False)
    yield result
    click.echo(f"{' '.join(result)} ({time.monotonic() - started:.1f} s)")


def _collected(folder: Path) -> list[TawthiqError]:
    """Make the archive and collect the sample site into it; what failed."""
    from tawthiq.pipeline.collect import collect  # noqa: PLC0415  the chain is loaded when the demo runs
    from tawthiq.pipeline.collect_outcome import State  # noqa: PLC0415  the chain is loaded when the demo runs
    from tawthiq.pipeline.sample_server import SampleServer  # noqa: PLC0415
    from tawthiq.store import ArchiveFolder  # noqa: PLC0415

    with (
        _step("Collecting the sample site from this machine") as result,
        ArchiveFolder.create(folder, title="The sample site", collector="demo") as archive,
        SampleServer() as server,
    ):
        outcomes = list(collect(archive, server.addresses(), reason="demo"))
        kept = sum(outcome.state is State.KEPT for outcome in outcomes)
        result.append(f"{kept} pages of {len(server.site.outlets)} outlets kept as evidence")
    return [outcome.error for outcome in outcomes if outcome.error is not None]


def _read_and_linked(folder: Path) -> list[TawthiqError]:
    from tawthiq.archive.rebuilding import link_archive, read_archive  # noqa: PLC0415  Django loads here
    from tawthiq.store import ArchiveFolder  # noqa: PLC0415

    with ArchiveFolder.open(folder) as archive:
        with _step("Reading") as result:
            read = read_archive(archive)
            result.append(f"{read.read} reports read")
        with _step("Linking") as result:
            linked = link_archive(archive)
            result.append(f"{linked.incidents} incidents proposed, {linked.families} copied dispatches")
    return list(read.failed)


def _tables(*, everything: bool) -> None:
    from rich.console import Console  # noqa: PLC0415

    from tawthiq.cli.demo_tables import incident_table, statement_table  # noqa: PLC0415  needs the open database

    console = Console()
    if not console.is_terminal:
        console = Console(width=max(console.width, LEAST_WIDTH))
    console.print()
    console.print(incident_table(everything=everything))
    console.print(statement_table(everything=everything))


def _findings() -> None:
    """Say what linking found, and where to look."""
    from tawthiq.cli.demo_findings import findings  # noqa: PLC0415  needs the open database

    click.echo()
    for line in findings():
        click.echo(line)


def _verified(folder: Path) -> int:
    """Verify the archive; how many checks do not hold."""
    from tawthiq.store.verify import verify  # noqa: PLC0415

    with _step("Verifying the evidence") as result:
        checks = list(verify(folder))
        differing = [check for check in checks if not check.holds]
        result.append(f"{len(checks) - len(differing)} checks hold, {len(differing)} do not")
    for check in differing:
        click.echo(f"DIFFERS  {check.name}: {check.found}")
    return len(differing)
