"""Laws of estimates, refusals, and what a reader is told."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimation.published import SOUND, made
from tawthiq.estimation import estimating, latent_classes, loglinear
from tawthiq.estimation.estimating import estimate
from tawthiq.records.estimate import Columns, Estimate, Method, NoEstimate, OverlapTable

PATTERNS = [format(number, "03b") for number in range(1, 8)]
FAST = (Method.LOGLINEAR, Method.CHAO)


def codes(found: Estimate) -> set[str]:
    return {caution.code for caution in found.cautions}


def independent(units: int) -> dict[str, int]:
    """The expected counts of units that are listed by chance one half, one quarter and one fifth."""
    counts = {}
    for pattern in PATTERNS:
        chance = 1.0
        for listed, share in zip(pattern, (0.5, 0.25, 0.2), strict=True):
            chance *= share if listed == "1" else 1 - share
        counts[pattern] = round(units * chance)
    return counts


def values(found: Estimate) -> list[tuple[float, ...]]:
    return sorted((round(m.estimate, 3), round(m.low, 2), round(m.high, 2), round(m.bic or 0, 4)) for m in found.models)


@st.composite
def tables(draw: st.DrawFn) -> OverlapTable:
    counts = draw(st.lists(st.integers(0, 60), min_size=7, max_size=7))
    return made(dict(zip(PATTERNS, counts, strict=True)))


@settings(max_examples=40, deadline=None)
@given(tables(), st.sampled_from(FAST))
def test_an_answer_spans_its_models_and_never_falls_below_the_observed(table: OverlapTable, method: Method) -> None:
    try:
        found = estimate(table, method)
    except NoEstimate:
        return
    for model in found.models:
        assert table.observed <= model.low <= model.estimate + 1e-6
        assert model.estimate <= model.high + 1e-6
        assert found.low <= model.estimate <= found.high


@settings(max_examples=15, deadline=None)
@given(tables(), st.sampled_from(list(permutations(range(3)))), st.sampled_from(FAST))
def test_the_order_of_lists_changes_nothing(table: OverlapTable, order: tuple[int, ...], method: Method) -> None:
    turned = OverlapTable(
        tuple(table.lists[place] for place in order),
        tuple(sorted((tuple(pattern[place] for place in order), count) for pattern, count in table.cells)),
    )
    try:
        found = estimate(table, method)
    except NoEstimate:
        with pytest.raises(NoEstimate):
            estimate(turned, method)
        return
    again = estimate(turned, method)
    for one, other in zip(values(found), values(again), strict=True):
        assert other == pytest.approx(one, rel=1e-3)
    assert codes(again) == codes(found)


def test_independent_lists_lead_back_to_the_number_they_were_drawn_from() -> None:
    """Expected counts of 10,000 units, each listed by chance one half, one quarter and one fifth."""
    found = estimate(made(independent(10_000)), Method.LOGLINEAR)
    assert found.models[0].model == "[1,2,3]"
    assert found.models[0].estimate == pytest.approx(10_000, abs=5)
    assert found.models[0].terms == (("A",), ("B",), ("C",))


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize(
    ("table", "why"),
    [
        (made({"10": 50, "01": 40, "11": 30}, ("A", "B")), "2 lists"),
        (made({}), "lists|hold"),
        (made({"100": 90, "010": 80, "001": 70, "110": 6}), "more than one list"),
        (made({"100": 90, "010": 80, "001": 70, "110": 40}), "no 3 lists are joined"),
        (made({"110": 30, "001": 70, "111": 12, "010": 50, "011": 8}), "of list A stand in list B"),
        (made({"110": 3, "001": 70, "111": 5, "011": 0}), "of list A stand in list B"),
    ],
)
def test_a_table_that_cannot_carry_an_estimate_is_refused_with_the_reason(
    table: OverlapTable, why: str, method: Method
) -> None:
    with pytest.raises(NoEstimate, match=why) as refused:
        estimate(table, method)
    assert refused.value.exit_code == 2
    assert refused.value.advice


def test_a_list_that_stands_mostly_in_another_is_told() -> None:
    table = made({"100": 5, "110": 40, "111": 5, "010": 60, "001": 90, "011": 12, "101": 2})
    found = estimate(table, Method.LOGLINEAR)
    assert "contained_list" in codes(found)
    assert "dependent_lists" in codes(found)


def test_a_large_list_that_holds_most_of_everything_is_no_copy() -> None:
    table = made({"010": 400, "110": 45, "100": 3, "011": 47, "001": 3, "111": 6})
    assert "contained_list" not in codes(estimate(table, Method.CHAO))


def test_thin_and_empty_overlaps_are_told() -> None:
    found = estimate(made({"100": 300, "010": 250, "001": 200, "110": 9, "011": 6}), Method.LOGLINEAR)
    assert {"thin_overlap", "empty_overlap", "mostly_unseen", "near_ties"} <= codes(found)


def test_a_lower_bound_is_called_one() -> None:
    assert "lower_bound" in codes(estimate(made(SOUND), Method.CHAO))


def test_models_of_occasions_are_kept_for_occasions() -> None:
    table = made(SOUND)
    assert {model.model for model in estimate(table, Method.LOGLINEAR).models} <= {
        "[1,2,3]", "[12,3]", "[13,2]", "[23,1]", "[12,13]", "[12,23]", "[13,23]", "[12,13,23]",
    }  # fmt: skip
    occasions = OverlapTable(table.lists, table.cells, Columns.OCCASIONS)
    assert {"M0", "Mt"} <= {model.model for model in estimate(occasions, Method.LOGLINEAR).models}


def test_six_lists_are_searched_outwards_and_it_is_told() -> None:
    lists = tuple("ABCDEF")
    cells = {}
    for number in range(1, 64):
        pattern = format(number, "06b")
        cells[pattern] = round(900 * 0.35 ** pattern.count("1"))
    found = estimate(made(cells, lists), Method.LOGLINEAR)
    assert "pairs_only" in codes(found)
    assert found.considered > 15
    assert found.models[0].estimate > found.table.observed


@pytest.mark.parametrize("lists", [10, 30])
def test_more_lists_than_can_be_searched_are_refused(lists: int) -> None:
    headings = tuple(f"list {place}" for place in range(lists))
    table = OverlapTable(headings, (((1,) * lists, 50), ((0,) * (lists - 1) + (1,), 50)))
    with pytest.raises(NoEstimate, match="models of more than 9"):
        estimate(table, Method.LOGLINEAR)


@pytest.mark.usefixtures("few_draws")
@pytest.mark.parametrize("method", list(Method))
def test_huge_counts_are_estimated_like_others(method: Method) -> None:
    table = made({pattern: count * 1_000_000 for pattern, count in SOUND.items()})
    found = estimate(table, method)
    assert table.observed < found.low <= found.high < 100 * table.observed


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latent_classes, "_MOST_ROUNDS", 2)
    monkeypatch.setattr(latent_classes, "_ROUND", 60)


@pytest.mark.usefixtures("few_draws")
def test_one_seed_gives_one_answer_and_another_seed_another() -> None:
    table = made(SOUND)
    first, again, other = (estimate(table, Method.LATENT_CLASSES, seed) for seed in (5, 5, 6))
    assert first == again
    assert first.models[0].estimate != other.models[0].estimate or first.models[0].high != other.models[0].high
    assert "few_draws" in codes(first)


def test_two_seeds_agree_within_monte_carlo_error_about_the_number_they_were_drawn_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(latent_classes, "ENOUGH_DRAWS", 400.0)
    monkeypatch.setattr(latent_classes, "WELL_MIXED", 1.03)
    monkeypatch.setattr(latent_classes, "_ROUND", 300)
    table = made(independent(1_000))
    one, other = (estimate(table, Method.LATENT_CLASSES, seed).models[0] for seed in (1, 2))
    assert one.low < 1_000 < one.high
    for model in (one, other):
        assert model.r_hat is not None
        assert model.r_hat <= 1.05
        assert model.effective_sample_size is not None
        assert model.effective_sample_size >= 400
    error = (one.standard_error or 0) * 1.25 / 400**0.5
    assert abs(one.estimate - other.estimate) <= 5 * error
    assert one.low == pytest.approx(other.low, rel=0.05)
    assert one.high == pytest.approx(other.high, rel=0.10)


def test_the_range_leaves_out_what_the_data_rule_out() -> None:
    found = estimate(made(SOUND), Method.LOGLINEAR)
    best = found.models[0].bic or 0.0
    assert all((model.bic or 0.0) <= best + loglinear.NEAR for model in found.models)
    assert estimating.CLOSE < loglinear.NEAR


def test_an_answer_without_observed_overlap_of_a_pair_is_still_finite() -> None:
    found = estimate(made({"100": 50, "010": 40, "001": 30, "110": 10, "011": 9}), Method.LOGLINEAR)
    assert found.high < 1e6
