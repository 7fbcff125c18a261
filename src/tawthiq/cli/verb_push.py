"""`tawthiq push`: incidents sent to another team's server, after a person saw what leaves and said yes.

What is sent goes through `pipeline.handing_out` first: redacted, looked at for protected names, logged with its digest. Each
item that the server took is logged as a transfer; running it again sends only what is not there.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from tawthiq.capture.bayanat import Bayanat
from tawthiq.capture.names import shown
from tawthiq.cli.asking import expect_somebody, on_terminal
from tawthiq.cli.disclosing_archive import Disclosing, disclosing, profile_options
from tawthiq.pipeline.collect import fetch_settings
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.pipeline.pushing import items_in, push, sent_to
from tawthiq.publication.exchange.bayanat import write
from tawthiq.records.errors import WrongUsage
from tawthiq.records.handing_out import AboutArchive, WrittenFile
from tawthiq.records.pushing import PushedItem, PushResult

if TYPE_CHECKING:
    from tawthiq.records.disclosure import DisclosedIncident

SOME_FAILED = 3
USER, PASSWORD = "TAWTHIQ_BAYANAT_USER", "TAWTHIQ_BAYANAT_PASSWORD"
_MOST_SHOWN = 20


@click.command(name="push")
@click.argument("program", type=click.Choice(["bayanat"]))
@click.argument("url", metavar="URL")
@click.option("--incident", "numbers", type=int, multiple=True, help="Only this incident; may be given several times.")
@click.option("--user", envvar=USER, help=f"The account there; else {USER}.")
@click.option("--again-unsure", is_flag=True, help="Also send again what had no answer before.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before sending; needed where no terminal is.")
@profile_options
@click.pass_context
def command(
    context: click.Context, *, program: str, url: str, numbers: tuple[int, ...], user: str | None, again_unsure: bool,
    yes: bool, profile: str, name: str | None,
) -> int:  # fmt: skip
    """Send incidents and their reports to the Bayanat server at URL, as incidents and bulletins.

    Says what leaves and asks first. The password is asked for at the terminal, or taken from TAWTHIQ_BAYANAT_PASSWORD; neither
    is kept. What was sent is in the custody log: running it again sends nothing twice. Actors go by hand: their server takes
    them as a sheet only (tawthiq export bayanat).
    """
    with disclosing(context.obj, profile, name) as opened, TemporaryDirectory() as folder:
        server = Bayanat(url, fetch_settings(opened.archive))
        found = list(opened.incidents(list(numbers) or None))
        if not found:
            raise WrongUsage(
                item=program, happened="there is nothing to send", advice="look at --profile and --incident"
            )
        if not user:
            raise WrongUsage(item="--user", happened="no account is named", advice=f"give --user, or set {USER}")
        _tell(opened, found, server.origin)
        if not yes:
            expect_somebody("push", "--yes")
            click.confirm("Send this?", default=False, abort=True, err=True)
        items = _handed_out(opened, found, Path(folder) / program)
        server.sign_in(user, _password(), lambda: on_terminal("Code of the second factor: "))
        result = push(opened.archive, server, items, opened.by, unsure=again_unsure)
    return _report(result)


def _handed_out(opened: Disclosing, found: "list[DisclosedIncident]", output: Path) -> list[PushedItem]:
    """What is to be sent, written once, looked at for protected names and logged."""
    from tawthiq.casework.queries.exporting import resting_on  # noqa: PLC0415  models need the database opened before

    archive, written = opened.archive, list[WrittenFile]()
    until = resting_on(opened.sight, opened.profile)
    about = AboutArchive(archive.settings.title, archive.verifier_key, opened.profile, until)
    purpose = Purpose("push to bayanat", opened.profile, [each.number for each in found], opened.by)
    handed = hand_out(
        archive, output, purpose, opened.protected, lambda part: written.append(write(iter(found), about, part))
    )
    for left in written[0].not_carried:
        click.echo(f"  not carried: {left.field}, {left.times:,} times: {left.why}", err=True)
    return list(items_in(handed.path))


def _password() -> str:
    """The password, from the environment or typed unseen."""
    given = os.environ.get(PASSWORD) or on_terminal("Password there: ")
    if not given:
        raise WrongUsage(
            item="push", happened="nobody gave the password", advice=f"run it at a terminal, or set {PASSWORD}"
        )
    return given


def _tell(opened: Disclosing, found: "list[DisclosedIncident]", origin: str) -> None:
    """Everything that leaves, before it does."""
    there = sum(sent.number is not None for sent in sent_to(opened.archive, origin).values())
    _say(f"This sends to {origin}, for the profile {opened.profile.value}:")
    for each in found[:_MOST_SHOWN]:
        _say(f"  incident {each.number}: {each.act}, {len(each.reports)} reports, {len(each.claims)} claims")
    if len(found) > _MOST_SHOWN:
        _say(f"  and {len(found) - _MOST_SHOWN:,} more incidents")
    _say(f"  {sum(len(each.persons) for each in found):,} persons stay here: actors are no part of it")
    _say(f"  {sum(each.redactions for each in found):,} stretches of words replaced")
    if there:
        _say(f"  {there:,} items are there already and are not sent again")


def _report(result: PushResult) -> int:
    click.echo(f"{result.sent} sent, {result.there} there already, {len(result.refused)} refused")
    for origin, why in result.refused:
        _say(f"{origin}: {why}")
    for origin in result.changed:
        _say(f"{origin}: it changed since it was sent; change it there by hand")
    for origin in result.unsure:
        _say(f"{origin}: no answer came when it was sent; look there, then --again-unsure")
    return SOME_FAILED if result.refused or result.unsure else 0


def _say(text: str) -> None:
    click.echo(shown(text), err=True)
