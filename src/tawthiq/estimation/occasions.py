"""Models of capture occasions of one kind: M0, Mt, Mb and those of unequal units, Mh and Mth (Otis and others 1978).

As log-linear models over patterns (Cormack 1989; Rivest and Baillargeon 2007): a column counts in how many occasions a unit
was caught (M0), or there is one for each occasion (Mt). Unequal units add columns of that count k: max(k - j, 0) for j from 2,
which gives Chao's lower bound and whose coefficients may not be negative; 2^k - 1 (Poisson); k^2 / 2 (Darroch). In Mb a unit
once caught is caught again more or less easily; only first captures tell of the unseen.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from tawthiq.estimation.existence import exists, is_identifiable
from tawthiq.estimation.histories import Histories, Numbers
from tawthiq.estimation.poisson import PoissonFit, covariance, fit
from tawthiq.estimation.profile import interval, log_normal
from tawthiq.records.estimate import ModelEstimate

LOWER_BOUNDS = ("Mh_chao", "Mth_chao")
"""Models that bound the number of units from below, whatever the heterogeneity."""
_HETEROGENEITY: dict[str, Callable[[Numbers], Numbers]] = {
    "poisson": lambda caught: 2.0**caught - 1,
    "darroch": lambda caught: caught**2 / 2,
}


@dataclass(frozen=True, slots=True)
class _Design:
    """Columns of a model; the last `bounded` of them have coefficients that may not be negative."""

    name: str
    columns: Numbers
    bounded: int = 0


def occasion_models(table: Histories) -> list[ModelEstimate]:
    """Every model of this module that has an estimate, in the order of the text above."""
    made = [_estimated(design, table) for design in _designs(table)]
    return [each for each in (*made, _behaviour(table)) if each is not None]


def lower_bounds(table: Histories) -> list[ModelEstimate]:
    """Chao's lower bound as log-linear models, without and with an effect of each list."""
    made = [_estimated(design, table) for design in _designs(table) if design.name in LOWER_BOUNDS]
    return [each for each in made if each is not None]


def _designs(table: Histories) -> list[_Design]:
    caught = table.patterns.sum(axis=1).astype(np.float64)
    ones = np.ones(len(caught))
    alike = np.column_stack([ones, caught])
    each = np.column_stack([ones, table.patterns.astype(np.float64)])
    above = np.column_stack([np.maximum(caught - j, 0) for j in range(2, table.lists)])
    made = [_Design("M0", alike), _Design("Mt", each)]
    for prefix, base in (("Mh", alike), ("Mth", each)):
        made.append(_Design(f"{prefix}_chao", np.column_stack([base, above]), bounded=above.shape[1]))
        made += [
            _Design(f"{prefix}_{kind}", np.column_stack([base, of(caught)])) for kind, of in _HETEROGENEITY.items()
        ]
    return made


def _estimated(design: _Design, table: Histories) -> ModelEstimate | None:
    """The model's estimate, None where the data give it none."""
    columns = _allowed(design, design.columns, table.counts)
    if columns is None:
        return None
    found = fit(columns, table.counts)
    unseen = float(np.exp(found.coefficients[0]))
    error = float(np.sqrt(unseen + unseen**2 * covariance(columns, found.expected)[0, 0]))

    def fitter(whole: Numbers, counts: Numbers) -> PoissonFit:
        kept = _allowed(design, whole, counts)
        return fit(whole if kept is None else kept, counts)

    ends = interval(design.columns, table.counts, unseen, error, fitter)
    parameters = columns.shape[1]
    return ModelEstimate(
        model=design.name,
        estimate=table.observed + unseen,
        low=ends.low,
        high=ends.high,
        interval=ends.kind,
        standard_error=error,
        bic=-2 * found.log_likelihood + parameters * float(np.log(table.observed)),
        parameters=parameters,
    )


def _allowed(design: _Design, columns: Numbers, counts: Numbers) -> Numbers | None:
    """The columns whose coefficients are not negative where they must not be; those that would be are left out, as often as
    it takes. None where what is left has no estimate.
    """
    free = columns.shape[1] - design.bounded
    kept = list(range(columns.shape[1]))
    while True:
        chosen = columns[:, kept]
        found = fit(chosen, counts)
        if not found.settled or not is_identifiable(chosen):
            shown = [place for place in kept if place < free or counts[columns[:, place] > 0].sum() > 0]
            if len(shown) == len(kept):
                return None
            kept = shown
            continue
        negative = {place for place, value in zip(kept, found.coefficients, strict=True) if place >= free and value < 0}
        if not negative:
            return chosen if found.expected.min() > 0 and exists(chosen, counts) else None
        kept = [place for place in kept if place not in negative]


def _behaviour(table: Histories) -> ModelEstimate | None:
    """Mb by removal: first captures fall off by one ratio from occasion to occasion (Zippin 1956), recaptures have their own
    rate.
    """
    first = table.patterns.argmax(axis=1)
    firsts = np.bincount(first, weights=table.counts, minlength=table.lists).astype(np.float64)
    design = np.column_stack([np.ones(table.lists), np.arange(table.lists, dtype=np.float64)])
    found = fit(design, firsts)
    start, slope = found.coefficients
    if not found.settled or slope >= 0 or not exists(design, firsts):
        return None
    left = float(np.exp(slope))
    unseen = float(np.exp(start + table.lists * slope) / (1 - left))
    change = np.array([unseen, unseen * (table.lists + left / (1 - left))])
    error = float(np.sqrt(unseen + change @ covariance(design, found.expected) @ change))
    ends = log_normal(table.observed, unseen, error)
    return ModelEstimate(
        model="Mb",
        estimate=table.observed + unseen,
        low=ends.low,
        high=ends.high,
        interval=ends.kind,
        standard_error=error,
        bic=-2 * _behaviour_likelihood(table, first, found) + 3 * float(np.log(table.observed)),
        parameters=3,
    )


def _behaviour_likelihood(
    table: Histories, first: np.ndarray[tuple[int, ...], np.dtype[np.intp]], found: PoissonFit
) -> float:
    """The log-likelihood of all patterns under Mb, comparable with that of the other models."""
    again = table.patterns.sum(axis=1) - 1
    chances = table.lists - 1 - first
    rate = float(table.counts @ again) / max(float(table.counts @ chances), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(again > 0, again * np.log(rate), 0) + np.where(
            chances > again, (chances - again) * np.log1p(-rate), 0
        )
    expected = found.expected[first] * np.exp(logs)
    shown = table.counts > 0
    return float(table.counts[shown] @ np.log(expected[shown]) - expected.sum() - gammaln(table.counts + 1).sum())
