"""`tawthiq witness`: cosignatures between teams, by file (a USB stick, e-mail) or over HTTP (C2SP tlog-witness).

Files go to standard output, remarks to standard error, so that `> FILE` takes the file alone.
"""

from pathlib import Path

import click

from tawthiq.cli.files import opened
from tawthiq.cli.located import open_archive
from tawthiq.custody.cosignature import CosignerKey
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder, cosignatures, witnessing
from tawthiq.store.cosignatures import Cosignature
from tawthiq.store.layout import Layout
from tawthiq.store.printing import printable

_NOTHING_NEW = "its cosignature of these entries is kept already"


@click.group(name="witness")
def command() -> None:
    """Have other teams cosign this log, and cosign theirs, so that nobody can rewrite one alone."""


@command.command("key")
@click.pass_context
def key(context: click.Context) -> None:
    """Print the key by which this archive cosigns: for the other team's tawthiq.toml, under [witnesses.NAME]."""
    with open_archive(context.obj) as archive:
        public = archive.public_key
        click.echo(str(CosignerKey(public.name, public.public)))


@command.command("trust")
@click.argument("name")
@click.argument("key")
@click.pass_context
def trust(context: click.Context, name: str, key: str) -> None:
    """Take the log of team NAME as one to cosign. KEY is what their `tawthiq new` printed; compare it by another way."""
    with open_archive(context.obj) as archive:
        trusted = witnessing.trust(archive, name, key)
    click.echo(f"{name}: the log {trusted.name} is cosigned from now on, when they ask")


@command.command("request")
@click.argument("name")
@click.option("--from", "old", type=click.IntRange(min=0), help="How many entries they saw last, when they say so.")
@click.pass_context
def request(context: click.Context, name: str, old: int | None) -> None:
    """Write a request for the witness NAME to standard output: send it to that team."""
    with open_archive(context.obj) as archive:
        _, theirs = cosignatures.witness_named(archive, name)
        size = cosignatures.known_size(archive.entries(), theirs) if old is None else old
        click.echo(bytes(cosignatures.request(archive, size)), nl=False)


@command.command("sign")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def sign(context: click.Context, file: Path) -> None:
    """Cosign the request FILE of a team that is trusted: the answer goes to standard output, send it back."""
    with opened(file) as (stream, name), open_archive(context.obj) as archive:
        click.echo(witnessing.witness(archive, stream.read(), name), nl=False)


@command.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def add(context: click.Context, file: Path) -> None:
    """Keep the cosignature FILE that a team sent back."""
    with opened(file) as (stream, name), open_archive(context.obj) as archive:
        data = stream.read()
        if data.startswith(b"old "):
            raise WrongUsage(
                item=name,
                happened="it is the request for a cosignature, not the answer",
                advice="give the file that the team sent back: what their tawthiq witness sign wrote",
            )
        _tell(cosignatures.add(archive, data, name))


@command.command("ask")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.pass_context
def ask(context: click.Context, names: tuple[str, ...]) -> None:
    """Ask each witness NAME over the network, where [witnesses.NAME] has a url."""
    from tawthiq.pipeline.ask_witness import ask_witness  # noqa: PLC0415  the network is loaded by what needs it

    with open_archive(context.obj) as archive:
        for name in names:
            _tell(ask_witness(archive, name))


@command.command("note")
@click.argument("size", required=False, type=click.IntRange(min=1))
@click.pass_context
def note(context: click.Context, size: int | None) -> None:
    """Print the checkpoint of SIZE entries with all its cosignatures as one note: the largest one, when left out."""
    with open_archive(context.obj) as archive:
        click.echo(cosignatures.cosigned_checkpoint(Layout(archive.path), size), nl=False)


@command.command("status")
@click.pass_context
def status(context: click.Context) -> None:
    """Tell how far others have cosigned this log, and what this archive has cosigned of theirs."""
    with open_archive(context.obj) as archive:
        for line in (*_of_us(archive), *_of_others(archive)):
            click.echo(printable(line))


def _of_us(archive: ArchiveFolder) -> list[str]:
    entries = list(archive.entries())
    kept = cosignatures.cosignatures(entries)
    lines = []
    for witness in archive.settings.witnesses:
        theirs = CosignerKey.parse(witness.key, f"witnesses.{witness.name}.key")
        last = max((each for each in kept if each.key == theirs), key=lambda each: each.size, default=None)
        seen = f"saw {last.size} entries at {_when(last)}, {len(entries) - last.size} since" if last else "never asked"
        lines.append(f"{witness.name}: {seen}")
    return lines or ["nobody cosigns this log: write [witnesses.NAME] into tawthiq.toml"]


def _of_others(archive: ArchiveFolder) -> list[str]:
    known = witnessing.watched(archive.entries())
    lines = []
    for name, theirs in known.keys.items():
        seen = known.seen.get(theirs.name)
        told = (
            f"cosigned {seen.head.size} entries on {seen.time:%Y-%m-%d %H:%M:%S} UTC"
            if seen
            else "nothing cosigned yet"
        )
        lines.append(f"for {name} ({theirs.name}): {told}")
    return lines


def _tell(kept: list[Cosignature]) -> None:
    for each in kept:
        click.echo(f"kept {each.path}: {each.witness} saw {each.size} entries at {_when(each)}")
    if not kept:
        click.echo(_NOTHING_NEW)


def _when(cosignature: Cosignature) -> str:
    return f"{cosignature.time:%Y-%m-%d %H:%M:%S} UTC"
