"""The score of two occurrences: the weights of what was found, added up (lexicon/data/link_weights.tsv).

Weights are natural logarithms of odds. A shared copy is evidence only where the rest already speaks for one occurrence.
"""

from collections.abc import Mapping
from functools import cache
from math import exp

from tawthiq.lexicon.tables import load
from tawthiq.linking.features import Features

PRIOR, LIMIT = ("prior", "any"), ("limit", "merged")
COPY = ("copy", "shared")
Weights = Mapping[tuple[str, str], float]


@cache
def shipped_weights() -> Weights:
    """The table of weights by feature and value."""
    return _column("weight")


def prior_weights() -> Weights:
    """The weights set by hand around which the shipped ones were fitted."""
    return _column("prior")


def _column(name: str) -> Weights:
    rows = load("link_weights", ("feature", "value", "prior", "weight", "meaning"))
    return {(row["feature"], row["value"]): float(row[name]) for row in rows}


def score(features: Features, weights: Weights) -> float:
    """The logarithm of the odds that the two are one occurrence. A shared copy never turns the balance."""
    alone = weights[PRIOR] + sum(weights.get(feature, 0.0) for feature in features if feature != COPY)
    return alone + weights[COPY] if alone > 0 and COPY in features else alone


def probability(odds_logarithm: float) -> float:
    """The share, 0 to 1, behind a logarithm of odds."""
    return 1 / (1 + exp(-max(-60.0, min(60.0, odds_logarithm))))
