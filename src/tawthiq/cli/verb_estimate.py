"""`tawthiq estimate`: how many there may be whom no list names, as a range over models (estimate/1).

A table of lists comes from a file, or is built from the archive: rows are incidents or linked persons, lists are groups that
document independently.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from tawthiq.cli.export_filters import Day
from tawthiq.cli.files import STANDARD, opened, written_to
from tawthiq.estimation.contract import contract, strata_contract
from tawthiq.estimation.table_file import Asked, read_table
from tawthiq.records.errors import WrongUsage
from tawthiq.records.estimate import (
    Caution,
    Columns,
    Estimate,
    Method,
    NoEstimate,
    OverlapTable,
    StratumTable,
)
from tawthiq.records.event import Act

SOME_FAILED = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """How to answer: by which method and seed, with warnings in which language."""

    method: Method
    seed: int | None
    language: str


def _archive_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a table is built from the archive."""
    for option in (
        click.option("--as", "name", metavar="NAME", help="With what this member of the team may see."),
        click.option("--table", "target", type=click.Path(path_type=Path), help="Write the table that was built, as CSV."),
        click.option("--others", "together", is_flag=True, help="Put all smaller groups together as one more list."),
        click.option(
            "--lists", "most", type=click.IntRange(3, 6), default=5, show_default=True,
            help="How many lists at most: the largest independent groups.",
        ),
        click.option("--to", "last", type=Day(), help="Only what may have happened on this day or before."),
        click.option("--from", "first", type=Day(), help="Only what may have happened on this day or later."),
        click.option("--place", default="", metavar="NAME", help="Only incidents at this place: its name, or its code."),
        click.option("--act", type=click.Choice([each.value for each in Act]), metavar="ACT", help="Only incidents of it."),
        click.option(
            "--rows", type=click.Choice(["incidents", "persons"]), default="incidents", show_default=True,
            help="What is counted: incidents, or persons that people linked.",
        ),
        click.option("--from-archive", is_flag=True, help="Build the lists from the archive; no TABLE then."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("table", required=False, type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice([each.value for each in Method]), default="loglinear", show_default=True)
@click.option("--freq", metavar="COLUMN", help="The column that counts rows alike; without it a row is one unit.")
@click.option("--strata", multiple=True, metavar="COLUMN", help="Estimate each value of COLUMN apart; may be repeated.")
@click.option(
    "--leave-out", multiple=True, metavar="COLUMN", help="A column that is no list, or a list not to be used."
)
@click.option(
    "--columns", type=click.Choice([each.value for each in Columns]),
    help="What columns are; without it occasions where each row is a unit and columns are numbered on (c1, c2, ...).",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), help="The seed of --method lcm; the same seed, the same bytes."
)
@click.option("--language", type=click.Choice(["en", "ar", "both"]), default="en", show_default=True)
@_archive_options
@click.pass_context
def command(
    context: click.Context,
    /,
    *,
    table: Path | None,
    method: str,
    freq: str | None,
    strata: tuple[str, ...],
    leave_out: tuple[str, ...],
    columns: str | None,
    seed: int | None,
    language: str,
    from_archive: bool,
    **building: Any,
) -> int:
    """Estimate how many there are, listed and not, from how lists overlap (TABLE: CSV, a column a list, - is standard input).

    What is written is a range over models with warnings, never one number. A table that cannot carry an estimate is refused
    with the reason; the exit code is then 2. With --from-archive rows are incidents or linked persons and lists are groups that
    document independently, copies of one dispatch counted once.
    """
    from tawthiq.estimation import require_numbers  # noqa: PLC0415  loaded only when used

    require_numbers()
    asked = Answer(Method(method), seed, language)
    if from_archive:
        given = [name for name in ("table", "freq", "strata", "leave_out", "columns") if context.params[name]]
        if given:
            raise _misplaced(given, "belongs to a table that is given")
        return _of_archive(context.obj, asked, building)
    given = [name for name in building if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        raise _misplaced(given, "belongs to --from-archive")
    if table is None:
        raise WrongUsage(item="tawthiq estimate", happened="no table is given", advice="name a CSV file")
    return _of_file(table, Asked(freq, strata, leave_out, Columns(columns) if columns else None), asked)


def _misplaced(given: list[str], why: str) -> WrongUsage:
    named = {"leave_out": "--leave-out", "together": "--others", "most": "--lists", "first": "--from", "last": "--to"}
    named |= {"target": "--table", "name": "--as", "table": "TABLE"}
    shown = ", ".join(named.get(each, f"--{each}") for each in given)
    return WrongUsage(item=shown, happened=why, advice="leave one of the two out")


def _of_file(table: Path, asked: Asked, answer: Answer) -> int:
    with opened(table) as (stream, name):
        data = stream.read()
    tables, cautions = read_table(name, data, asked)
    if len(tables) == 1 and not tables[0].stratum:
        _write(_whole(tables[0].table, cautions, answer))
        return 0
    return _of_strata(tables, cautions, answer)


def _of_archive(archive: Path | None, answer: Answer, building: dict[str, Any]) -> int:
    from tawthiq.cli.estimating_archive import AskedRows, built_from  # noqa: PLC0415  Django is loaded for archives only

    made, told = built_from(archive, AskedRows(**{**building, "act": building["act"] or ""}))
    _write({**_whole(made.table, made.cautions, answer), "built": told})
    return 0


def _whole(table: OverlapTable, cautions: Sequence[Caution], answer: Answer) -> dict[str, Any]:
    from tawthiq.estimation.estimating import estimate  # noqa: PLC0415  numpy and scipy load only when used

    return contract(estimate(table, answer.method, answer.seed), cautions, answer.language)


def _of_strata(tables: Sequence[StratumTable], cautions: Sequence[Caution], answer: Answer) -> int:
    """Write the answer about each stratum; the exit code. Raises NoEstimate where none is answered."""
    from tawthiq.estimation.estimating import estimate  # noqa: PLC0415  numpy and scipy load only when used

    parts = list[tuple[StratumTable, Estimate | NoEstimate]]()
    for part in tables:
        try:
            parts.append((part, estimate(part.table, answer.method, answer.seed)))
        except NoEstimate as refused:
            parts.append((part, refused))
    refusals = [(part, made) for part, made in parts if isinstance(made, NoEstimate)]
    if len(refusals) == len(parts):
        raise refusals[0][1]
    for part, made in refusals:
        named = ", ".join(f"{heading} {value}" for heading, value in part.stratum)
        click.echo(f"tawthiq: {named}: {made.happened}", err=True)
    _write(strata_contract(parts, cautions, answer.language))
    return SOME_FAILED if refusals else 0


def _write(told: dict[str, Any]) -> None:
    with written_to(STANDARD) as output:
        output.write(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
