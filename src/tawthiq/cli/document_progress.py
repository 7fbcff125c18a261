"""What `tawthiq page` tells on standard error while a document of pages is recognized, which takes seconds a sheet."""

from collections.abc import Callable

import click

from tawthiq.capture.names import shown


def telling(name: str) -> Callable[[str], None]:
    """Tells of every sheet that is recognized; sheets with text go too fast to be told."""

    def tell(doing: str) -> None:
        if doing.startswith("recognizing"):
            click.echo(shown(f"tawthiq: {name}: {doing}"), err=True)

    return tell
