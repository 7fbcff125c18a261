"""Log-linear models of list overlaps: every model that the data do not rule out, by the Bayesian information criterion.

Counts of patterns are Poisson with a mean whose logarithm is a sum of terms (Fienberg 1972; Bishop, Fienberg and Holland 1975);
exp(intercept) is the expected number of units that no list names. BIC is -2 log-likelihood + parameters x log(observed units),
parameters at minus infinity counted, as Rcapture and SparseMSE have it. Of three and four lists all hierarchical models are
fitted; of five all 1,024 graphs of pairs; of more, graphs are searched outwards from the best (`searching`).
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from tawthiq.estimation.existence import Reduced, exists, is_identifiable, reduced
from tawthiq.estimation.histories import Histories
from tawthiq.estimation.poisson import PoissonFit, covariance, fit
from tawthiq.estimation.profile import interval
from tawthiq.estimation.searching import search
from tawthiq.estimation.terms import Model, all_models, highest, name
from tawthiq.records.estimate import ModelEstimate

NEAR = 10.0
"""BIC above the best up to which a model belongs to the range; beyond, the evidence against it is very strong (Kass and Raftery
1995)."""
ALL_ORDERS = 4
"""Lists up to which terms of three lists and more are fitted."""
ALL_GRAPHS = 5
"""Lists up to which every graph of pairs is fitted."""
_VANISHING = 1e-5
"""An expected count below this makes us ask the linear program whether the estimate exists."""


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A model that has an estimate: how many units it says nobody lists, the standard error of the total, its BIC."""

    model: Model
    reduced: Reduced
    fit: PoissonFit
    unseen: float
    error: float
    bic: float
    parameters: int


@dataclass(frozen=True, slots=True)
class Considered:
    """The models near the best, best first, how many were fitted, those that give no estimate, whether all were looked at."""

    near: tuple[FittedModel, ...]
    fitted: int
    without: tuple[Model, ...]
    complete: bool


def consider(table: Histories) -> Considered:
    """Fit the models that the number of lists allows; those within `NEAR` of the best come back, by BIC and name."""
    lists = table.lists
    if lists > ALL_GRAPHS:
        found, without, complete = search(lists, partial(fitted, table), NEAR)
    else:
        models = list(all_models(lists, lists - 1 if lists <= ALL_ORDERS else 2))
        tried = [(model, fitted(table, model)) for model in models]
        found = [made for _, made in tried if made is not None]
        without, complete = [model for model, made in tried if made is None], True
    best = min((made.bic for made in found), default=0.0)
    near = sorted((made for made in found if made.bic <= best + NEAR), key=lambda made: _rank(made, lists))
    return Considered(tuple(near), len(found) + len(without), tuple(without), complete)


def _rank(made: FittedModel, lists: int) -> tuple[float, int, str]:
    return round(made.bic, 6), made.parameters, name(made.model, lists)


def fitted(table: Histories, model: Model) -> FittedModel | None:
    """The model fitted, or None where the data give it no estimate: no finite maximum, or parameters that cannot be told
    apart.
    """
    made = reduced(model, table)
    if made.design.shape[0] < made.design.shape[1] or not is_identifiable(made.design):
        return None
    found = fit(made.design, made.counts)
    if not found.settled or (found.expected.min() < _VANISHING and not exists(made.design, made.counts)):
        return None
    try:
        spread = covariance(made.design, found.expected)[0, 0]
    except np.linalg.LinAlgError:
        return None
    unseen = float(np.exp(found.coefficients[0]))
    error = float(np.sqrt(unseen + unseen**2 * spread))
    if not np.isfinite(error):
        return None
    parameters = made.design.shape[1] + len(made.gone)
    bic = -2 * found.log_likelihood + parameters * float(np.log(table.observed))
    return FittedModel(model, made, found, unseen, error, bic, parameters)


def estimate_of(made: FittedModel, table: Histories, headings: tuple[str, ...]) -> ModelEstimate:
    """The model's estimate with the interval of its profile likelihood."""
    ends = interval(made.reduced.design, made.reduced.counts, made.unseen, made.error, fit)
    return ModelEstimate(
        model=name(made.model, table.lists),
        estimate=table.observed + made.unseen,
        low=ends.low,
        high=ends.high,
        interval=ends.kind,
        standard_error=made.error,
        bic=made.bic,
        parameters=made.parameters,
        terms=tuple(tuple(headings[place] for place in term) for term in highest(made.model, table.lists)),
    )
