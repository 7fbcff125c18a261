"""A table of lists from what an archive documents: each list is one group that documents independently.

The largest groups become lists; smaller ones are left out, with the units that nobody else documents, or make one list
together where a person asks for it. A group that documents less than `SMALLEST_LIST` units tells too little to be a list.
"""

from collections import Counter
from collections.abc import Collection

from tawthiq.estimation.refusing import FEWEST_LISTS
from tawthiq.records.estimate import BuiltTable, Caution, DocumentedUnit, NoEstimate, OverlapTable

MOST_LISTS = 6
USUAL_LISTS = 5
SMALLEST_LIST = 5
OTHERS = "others"


def built(units: Collection[DocumentedUnit], most: int = USUAL_LISTS, together: bool = False) -> BuiltTable:
    """The table of `most` lists at most; with `together`, one of them is all smaller groups.

    Raises NoEstimate where fewer than three groups document enough to be lists.
    """
    sizes = Counter(group for unit in units for group in unit.groups)
    ranked = [group for group, size in sorted(sizes.items(), key=_by_size) if size >= SMALLEST_LIST]
    chosen = ranked[: most - 1 if together and len(sizes) > most - 1 else most]
    smaller = set(sizes) - set(chosen)
    with_others = together and bool(smaller)
    if len(chosen) + with_others < FEWEST_LISTS:
        happened = (
            f"{len(ranked)} groups document {SMALLEST_LIST} or more of them independently; {FEWEST_LISTS} are needed"
        )
        advice = "collect what other groups documented, or take --others to put the smaller ones together"
        raise NoEstimate(item="the archive", happened=happened, advice=advice)
    headings = (*chosen, *([_free(OTHERS, chosen)] if with_others else []))
    patterns: Counter[tuple[int, ...]] = Counter()
    for unit in units:
        marks = [int(group in unit.groups) for group in chosen]
        patterns[(*marks, *([int(bool(unit.groups & smaller))] if with_others else []))] += 1
    gone = sum(count for pattern, count in patterns.items() if not any(pattern))
    table = OverlapTable(headings, tuple(sorted((each, count) for each, count in patterns.items() if any(each))))
    held = tuple(
        (heading, sum(count for pattern, count in table.cells if pattern[place]))
        for place, heading in enumerate(headings)
    )
    return BuiltTable(
        table, held, len(smaller), gone, _cautions(units, table, 0 if with_others else len(smaller), gone)
    )


def _cautions(units: Collection[DocumentedUnit], table: OverlapTable, others: int, gone: int) -> tuple[Caution, ...]:
    rows = f"{table.observed:,}"
    found = [Caution("archive_rows", (("rows", rows), ("lists", ", ".join(table.lists))))]
    if others:
        found.append(Caution("archive_others", (("others", str(others)), ("gone", f"{gone:,}"))))
    machine = sum(not unit.decided for unit in units)
    if machine:
        found.append(Caution("archive_unlinked", (("machine", f"{machine:,}"), ("rows", f"{len(units):,}"))))
    return tuple(found)


def _by_size(group: tuple[str, int]) -> tuple[int, str]:
    return -group[1], group[0]


def _free(heading: str, taken: Collection[str]) -> str:
    """A heading that no group has."""
    while heading in taken:
        heading += " *"
    return heading
