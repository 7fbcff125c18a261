"""Tables that cannot carry an estimate, and why: too few lists, too thin overlaps, one list that repeats another.

Whatever is refused here would get a number from the formulas, and that number would mean nothing.
"""

from itertools import combinations

from tawthiq.estimation.histories import Histories
from tawthiq.estimation.terms import MOST_LISTS
from tawthiq.records.estimate import Caution, Method, NoEstimate, OverlapTable

FEWEST_LISTS = 3
FEWEST_SHARED = 7
"""Units in more than one list; with fewer recaptures an estimate may be far too low, and nobody can tell (Robson and Regier
1964)."""
COPY, CONTAINED = 0.95, 0.8
"""The share of the smaller list that stands in the other one: from which it is refused as a copy, from which it is told."""
SMALLEST_COPY, SMALLEST_SAME = 10, 3
"""Units of a list below which standing in another one whole, being the same as another one, may be chance."""
_FAR_BEYOND_CHANCE = 0.25
"""How much rarer members of the list must lack the other one than all others do, for it to be no matter of size."""
_THIN_SHARE, _THIN_UNITS = 0.05, 30


def expect_lists(table: OverlapTable) -> None:
    """Raise NoEstimate for a table of too few lists, or of too many."""
    lists = len(table.lists)
    if lists < FEWEST_LISTS:
        happened = (
            f"it has {lists} lists that hold anybody ({', '.join(table.lists) or 'none'}); {FEWEST_LISTS} are needed"
        )
        advice = "with two lists nothing tells whether they depend on each other; add a third, made independently"
        raise NoEstimate(item="the table", happened=happened, advice=advice)
    if lists > MOST_LISTS:
        happened = f"it has {lists} lists, and models of more than {MOST_LISTS} cannot be searched"
        raise NoEstimate(
            item="the table", happened=happened, advice="put lists of one kind together, or use --leave-out"
        )


def expect_estimable(table: OverlapTable, numbers: Histories) -> None:
    """Raise NoEstimate, with the reason and what to do, for overlaps that cannot carry an estimate."""
    shared = numbers.observed - numbers.caught()[0]
    if shared < FEWEST_SHARED:
        happened = (
            f"only {shared:,.0f} of {numbers.observed:,.0f} stand in more than one list; {FEWEST_SHARED} are needed"
        )
        advice = "link people or incidents between the lists first, or say only how many were recorded"
        raise NoEstimate(item="the table", happened=happened, advice=advice)
    connected = _connected(numbers)
    if connected < FEWEST_LISTS:
        happened = f"no {FEWEST_LISTS} lists are joined by anybody whom they share (at most {connected})"
        raise NoEstimate(item="the table", happened=happened, advice="link people or incidents between the lists first")
    for first, second, share in contained(numbers):
        if share >= COPY:
            happened = f"{share:.0%} of list {table.lists[first]} stand in list {table.lists[second]} as well"
            advice = f"one repeats the other, so they are one list; leave one out (--leave-out {table.lists[first]})"
            raise NoEstimate(item="the table", happened=happened, advice=advice)


def contained(numbers: Histories) -> list[tuple[int, int, float]]:
    """Pairs of lists of which the smaller stands in the other far more than that one's size explains, and how much of it."""
    found = []
    for one, other in combinations(range(numbers.lists), 2):
        small, large = sorted((one, other), key=lambda place: (numbers.shared(place), place))
        size, both = numbers.shared(small), numbers.shared(small, large)
        others = numbers.observed - size
        if both == numbers.shared(large) and size >= SMALLEST_SAME:
            found.append((small, large, 1.0))
            continue
        if size < SMALLEST_COPY or both / size < CONTAINED or others <= 0:
            continue
        lacking_elsewhere = 1 - (numbers.shared(large) - both) / others
        if 1 - both / size <= _FAR_BEYOND_CHANCE * lacking_elsewhere:
            found.append((small, large, both / size))
    return found


def overlap_cautions(table: OverlapTable, numbers: Histories) -> list[Caution]:
    """What a table that is not refused still tells against itself."""
    found = []
    shared = numbers.observed - numbers.caught()[0]
    if shared < _THIN_UNITS or shared < _THIN_SHARE * numbers.observed:
        found.append(Caution("thin_overlap", (("shared", f"{shared:,.0f}"), ("observed", f"{numbers.observed:,.0f}"))))
    empty = [pair for pair in combinations(range(numbers.lists), 2) if numbers.shared(*pair) == 0]
    if empty:
        named = "; ".join(f"{table.lists[one]}, {table.lists[other]}" for one, other in empty)
        found.append(Caution("empty_overlap", (("pairs", named),)))
    for first, second, share in contained(numbers):
        values = (("list", table.lists[first]), ("other", table.lists[second]), ("share", f"{100 * share:.0f}"))
        found.append(Caution("contained_list", values))
    return found


def expect_lists_linked(pairs: int) -> None:
    """Raise NoEstimate where nobody linked persons: every record would then count as a person of its own."""
    if pairs == 0:
        happened = "nobody decided yet which of its records are one person, so its lists would seem to share nobody"
        advice = "tawthiq people propose, then let two people decide about the pairs"
        raise NoEstimate(item="the archive", happened=happened, advice=advice)


def why_none(method: Method) -> NoEstimate:
    """The refusal of a table in which no model has an estimate."""
    return NoEstimate(
        item="the table",
        happened=f"no model of the method {method.value} gets an estimate from it: its overlaps are too thin",
        advice="put lists of one kind together, or say only how many were recorded",
    )


def _connected(numbers: Histories) -> int:
    """The most lists that are joined, one by one, by somebody whom two of them share."""
    groups = {place: {place} for place in range(numbers.lists)}
    for one, other in combinations(range(numbers.lists), 2):
        if numbers.shared(one, other) > 0 and groups[one] is not groups[other]:
            joined = groups[one] | groups[other]
            groups.update(dict.fromkeys(joined, joined))
    return max(len(group) for group in groups.values())
