"""The table of weights, checked against the comparisons: every level of each has its row, and each column sums to one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.linking.people.comparing import COMPARISONS, OTHERWISE
from tawthiq.records.errors import BadLexicon

_TABLE = "person_weights"
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class LevelWeight:
    """How often a level is found among records of one person (`m`) and of two (`u`); `own`: long lists estimate it."""

    m: float
    u: float
    own: bool

    @property
    def bits(self) -> float:
        """The weight of evidence: the logarithm of the odds to base 2."""
        return math.log2(self.m / self.u)


@cache
def weights() -> Mapping[tuple[str, str], LevelWeight]:
    """Weights by comparison and level. Raises BadLexicon where the table and the comparisons do not fit each other."""
    rows = load(_TABLE, ("comparison", "level", "m", "u", "own"))
    found = {
        (row["comparison"], row["level"]): LevelWeight(float(row["m"]), float(row["u"]), row["own"] == "yes")
        for row in rows
    }
    for comparison in COMPARISONS:
        codes = [*(level.code for level in comparison.levels), OTHERWISE]
        known = [found.get((comparison.name, code)) for code in codes]
        levels = [level for level in known if level]
        sums = (sum(level.m for level in levels), sum(level.u for level in levels))
        if None in known or any(abs(total - 1) > _SLACK for total in sums) or min(min(w.m, w.u) for w in levels) <= 0:
            raise BadLexicon(
                item=f"{_TABLE}.tsv",
                happened=f'"{comparison.name}" needs {", ".join(codes)}, each above 0, m and u summing to 1 (now {sums})',
                advice="mend its rows",
            )
    return found
