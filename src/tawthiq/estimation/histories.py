"""A table as numbers: every possible pattern of lists but the empty one, and how many units show it.

Patterns are in one fixed order whatever the order of rows, so that the same table gives the same bytes.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tawthiq.records.estimate import OverlapTable

Numbers = NDArray[np.float64]
Bits = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Histories:
    """`patterns` has a row a pattern and a column a list; `counts` are the units of each pattern."""

    patterns: Bits
    counts: Numbers

    @property
    def observed(self) -> float:
        """How many units stand in at least one list."""
        return float(self.counts.sum())

    @property
    def lists(self) -> int:
        """How many lists there are."""
        return int(self.patterns.shape[1])

    def shared(self, *lists: int) -> float:
        """How many units stand in all of some lists, given by place from 0."""
        return float(self.counts[self.patterns[:, lists].all(axis=1)].sum())

    def caught(self) -> Numbers:
        """How many units stand in exactly 1, 2, ... lists."""
        caught = np.bincount(self.patterns.sum(axis=1), weights=self.counts, minlength=self.lists + 1)
        return caught[1:].astype(np.float64)


def histories(table: OverlapTable) -> Histories:
    """The table over all patterns, those that nobody shows with a count of zero."""
    counted = dict(table.cells)
    patterns = [pattern for pattern in product((1, 0), repeat=len(table.lists)) if any(pattern)]
    return Histories(
        np.array(patterns, dtype=np.bool_),
        np.array([counted.get(pattern, 0) for pattern in patterns], dtype=np.float64),
    )
