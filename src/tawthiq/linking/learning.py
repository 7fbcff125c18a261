"""Weights learnt from pairs that are known to be one occurrence or two: logistic regression with a Gaussian prior.

The prior mean is a table of weights, so little is learnt from few examples, and a feature that no example has keeps its weight
(maximum a posteriori; Newton's method, MacKay, Information Theory, Inference, and Learning Algorithms, chapter 41). The same
update serves the shipped weights (training/link_weights.py) and those that an archive learns from people's decisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log1p

from tawthiq.linking.features import Features
from tawthiq.linking.scoring import COPY, LIMIT, PRIOR, Weights, probability

# The inverse variance of the prior about each weight: moving one by 0.5 costs half a unit of log-likelihood.
STRENGTH = 4.0
STEPS, SETTLED = 12, 1e-6
Feature = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LinkExample:
    """Two occurrences by their features, whether they are one, and how much the example counts."""

    features: Features
    together: bool
    weight: float = 1.0


def learnt(weights: Weights, examples: Sequence[LinkExample], strength: float = STRENGTH) -> dict[Feature, float]:
    """The weights that examples move `weights` to; those of unseen features, of copies and of limits stay as they are.

    The order of the examples makes no difference.
    """
    alike = _alike(examples)
    seen = sorted({PRIOR, *(f for found, _ in alike for f in found if f in weights)} - {COPY, LIMIT})
    place = {feature: number for number, feature in enumerate(seen)}
    rows = [
        ([place[PRIOR], *(place[f] for f in found if f in place)], together, weight)
        for (found, together), weight in alike.items()
    ]
    mean = [weights[feature] for feature in seen]
    values = list(mean)
    for _ in range(STEPS):
        step = _step(rows, values, mean, strength)
        values = [value + change for value, change in zip(values, step, strict=True)]
        if max(map(abs, step)) < SETTLED:
            break
    return {**weights, **{feature: round(values[number], 6) for feature, number in place.items()}}


def _alike(examples: Sequence[LinkExample]) -> dict[tuple[Features, bool], float]:
    """The weight of all examples that are alike, in a fixed order."""
    counted: dict[tuple[Features, bool], list[float]] = {}
    for example in examples:
        counted.setdefault((example.features, example.together), []).append(example.weight)
    return {key: fsum(counted[key]) for key in sorted(counted)}


def loss(weights: Weights, examples: Sequence[LinkExample]) -> float:
    """The average negative logarithm of the likelihood of the examples, in nats."""
    total = 0.0
    for example in examples:
        odds = weights[PRIOR] + sum(weights.get(f, 0.0) for f in example.features if f != COPY)
        total += example.weight * log1p(exp(-odds if example.together else odds))
    return total / max(sum(example.weight for example in examples), 1e-9)


Row = tuple[list[int], bool, float]


def _step(rows: Sequence[Row], values: Sequence[float], mean: Sequence[float], strength: float) -> list[float]:
    """One step of Newton's method."""
    size = len(values)
    slope = [strength * (middle - value) for value, middle in zip(values, mean, strict=True)]
    bend = [[strength if i == j else 0.0 for j in range(size)] for i in range(size)]
    for numbers, together, weight in rows:
        chance = probability(sum(values[number] for number in numbers))
        missing = weight * (float(together) - chance)
        curve = weight * chance * (1 - chance)
        for number in numbers:
            slope[number] += missing
            row = bend[number]
            for other in numbers:
                row[other] += curve
    return _solved(bend, slope)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a symmetric positive definite system, by Cholesky's decomposition."""
    size = len(right)
    low = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            left = matrix[i][j] - sum(a * b for a, b in zip(low[i][:j], low[j][:j], strict=True))
            low[i][j] = left**0.5 if i == j else left / low[j][j]
    forward: list[float] = []
    for i in range(size):
        forward.append((right[i] - sum(a * b for a, b in zip(low[i], forward, strict=False))) / low[i][i])
    back = [0.0] * size
    for i in reversed(range(size)):
        back[i] = (forward[i] - sum(low[j][i] * back[j] for j in range(i + 1, size))) / low[i][i]
    return back
