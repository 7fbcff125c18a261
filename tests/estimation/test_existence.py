"""Whether a model has an estimate in the data at all."""

import numpy as np

from estimation.published import SOUND, made
from tawthiq.estimation.existence import exists, is_identifiable, reduced
from tawthiq.estimation.histories import histories
from tawthiq.estimation.loglinear import fitted

ALL_PAIRS = frozenset({(0, 1), (0, 2), (1, 2)})


def test_lists_that_share_nobody_lose_their_term_and_their_patterns() -> None:
    table = histories(made({**SOUND, "110": 0, "111": 0}))
    found = reduced(frozenset({(0, 1)}), table)
    assert found.gone == ((0, 1),)
    assert found.kept.sum() == 5
    assert found.design.shape == (5, 4)


def test_all_pairs_of_three_lists_cannot_be_told_apart_once_one_pair_shares_nobody() -> None:
    """Chan, Silverman and Vincent 2021, table Artificial_3: the estimate is not identifiable."""
    table = histories(made({**SOUND, "110": 0, "111": 0}))
    found = reduced(ALL_PAIRS, table)
    assert not is_identifiable(found.design)
    assert fitted(table, ALL_PAIRS) is None


def test_a_zero_on_the_edge_of_the_margins_has_no_finite_maximum() -> None:
    """With [12,13,23] of three lists and nobody in all three, the pattern 111 can only be zero if another goes below zero."""
    design = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    assert exists(design, np.array([4.0, 2.0, 0.0]))
    assert not exists(design, np.array([0.0, 2.0, 1.0]))


def test_a_table_without_zeros_always_has_a_maximum() -> None:
    found = reduced(ALL_PAIRS, histories(made(SOUND)))
    assert exists(found.design, found.counts)
