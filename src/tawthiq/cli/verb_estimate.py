"""`tawthiq estimate`: how many there may be whom no list names, as a range over models (estimate/1).

A table of lists comes from a file, or is built from the archive: rows are incidents or linked persons, lists are groups that
document independently.
"""

import json
from pathlib import Path
from typing import Any

import click

from tawthiq.cli.files import STANDARD, opened, written_to
from tawthiq.records.errors import WrongUsage
from tawthiq.records.estimate import Caution, Columns, Estimate, Method, NoEstimate, StratumTable

SOME_FAILED = 3


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
def command(
    *,
    table: Path | None,
    method: str,
    freq: str | None,
    strata: tuple[str, ...],
    leave_out: tuple[str, ...],
    columns: str | None,
    seed: int | None,
    language: str,
) -> int:
    """Estimate how many there are, listed and not, from how lists overlap (TABLE: CSV, a column a list, - is standard input).

    What is written is a range over models with warnings, never one number. A table that cannot carry an estimate is refused
    with the reason; the exit code is then 2.
    """
    from tawthiq.estimation import require_numbers  # noqa: PLC0415  loaded only when used
    from tawthiq.estimation.table_file import Asked, read_table  # noqa: PLC0415

    require_numbers()
    if table is None:
        raise WrongUsage(item="tawthiq estimate", happened="no table is given", advice="name a CSV file")
    with opened(table) as (stream, name):
        data = stream.read()
    asked = Asked(freq, strata, leave_out, Columns(columns) if columns else None)
    tables, cautions = read_table(name, data, asked)
    return estimated(tables, cautions, Method(method), seed, language)


def estimated(
    tables: tuple[StratumTable, ...], cautions: tuple[Caution, ...], method: Method, seed: int | None, language: str
) -> int:
    """Write the answer about one table, or about each stratum; the exit code. Raises NoEstimate where nothing is answered."""
    from tawthiq.estimation.contract import contract, strata_contract  # noqa: PLC0415
    from tawthiq.estimation.estimating import estimate  # noqa: PLC0415  numpy and scipy load only when used

    if len(tables) == 1 and not tables[0].stratum:
        _write(contract(estimate(tables[0].table, method, seed), cautions, language))
        return 0
    parts = list[tuple[StratumTable, Estimate | NoEstimate]]()
    for part in tables:
        try:
            parts.append((part, estimate(part.table, method, seed)))
        except NoEstimate as refused:
            parts.append((part, refused))
    refusals = [(part, made) for part, made in parts if isinstance(made, NoEstimate)]
    if len(refusals) == len(parts):
        raise refusals[0][1]
    for part, made in refusals:
        named = ", ".join(f"{heading} {value}" for heading, value in part.stratum)
        click.echo(f"tawthiq: {named}: {made.happened}", err=True)
    _write(strata_contract(parts, cautions, language))
    return SOME_FAILED if refusals else 0


def _write(told: dict[str, Any]) -> None:
    with written_to(STANDARD) as output:
        output.write(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
