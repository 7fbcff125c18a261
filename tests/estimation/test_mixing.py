"""Diagnostics of chains, on chains of which we know how they mix."""

import numpy as np

from tawthiq.estimation.mixing import effective_sample_size, r_hat


def test_independent_draws_are_worth_nearly_what_they_are() -> None:
    draws = np.random.default_rng(1).standard_normal((4, 2000))
    assert 6500 < effective_sample_size(draws) <= 8000
    assert r_hat(draws) < 1.005


def test_draws_that_hang_together_are_worth_less() -> None:
    """An autoregression of .9 is worth (1 - .9) / (1 + .9) of its length."""
    noise = np.random.default_rng(2).standard_normal((4, 5000))
    draws = np.zeros_like(noise)
    for place in range(1, 5000):
        draws[:, place] = 0.9 * draws[:, place - 1] + noise[:, place]
    assert 600 < effective_sample_size(draws) < 1600


def test_chains_that_stay_apart_are_told() -> None:
    draws = np.random.default_rng(3).standard_normal((4, 500)) + np.array([[0.0], [0.0], [0.0], [5.0]])
    assert r_hat(draws) > 1.2
    assert effective_sample_size(draws) < 30


def test_chains_that_do_not_move_are_no_fault() -> None:
    assert r_hat(np.ones((4, 100))) == 1.0
