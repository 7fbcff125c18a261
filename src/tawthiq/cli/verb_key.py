"""`tawthiq key`: the signing key and its passphrase. No passphrase is ever an argument: other users can see those."""

import stat

import click

from tawthiq.cli.located import open_archive
from tawthiq.cli.verb_key_anew import anew
from tawthiq.cli.verb_key_rotate import rotate
from tawthiq.custody.cosignature import CosignerKey
from tawthiq.records.errors import WrongUsage
from tawthiq.store import passphrases
from tawthiq.store.keys import PRIVATE

SHORT = (
    f"warning: the passphrase has fewer than {passphrases.SHORT} characters; whoever copies the folder may guess it. "
    "Four or more random words are better."
)
KEEP_IT = (
    "Write the passphrase down where only you find it: without it nothing more can be signed, and nobody can reset it."
)
_OLD_COPIES = (
    "The key lay here unsealed until now: older backups, and perhaps traces on this disk, "
    "still hold it without a passphrase."
)


@click.group(name="key")
def command() -> None:
    """Show the signing key, and guard it with a passphrase (TAWTHIQ_PASSPHRASE, or asked for)."""


@command.command("show")
@click.pass_context
def show(context: click.Context) -> None:
    """Tell the public keys, and whether the private one is sealed. Asks for nothing."""
    with open_archive(context.obj) as archive:
        public = archive.public_key
        sealed = archive.has_sealed_key
        mode = stat.S_IMODE((archive.path / PRIVATE).stat().st_mode)
    click.echo(f"verifier key  {public}")
    click.echo(f"cosigner key  {CosignerKey(public.name, public.public)}")
    click.echo(f"private key   {'sealed with a passphrase' if sealed else 'NOT sealed'}, mode {mode:04o}")
    if not sealed:
        click.echo("Whoever copies the folder can sign as you. Seal the key: tawthiq key protect", err=True)


@command.command("protect")
@click.pass_context
def protect(context: click.Context) -> None:
    """Seal the private key with a passphrase (an age file: `age -d keys/archive.key` opens it)."""
    with open_archive(context.obj) as archive:
        if archive.has_sealed_key:
            raise WrongUsage(item=PRIVATE, happened="it is sealed already", advice="run: tawthiq key change")
        passphrase = passphrases.chosen(passphrases.KEY)
        archive.seal_key(passphrase)
    _told(passphrase)
    click.echo(_OLD_COPIES, err=True)


@command.command("change")
@click.pass_context
def change(context: click.Context) -> None:
    """Give the private key another passphrase (TAWTHIQ_NEW_PASSPHRASE, or asked for)."""
    with open_archive(context.obj) as archive:
        if not archive.has_sealed_key:
            raise WrongUsage(item=PRIVATE, happened="it has no passphrase yet", advice="run: tawthiq key protect")
        archive.unlock()
        passphrase = passphrases.chosen(passphrases.NEW_KEY)
        archive.seal_key(passphrase)
    _told(passphrase)
    click.echo("Copies and backups from before still open with the old passphrase.", err=True)


@command.command("unprotect")
@click.pass_context
def unprotect(context: click.Context) -> None:
    """Take the passphrase away: from then on whoever has the folder can sign."""
    with open_archive(context.obj) as archive:
        archive.unseal_key()
    click.echo("keys/archive.key is not sealed any more")


command.add_command(rotate)
command.add_command(anew)


def _told(passphrase: str) -> None:
    click.echo("keys/archive.key is sealed with the passphrase; it is asked for when something is to be signed")
    if passphrases.is_short(passphrase):
        click.echo(SHORT, err=True)
    click.echo(KEEP_IT, err=True)
