"""`tawthiq import`: the rows of a table of incidents as events, by a mapping that somebody looked through.

Without --mapping the mapping that we guess is written to standard output, to be corrected in an editor or in the pages. Files
of other programs come in by a mapping that is ready (--from).
"""

import json
from pathlib import Path

import click

from tawthiq.cli.files import opened
from tawthiq.records.errors import TawthiqError, UnreadableInput, WrongUsage
from tawthiq.records.table import TableMapping, TableReading

SOME_FAILED = 3
MOST_TOLD = 50


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--mapping", "chosen", type=click.Path(path_type=Path), help="What the columns hold (table-mapping/1).")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would come in; keep and save nothing.")
@click.option("--from", "program", type=click.Choice(["uwazi", "bayanat", "ftm"]), help="The program whose file it is.")
@click.option("--speaker", default="", help="Without --mapping: who says so, where no column names anybody.")
@click.pass_context
def command(
    context: click.Context, *, source: Path, chosen: Path | None, dry: bool, program: str | None, speaker: str
) -> int:
    """Let the rows of FILE (CSV, TSV, XLSX) in as events; the file is kept as evidence first.

    --from reads what Uwazi (ZIP for its import, CSV of its export), Bayanat (JSON of bulletins or incidents) or FollowTheMoney
    (entities, JSON Lines) hold; what of the file could not be read is told.

    Without --mapping the guessed mapping is written to standard output and nothing else happens. Rows that do not come in, or
    with something open, are named; the exit code is then 3.
    """
    from tawthiq.pipeline.table_capture import mapped  # noqa: PLC0415  tables load only when used

    with opened(source) as (stream, name):
        data = stream.read()
    if program and chosen is None:
        mapping = _ready(name, data, program, speaker)
    elif chosen is None:
        if dry:
            raise WrongUsage(item="--dry-run", happened="no mapping is given", advice="give one with --mapping")
        _guess(name, data, speaker)
        return 0
    else:
        mapping = _mapping(chosen)
    read = mapped(name, data, mapping)
    _tell(read)
    open_or_out = read.open + read.out
    del read  # the rows are read once more from the preserved bytes: large tables are held once
    if not dry:
        _import(context.obj, source.name, data, mapping)
    return SOME_FAILED if open_or_out else 0


def _guess(name: str, data: bytes, speaker: str) -> None:
    """Write the guessed mapping of the first sheet that can be seen."""
    from tawthiq.pipeline.table_file import read_table  # noqa: PLC0415  as above
    from tawthiq.reading.table_contract import mapping_to_json  # noqa: PLC0415
    from tawthiq.reading.table_guess import guessed_mapping  # noqa: PLC0415

    sheets = read_table(name, data).sheets
    sheet = next((each for each in sheets if each.rows and not each.hidden), sheets[0])
    click.echo(json.dumps(mapping_to_json(guessed_mapping(sheet, speaker)), ensure_ascii=False, indent=1))


def _ready(name: str, data: bytes, program: str, speaker: str) -> TableMapping:
    """The mapping for a program's file; what of it could not be read is told. Raises UnreadableInput for another one."""
    from tawthiq.pipeline.table_file import read_table  # noqa: PLC0415  as above
    from tawthiq.publication.exchange.foreign_tables import form_of  # noqa: PLC0415
    from tawthiq.publication.exchange.ready_mappings import ready_mapping  # noqa: PLC0415
    from tawthiq.records.exchange import ExchangeForm  # noqa: PLC0415

    told, wanted = form_of(data), ExchangeForm(program)
    may_be_csv = told is None and wanted is ExchangeForm.UWAZI
    if told is not wanted and not may_be_csv:
        happened = f"it has the form of {told.value}" if told else f"it has not the form of files of {program}"
        raise UnreadableInput(item=name, happened=happened, advice="choose the program that it comes from")
    table = read_table(name, data)
    for note in table.notes:
        click.echo(f"{name}: {note}", err=True)
    return ready_mapping(wanted, table.sheets[0], speaker)


def _mapping(path: Path) -> TableMapping:
    """The mapping of a file. Raises UnreadableInput for anything else."""
    from tawthiq.reading.table_contract import mapping_from_json  # noqa: PLC0415  as above

    with opened(path) as (stream, name):
        try:
            value = json.loads(stream.read())
        except (ValueError, RecursionError) as error:
            raise UnreadableInput(item=name, happened=f"it is no JSON ({error})", advice="mend it") from error
    return mapping_from_json(value)


def _tell(read: TableReading) -> None:
    """The counts, and what stays open or out."""
    problems = [problem for row in read.rows for problem in row.problems]
    for problem in problems[:MOST_TOLD]:
        cell = f' "{problem.text[:60]}"' if problem.text else ""
        column = f", column {problem.column + 1}" if problem.column >= 0 else ""
        click.echo(f"row {problem.row}{column}{cell}: {problem.kind.value}", err=True)
    if len(problems) > MOST_TOLD:
        click.echo(f"and {len(problems) - MOST_TOLD} more; the pages give all of them as a table", err=True)
    click.echo(f"{read.whole} rows whole, {read.open} with something open, {read.out} not in", err=True)


def _import(archive: Path | None, name: str, data: bytes, mapping: TableMapping) -> None:
    """Keep the file, save the import and read it. Raises TawthiqError as reading does."""
    from tawthiq.cli.importing_archive import import_in_archive  # noqa: PLC0415  Django is loaded for archives only

    failed = import_in_archive(archive, name, data, mapping)
    if isinstance(failed, TawthiqError):
        raise failed
