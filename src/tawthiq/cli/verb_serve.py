"""`tawthiq serve`: the archive's pages on this machine, or for a team behind a reverse proxy."""

import signal
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from tawthiq.cli.located import open_archive
from tawthiq.records.errors import WrongUsage

if TYPE_CHECKING:
    from tawthiq.web.team import Team


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="An address of this machine alone; with --team any."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option(
    "--unix", "socket", type=click.Path(path_type=Path), metavar="PATH", help="Listen on this socket instead."
)
@click.option("--team", is_flag=True, help="Serve a team behind a reverse proxy that ends TLS (docs/team-server.md).")
@click.option("--address", metavar="https://HOST", help="With --team: the address that people type.")
@click.option(
    "--forwarded-for", is_flag=True, help="With --team: count failures by the address that the proxy tells of."
)
@click.option("--sealed-key", is_flag=True, help="With --team: refuse an archive whose signing key has no passphrase.")
@click.pass_context
def command(
    context: click.Context,
    host: str,
    port: int,
    *,
    socket: Path | None,
    team: bool,
    address: str | None,
    forwarded_for: bool,
    sealed_key: bool,
) -> int:
    """Serve the archive's pages on this machine, or with --team and --address to a team behind a reverse proxy.

    The first start prints a link, good once and for a day, by which the first owner chooses a name and a password.
    """
    from tawthiq.web.serving import Place, prepare  # noqa: PLC0415  Django is loaded only by the verbs that need it

    served = _team(address, forwarded=forwarded_for) if team else None
    if not team and (address or forwarded_for or sealed_key):
        raise WrongUsage(
            item="tawthiq serve", happened="an option of a team's server is given without --team", advice="add --team"
        )
    with open_archive(context.obj) as folder:
        if served:
            from tawthiq.web.team import expect_fit  # noqa: PLC0415

            expect_fit(folder.path, sealed_key=sealed_key)
        # Asked for now, where somebody sits: a page that is being served cannot ask.
        folder.unlock()
        server = prepare(folder, Place(host, port, socket), served)
        click.echo(f"pages: {server.address}")
        if server.owner_link:
            click.echo(f"first owner, once, within 24 hours: {server.owner_link}")
        click.echo("stop with Ctrl-C", err=True)
        signal.signal(signal.SIGTERM, _end)
        try:
            server.run()
        finally:
            server.close()
    return 0


def _team(address: str | None, *, forwarded: bool) -> "Team":
    """The team that is served. Raises WrongUsage."""
    from tawthiq.web.team import team_of  # noqa: PLC0415

    if not address:
        raise WrongUsage(
            item="--team",
            happened="it is not said under which address the team finds its desk",
            advice="add --address https://desk.example.org",
        )
    return team_of(address, forwarded=forwarded)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    """A supervisor's SIGTERM ends the server as Ctrl-C does: pages being made are finished, acts are written."""
    raise SystemExit(0)
