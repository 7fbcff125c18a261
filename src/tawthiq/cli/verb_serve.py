"""`tawthiq serve`: the archive's pages on this machine."""

import click

from tawthiq.cli.located import open_archive


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine alone.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.pass_context
def command(context: click.Context, host: str, port: int) -> int:
    """Serve the archive's pages on this machine.

    The first start prints a link, good once and for a day, by which the first owner chooses a name and a password.
    """
    from tawthiq.web.serving import prepare  # noqa: PLC0415  Django is loaded only by the verbs that need it

    with open_archive(context.obj) as folder:
        # Asked for now, where somebody sits: a page that is being served cannot ask.
        folder.unlock()
        server = prepare(folder, host, port)
        click.echo(f"pages: {server.address}")
        if server.owner_link:
            click.echo(f"first owner, once, within 24 hours: {server.owner_link}")
        click.echo("stop with Ctrl-C", err=True)
        try:
            server.run()
        finally:
            server.close()
    return 0
