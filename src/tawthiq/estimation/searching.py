"""A search among graphs of pairs, where there are too many to fit them all (32,768 of six lists).

From independence, the best model not yet looked around is taken, every graph with one pair more or less is fitted, and so on
while models near the best remain, up to a number of fits. Ties fall to the name, so the same table is searched the same way.
"""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Protocol, TypeVar

from tawthiq.estimation.terms import INDEPENDENT, Model, name, pair_neighbours

MOST_FITS = 3_000
"""Models fitted of six lists; fewer of more lists, whose tables are larger."""


class Graded(Protocol):
    """A fitted model with its criterion."""

    @property
    def bic(self) -> float:
        """The less the better."""


_Fitted = TypeVar("_Fitted", bound=Graded)


def search(
    lists: int, fitted: Callable[[Model], _Fitted | None], window: float
) -> tuple[list[_Fitted], list[Model], bool]:
    """The models fitted, those without an estimate, and whether the neighbours of every model within `window` were seen."""
    limit = MOST_FITS * 2 ** (6 - lists) if lists > 6 else MOST_FITS
    made: list[_Fitted] = []
    without: list[Model] = []
    seen: set[Model] = set()
    waiting: list[tuple[float, str, Model]] = []

    def look_at(model: Model) -> None:
        seen.add(model)
        found = fitted(model)
        if found is None:
            without.append(model)
        else:
            made.append(found)
            heappush(waiting, (round(found.bic, 6), name(model, lists), model))

    look_at(INDEPENDENT)
    best = waiting[0][0] if waiting else 0.0
    while waiting:
        criterion, _, current = heappop(waiting)
        if criterion > best + window and current != INDEPENDENT:
            break
        if len(seen) >= limit:
            return made, without, False
        for model in pair_neighbours(current, lists):
            if model not in seen:
                look_at(model)
        best = min(best, waiting[0][0]) if waiting else best
    return made, without, True
