"""Conditional logit by AdaGrad, averaged over the later epochs of a few runs in fixed orders: same examples, same weights.

Penalty and epochs were chosen by cross-validation by outlet on the training reports, by fact F1
(`python -m eval.crossvalidation`). The lean to "single" makes up for what an event is worth besides itself; fact F1 is flat
there between 0 and 0.8. The lean to no date keeps the report's day from passing for the event's. Features seen in fewer
than SEEN_IN choices are left out: they would tell of single reports.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import exp, sqrt
from random import Random
from unittest import mock

from tawthiq.reading import choosing
from training.choices import STAGES, Choice, choices
from training.examples import Example

EPOCHS, RATE, PENALTY = 15, 0.1, 0.15
SETTLING = 5
RUNS = 3
SEEN_IN = 10
LEANS = {"scope": {"single bias": 0.35}, "time": {"none": 0.3}}
Table = dict[str, float]


def fit(examples: Sequence[Example]) -> tuple[dict[str, Table], dict[str, tuple[int, float]]]:
    """The tables of all stages, each fitted on what the stages before it produce; and how many choices of each were right."""
    tables: dict[str, Table] = {}
    right: dict[str, tuple[int, float]] = {}
    for name in STAGES:
        with using(tables):
            found = [choice for example in examples for choice in choices(name, example)]
        tables[name] = fit_stage(found)
        for feature, lean in LEANS.get(name, {}).items():
            tables[name][feature] = tables[name].get(feature, 0.0) + lean
        right[name] = (len(found), _right(tables[name], found))
    return tables, right


@contextmanager
def using(tables: Mapping[str, Mapping[str, float]]) -> Iterator[None]:
    """Let choices be made by these tables instead of the shipped ones."""

    def weights(name: str, language: str) -> Mapping[str, float]:
        if (name, language) not in kept:
            kept[name, language] = choosing.in_language(tables[name], language)
        return kept[name, language]

    kept: dict[tuple[str, str], Mapping[str, float]] = {}
    choosing.by_outcome.cache_clear()
    with mock.patch.object(choosing, "weights", weights):
        yield
    choosing.by_outcome.cache_clear()


def fit_stage(found: Sequence[Choice]) -> Table:
    """Weights that make the right options likely (log-likelihood, L2 penalty)."""
    seen = Counter(name for choice in found for name in {name for option in _named(choice) for name in option})
    prepared = [
        ([[name for name in option if seen[name] >= SEEN_IN] for option in _named(choice)], choice.right)
        for choice in found
    ]
    mean: Table = {}
    for seed in range(RUNS):
        for name, weight in _run(prepared, Random(seed)).items():
            mean[name] = mean.get(name, 0.0) + weight / RUNS
    return mean


def _run(prepared: list[tuple[list[list[str]], frozenset[int]]], order: Random) -> Table:
    """One descent over the choices in an order of its own; the weights are those of the later epochs, averaged."""
    table: Table = {}
    squares: Table = {}
    mean: Table = {}
    for epoch in range(EPOCHS):
        order.shuffle(prepared)
        for options, right in prepared:
            for name, slope in _gradient(table, options, right).items():
                step = slope - PENALTY * table.get(name, 0.0)
                squares[name] = squares.get(name, 1e-6) + step * step
                table[name] = table.get(name, 0.0) + RATE * step / sqrt(squares[name])
        if epoch >= SETTLING:
            for name, weight in table.items():
                mean[name] = mean.get(name, 0.0) + weight / (EPOCHS - SETTLING)
    return mean


def _named(choice: Choice) -> list[list[str]]:
    """The options with features under the names that are fitted: in another language than Arabic also apart."""
    if choice.language == "ar":
        return choice.options
    return [[*option, *(choosing.APART + name for name in option)] for option in choice.options]


def _gradient(table: Table, options: Sequence[Sequence[str]], right: frozenset[int]) -> Table:
    scores = [sum([table.get(name, 0.0) for name in option]) for option in options]
    top = max(scores)
    raised = [exp(value - top) for value in scores]
    total, good = sum(raised), sum(raised[k] for k in right)
    slopes: Table = {}
    for k, option in enumerate(options):
        share = (raised[k] / good if k in right and good else 0.0) - raised[k] / total
        if abs(share) > 1e-4:
            for name in option:
                slopes[name] = slopes.get(name, 0.0) + share
    return slopes


def _right(table: Table, found: Sequence[Choice]) -> float:
    """The share of choices that the table makes rightly."""
    hits = 0
    for choice in found:
        weights = choosing.in_language(table, choice.language)
        scores = [choosing.score(weights, option) for option in choice.options]
        hits += scores.index(max(scores)) in choice.right
    return hits / max(len(found), 1)
