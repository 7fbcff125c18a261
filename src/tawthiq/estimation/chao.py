"""Chao's lower bound: at least so many units, however unequal they are, told from those that stand in one list and in two.

f1 units in exactly one list and f2 in exactly two give f1^2 / (2 f2) unseen ones at least (Chao 1987), which holds for many
lists; of t lists the bound is (t - 1) / t of that (Chao 1989), and its bias-corrected form needs no f2. Mh_chao and Mth_chao
are the same bound as log-linear models (Rivest and Baillargeon 2007), the second with lists of unequal size. A lower bound is
no estimate: the true number may be any above it.
"""

from math import sqrt

from tawthiq.estimation.histories import Histories
from tawthiq.estimation.occasions import lower_bounds
from tawthiq.estimation.profile import log_normal
from tawthiq.records.estimate import ModelEstimate


def chao(table: Histories) -> list[ModelEstimate]:
    """Every form of the bound that the table allows; the classic one needs units in exactly two lists."""
    once, twice = float(table.caught()[0]), float(table.caught()[1])
    share = (table.lists - 1) / table.lists
    made = []
    if twice > 0:
        ratio = once / twice
        variance = twice * (ratio**4 / 4 + ratio**3 + ratio**2 / 2)
        made.append(_bound("chao_1987", table.observed, once**2 / (2 * twice), variance))
    unseen, variance = _bias_corrected(once, twice, share)
    made.append(_bound("chao_bias_corrected", table.observed, unseen, variance))
    return [*made, *lower_bounds(table)]


def _bias_corrected(once: float, twice: float, share: float) -> tuple[float, float]:
    """The unseen by the bias-corrected form and its variance (Chao 2005, equation 8, for incidence in t samples)."""
    more = twice + 1
    unseen = share * once * (once - 1) / (2 * more)
    variance = (
        unseen
        + share**2 * once * (2 * once - 1) ** 2 / (4 * more**2)
        + share**2 * once**2 * twice * (once - 1) ** 2 / (4 * more**4)
    )
    return unseen, variance


def _bound(model: str, observed: float, unseen: float, variance: float) -> ModelEstimate:
    ends = log_normal(observed, unseen, sqrt(variance))
    return ModelEstimate(model, observed + unseen, ends.low, ends.high, ends.kind, sqrt(variance))
