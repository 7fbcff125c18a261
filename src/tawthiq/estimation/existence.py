"""Whether a log-linear model has an estimate in these data (Fienberg and Rinaldo 2012; Chan, Silverman and Vincent 2021).

Lists that share nobody push a parameter to minus infinity. Such a term is taken out with the patterns that hold it, whose
expected count is then zero. What is left has a finite estimate exactly where some positive table has the same margins, which is
a linear program, and tells its parameters apart where its design has full rank.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from tawthiq.estimation.histories import Bits, Histories, Numbers
from tawthiq.estimation.terms import Model, Term, ordered

_LEAST_MARGIN = 1e-7
"""What the linear program leaves over below this is taken for zero."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """A model without the terms that nobody shows: the patterns that stay, their design, the terms that went."""

    kept: Bits
    design: Numbers
    counts: Numbers
    gone: tuple[Term, ...]


def reduced(model: Model, table: Histories) -> Reduced:
    """The model's design over the patterns that can occur under it: a column of ones, one a list, one an interaction."""
    kept = np.ones(len(table.counts), dtype=np.bool_)
    gone: list[Term] = []
    columns = [np.ones(len(table.counts)), *table.patterns.T.astype(np.float64)]
    for term in ordered(model):
        shown = table.patterns[:, term].all(axis=1)
        if table.counts[shown].sum() == 0:
            kept &= ~shown
            gone.append(term)
        else:
            columns.append(shown.astype(np.float64))
    return Reduced(kept, np.column_stack(columns)[kept], table.counts[kept], tuple(gone))


def is_identifiable(design: Numbers) -> bool:
    """Whether no two settings of the parameters give the same expected counts."""
    return bool(np.linalg.matrix_rank(design) == design.shape[1])


def exists(design: Numbers, counts: Numbers) -> bool:
    """Whether the likelihood has its maximum at finite parameters: some table without a zero has the same margins.

    That depends on which counts are zero and on nothing else of them, so that large counts cost the program no precision.
    """
    shown = (counts > 0).astype(np.float64)
    if shown.all():
        return True
    cells, parameters = design.shape
    equal = np.hstack([design.T, np.zeros((parameters, 1))])
    above = np.hstack([-np.eye(cells), np.ones((cells, 1))])
    found = linprog(
        np.append(np.zeros(cells), -1.0), A_ub=above, b_ub=np.zeros(cells), A_eq=equal, b_eq=design.T @ shown,
        bounds=[(0, None)] * cells + [(None, 1.0)], method="highs",
    )  # fmt: skip
    return bool(found.success and -found.fun > _LEAST_MARGIN)
