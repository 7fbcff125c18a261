"""What people's decisions teach: the weights that follow from pairs decided together and apart, and when they are followed.

Same decisions over the same readings give the same weights; withdrawn decisions teach nothing. Two copies of one dispatch
teach nothing either, for they agree in everything whatever they tell of. Below `LEAST` pairs of each kind the shipped weights
stand.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tawthiq.linking.features import Features
from tawthiq.linking.learning import LinkExample, learnt
from tawthiq.linking.scoring import COPY, Weights, shipped_weights

LEAST = 20  # decided pairs of each kind
Feature = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt: the weights to link with, how many pairs of each kind there were, how many showed each value.

    `applies` is False where there are too few pairs, or learning is switched off: then `weights` are the shipped ones.
    """

    weights: Weights
    together: int
    apart: int
    taught: Mapping[Feature, int]
    applies: bool

    @property
    def stamp(self) -> str:
        """A name for these weights: the same for the same weights, "" for the shipped ones."""
        return stamp_of(self.weights) if self.applies else ""


def example(features: Features, together: bool) -> LinkExample | None:
    """What one decided pair teaches; None for two copies of one dispatch."""
    return None if COPY in features else LinkExample(features, together)


def lesson(examples: Sequence[LinkExample], *, learn: bool = True) -> Lesson:
    """The lesson of decided pairs, in any order."""
    together = sum(each.together for each in examples)
    apart = len(examples) - together
    taught = Counter(feature for each in examples for feature in each.features)
    applies = learn and min(together, apart) >= LEAST
    weights = _moved(learnt(shipped_weights(), examples)) if applies else shipped_weights()
    return Lesson(weights, together, apart, dict(taught), applies)


def _moved(weights: Weights) -> Weights:
    """The weights to two decimals where they moved: what a person is shown is what counts."""
    shipped = shipped_weights()
    return {
        feature: weight if weight == shipped.get(feature) else round(weight, 2) for feature, weight in weights.items()
    }


def stamp_of(weights: Weights) -> str:
    """Twelve hexadecimal digits that name a table of weights."""
    told = "\n".join(f"{feature}\t{value}\t{weight:.6f}" for (feature, value), weight in sorted(weights.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:12]
