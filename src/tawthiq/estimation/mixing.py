"""How well chains of a sampler mixed: rank-normalised split R-hat and bulk effective sample size (Vehtari and others 2021)."""

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from tawthiq.estimation.histories import Numbers


def r_hat(draws: Numbers) -> float:
    """The rank-normalised split R-hat of draws, a row a chain: 1 where chains cannot be told apart."""
    halves = _normal_scores(_halves(draws))
    length = halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean()
    between = length * halves.mean(axis=1).var(ddof=1)
    if within == 0:
        return 1.0
    return float(np.sqrt(((length - 1) / length * within + between / length) / within))


def effective_sample_size(draws: Numbers) -> float:
    """How many independent draws these are worth about the middle of their distribution (Geyer's monotone sequence)."""
    halves = _normal_scores(_halves(draws))
    chains, length = halves.shape
    centred = halves - halves.mean(axis=1, keepdims=True)
    width = 1 << (2 * length - 1).bit_length()
    power = np.abs(np.fft.rfft(centred, width)) ** 2
    covariances = np.fft.irfft(power, width)[:, :length] / length
    within = covariances[:, 0].mean() * length / (length - 1)
    total = within * (length - 1) / length + halves.mean(axis=1).var(ddof=1)
    if total == 0:
        return float(chains * length)
    correlations = 1 - (within - covariances.mean(axis=0) * length / (length - 1)) / total
    correlations[0] = 1
    sums = correlations[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(sums < 0)
    kept = np.minimum.accumulate(sums[: negative[0]] if negative.size else sums)
    return float(min(chains * length / max(2 * kept.sum() - 1, 1 / np.log10(chains * length)), chains * length))


def _halves(draws: Numbers) -> Numbers:
    length = draws.shape[1] // 2
    return np.vstack([draws[:, :length], draws[:, -length:]])


def _normal_scores(draws: Numbers) -> Numbers:
    ranks = rankdata(draws, axis=None).reshape(draws.shape)
    scores: Numbers = ndtri((ranks - 0.375) / (draws.size + 0.25))
    return scores
