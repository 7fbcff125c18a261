"""Choices scored by named features with weights from a table (a conditional logit): one small, inspectable model.

A choice is among options; each option is a mapping of feature names to values; its score is the weighted sum. The tables
lexicon/data/weights_NAME.tsv hold the weights; tools/fit_reading.py made them from the sample reports. In a text that is not
Arabic every feature also counts under "en:", so that what differs between languages can differ.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp

from tawthiq.lexicon.tables import load

Features = dict[str, float]
COLUMNS = ("feature", "weight")


@cache
def weights(name: str) -> Mapping[str, float]:
    """The weights of one kind of choice. Raises BadLexicon when the table is missing or malformed."""
    return {row["feature"]: float(row["weight"]) for row in load(f"weights_{name}", COLUMNS)}


def features(language: str, names: Mapping[str, float]) -> Features:
    """Features as they are weighted: the shared ones, and in other languages than Arabic their own copies."""
    found = {name: value for name, value in names.items() if value}
    if language != "ar":
        found.update({f"en:{name}": value for name, value in names.items() if value})
    return found


def score(table: Mapping[str, float], option: Features) -> float:
    """The weighted sum of an option's features."""
    total = 0.0
    for name, value in option.items():
        weight = table.get(name)
        if weight is not None:
            total += weight * value
    return total


def shares(name: str, options: Sequence[Features]) -> list[float]:
    """The probability of each option."""
    table = weights(name)
    scores = [score(table, option) for option in options]
    top = max(scores)
    raised = [exp(value - top) for value in scores]
    total = sum(raised)
    return [value / total for value in raised]


def best(name: str, options: Sequence[Features]) -> int:
    """The number of the best option; the first among equals."""
    table = weights(name)
    scores = [score(table, option) for option in options]
    return scores.index(max(scores))


def near(name: str, distance: int) -> Features:
    """A distance as graded features: within 2, 5, 10, 20 and 40, so that weights need not be linear."""
    return {f"{name}<={limit}": 1.0 for limit in (2, 5, 10, 20, 40) if distance <= limit}
