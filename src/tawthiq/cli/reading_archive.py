"""`tawthiq read` over an archive: reads what has not been read, or everything again."""

from pathlib import Path

import click

from tawthiq.archive.rebuilding import read_archive
from tawthiq.cli.located import open_archive


def read_in_archive(archive: Path | None, *, again: bool) -> int:
    """Read the archive's captures and say how many; the exit code of docs/contracts.md."""
    with open_archive(archive) as folder:
        summary = read_archive(folder, again=again)
    for error in summary.failed:
        click.echo(f"tawthiq: {error}", err=True)
    click.echo(f"{summary.read} read, {summary.kept} kept unread, {len(summary.failed)} failed", err=True)
    return 3 if summary.failed else 0
