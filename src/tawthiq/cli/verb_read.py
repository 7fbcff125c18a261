"""`tawthiq read`: statements and events of documents, from a file of JSON Lines or over a whole archive."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO

import click

from tawthiq.archive.database_address import has_database
from tawthiq.capture.names import shown
from tawthiq.cli.authority_files import overlay_of_file
from tawthiq.cli.explained import explained_lines
from tawthiq.cli.files import STANDARD, opened, written_to
from tawthiq.cli.located import locate, open_archive
from tawthiq.cli.reading_decisions import print_decisions
from tawthiq.pipeline.reading_lines import Tally, Way, read_lines
from tawthiq.reading.explanation_contract import explanation_to_json
from tawthiq.records.authority import Overlay
from tawthiq.records.correction import PageCorrection
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.records.explanation import Explanation
from tawthiq.records.proposal import Proposer
from tawthiq.store import ArchiveFolder
from tawthiq.store.layout import Layout
from tawthiq.store.place_packs import chosen, known_with, packs_folder
from tawthiq.store.settings import read_settings

SOME_FAILED = 3


@click.command()
@click.option(
    "--input", "source", type=click.Path(path_type=Path), help="Documents, one JSON object a line; - is stdin."
)
@click.option("--output", "target", type=click.Path(path_type=Path), help="Where the readings go; - is stdout.")
@click.option("--again", is_flag=True, help="In an archive: drop all readings and read everything anew.")
@click.option("--link", is_flag=True, help="In an archive: link what was read, as `tawthiq link` does.")
@click.option(
    "--places",
    "names",
    multiple=True,
    metavar="NAME|none",
    help="A place pack to read with, may be repeated; none for none of them. Without it: all that are installed.",
)
@click.option(
    "--authority",
    "decided",
    type=click.Path(path_type=Path),
    metavar="FILE.tsv",
    help="With --input: actors and places of people's own, as `tawthiq authority export` writes them.",
)
@click.option(
    "--adapter",
    metavar="NAME",
    help="Let a model of the archive's tawthiq.toml offer what grammar leaves open; every value is checked in the text.",
)
@click.option(
    "--no-second-opinion", "alone", is_flag=True, help="In an archive: ask no other extractor about the pages."
)
@click.option(
    "--recognize/--no-recognize",
    default=None,
    help="In an archive: recognize characters on scanned sheets and on picture files. Without it, as its settings say.",
)
@click.option(
    "--explain",
    type=click.Choice(["text", "json"]),
    is_flag=False,
    flag_value="text",
    help="Show the rule and table rows behind each value; json puts them into each reading of a file.",
)
@click.option(
    "--decisions", is_flag=True, help="In an archive: print what people decided about readings, and check it."
)
@click.option("--item", metavar="ID", help="With --explain, in an archive: the item whose reading is explained.")
@click.pass_context
def command(
    context: click.Context,
    *,
    source: Path | None,
    target: Path | None,
    again: bool,
    link: bool,
    names: tuple[str, ...],
    decided: Path | None,
    adapter: str | None,
    alone: bool,
    recognize: bool | None,
    explain: str | None,
    item: str | None,
    decisions: bool,
) -> int:
    """Read statements and events, each with the characters that say so.

    With --input and --output, documents of a file are read (docs/contracts.md, reading/1). Without them, the archive's
    pages that have not been read yet. With --explain and no --output, only the explanations are shown.
    """
    packs = chosen(packs_folder(), names)
    if source is None and target is None:
        if decided is not None:
            raise WrongUsage(
                item="--authority",
                happened="an archive has an authority of its own",
                advice="take the file into it with `tawthiq authority import`",
            )
        if decisions:
            return print_decisions(context.obj)
        if explain or item:
            _refuse_with_item(adapter, again=again, link=link)
            return _explain_item(context.obj, item if explain else None, explain or "", packs)
        done = _read_archive(context.obj, again, packs, adapter, alone=alone, recognize=recognize)
        return max(done, _link_archive(context.obj)) if link else done
    for option, wanted in (
        ("--again", again),
        ("--link", link),
        ("--item", item),
        ("--decisions", decisions),
        ("--no-second-opinion", alone),
        ("--recognize", recognize),
    ):
        if wanted:
            raise WrongUsage(
                item=option, happened="it belongs to an archive", advice="leave it out when reading from a file"
            )
    way = Way(
        known_with(packs, overlay_of_file(decided) if decided else None),
        _adapter(context.obj, adapter) if adapter else None,
        explain=explain == "json",
        told=_explained if explain == "text" else None,
    )
    tally = _read_file(source or STANDARD, target, way)
    unhelped = f", {tally.unhelped} by grammar alone" if tally.unhelped else ""
    click.echo(f"{tally.read} read, {tally.failed} failed{unhelped}", err=True)
    return SOME_FAILED if tally.failed or tally.unhelped else 0


def _read_archive(
    archive: Path | None,
    again: bool,
    packs: tuple[Path, ...],
    adapter: str | None,
    *,
    alone: bool,
    recognize: bool | None,
) -> int:
    """Read the pages of the archive; the exit code."""
    from tawthiq.cli.reading_archive import read_in_archive  # noqa: PLC0415  Django is loaded for archives only

    return read_in_archive(archive, again=again, packs=packs, adapter=adapter, alone=alone, recognize=recognize)


def _link_archive(archive: Path | None) -> int:
    """Link the reports of the archive; the exit code."""
    from tawthiq.cli.reading_archive import link_in_archive  # noqa: PLC0415  Django is loaded for archives only

    return link_in_archive(archive)


def _refuse_with_item(adapter: str | None, *, again: bool, link: bool) -> None:
    """Options that an explanation would silently leave out."""
    for option, wanted in (("--again", again), ("--link", link), ("--adapter", adapter)):
        if wanted:
            raise WrongUsage(
                item=option,
                happened="an item's explanation is of grammar's own reading, and stores nothing",
                advice="leave it out; what an adapter added names the adapter in the report's rules",
            )


def _explain_item(archive: Path | None, item: str | None, form: str, packs: tuple[Path, ...]) -> int:
    """Explain the reading of one item of the archive; the exit code."""
    from tawthiq.pipeline.explain_capture import explain_item  # noqa: PLC0415  loaded where it is asked for only

    if item is None:
        raise WrongUsage(
            item="--explain",
            happened="it belongs to documents of a file, or to one item of an archive",
            advice="name the file with --input, or the item with --item (both options go together)",
        )
    with open_archive(archive) as folder:
        explanation = explain_item(
            folder, item, packs, _decided(folder, item), _remembered(folder), overlay=_authority(folder)
        )
    if form == "json":
        click.echo(json.dumps({"id": explanation.id, **explanation_to_json(explanation)}, ensure_ascii=False))
    else:
        _explained(explanation)
    return 0


def _decided(folder: ArchiveFolder, item: str) -> PageCorrection | None:
    """What a person decided about the item's page; nothing where no database is there yet."""
    if not has_database(folder.path):
        return None
    from tawthiq.archive.database import open_database  # noqa: PLC0415  Django is loaded for archives only
    from tawthiq.casework.in_force import decisions_in_force  # noqa: PLC0415

    open_database(folder.database, writing=False)
    return decisions_in_force().of(item)


