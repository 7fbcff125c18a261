"""`tawthiq people`: records of persons in lists and reports compared, and pairs proposed that may be one person.

Identities are protected data: what is written is for its owner alone to read, and nothing of it enters a log.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tawthiq.cli.files import opened, written_to
from tawthiq.records.errors import TawthiqError, WrongUsage
from tawthiq.records.person import PersonRecord

SOME_FAILED = 3
MOST_TOLD = 20
_ONLY_OWNER = 0o600


@click.group()
def command() -> None:
    """Propose which records of lists and reports may be one person. People decide; nothing is merged."""


@command.command()
@click.argument("lists", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", "target", required=True, type=click.Path(path_type=Path), help="Where pairs go; - is stdout.")
@click.option(
    "--columns",
    "columns",
    multiple=True,
    metavar="FIELD=HEADING",
    help="What a column means, may be repeated: name=Victim. Known headings need none.",
)
@click.option(
    "--threshold", type=float, default=0.5, show_default=True, help="The least probability of a pair, above 0, below 1."
)
@click.option("--protected", is_flag=True, help="Write hashes in place of values, with a key that nobody keeps.")
def link(lists: tuple[Path, ...], target: Path, columns: tuple[str, ...], threshold: float, protected: bool) -> int:
    """Compare the records of LISTS (CSV with a header, any common encoding) within and across the lists.

    Each proposed pair is a line of JSON with its probability, the reasons for and against, and both records with file and
    line. Rows that cannot be read are named; the exit code is then 3.
    """
    from tawthiq.linking.people import propose  # noqa: PLC0415  tables load only when used
    from tawthiq.linking.people.model import require_splink  # noqa: PLC0415
    from tawthiq.pipeline.people_output import pair_lines  # noqa: PLC0415

    require_splink()
    chosen = _columns(columns)
    if len(set(lists)) < len(lists):
        raise WrongUsage(item="LISTS", happened="one list is given twice", advice="name each list once")
    records, failed = _read(lists, chosen)
    found = propose(records, threshold)
    _write(target, pair_lines(found, {record.identifier: record for record in records}, protected=protected))
    distinct = found.distinct
    click.echo(f"{found.records} records in {len(lists)} lists: {len(found.pairs)} pairs proposed", err=True)
    if found.repeated:
        click.echo(f"{found.repeated} rows not compared: word for word the same as ten others of their list", err=True)
    click.echo(f"between {distinct.least} and {distinct.most} persons ({distinct.reckoned})", err=True)
    if failed:
        click.echo(f"{failed} lists or rows could not be read", err=True)
    return SOME_FAILED if failed else 0


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    """The person's own mapping of fields to headings."""
    chosen: dict[str, str] = {}
    for pair in given:
        field, sign, heading = pair.partition("=")
        if not sign or not heading.strip():
            raise WrongUsage(item=f"--columns {pair}", happened="it is not FIELD=HEADING", advice="write name=Victim")
        chosen[field.strip()] = heading
    return chosen


def _read(lists: tuple[Path, ...], chosen: dict[str, str]) -> tuple[list[PersonRecord], int]:
    """The records of all lists, and how many lists and rows could not be read; each is named."""
    from tawthiq.pipeline.people_lists import read_list  # noqa: PLC0415

    records, failed = list[PersonRecord](), 0
    for path in lists:
        try:
            found = read_list(str(path), _bytes(path), chosen)
        except TawthiqError as error:
            if isinstance(error, WrongUsage):
                raise
            _tell(error)
            failed += 1
            continue
        records += found.records
        failed += len(found.bad)
        for bad in found.bad[:MOST_TOLD]:
            _tell(bad)
        if len(found.bad) > MOST_TOLD:
            click.echo(f"tawthiq: {path}: {len(found.bad) - MOST_TOLD} more rows could not be read", err=True)
        if found.unused:
            click.echo(f"{path}: columns that are not compared: {', '.join(found.unused)}", err=True)
    return records, failed


def _bytes(path: Path) -> bytes:
    with opened(path) as (stream, _):
        return stream.read()


def _write(target: Path, lines: Iterator[dict[str, Any]]) -> None:
    """The pairs, in a file that only its owner may read."""
    from tawthiq.pipeline.lines import written  # noqa: PLC0415

    with written_to(target) as output:
        for line in lines:
            output.write(written(line))
    if target.is_file():
        target.chmod(_ONLY_OWNER)


def _tell(error: TawthiqError) -> None:
    from tawthiq.capture.names import shown  # noqa: PLC0415

    click.echo(shown(f"tawthiq: {error}"), err=True)


@command.command(name="propose")
@click.option(
    "--threshold", type=float, default=0.5, show_default=True, help="The least probability of a pair, above 0, below 1."
)
@click.pass_context
def propose_pairs(context: click.Context, threshold: float) -> int:
    """Compare the persons whom the archive's collected lists and reports name; keep the pairs for people to decide.

    Lists are collected like any evidence (`tawthiq collect LIST.csv`). Pairs that somebody decided about stay as they are.
    """
    from tawthiq.linking.people.model import require_splink  # noqa: PLC0415

    require_splink()
    from tawthiq.cli.people_archive import propose_in_archive  # noqa: PLC0415  Django is loaded for archives only

    return propose_in_archive(context.obj, threshold)
