"""`tawthiq user`: the team from the command line, for a machine at which nobody can sign in.

Whoever can run it holds the archive anyway. No password is ever an argument: other users of the machine can see those.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from tawthiq.capture.names import shown
from tawthiq.cli.asking import on_terminal
from tawthiq.cli.located import open_archive
from tawthiq.cli.user_tokens import tokens
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder

# casework.models.User.Role, written out so that `--help` loads no Django.
ROLES = ("owner", "editor", "reviewer", "documenter", "reader", "public")
_ADDRESS = "http://127.0.0.1:8000/"
_address = click.option(
    "--address", default=_ADDRESS, show_default=True, help="Where `tawthiq serve` serves, to print the whole link."
)
_role = click.option("--role", required=True, type=click.Choice(ROLES), help="What the person may do.")


@click.group(name="user")
def command() -> None:
    """List the team, add people, change roles, close accounts, help somebody back in. Each act enters the log."""


command.add_command(tokens)


@command.command("list")
@click.pass_context
def listing(context: click.Context) -> None:
    """One line a user: name, role, day of the last sign-in, second factor, state; then the links that are open."""
    with _team(context):
        from tawthiq.casework.domain import factors, joining  # noqa: PLC0415  models need the database opened above
        from tawthiq.casework.models import User  # noqa: PLC0415

        held = factors.users_with_factor()
        for user in User.objects.order_by("-is_active", "name").iterator():
            day = f"{user.last_login:%Y-%m-%d}" if user.last_login else "never"
            factor = "second factor" if user.pk in held else "password only"
            waits = "active" if user.has_usable_password() else "waits for its link"
            click.echo("\t".join((shown(user.name), user.role, day, factor, waits if user.is_active else "closed")))
        for link in joining.open_links():
            whom = shown(link.user.name) if link.user else f"somebody new as {link.role}"
            click.echo(f"link for {whom}, until {link.expires:%Y-%m-%d %H:%M} UTC, by {shown(link.made_by)}", err=True)


@command.command("add")
@click.argument("name")
@_role
@click.option("--password", is_flag=True, help="Ask for a password now, instead of printing a one-time link.")
@_address
@click.pass_context
def add(context: click.Context, name: str, role: str, password: bool, address: str) -> None:
    """Add the user NAME (a name of choice, not a real one): prints a link that is good once and for three days."""
    with _team(context) as archive:
        from tawthiq.casework.domain import joining, team  # noqa: PLC0415

        _expect_name(name)
        chosen = _asked_password(name) if password else None
        token = team.add(team.Acting(archive.path, archive.settings.collector), name, role)
        if chosen is None:
            _tell_link(address, token)
        else:
            joining.redeem(archive.path, token, "", chosen)
            click.echo(f"{shown(name)} can sign in")


@command.command("role")
@click.argument("name")
@_role
@click.pass_context
def change_role(context: click.Context, name: str, role: str) -> None:
    """Give the user NAME another role. The last active owner stays one."""
    with _team(context) as archive:
        from tawthiq.casework.domain import team  # noqa: PLC0415

        team.change_role(team.Acting(archive.path, archive.settings.collector), _user(name), role)
    click.echo(f"{shown(name)}: {role}")


@command.command("deactivate")
@click.argument("name")
@click.pass_context
def deactivate(context: click.Context, name: str) -> None:
    """Close the account of NAME and end its sessions; decisions keep the name. `reset` does not open it again."""
    with _team(context) as archive:
        from tawthiq.casework.domain import team  # noqa: PLC0415

        team.deactivate(team.Acting(archive.path, archive.settings.collector), _user(name))
    click.echo(f"{shown(name)}: closed")


@command.command("reactivate")
@click.argument("name")
@click.pass_context
def reactivate(context: click.Context, name: str) -> None:
    """Open the closed account of NAME again, with its password and factors."""
    with _team(context) as archive:
        from tawthiq.casework.domain import team  # noqa: PLC0415

        team.reactivate(team.Acting(archive.path, archive.settings.collector), _user(name))
    click.echo(f"{shown(name)}: open")


@command.command("reset")
@click.argument("name")
@_address
@click.pass_context
def reset(context: click.Context, name: str, address: str) -> None:
    """Take password and second factors of NAME away, end its sessions, and print a link that sets a new password."""
    with _team(context) as archive:
        from tawthiq.casework.domain import team  # noqa: PLC0415

        token = team.reset(team.Acting(archive.path, archive.settings.collector), _user(name))
    _tell_link(address, token)


@contextmanager
def _team(context: click.Context) -> Iterator[ArchiveFolder]:
    """The archive, with its database opened."""
    from tawthiq.archive.database import open_database  # noqa: PLC0415  Django is loaded only by the verbs that need it

    with open_archive(context.obj) as archive:
        open_database(archive.database)
        yield archive


def _user(name: str):  # type: ignore[no-untyped-def]  # models cannot be named before Django is set up
    """The user of that name. Raises WrongUsage."""
    from tawthiq.casework.models import User  # noqa: PLC0415

    _expect_name(name)
    found = User.objects.filter(name=User.normalize_username(name)).first()
    if found is None:
        raise WrongUsage(item=shown(name), happened="there is no such user", advice="see: tawthiq user list")
    return found


def _expect_name(name: str) -> None:
    """Raises WrongUsage for a name that the pages would not take."""
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    from tawthiq.casework.models import User  # noqa: PLC0415

    try:
        User._meta.get_field("name").clean(User.normalize_username(name), None)
    except ValidationError as error:
        raise WrongUsage(
            item=shown(name[:80]),
            happened="it cannot be a name here",
            advice="choose up to 64 letters, digits and @ . + - _ without spaces",
        ) from error


def _asked_password(name: str) -> str:
    """A password typed twice at the terminal. Raises WrongUsage where nobody types one that will do."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    from tawthiq.casework.models import User  # noqa: PLC0415

    first = on_terminal(f"password of {shown(name)}: ")
    if first is None or on_terminal("once more: ") != first:
        raise WrongUsage(
            item="--password",
            happened="no password was typed twice alike",
            advice="run it at a terminal, or leave --password out and use the link",
        )
    try:
        validate_password(first, User(name=name))
    except ValidationError as error:
        raise WrongUsage(
            item="--password",
            happened="the password is too easy to guess",
            advice="take at least 12 characters: several unrelated words are good",
        ) from error
    return first


def _tell_link(address: str, token: str) -> None:
    click.echo(f"{address.rstrip('/')}/join/{token}/")
    click.echo("Good once and for three days. Whoever has it can use it: give it to that person alone.", err=True)