def _authority(folder: ArchiveFolder) -> Overlay | None:
    """What people decided about actors and places; nothing where no database is there yet."""
    if not has_database(folder.path):
        return None
    from tawthiq.archive.database import open_database  # noqa: PLC0415  Django is loaded for archives only
    from tawthiq.casework.in_force import authority_in_force  # noqa: PLC0415

    open_database(folder.database, writing=False)
    return authority_in_force().now()[1]


def _remembered(folder: ArchiveFolder) -> Callable[[str], frozenset[int]] | None:
    """What the archive remembers of hosts; nothing where no database is there yet."""
    if not has_database(folder.path):
        return None
    from tawthiq.archive.blocks import BlockMemory  # noqa: PLC0415  Django is loaded for archives only

    return BlockMemory().known_at


def _adapter(archive: Path | None, name: str) -> Proposer:
    """The adapter of the archive around: reading from a file, too, only its settings may name an address."""
    from tawthiq.cli.adapter_choice import ready_adapter  # noqa: PLC0415  loaded where it is asked for only

    folder = locate(archive)
    return ready_adapter(name, read_settings(Layout(folder).settings).adapters, folder)


def _read_file(source: Path, target: Path | None, way: Way) -> Tally:
    if way.told and target == STANDARD:
        raise WrongUsage(
            item="--explain", happened="text and readings cannot share standard output", advice="give --output a file"
        )
    with ExitStack() as files:
        stream, name = files.enter_context(opened(source))
        if way.told:
            way = replace(way, told=_teller(files.enter_context(written_to(STANDARD))))
        elif target is None:
            target = STANDARD
        output = files.enter_context(written_to(target)) if target else None
        return read_lines(stream, name, output, _report, way)


def _explained(explanation: Explanation) -> None:
    with written_to(STANDARD) as stream:
        _teller(stream)(explanation)


def _teller(stream: IO[bytes]) -> Callable[[Explanation], None]:
    """Writes explanations as lines for a terminal."""

    def tell(explanation: Explanation) -> None:
        for line in explained_lines(explanation):
            stream.write(f"{line}\n".encode())

    return tell


def _report(error: TawthiqError) -> None:
    click.echo(shown(f"tawthiq: {error}"), err=True)
