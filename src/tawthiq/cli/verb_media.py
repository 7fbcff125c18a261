"""`tawthiq media`: what a picture, film, sound or PDF says of its own making (docs/custody-format.md, Metadata of media).

ITEM is an item of the archive, or a file. Facts that may betray a source are marked; looking at them in an archive is logged,
as every view of preserved material is, unless the archive's settings say otherwise.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from tawthiq.capture.names import shown
from tawthiq.cli.located import open_archive
from tawthiq.pipeline.media_process import facts_of_capture, facts_of_file
from tawthiq.records.errors import WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.records.media import MediaFacts
from tawthiq.store import ArchiveFolder
from tawthiq.store.custody_events import VIEWED

WARNING = (
    "* may betray a source; the file itself carries it, so whoever is given the file has it. "
    "All of it is the file's own word; anyone can write it."
)


@click.command(name="media")
@click.argument("item")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.pass_context
def command(context: click.Context, *, item: str, as_json: bool) -> None:
    """Tell what ITEM, an item of the archive or a file, says of its own making. Nothing is asked of the network."""
    path = Path(item)
    if path.is_file():
        _print(path.name, facts_of_file(path), as_json=as_json)
        return
    with open_archive(context.obj) as archive:
        _print(item, _of_item(archive, item), as_json=as_json)


def _of_item(archive: ArchiveFolder, item: str) -> MediaFacts:
    capture = next((capture for capture in archive.captures() if capture.id == item), None)
    if capture is None:
        raise WrongUsage(
            item=item,
            happened="it is neither a file nor an item of the archive",
            advice="run tawthiq log to see the items",
        )
    found = facts_of_capture(archive, capture)
    if archive.settings.log_views:
        actor = archive.settings.collector
        archive.log([LogEvent(VIEWED, datetime.now(UTC), actor, capture.id, {"page": "evidence"})])
    return found


def _print(name: str, found: MediaFacts, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"item": name, **asdict(found)}, ensure_ascii=False))
        return
    click.echo(f"{shown(name)}: {found.kind.value}")
    for fact in found.facts:
        click.echo(f"{'*' if fact.protected else ' '} {fact.name:<18} {shown(fact.value)}")
    for note in found.notes:
        click.echo(f"  note: {note}", err=True)
    if any(fact.protected for fact in found.facts):
        click.echo(WARNING, err=True)
