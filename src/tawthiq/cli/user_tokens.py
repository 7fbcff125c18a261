"""`tawthiq user token`: tokens by which programs read the archive through the API (docs/api.md).

The token is printed once on standard output, alone on its line, so that it can be led into another program's secrets without
passing through a terminal's history.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from tawthiq.capture.names import shown
from tawthiq.cli.located import open_archive
from tawthiq.records.disclosure import Profile
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder

# casework.domain.api_tokens.RESOURCES, USUAL_DAYS and MOST_DAYS, written out so that `--help` loads no Django.
RESOURCES = ("incidents", "reports", "statistics")
USUAL_DAYS, MOST_DAYS = 90, 365


@click.group(name="token")
def tokens() -> None:
    """Make, list and revoke tokens by which programs read. Each act enters the log, never the token."""


@tokens.command("new")
@click.argument("name")
@click.option(
    "--profile", required=True, type=click.Choice([each.value for each in Profile]),
    help="For whom the answers are made: everybody (published cases), another team, a court.",
)  # fmt: skip
@click.option("--for", "purpose", required=True, metavar="TEXT", help="Which program or team reads with it.")
@click.option(
    "--days", type=click.IntRange(1, MOST_DAYS), default=USUAL_DAYS, show_default=True, help="Good for so long."
)
@click.option("--only", "paths", multiple=True, type=click.Choice(RESOURCES), help="Open only this; may be repeated.")
@click.pass_context
def new(context: click.Context, /, name: str, profile: str, **given: Any) -> None:
    """Make a token that reads with what the member NAME may see, and print it: it is shown this once."""
    with _opened(context.obj) as archive:
        from tawthiq.casework.domain import api_tokens, team  # noqa: PLC0415  models need the database opened above
        from tawthiq.casework.models import User  # noqa: PLC0415

        user = User.objects.filter(name=User.normalize_username(name)).first()
        if user is None:
            raise WrongUsage(item=shown(name), happened="there is no such user", advice="see: tawthiq user list")
        wanted = api_tokens.Wanted(Profile(profile), given["purpose"], given["days"], given["paths"])
        row, token = api_tokens.make(team.Acting(archive.path, archive.settings.collector), user, wanted)
        click.echo(token)
        until = f"{row.expires:%Y-%m-%d}"
        click.echo(f"token {row.number}, until {until}. Whoever has it reads with it: keep it as a password.", err=True)


@tokens.command("list")
@click.pass_context
def listing(context: click.Context) -> None:
    """One line a token: number, beginning, member, profile, what it opens, day it ends, day last used, purpose, state."""
    with _opened(context.obj):
        from django.utils import timezone  # noqa: PLC0415

        from tawthiq.casework.models import ApiToken  # noqa: PLC0415

        now = timezone.now()
        for row in ApiToken.objects.select_related("user").order_by("number"):
            state = "revoked" if row.revoked else "over" if row.expires <= now else "open"
            used = f"{row.used}" if row.used else "never"
            opens = ",".join(row.paths) or "all"
            parts = (
                str(row.number),
                row.hint,
                shown(row.user.name),
                row.profile,
                opens,
                f"{row.expires:%Y-%m-%d}",
                used,
            )
            click.echo("\t".join((*parts, shown(row.purpose), state)))


@tokens.command("revoke")
@click.argument("number", type=click.IntRange(1, 2**63 - 1))
@click.pass_context
def revoke(context: click.Context, number: int) -> None:
    """Close the token NUMBER for good, at once."""
    with _opened(context.obj) as archive:
        from tawthiq.casework.domain import api_tokens, team  # noqa: PLC0415

        if not api_tokens.revoke(team.Acting(archive.path, archive.settings.collector), number):
            raise WrongUsage(
                item=f"token {number}", happened="there is no open one", advice="see: tawthiq user token list"
            )
    click.echo(f"token {number}: revoked")


@contextmanager
def _opened(chosen: Path | None) -> Iterator[ArchiveFolder]:
    """The archive, with its database opened."""
    from tawthiq.archive.database import open_database  # noqa: PLC0415  Django is loaded only by the verbs that need it

    with open_archive(chosen) as archive:
        open_database(archive.database)
        yield archive
