"""Choices scored by named features with weights from a table (a conditional logit): one small, inspectable model.

A choice is among options; each option is a list of the names of its features; its score is the sum of their weights. The
tables lexicon/data/weights_NAME.tsv hold the weights; `make train` made them from the sample reports. In a text that
is not Arabic the weight of "en:FEATURE" is added to that of each feature, so that what differs between languages can differ.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp

from tawthiq.lexicon.tables import load

Features = list[str]
COLUMNS = ("feature", "weight")
APART = "en:"
DISTANCES = (2, 5, 10, 20, 40)


@cache
def weights(name: str, language: str) -> Mapping[str, float]:
    """The weights of one kind of choice in a language. Raises BadLexicon when the table is missing or malformed."""
    table = {row["feature"]: float(row["weight"]) for row in load(f"weights_{name}", COLUMNS)}
    return in_language(table, language)


def in_language(table: Mapping[str, float], language: str) -> Mapping[str, float]:
    """The weights as they count in a language: the shared ones, with those that another language than Arabic adds."""
    shared = {name: weight for name, weight in table.items() if not name.startswith(APART)}
    if language == "ar":
        return shared
    for name, weight in table.items():
        if name.startswith(APART):
            bare = name.removeprefix(APART)
            shared[bare] = shared.get(bare, 0.0) + weight
    return shared


def active(found: Mapping[str, object]) -> Features:
    """The names of the features that hold."""
    return [name for name, holds in found.items() if holds]


def score(table: Mapping[str, float], option: Iterable[str]) -> float:
    """The sum of the weights of an option's features."""
    return sum([table[name] for name in option if name in table])


def shares(name: str, language: str, options: Sequence[Features]) -> list[float]:
    """The probability of each option."""
    table = weights(name, language)
    scores = [score(table, option) for option in options]
    top = max(scores)
    raised = [exp(value - top) for value in scores]
    total = sum(raised)
    return [value / total for value in raised]


def best(name: str, language: str, options: Sequence[Features]) -> int:
    """The number of the best option; the first among equals."""
    table = weights(name, language)
    scores = [score(table, option) for option in options]
    return scores.index(max(scores))


@cache
def _nearness(name: str) -> tuple[tuple[str, ...], ...]:
    """The names that hold within each of the distances."""
    names = tuple(f"{name}<={limit}" for limit in DISTANCES)
    return tuple(names[at:] for at in range(len(names) + 1))


@cache
def by_outcome(name: str, language: str, outcomes: tuple[str, ...]) -> Mapping[str, tuple[float, ...]]:
    """For each feature its weight under each outcome of a choice whose options differ by their outcome only."""
    table = weights(name, language)
    features = {key.partition(" ")[2] for key in table}
    return {key: tuple(table.get(f"{outcome} {key}", 0.0) for outcome in outcomes) for key in features}


def best_outcome(name: str, language: str, outcomes: tuple[str, ...], found: Iterable[str]) -> int:
    """The number of the best outcome for the features found; the first among equals."""
    table = by_outcome(name, language, outcomes)
    held = [table[feature] for feature in found if feature in table]
    scores = [sum(column) for column in zip(*held, strict=True)]
    return scores.index(max(scores)) if scores else 0


def near(name: str, distance: int) -> tuple[str, ...]:
    """A distance as graded features: within 2, 5, 10, 20 and 40, so that weights need not be linear."""
    return _nearness(name)[bisect_left(DISTANCES, distance)]
