"""The way from a table to a range: refuse what cannot carry it, fit the models, span those that the data do not rule out.

The range goes from the lowest to the highest of: the 95 % intervals of models about as good as the best (BIC within `CLOSE`),
and the estimates of all models that are not ruled out (BIC within 10). Intervals tell of chance under one model; that models
which fit alike say different things is the larger doubt, and no single number shows it.
"""

from dataclasses import replace

import numpy as np

from tawthiq.estimation.chao import chao
from tawthiq.estimation.histories import Histories, histories
from tawthiq.estimation.latent_classes import SEED, latent_classes
from tawthiq.estimation.loglinear import ALL_ORDERS, NEAR, Considered, consider, estimate_of
from tawthiq.estimation.occasions import LOWER_BOUNDS, occasion_models
from tawthiq.estimation.refusing import expect_estimable, expect_lists, overlap_cautions, why_none
from tawthiq.estimation.terms import name
from tawthiq.records.estimate import Caution, Columns, Estimate, Method, ModelEstimate, OverlapTable

CLOSE = 2.0
"""BIC above the best up to which a model is as good as the best: not worth more than a bare mention (Kass and Raftery 1995)."""
DIFFERING = 1.5
"""Highest over lowest estimate from which models differ much."""
_MOSTLY = 0.8
_FEW_DRAWS, _BADLY_MIXED = 400.0, 1.05
_NAMED = 8


def estimate(table: OverlapTable, method: Method, seed: int | None = None) -> Estimate:
    """The models of one method over a table, and the range over them.

    Raises NoEstimate for a table that cannot carry an estimate, WrongUsage where numpy or scipy is missing.
    """
    expect_lists(table)
    numbers = histories(table)
    expect_estimable(table, numbers)
    made = {
        Method.LOGLINEAR: _occasions if table.kind is Columns.OCCASIONS else _loglinear,
        Method.CHAO: _chao,
        Method.LATENT_CLASSES: _latent,
    }[method](table, numbers, SEED if seed is None else seed)
    if not made.models:
        raise why_none(method)
    return replace(made, method=method, cautions=(*made.cautions, *overlap_cautions(table, numbers), *_reach(made)))


def _loglinear(table: OverlapTable, numbers: Histories, _: int) -> Estimate:
    found = consider(numbers)
    models = tuple(estimate_of(made, numbers, table.lists) for made in found.near)
    cautions = [*_near_ties(models), *_dependence(table, found), *_left_out(found, table), *_search(found, numbers)]
    return _ranged(table, models, cautions, found.fitted, len(found.without))


def _occasions(table: OverlapTable, numbers: Histories, _: int) -> Estimate:
    """Models of occasions; lower bounds are listed and do not narrow or widen the range."""
    fitted = sorted(occasion_models(numbers), key=lambda made: made.bic or 0.0)
    best = min((made.bic or 0.0 for made in fitted if made.model not in LOWER_BOUNDS), default=0.0)
    models = tuple(
        replace(made, in_range=made.model not in LOWER_BOUNDS and (made.bic or 0.0) <= best + NEAR) for made in fitted
    )
    return _ranged(table, models, _near_ties(tuple(made for made in models if made.in_range)), len(fitted), 0)


def _chao(table: OverlapTable, numbers: Histories, _: int) -> Estimate:
    models = tuple(chao(numbers))
    low, high = min(made.low for made in models), max(made.high for made in models)
    return Estimate(Method.CHAO, table, models, low, high, (Caution("lower_bound"),), len(models), 0)


def _latent(table: OverlapTable, numbers: Histories, seed: int) -> Estimate:
    model = latent_classes(numbers, seed)
    size, mixed = model.effective_sample_size or 0.0, model.r_hat or float("inf")
    values = (("r_hat", f"{mixed:.3f}"), ("size", f"{size:.0f}"))
    cautions = (Caution("few_draws", values),) if size < _FEW_DRAWS or mixed > _BADLY_MIXED else ()
    return Estimate(Method.LATENT_CLASSES, table, (model,), model.low, model.high, cautions, 1, 0, seed)


def _ranged(
    table: OverlapTable, models: tuple[ModelEstimate, ...], cautions: list[Caution], considered: int, without: int
) -> Estimate:
    """The models with the range over those that belong to it."""
    within = [made for made in models if made.in_range]
    if not within:
        return Estimate(Method.LOGLINEAR, table, (), 0.0, 0.0, (), considered, without)
    best = min(made.bic or 0.0 for made in within)
    close = [made for made in within if (made.bic or 0.0) <= best + CLOSE]
    low = min(*(made.low for made in close), *(made.estimate for made in within))
    high = max(*(made.high for made in close), *(made.estimate for made in within))
    fallen_back = [made.model for made in models if made.interval == "log-normal" and made.model != "Mb"]
    if fallen_back:
        cautions.append(Caution("no_profile", (("models", _some(fallen_back)),)))
    return Estimate(Method.LOGLINEAR, table, models, low, high, tuple(cautions), considered, without)


def _near_ties(models: tuple[ModelEstimate, ...]) -> list[Caution]:
    """That several models fit about as well, and how far apart they are."""
    if len(models) < 2:
        return []
    low, high = min(made.estimate for made in models), max(made.estimate for made in models)
    ends = (("low", f"{low:,.0f}"), ("high", f"{high:,.0f}"))
    found = [Caution("near_ties", (("models", str(len(models))), ("window", f"{NEAR:.0f}"), *ends))]
    if high >= DIFFERING * low:
        found.append(Caution("models_differ", (("ratio", f"{high / low:.1f}"),)))
    return found


def _dependence(table: OverlapTable, found: Considered) -> list[Caution]:
    """The pairs of lists that the best model joins, and whether they share more or less than chance would have it."""
    if not found.near:
        return []
    best = found.near[0]
    joined = sorted(term for term in best.model if len(term) == 2)
    if not joined:
        return []
    kept = [term for term in sorted(best.model, key=lambda term: (len(term), term)) if term not in best.reduced.gone]
    first = 1 + len(table.lists)
    signs = {term: best.fit.coefficients[first + place] > 0 for place, term in enumerate(kept)}
    named = [
        f"{table.lists[one]}, {table.lists[other]} ({'+' if signs.get((one, other)) else '−'})" for one, other in joined
    ]
    return [Caution("dependent_lists", (("pairs", "; ".join(named)),))]


def _left_out(found: Considered, table: OverlapTable) -> list[Caution]:
    if not found.without:
        return []
    names = sorted(name(model, len(table.lists)) for model in found.without)
    values = (("count", str(len(names))), ("considered", f"{found.fitted:,}"), ("models", _some(names)))
    return [Caution("unidentifiable", values)]


def _search(found: Considered, numbers: Histories) -> list[Caution]:
    if numbers.lists <= ALL_ORDERS:
        return []
    values = (("fitted", f"{found.fitted:,}"),)
    return [Caution("pairs_only", values), *([] if found.complete else [Caution("search_cut", values)])]


def _reach(made: Estimate) -> list[Caution]:
    """That most of the answer is about those whom nobody recorded."""
    share = 1 - made.table.observed / max(made.models[0].estimate, 1.0)
    return [Caution("mostly_unseen", (("share", str(int(np.floor(100 * share)))),))] if share >= _MOSTLY else []


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} … ({len(names)})"
