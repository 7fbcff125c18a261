"""Intervals of 95 %: the multinomial profile likelihood of the number of units (Cormack 1992), else a log-normal one.

For each number N the unseen pattern is given N minus the observed, the model is fitted anew, and the likelihood of the whole
table under N units is noted; numbers whose likelihood is not too far below the best belong to the interval. Rcapture's
closedpCI does the same; its search ends at three times the estimate, this one goes on, and where no end is found the
log-normal interval of Chao (1987) stands in.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import gammaln

from tawthiq.estimation.histories import Numbers
from tawthiq.estimation.poisson import PoissonFit

QUANTILE = 1.959963984540054
"""Of the standard normal distribution, for 95 %."""
_DROP = QUANTILE**2 / 2
_FARTHEST = 200.0
"""Times the estimated number of unseen units: how far an upper end is looked for."""
_CLOSE = 1e-6
"""Unseen units that stand for none: the logarithm of zero has no value."""

Fitter = Callable[[Numbers, Numbers], PoissonFit]


@dataclass(frozen=True, slots=True)
class Interval:
    """Its two ends and its kind: "profile" or "log-normal"."""

    low: float
    high: float
    kind: str


def interval(design: Numbers, counts: Numbers, unseen: float, error: float, fitter: Fitter) -> Interval:
    """The interval about observed + `unseen`, whose standard error is `error`; `fitter` fits the model's design to counts."""
    observed = float(counts.sum())
    try:
        found = _profiled(design, counts, unseen, fitter)
    except (ValueError, ArithmeticError, np.linalg.LinAlgError):
        found = None
    if found is None:
        return log_normal(observed, unseen, error)
    return Interval(observed + found[0], observed + found[1], "profile")


def log_normal(observed: float, unseen: float, error: float) -> Interval:
    """The interval of Chao (1987): the logarithm of the number of unseen units is taken for normal."""
    if unseen <= 0:
        return Interval(observed, observed, "log-normal")
    spread = float(np.exp(QUANTILE * np.sqrt(np.log1p((error / unseen) ** 2))))
    return Interval(observed + unseen / spread, observed + unseen * spread, "log-normal")


def _profiled(design: Numbers, counts: Numbers, unseen: float, fitter: Fitter) -> tuple[float, float] | None:
    """Both ends as numbers of unseen units, None where there is no upper one."""
    likelihood = _likelihood(design, counts, fitter)
    reach = max(1.5 * unseen, 1.0)
    best = minimize_scalar(lambda n0: -likelihood(n0), bounds=(0.0, reach), method="bounded", options={"xatol": 1e-4})
    top, middle = -float(best.fun), float(best.x)

    def below(n0: float) -> float:
        return top - likelihood(n0) - _DROP

    low = 0.0 if below(0.0) <= 0 else float(brentq(below, 0.0, middle, xtol=1e-5))
    high = reach
    while below(high) <= 0:
        high *= 2
        if high > _FARTHEST * max(unseen, 1.0):
            return None
    return low, float(brentq(below, middle, high, xtol=1e-5))


def _likelihood(design: Numbers, counts: Numbers, fitter: Fitter) -> Callable[[float], float]:
    """The profile log-likelihood as a function of the number of unseen units, up to a constant."""
    observed = float(counts.sum())
    whole = np.vstack([design, np.eye(1, design.shape[1])])
    known: dict[float, float] = {}

    def likelihood(n0: float) -> float:
        unseen = max(n0, _CLOSE)
        if unseen not in known:
            table = np.append(counts, unseen)
            made = fitter(whole, table)
            if not made.settled:
                raise ArithmeticError("the profile could not be followed")
            number = observed + unseen
            logs = table[table > 0] @ np.log(made.expected[table > 0] / number)
            known[unseen] = float(gammaln(number + 1) - gammaln(unseen + 1) + logs)
        return known[unseen]

    return likelihood
