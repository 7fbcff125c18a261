"""Pairs of occurrences compared: what they have in common, the score of that, and what may never be joined.

`compared` looks at two occurrences and the statistics only, so a pair comes out the same in a whole archive linked at once and
when one report is added to it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from tawthiq.linking.features import Features, features
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.scoring import Weights, score
from tawthiq.linking.statistics import Statistics

KEPT = -6.0  # pairs below this logarithm of odds are kept apart as surely as it gets
# By any of these, two events of one document are told as two; without, one event may have been read twice.
CONFLICTS = {
    ("act", "different"),
    ("date", "next_day"),
    ("date", "few_days"),
    ("date", "apart"),
    ("place", "near"),
    ("place", "different"),
    ("place", "far"),
    ("killed", "close"),
    ("killed", "contrary"),
    ("injured", "close"),
    ("injured", "contrary"),
}
# By these, two events that one outlet tells of one day are two.
TOLD_AS_TWO = {("act", "different"), ("place", "different"), ("place", "far")}


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found about two occurrences, its score, and whether a rule keeps them apart whatever lies between."""

    features: Features
    score: float
    apart: bool


def compared(first: Occurrence, second: Occurrence, statistics: Statistics, weights: Weights) -> Compared:
    """Two occurrences compared; the same whichever of the two comes first."""
    found = features(first, second, statistics)
    return Compared(found, max(KEPT, score(found, weights)), told_as_two(first, second, found))


def told_as_two(first: Occurrence, second: Occurrence, found: Collection[tuple[str, str]]) -> bool:
    """Whether one document, or one outlet on one day, tells the two as different events."""
    if first.reference.document == second.reference.document:
        return any(feature in CONFLICTS for feature in found)
    same_outlet = first.outlet is not None and first.outlet == second.outlet
    same_day = ("date", "same_day") in found and first.told_in.published == second.told_in.published
    return same_outlet and same_day and any(feature in TOLD_AS_TWO for feature in found)
