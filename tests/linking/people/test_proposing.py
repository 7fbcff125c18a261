"""Pairs proposed: the same person across scripts, brothers apart, contradictions against, the order of no account."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.linking.people import propose, read_person
from tawthiq.linking.people.blocking import ALL_PAIRS, MOST_ALIKE, block_columns
from tawthiq.linking.people.comparing import COMPARISONS, OTHERWISE
from tawthiq.linking.people.grouping import grouped
from tawthiq.linking.people.model import prior_shift
from tawthiq.linking.people.rows import person_rows
from tawthiq.linking.people.weights import weights
from tawthiq.records.errors import WrongUsage
from tawthiq.records.person import ListCell, PersonProposals, PersonRecord, PersonValue

DAY, PLACE = "2016-03-12", "بلدة الغدير"
GIVEN = ("سامر", "نبيل", "طارق", "هشام", "رائد", "وسيم", "جابر", "فادي", "ماهر", "باسل")
FAMILY = ("الزيتون", "النهر", "الورد", "القمر", "البستان", "الصخر", "الجدول", "الميدان")


def person(source: str, number: int, **told: str) -> PersonRecord:
    values = {name: PersonValue(text, ListCell(source, number, name)) for name, text in told.items()}
    return read_person(f"{source}:{number:04}", source, values)


def bystanders() -> list[PersonRecord]:
    """Others in the lists, so that shared names are seen to be rare or not."""
    names = [f"{a} {b} {c}" for (a, b), c in zip(product(GIVEN[:6], GIVEN[6:]), FAMILY * 3, strict=False)]
    return [
        person(
            "others", number, name=name, death=f"2015-{number % 12 + 1:02}-{number % 27 + 1:02}", place=f"قرية {number}"
        )
        for number, name in enumerate(names)
    ]


def probability(found: PersonProposals, one: PersonRecord, other: PersonRecord) -> float:
    ids = {one.identifier, other.identifier}
    return next((pair.probability for pair in found.pairs if {pair.first, pair.second} == ids), 0.0)


def compared(first: dict[str, str], second: dict[str, str]) -> float:
    """The probability of two records of two lists, among bystanders."""
    one, other = person("a", 1, **first), person("b", 1, **second)
    return probability(propose([one, other, *bystanders()], 0.0001), one, other)


def test_one_person_in_two_scripts_is_proposed() -> None:
    arabic = {"name": "سامر نبيل الزيتون", "age": "34", "death": DAY, "place": PLACE}
    latin = {"name": "Samer Nabeel al-Zaytoun", "birth": "1982", "death": DAY, "place": "Ghadir"}
    assert compared(arabic, latin) > 0.9


def test_a_row_repeated_many_times_is_compared_a_few_times_and_counted() -> None:
    rows = [person("list", number, name="سامر خالد الحمود", age="30") for number in range(500)]
    found = propose([*rows, *bystanders()])
    assert found.records == 500 + len(bystanders())
    assert found.repeated == 490
    assert len(found.pairs) < 100
    assert found.distinct.most >= 490
    assert f"at most {found.distinct.most}" in found.distinct.reckoned


def test_brothers_who_died_together_are_not_taken_for_one_person() -> None:
    told = {"father": "نبيل", "death": DAY, "place": PLACE, "sex": "ذكر"}
    assert compared({"name": "حسن نبيل الزيتون", **told}, {"name": "حسين نبيل الزيتون", **told}) < 0.5
    assert compared({"name": "سامر نبيل الزيتون", **told}, {"name": "طارق نبيل الزيتون", **told}) < 0.5


def test_father_and_son_are_not_taken_for_one_person() -> None:
    told = {"death": DAY, "place": PLACE}
    father, son = {"name": "نبيل سامر الزيتون", **told}, {"name": "سامر نبيل الزيتون", **told}
    assert compared(father, son) < 0.5


def test_a_kunya_speaks_for_one_person() -> None:
    told = {"death": DAY}
    with_kunya = compared({"name": "أبو فادي سامر الزيتون", **told}, {"name": "Samer Zaytoun (Abu Fadi)", **told})
    without = compared({"name": "سامر الزيتون", **told}, {"name": "Samer Zaytoun", **told})
    assert with_kunya > without


@pytest.mark.parametrize(
    "against",
    [{"death": "2012-07-01"}, {"sex": "أنثى"}, {"age": "70"}, {"father": "هشام"}, {"mother": "ليلى"}],
    ids=["death", "sex", "age", "father", "mother"],
)
def test_contradictory_facts_speak_against(against: dict[str, str]) -> None:
    told = {"name": "سامر الزيتون", "father": "نبيل", "mother": "مريم", "death": DAY, "sex": "ذكر", "age": "34"}
    agreed = compared(told, told)
    contradicted = compared(told, told | against)
    assert contradicted / (1 - contradicted) < 0.2 * agreed / (1 - agreed + 1e-9)


def test_reasons_add_up_to_the_weight_and_quote_both_sources() -> None:
    one, other = person("a", 1, name="سامر الزيتون", death=DAY), person("b", 1, name="Samer Zaytoun", death=DAY)
    found = propose([one, other, *bystanders()], 0.0001)
    pairs = [pair for pair in found.pairs if {pair.first, pair.second} == {"a:0001", "b:0001"}]
    assert len(pairs) == 1
    quoted = {(reason.first, reason.second) for reason in pairs[0].reasons}
    assert ("سامر الزيتون", "Samer Zaytoun") in quoted
    priors = [pair.weight - sum(reason.weight for reason in pair.reasons) for pair in found.pairs]
    assert max(priors) - min(priors) < 0.02


def test_the_order_of_records_makes_no_difference() -> None:
    records = [
        *bystanders(),
        person("a", 1, name="سامر الزيتون", death=DAY),
        person("b", 1, name="سامر الزيتون", death=DAY),
    ]
    once = propose(records, 0.001)
    random.Random(5).shuffle(records)
    assert propose(records, 0.001) == once
    assert once.pairs


def test_few_records_propose_nothing_and_bad_input_is_refused() -> None:
    one = person("a", 1, name="سامر الزيتون")
    assert propose([]).distinct.most == 0
    assert propose([one]).pairs == ()
    with pytest.raises(WrongUsage, match="two records"):
        propose([one, one])
    for wrong in (0.0, 1.0, -1.0, float("nan")):
        with pytest.raises(WrongUsage):
            propose([one], wrong)


def test_persons_are_told_as_a_range_with_its_reckoning() -> None:
    records = [
        *bystanders(),
        person("a", 1, name="سامر الزيتون", death=DAY),
        person("b", 1, name="سامر الزيتون", death=DAY),
    ]
    distinct = propose(records).distinct
    assert 1 <= distinct.least <= distinct.most <= len(records)
    assert str(distinct.most) in distinct.reckoned


def test_records_without_any_name_are_met() -> None:
    records = [person("a", 1, name="؟؟"), person("a", 2, name="123"), *bystanders()]
    assert propose(records).records == len(records)


def test_a_key_that_many_share_compares_nobody() -> None:
    records = [person("a", number, name="محمد أحمد", residence=f"حي {number % 400}") for number in range(ALL_PAIRS)]
    for column in block_columns(person_rows(records)):
        counts = [column.count(key) for key in set(column) if key is not None]
        assert max(counts) <= MOST_ALIKE


def test_every_level_of_every_comparison_has_its_weight() -> None:
    known = weights()
    for comparison in COMPARISONS:
        for code in (*(level.code for level in comparison.levels), OTHERWISE):
            assert (comparison.name, code) in known


def test_a_different_sex_or_day_of_death_weighs_more_against_than_agreement_weighs_for() -> None:
    assert -weights()["sex", OTHERWISE].bits > weights()["sex", "same"].bits
    assert weights()["death", OTHERWISE].bits < -5


EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.floats(-10, 15)), max_size=40)


@settings(deadline=None)
@given(EDGES, st.floats(-2, 6))
def test_groups_are_disjoint_and_the_order_of_pairs_makes_no_difference(
    edges: list[tuple[int, int, float]], limit: float
) -> None:
    once = {(min(a, b), max(a, b)): w for a, b, w in edges if a != b}
    rows = [(a, b, w) for (a, b), w in once.items()]
    found = grouped(rows, limit)
    members = [number for group in found for number in group]
    assert len(members) == len(set(members))
    assert grouped(rows[::-1], limit) == found


def test_one_doubtful_pair_does_not_chain_two_families() -> None:
    first = [(a, b, 10.0) for a in range(3) for b in range(a + 1, 3)]
    second = [(a, b, 10.0) for a in range(3, 6) for b in range(a + 1, 6)]
    assert grouped([*first, *second, (2, 3, 2.0)], 0.0) == [(0, 1, 2), (3, 4, 5)]


@settings(deadline=None)
@given(st.lists(st.floats(-20, 20), max_size=50), st.integers(500, 5000))
def test_the_prior_moves_within_its_bounds(bits: list[float], records: int) -> None:
    assert -10 <= prior_shift(bits, records, 0.1 / records) <= 10
