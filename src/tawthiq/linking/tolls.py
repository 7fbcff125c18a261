"""How the numbers of victims that two tellings give go together: as ranges, several at once, and rising with time."""

from tawthiq.linking.occurrences import Occurrence, Toll
from tawthiq.records.count import Harm

SLIGHT, SLIGHTLY = 2, 1.6  # numbers differ little by no more than so many, or so many times
LONGEST_RISE = 10  # days between two tellings of which the later one may give a risen toll


def toll_agreement(first: Occurrence, second: Occurrence, harm: Harm) -> str | None:
    """The best agreement of any whole count of one event with any of the other; None where one gives none."""
    found = {_range(one, other) for one in first.tolls[harm] for other in second.tolls[harm]}
    value = next((value for value in ("equal", "compatible", "close", "contrary") if value in found), None)
    if value in ("close", "contrary") and (_risen(first, second, harm) or _risen(second, first, harm)):
        return "risen"
    return value


def shared_numbers(first: Occurrence, second: Occurrence) -> str | None:
    """Whether several exact counts of the same harm and group are equal at once; None where fewer than two can be."""
    if min(len(first.numbers), len(second.numbers)) < 2:
        return None
    shared = len(first.numbers & second.numbers)
    return "several" if shared > 1 else "one" if shared else "none"


def _range(one: Toll, other: Toll) -> str:
    if one == other and one[1] is not None:
        return "equal"
    low, high = (one, other) if one[0] <= other[0] else (other, one)
    if low[1] is None or low[1] >= high[0]:
        return "compatible"
    return "close" if high[0] <= low[1] + SLIGHT or high[0] <= low[1] * SLIGHTLY else "contrary"


def _risen(early: Occurrence, late: Occurrence, harm: Harm) -> bool:
    """Whether the late telling says that the toll rose, was published no earlier, and gives the higher number."""
    if not late.details.rising or max(t[0] for t in late.tolls[harm]) <= max(t[0] for t in early.tolls[harm]):
        return False
    before, after = early.told_in.published, late.told_in.published
    return before is None or after is None or 0 <= after - before <= LONGEST_RISE
