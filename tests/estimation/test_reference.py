"""Values that Rcapture and SparseMSE give for published tables, to the printed digit (../shared/mse/reference.json)."""

import json
from functools import cache
from pathlib import Path

import pytest

from estimation.published import FREQUENCIES, published
from tawthiq.estimation.estimating import estimate
from tawthiq.records.estimate import Estimate, Method, ModelEstimate


@cache
def answer(shared: Path, table: str) -> Estimate:
    return estimate(published(shared, table), Method.LOGLINEAR)


def by_name(made: Estimate) -> dict[str, ModelEstimate]:
    return {model.model: model for model in made.models}


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict:  # type: ignore[type-arg]
    return json.loads((shared / "mse" / "reference.json").read_text("utf-8"))


def error(model: ModelEstimate) -> float:
    assert model.standard_error is not None
    return model.standard_error


@pytest.mark.parametrize("name", ["M0", "Mh_chao", "Mth_chao"])
def test_models_of_the_hares_are_the_published_ones(shared: Path, reference: dict, name: str) -> None:  # type: ignore[type-arg]
    told, model = reference["hare"][name], by_name(answer(shared, "hare"))[name]
    assert round(model.estimate, 1) == told["estimate"]
    assert round(error(model), 1) == told["se"]
    if "ci95" in told:
        assert [round(model.low, 1), round(model.high, 1)] == told["ci95"]


@pytest.mark.parametrize(
    ("name", "estimate_", "se"), [("Mh_poisson", 81.5, 5.7), ("Mh_darroch", 90.4, 11.6), ("Mb", 81.1, 8.3)]
)
def test_other_models_of_the_hares_are_those_of_the_paper(shared: Path, name: str, estimate_: float, se: float) -> None:
    """Baillargeon and Rivest 2007, table of closedp(hare)."""
    model = by_name(answer(shared, "hare"))[name]
    assert (round(model.estimate, 1), round(error(model), 1)) == (estimate_, se)


def test_both_chao_models_of_the_hares_are_among_the_lower_bounds(shared: Path, reference: dict) -> None:  # type: ignore[type-arg]
    models = by_name(estimate(published(shared, "hare"), Method.CHAO))
    for name in ("Mh_chao", "Mth_chao"):
        assert round(models[name].estimate, 1) == reference["hare"][name]["estimate"]


@pytest.mark.parametrize("table", ["HIV", "lesbian"])
def test_the_best_model_by_bic_is_the_published_one(shared: Path, reference: dict, table: str) -> None:  # type: ignore[type-arg]
    told, made = reference[table]["loglinear_bic_best"], answer(shared, table)
    best = min(made.models, key=lambda model: model.bic or 0)
    assert best is made.models[0]
    assert (best.model, round(best.estimate), round(error(best))) == (told["model"], told["estimate"], told["se"])


def test_a_model_that_is_not_the_best_has_its_published_value(shared: Path, reference: dict) -> None:  # type: ignore[type-arg]
    told = reference["HIV"]["loglinear"]
    assert round(by_name(answer(shared, "HIV"))[told["model"]].estimate) == told["estimate"]


def test_the_graph_of_the_first_british_estimate_is_in_the_range(shared: Path) -> None:
    """Bales, Hesketh and Silverman 2015: 11,313 with an interval from 9,889 to 13,063."""
    made = answer(shared, "UKdat_5")
    model = by_name(made)["[12,13,24,25,35,45]"]
    assert (round(model.estimate), round(model.low), round(model.high)) == (11313, 9889, 13063)
    assert made.low <= model.estimate <= made.high


@pytest.mark.parametrize("table", list(FREQUENCIES))
def test_the_range_of_a_published_table_spans_its_models_and_is_above_the_observed(shared: Path, table: str) -> None:
    made = answer(shared, table)
    assert made.models
    for model in made.models:
        assert made.table.observed <= model.low <= model.estimate <= model.high
        assert not model.in_range or made.low <= model.estimate <= made.high
    assert [model.bic for model in made.models] == sorted(model.bic or 0 for model in made.models)
