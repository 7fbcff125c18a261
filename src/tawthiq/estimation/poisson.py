"""Poisson regression by Newton's method on the log-likelihood, for the small tables of multiple-systems estimation.

The log-likelihood is concave, so that a point at which its slope vanishes, of a design of full rank, is the one maximum.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from tawthiq.estimation.histories import Numbers

_TURNS, _HALVINGS, _SETTLED = 100, 30, 1e-11
_FARTHEST = 300.0
"""Beyond this logarithm of an expected count the maximum lies at infinity."""


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """Coefficients, expected counts, the log-likelihood with its constant, and whether Newton's method came to rest."""

    coefficients: Numbers
    expected: Numbers
    log_likelihood: float
    settled: bool


def fit(design: Numbers, counts: Numbers) -> PoissonFit:
    """The maximum of the likelihood of `counts` with means exp(`design` x coefficients)."""
    beta = _first(design, counts)
    value, settled = _value(design, counts, beta), False
    for _ in range(_TURNS):
        expected = np.exp(np.minimum(design @ beta, _FARTHEST))
        slope = design.T @ (counts - expected)
        try:
            step = np.linalg.solve((design * expected[:, None]).T @ design, slope).astype(np.float64)
        except np.linalg.LinAlgError:
            break
        gain = float(slope @ step)
        if not np.isfinite(gain):
            break
        if gain < _SETTLED * (1 + abs(value)):
            beta, settled = beta + step, True
            break
        beta, value = _climbed(design, counts, beta, step, value)
    expected = np.exp(np.minimum(design @ beta, _FARTHEST))
    return PoissonFit(beta, expected, _value(design, counts, beta) - float(gammaln(counts + 1).sum()), settled)


def covariance(design: Numbers, expected: Numbers) -> Numbers:
    """The covariance matrix of the coefficients. Raises numpy.linalg.LinAlgError where they cannot be told apart."""
    return np.linalg.inv((design * expected[:, None]).T @ design).astype(np.float64)


def _first(design: Numbers, counts: Numbers) -> Numbers:
    """One step of weighted least squares from the counts themselves."""
    near = counts + 0.5
    scale = np.sqrt(near)
    adjusted = np.log(near) + (counts - near) / near
    return np.linalg.lstsq(design * scale[:, None], adjusted * scale, rcond=None)[0].astype(np.float64)


def _climbed(design: Numbers, counts: Numbers, beta: Numbers, step: Numbers, value: float) -> tuple[Numbers, float]:
    """The coefficients a step farther, shortened until the likelihood grows."""
    for _ in range(_HALVINGS):
        there = _value(design, counts, beta + step)
        if there >= value:
            return beta + step, there
        step = step / 2
    return beta, value


def _value(design: Numbers, counts: Numbers, beta: Numbers) -> float:
    logs = design @ beta
    if logs.max() > _FARTHEST:
        return -np.inf
    return float(counts @ logs - np.exp(logs).sum())
