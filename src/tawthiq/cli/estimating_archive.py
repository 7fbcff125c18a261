"""`tawthiq estimate --from-archive`: the table of lists built from an archive, through one person's sight.

What a file for others holds is patterns of lists with counts: no incident, no person, no name but those of outlets.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tawthiq.cli.disclosing_archive import Disclosing, disclosing
from tawthiq.estimation.building import built
from tawthiq.estimation.refusing import expect_lists_linked
from tawthiq.pipeline.handing_out import Purpose, hand_out
from tawthiq.publication.tables.csv_cells import text_cell, writer
from tawthiq.records.disclosure import Profile
from tawthiq.records.errors import WrongUsage
from tawthiq.records.estimate import BuiltTable, Caution, DocumentedUnit, OverlapTable
from tawthiq.text.folding import fold

INCIDENTS, PERSONS = "incidents", "persons"
_COUNT = "count"


@dataclass(frozen=True, slots=True)
class AskedRows:
    """What is counted, which of it, into how many lists, with whose sight, and where the table goes."""

    rows: str
    act: str
    place: str
    first: date | None
    last: date | None
    most: int
    together: bool
    name: str | None
    target: Path | None


def built_from(chosen: Path | None, asked: AskedRows) -> tuple[BuiltTable, dict[str, Any]]:
    """The table and what is told of how it was made; the table is handed out where a file was asked for.

    Raises NoEstimate where an archive documents too little, WrongUsage for what cannot be asked of persons.
    """
    if asked.rows == PERSONS and (asked.act or asked.place or asked.first or asked.last):
        happened = "--act, --place, --from and --to choose incidents, and rows of lists tell of none"
        raise WrongUsage(item="--rows persons", happened=happened, advice="leave them out, or count incidents")
    with disclosing(chosen, Profile.PARTNER.value, asked.name) as desk:
        units, numbers, more, facts = _persons(desk) if asked.rows == PERSONS else _incidents(desk, asked)
        made = _without_protected(built(units, asked.most, asked.together), desk)
        made = replace(made, cautions=(*made.cautions, *more))
        if asked.target is not None:
            purpose = Purpose("estimation table", desk.profile, numbers, desk.by)
            hand_out(desk.archive, asked.target, purpose, desk.protected, lambda part: _write(part, made.table))
    told = {
        "rows": asked.rows,
        "counted": len(units),
        "lists": [{"list": heading, "units": size} for heading, size in made.sizes],
        "smaller_groups": made.others,
        "only_smaller_groups": made.gone,
        **facts,
    }
    return made, told


def _incidents(
    desk: Disclosing, asked: AskedRows
) -> tuple[Sequence[DocumentedUnit], list[int], list[Caution], dict[str, Any]]:
    from tawthiq.casework.queries.estimation_lists import Chosen, documented_incidents  # noqa: PLC0415  models need the database

    found = documented_incidents(desk.sight, Chosen(asked.act, asked.place, asked.first, asked.last))
    facts = {
        "act": asked.act or None,
        "place": asked.place or None,
        "from": asked.first.isoformat() if asked.first else None,
        "to": asked.last.isoformat() if asked.last else None,
        "without_group": found.nobodys,
    }
    return list(found.units.values()), list(found.units), [], facts


def _persons(desk: Disclosing) -> tuple[Sequence[DocumentedUnit], list[int], list[Caution], dict[str, Any]]:
    from tawthiq.casework.queries.estimation_persons import documented_persons  # noqa: PLC0415  models need the database

    desk.archive.unlock()
    found = documented_persons(desk.sight, desk.archive)
    expect_lists_linked(found.joined)
    more = [Caution("pairs_waiting", (("waiting", f"{found.waiting:,}"),))] if found.waiting else []
    return found.units, [], more, {"joined": found.joined, "waiting": found.waiting, "unread_rows": found.faults}


def _without_protected(made: BuiltTable, desk: Disclosing) -> BuiltTable:
    """The table with a number in place of each heading in which somebody protected is named."""
    strings = [folded for string in desk.protected.strings(desk.profile) if (folded := fold(string).strip())]
    headings = tuple(
        f"list {place}" if any(string in fold(heading) for string in strings) else heading
        for place, heading in enumerate(made.table.lists, start=1)
    )
    table = OverlapTable(headings, made.table.cells)
    sizes = tuple((heading, size) for heading, (_, size) in zip(headings, made.sizes, strict=True))
    cautions = tuple(
        replace(
            each, values=tuple((key, ", ".join(headings) if key == "lists" else value) for key, value in each.values)
        )
        for each in made.cautions
    )
    return replace(made, table=table, sizes=sizes, cautions=cautions)


def _write(part: Path, table: OverlapTable) -> None:
    """The table as `tawthiq estimate FILE --freq count` reads it again."""
    text = io.StringIO(newline="")
    rows = writer(text)
    count = _COUNT
    while count in table.lists:
        count += "_"
    rows.writerow([*(text_cell(heading) for heading in table.lists), count])
    rows.writerows([*pattern, number] for pattern, number in table.cells)
    part.write_bytes(text.getvalue().encode("utf-8-sig"))
