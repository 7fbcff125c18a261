"""`tawthiq backup`: an encrypted copy of the whole archive, checked and restored.

`tawthiq backup FILE` makes one; `check` and `restore` read it. A passphrase is never an argument: it comes from
TAWTHIQ_BACKUP_PASSPHRASE, from a file that TAWTHIQ_BACKUP_PASSPHRASE_FILE names, or is asked for.
"""

from functools import partial
from pathlib import Path

import click

from tawthiq.archive.database_address import located
from tawthiq.cli.asking import on_terminal
from tawthiq.cli.located import open_archive
from tawthiq.cli.verb_key import SHORT
from tawthiq.records.errors import KeyLocked, WrongPassphrase, WrongUsage
from tawthiq.store import ArchiveFolder, passphrases
from tawthiq.store.backup import Backup, Encrypt, back_up
from tawthiq.store.backup_contents import Contents
from tawthiq.store.encrypting import Opening, encrypted_for, encrypted_with, identities, needs_passphrase, recipient
from tawthiq.store.printing import printable
from tawthiq.store.restore import check as check_backup
from tawthiq.store.restore import log_restored
from tawthiq.store.restore import restore as restore_backup
from tawthiq.store.snapshot import Copying
from tawthiq.store.verify import verify

_DIFFERS, _INCOMPLETE = 1, 3
_ONE_ONLY = (
    "If another copy of this archive still exists, let only one of them go on: two that both sign make two histories, "
    "and witnesses will refuse one of them."
)
_identity = click.option(
    "--identity", "-i", type=click.Path(path_type=Path), help="An identity file (age-keygen, or an SSH private key)."
)


class _MakeOrRead(click.Group):
    """A group whose unnamed command is `make`, so that `tawthiq backup FILE` makes a backup."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name in where it is left out."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group(name="backup", cls=_MakeOrRead)
def command() -> None:
    """Back the archive up, encrypted: tawthiq backup FILE.tar.age [--recipient KEY | --passphrase]. Restore it, check it."""


@command.command("make")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--recipient", "-r", "keys", multiple=True, metavar="KEY", help="Encrypt for this age or SSH public key.")
@click.option(
    "--passphrase", is_flag=True, help="Encrypt with a passphrase instead: given twice, or in the environment."
)
@click.option(
    "--without-key", is_flag=True, help="Leave the private key out: what is restored can be read, not signed."
)
@click.pass_context
def make(context: click.Context, file: Path, keys: tuple[str, ...], passphrase: bool, without_key: bool) -> int:
    """Write a whole backup to the new FILE (name it NAME.tar.age). `age -d FILE | tar x` opens it too."""
    if bool(keys) == passphrase:
        raise WrongUsage(
            item="tawthiq backup",
            happened="a backup is encrypted for somebody or with a passphrase",
            advice="give --recipient KEY (once or more), or --passphrase",
        )
    with open_archive(context.obj) as archive:
        archive.unlock()
        copying = _copying(archive)
        made = back_up(archive, file, _encrypt(keys), recipients=len(keys), with_key=not without_key, copying=copying)
    for trouble in made.troubles:
        click.echo(f"note: {printable(trouble)}", err=True)
    _tell_made(file, made)
    return _INCOMPLETE if made.troubles else 0


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@_identity
def check(file: Path, identity: Path | None) -> None:
    """Decrypt FILE to nowhere and hold every file in it against its list of digests."""
    contents = check_backup(file, _opening(file, identity))
    click.echo(f"sound: {_told(contents)}")


@command.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@_identity
def restore(file: Path, folder: Path, identity: Path | None) -> int:
    """Restore FILE into the new or empty FOLDER, and verify what was restored."""
    contents = restore_backup(file, folder, _opening(file, identity))
    click.echo(f"restored {folder}: {_told(contents)}")
    differing = [each for each in verify(folder) if not each.holds]
    for each in differing:
        click.echo(printable(f"DIFFERS  {each.name}: {each.found}"))
    click.echo(f"verified: {len(differing)} checks differ")
    if contents.with_key:
        try:
            with ArchiveFolder.open(folder) as archive:
                log_restored(archive, file, contents)
        except (KeyLocked, WrongPassphrase):
            click.echo("note: the restoration is not in the log, since the key's passphrase was not given", err=True)
    click.echo(_ONE_ONLY, err=True)
    return _DIFFERS if differing else 0


def _copying(archive: ArchiveFolder) -> Copying | None:
    """How to copy a database outside of the archive; None where it is the archive's own file."""
    if located(archive.path) is None:
        return None
    from tawthiq.archive.database import set_up_django  # noqa: PLC0415  Django is loaded only where it is needed

    set_up_django()
    from tawthiq.archive.moving import copy_to  # noqa: PLC0415

    return partial(copy_to, archive.path)


def _encrypt(keys: tuple[str, ...]) -> Encrypt:
    """How to encrypt: for the keys, or where there are none with a passphrase, which is taken now."""
    if keys:
        recipients = [recipient(key) for key in keys]
        return lambda blocks, out: encrypted_for(recipients, blocks, out)
    chosen = passphrases.chosen(passphrases.BACKUP)
    if passphrases.is_short(chosen):
        click.echo(SHORT, err=True)
    return partial(encrypted_with, chosen)


def _opening(file: Path, identity: Path | None) -> Opening:
    """What opens a backup: an identity file, or its passphrase."""
    passphrases.ask_with(on_terminal)
    if not needs_passphrase(file):
        if identity is None:
            raise WrongUsage(item=file.name, happened="it is encrypted for keys", advice="give --identity KEYFILE")
        return identities(identity)
    # Nothing is tried while asking: whether it opens is told by reading.
    return Opening(passphrase=passphrases.opened_with(passphrases.BACKUP, str))


def _tell_made(file: Path, made: Backup) -> None:
    click.echo(f"{file}: {_told(made.contents)}; read back and sound")
    click.echo(f"SHA-256 {made.sha256}")
    if made.contents.with_key:
        click.echo(
            "The signing key is in it: whoever opens the backup has it, under the key's passphrase if it has one.",
            err=True,
        )


def _told(contents: Contents) -> str:
    key = "with the signing key" if contents.with_key else "without the signing key"
    return f"{contents.files} files, {contents.length:,} bytes, {contents.head.size} signed log entries, {key}"
