"""Bayesian latent classes: units fall into unknown classes, in each of which lists are independent (Manrique-Vallier 2016).

A Dirichlet process mixture of products of Bernoulli distributions, cut off after `CLASSES`: weights by stick-breaking with
concentration alpha ~ Gamma(1/4, rate 1/4), each list's probability in each class ~ Beta(1, 1), and 1/N on the number of
units. Gibbs sampling draws in turn the classes of the observed (a multinomial a pattern), the number of the unseen (negative
binomial) and their classes, the probabilities, the sticks, alpha. All chains advance together, as one array each.

The same seed gives the same draws with the same version of numpy, whose generator is PCG64, on the same kind of machine.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from tawthiq.estimation.histories import Histories, Numbers
from tawthiq.estimation.mixing import effective_sample_size, r_hat
from tawthiq.records.estimate import ModelEstimate

Counts = NDArray[np.int64]
CLASSES = 8
CHAINS, LADDER = 4, 8
_ALL = CHAINS * LADDER
_WARMEST = 0.05
SEED = 20_160_913
"""The seed where a person gives none: two people who ask the same get the same."""
ENOUGH_DRAWS, WELL_MIXED = 1000.0, 1.01
"""Effective draws and R-hat at which sampling ends (Vehtari and others 2021 ask for 400 and 1.01)."""
_THINNING, _ROUND, _MOST_ROUNDS = 5, 500, 24
_WIDTHS = np.array([0.2, 1.0, 3.0])
_PRIOR_SHAPE = _PRIOR_RATE = 0.25
_LEAST = 1e-12
"""Below this a probability is taken for it, so that logarithms and divisions stay finite."""
_MOST_UNSEEN = 10**13
"""Units that no draw goes beyond, as many as the generator can draw."""


@dataclass
class _Chains:
    """The state of all chains: sticks (chain, class), probabilities (chain, class, list), concentrations (chain,)."""

    sticks: Numbers
    inside: Numbers
    concentration: Numbers


@dataclass(frozen=True)
class _Data:
    """Patterns (pattern, list) that somebody shows, and how many units show them for each chain (chain, pattern)."""

    patterns: Numbers
    counts: Numbers
    whole: Counts


def latent_classes(table: Histories, seed: int = SEED) -> ModelEstimate:
    """The posterior median of the number of units with its 95 % interval; chains run on until they mixed, or for so long."""
    generator = np.random.default_rng(seed)
    data = _data(table)
    chains = _first(generator, table.lists)
    rounds: list[Numbers] = []
    settled, size, mixed = np.empty(0), 0.0, float("inf")
    while len(rounds) < _MOST_ROUNDS and not (size >= ENOUGH_DRAWS and mixed <= WELL_MIXED):
        rounds.append(_round(generator, chains, data))
        if len(rounds) > 1:
            settled = np.concatenate(rounds[(len(rounds) + 1) // 2 :], axis=1)
            size, mixed = effective_sample_size(settled), r_hat(settled)
    low, median, high = (float(value) for value in np.quantile(settled, (0.025, 0.5, 0.975)))
    return ModelEstimate(
        model="lcm",
        estimate=table.observed + median,
        low=table.observed + low,
        high=table.observed + high,
        interval="posterior",
        standard_error=float(settled.std(ddof=1)),
        effective_sample_size=size,
        r_hat=mixed,
    )


def _data(table: Histories) -> _Data:
    """The observed for the cold chains, ever thinner tables for warmer ones. Chains are ordered from warm to cold, group by
    group."""
    shown = table.counts > 0
    ladder = np.tile(np.geomspace(_WARMEST, 1.0, LADDER), CHAINS)
    whole = np.rint(ladder[:, None] * table.counts[shown]).astype(np.int64)
    return _Data(table.patterns[shown].astype(np.float64), whole.astype(np.float64), whole)


def _first(generator: np.random.Generator, lists: int) -> _Chains:
    """Starts apart from each other: sticks and probabilities from their priors."""
    concentration = generator.uniform(0.2, 2.0, _ALL)
    inside = generator.uniform(0.05, 0.95, (_ALL, CLASSES, lists))
    return _Chains(_within(generator.beta(1.0, np.ones((_ALL, CLASSES)))), inside, concentration)


def _round(generator: np.random.Generator, chains: _Chains, data: _Data) -> Numbers:
    """So many draws of the number of the unseen, every `_THINNING`th kept; a row a cold chain."""
    kept: Numbers = np.empty((CHAINS, _ROUND))
    for draw in range(_ROUND):
        for _ in range(_THINNING):
            unseen = _step(generator, chains, data)
        kept[:, draw] = unseen[LADDER - 1 :: LADDER]
    return kept


def _step(generator: np.random.Generator, chains: _Chains, data: _Data) -> Numbers:
    """One turn of the sampler over all chains; the number of the unseen in each."""
    shown, nothing = _moved(generator, chains, data)
    observed = generator.multinomial(data.whole, (shown / shown.sum(axis=1, keepdims=True)).transpose(0, 2, 1))
    missed = np.clip(nothing.sum(axis=1), _LEAST, 1 - _LEAST)
    listed_units = np.maximum(data.whole.sum(axis=1), 1)
    found = np.maximum(1 - missed, listed_units / _MOST_UNSEEN)
    unseen = np.minimum(generator.negative_binomial(listed_units, found), _MOST_UNSEEN)
    hidden = generator.multinomial(unseen, nothing / nothing.sum(axis=1, keepdims=True))
    members = observed.sum(axis=1) + hidden
    listed = observed.transpose(0, 2, 1) @ data.patterns
    chains.inside = _within(generator.beta(1 + listed, 1 + members[:, :, None] - listed))
    later = members[:, ::-1].cumsum(axis=1)[:, ::-1] - members
    chains.sticks = _within(generator.beta(1.0 + members, chains.concentration[:, None] + later))
    left = np.log1p(-chains.sticks[:, :-1]).sum(axis=1)
    chains.concentration = np.maximum(generator.gamma(_PRIOR_SHAPE + CLASSES - 1, 1 / (_PRIOR_RATE - left)), _LEAST)
    total: Numbers = unseen.astype(np.float64)
    return total


def _moved(generator: np.random.Generator, chains: _Chains, data: _Data) -> tuple[Numbers, Numbers]:
    """Moves that single draws make only slowly: a class grows as its lists thin out, or the other way round, which the observed
    hardly tell apart; and neighbours of the ladder exchange their states. The chances of classes and patterns after them.

    Their target leaves out which class a unit is of and how many are unseen: with 1/N on the number of units the likelihood is
    then that of the patterns given that they were seen. The draws that follow take both up again.
    """
    row = np.arange(_ALL)
    now = _chances(chains.sticks, chains.inside, chains.concentration, data)
    chosen = generator.integers(0, CLASSES, _ALL)
    width = _WIDTHS[generator.integers(0, len(_WIDTHS), _ALL)]
    shift, apart = generator.standard_normal((2, _ALL)) * width
    apart = np.where(generator.random(_ALL) < 0.5, -shift, apart)
    inside, sticks = chains.inside.copy(), chains.sticks.copy()
    inside[row, chosen] = _within(expit(logit(inside[row, chosen]) + shift[:, None]))
    sticks[row, chosen] = _within(expit(logit(sticks[row, chosen]) + apart))
    there = _chances(sticks, inside, chains.concentration, data)
    gain = ((there.logs - now.logs) * data.counts).sum(axis=1) + there.prior - now.prior
    taken = np.log(generator.random(_ALL)) < gain
    chains.inside[taken], chains.sticks[taken] = inside[taken], sticks[taken]
    for kept, moved in ((now.logs, there.logs), (now.shown, there.shown), (now.nothing, there.nothing)):
        kept[taken] = moved[taken]
    _exchange(generator, chains, now, data)
    return now.shown, now.nothing


def _exchange(generator: np.random.Generator, chains: _Chains, now: "_Chances", data: _Data) -> None:
    """Neighbours of each ladder offer each other their states, even and odd pairs by turns (replica exchange, Geyer 1991)."""
    first = int(generator.integers(0, 2))
    lower = np.array(
        [place for place in range(_ALL - 1) if place % LADDER != LADDER - 1 and place % LADDER % 2 == first]
    )
    upper = lower + 1
    gain = ((data.counts[upper] - data.counts[lower]) * (now.logs[lower] - now.logs[upper])).sum(axis=1)
    taken = np.log(generator.random(len(lower))) < gain
    order = np.arange(_ALL)
    order[lower[taken]], order[upper[taken]] = upper[taken], lower[taken]
    for state in (chains.sticks, chains.inside, chains.concentration, now.logs, now.shown, now.nothing):
        state[:] = state[order]


@dataclass
class _Chances:
    """`shown` are the chances of a class and a pattern (chain, class, pattern), `nothing` of a class and no list (chain,
    class); `logs` the logarithms of a pattern's chance given that it was seen (chain, pattern), `prior` that of the prior in
    logits.
    """

    shown: Numbers
    nothing: Numbers
    logs: Numbers
    prior: Numbers


def _chances(sticks: Numbers, inside: Numbers, concentration: Numbers, data: _Data) -> _Chances:
    left, log_in, log_out, log_stick = np.log1p(-sticks), np.log(inside), np.log1p(-inside), np.log(sticks)
    weights = log_stick.copy()
    weights[:, -1] = 0.0
    weights[:, 1:] += left[:, :-1].cumsum(axis=1)
    unlisted = weights + log_out.sum(axis=2)
    shown = np.exp((log_in - log_out) @ data.patterns.T + unlisted[:, :, None])
    nothing = np.exp(unlisted)
    seen = np.maximum(1 - nothing.sum(axis=1), _LEAST)
    prior = log_stick.sum(axis=1) + concentration * left.sum(axis=1) + (log_in + log_out).sum(axis=(1, 2))
    return _Chances(shown, nothing, np.log(shown.sum(axis=1)) - np.log(seen)[:, None], prior)


def _within(values: Numbers) -> Numbers:
    """Probabilities kept off 0 and 1."""
    inner: Numbers = np.clip(values, _LEAST, 1 - 1e-12)
    return inner
