"""Counting: numbers reckoned by hand, and laws that hold of any incidents."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plain_incidents import DAY, TOWN, claim, incident, report, slot
from plain_incidents import count as toll
from tawthiq.publication.statistics import count
from tawthiq.publication.statistics.cuts import NONE, OTHER, SEVERAL, UNDATED, WIDE
from tawthiq.records.disclosure import DisclosedAttribution, DisclosedIncident, DisclosedPlace
from tawthiq.records.statistics import Reach, Statistics, StatisticsFilter, StatisticsRow, Tally

ALEPPO = DisclosedPlace("sy.aleppo", "حلب", "Aleppo", "governorate", "SY", 36.2, 37.1, False)
IDLIB = DisclosedPlace("sy.idlib", "إدلب", "Idlib", "governorate", "SY", 35.9, 36.6, False)
MOSUL = DisclosedPlace("IQ.unknown", "قرية", "Village", "village", "IQ", 36.3, 43.1, False)
CUTS = ("acts", "countries", "governorates", "years", "months", "states")


def lines(rows: tuple[StatisticsRow, ...]) -> dict[str, int]:
    return {row.code: row.tally.incidents for row in rows}


def test_incidents_are_counted_by_act_party_place_and_time() -> None:
    found = count(
        [
            incident(
                1, places=(ALEPPO,), slots=(slot(claim("who", code="russia"), claim("who", 2, code="syria_gov")),)
            ),
            incident(2, places=(IDLIB, ALEPPO), act="shelling", first=date(2021, 5, 30), last=date(2021, 6, 2)),
            incident(3, places=(MOSUL,), slots=(slot(claim("who", shown="مسلحون")),)),
            incident(4, places=(), first=None, last=None),
            incident(5, places=(IDLIB, MOSUL), first=date(2020, 12, 31), last=date(2021, 1, 1)),
        ]
    )
    assert found.total.incidents == 5
    assert lines(found.acts) == {"airstrike": 4, "shelling": 1}
    assert lines(found.actors) == {"russia": 1, "syria_gov": 1, OTHER: 1, NONE: 3}
    assert lines(found.countries) == {"SY": 2, "IQ": 1, NONE: 1, SEVERAL: 1}
    assert lines(found.governorates) == {"sy.aleppo": 1, "IQ*": 1, SEVERAL: 2, NONE: 1}
    assert lines(found.years) == {"2020": 0, "2021": 3, UNDATED: 1, WIDE: 1}
    assert lines(found.months) == {"2020-12": 0, "2021-01": 0, "2021-05": 2, "2021-06": 0, UNDATED: 1, WIDE: 2}
    assert {row.code: row.possible for row in found.months if row.possible} == {
        "2020-12": 1, "2021-01": 1, "2021-05": 1, "2021-06": 1,
    }  # fmt: skip


def test_steps_of_verification_are_parts_of_each_other() -> None:
    found = count(
        [
            incident(1),
            incident(2, decided_by="person"),
            incident(3, state="second"),
            incident(4, state="verified", verified=DAY),
            incident(5, state="verified", verified=DAY, published=DAY),
            incident(6, state="rejected"),
        ]
    )
    total = found.total
    assert (total.incidents, total.decided, total.verified, total.published) == (5, 4, 2, 1)
    assert found.left_out == (("rejected", 1),)


def test_copies_make_reports_many_and_sources_few() -> None:
    seven = tuple(report(1, document=f"copy-{number}") for number in range(7))
    total = count([incident(1, reports=seven, sources=1), incident(2, reports=seven[:2], sources=2)]).total
    assert (total.reports, total.sources) == (9, 3)
    assert (total.reports_1, total.reports_2, total.reports_3) == (0, 1, 1)
    assert (total.sources_1, total.sources_2, total.sources_3) == (1, 1, 0)


def test_tolls_are_ranges_with_at_least_kept_open_and_disputes_apart() -> None:
    found = count(
        [
            incident(1, slots=(slot(toll("killed", 5, 5), toll("killed", 7, 7, 2), standing="disputed"),)),
            incident(2, slots=(slot(toll("killed", 12, None)),)),
            incident(3, slots=(slot(toll("killed", 3, 3), toll("killed", 1, None, 2), standing="agreed"),)),
        ]
    )
    row = found.tolls[0]
    assert (row.harm, row.group) == ("killed", "all")
    assert row.disputed == Reach(1, 5, 7, 0)
    assert row.agreed == Reach(2, 12 + 1, 12 + 3, 1)
    assert row.whole == Reach(3, 18, 22, 1)
    assert row.whole.is_open
    assert found.total.disputed == 1


def test_lower_at_least_does_not_open_the_upper_end() -> None:
    found = count([incident(slots=(slot(toll("killed", 20, 20), toll("killed", 12, None, 2)),))])
    assert found.tolls[0].whole == Reach(1, 12, 20, 0)


def test_part_of_a_toll_is_left_out_of_it_and_stands_under_its_group() -> None:
    found = count(
        [
            incident(
                slots=(
                    slot(toll("killed", 9, 9), toll("killed", 2, None, part_of=True)),
                    slot(toll("killed", 2, 2, group="children", part_of=True)),
                )
            )
        ]
    )
    assert [(row.group, row.whole.low, row.whole.high, row.subsets) for row in found.tolls] == [
        ("all", 9, 9, 1), ("children", 2, 2, 0),
    ]  # fmt: skip


def test_one_child_is_no_lower_bound_of_everybody_where_somebody_counts_everybody() -> None:
    child = toll("killed", 1, 1, 2, group="children")
    counted = replace(slot(toll("killed", 3, 3), child), group="all")
    uncounted = replace(slot(child), group="all")
    assert count([incident(slots=(counted,))]).tolls[0].whole == Reach(1, 3, 3, 0)
    assert count([incident(slots=(uncounted,))]).tolls[0].whole == Reach(1, 1, 1, 0)


def test_adding_up_reports_and_sources_is_told_beside_the_range() -> None:
    claims = (
        toll("killed", 7, 7, document="a"), toll("killed", 7, 7, document="b"), toll("killed", 3, 3, 2, document="c"),
    )  # fmt: skip
    row = count([incident(slots=(slot(*claims),))]).tolls[0]
    assert (row.whole.low, row.whole.high, row.by_sources, row.by_reports) == (3, 7, 10, 17)


def test_verified_incident_counts_with_the_value_that_people_settled() -> None:
    claims = (toll("killed", 5, 5, key="five"), toll("killed", 7, 7, 2, key="seven"))
    settled = incident(1, state="verified", verified=DAY, slots=(slot(*claims, standing="disputed", chosen="seven"),))
    left_open = replace(settled, number=2, slots=(slot(*claims, standing="disputed", chosen="open"),))
    row = count([settled, left_open, incident(3, slots=(slot(*claims),))]).tolls[0]
    assert row.verified == Reach(2, 7 + 5, 7 + 7, 0)
    assert row.whole == Reach(3, 15, 21, 0)


def test_toll_without_a_number_is_none() -> None:
    assert count([incident(slots=(slot(toll("killed", None, None)),))]).tolls == ()


def test_attribution_by_verifiers_stands_beside_what_sources_name() -> None:
    given_to = incident(
        slots=(slot(claim("who", code="russia")),), attributions=(DisclosedAttribution("sdf", "one", "x"),)
    )
    rows = {row.code: (row.tally.incidents, row.attributed) for row in count([given_to]).actors}
    assert rows == {"russia": (1, 0), "sdf": (0, 1)}


@pytest.mark.parametrize(
    ("wanted", "numbers", "left_out"),
    [
        (StatisticsFilter(acts=("shelling",)), 1, {"act": 3}),
        (StatisticsFilter(places=("SY",)), 3, {"place": 1}),
        (StatisticsFilter(places=("sy.aleppo",)), 1, {"place": 3}),
        (StatisticsFilter(first=date(2021, 6, 1)), 1, {"day": 2, "undated": 1}),
        (StatisticsFilter(last=date(2021, 5, 31)), 3, {"undated": 1}),
        (StatisticsFilter(first=date(2021, 6, 1), acts=("airstrike",)), 0, {"act": 1, "day": 2, "undated": 1}),
    ],
)
def test_filter_takes_away_and_tells_why(wanted: StatisticsFilter, numbers: int, left_out: dict[str, int]) -> None:
    found = count(
        [
            incident(1, places=(ALEPPO,)),
            incident(2, places=(IDLIB,), act="shelling", first=date(2021, 5, 30), last=date(2021, 6, 2)),
            incident(3, places=(MOSUL,)),
            incident(4, places=(TOWN,), first=None, last=None),
        ],
        wanted,
    )
    assert found.total.incidents == numbers
    assert dict(found.left_out) == left_out


def test_incident_that_reaches_beyond_the_days_asked_for_is_counted_and_told() -> None:
    wide = incident(first=date(2021, 5, 30), last=date(2021, 6, 2))
    inside = incident(2, first=date(2021, 6, 1), last=date(2021, 6, 1))
    found = count([inside], StatisticsFilter(first=date(2021, 6, 1)))
    assert (found.total.incidents, found.straddling) == (1, 0)
    found = count([wide], StatisticsFilter(first=date(2021, 6, 1)))
    assert (found.total.incidents, found.straddling) == (1, 1)


DAYS = st.one_of(st.none(), st.dates(date(2019, 11, 1), date(2022, 2, 1)))
NUMBER = st.one_of(st.none(), st.integers(0, 99))


@st.composite
def incidents(draw: st.DrawFn) -> DisclosedIncident:
    state = draw(st.sampled_from(("proposed", "open", "second", "verified", "rejected", "undecided")))
    verified = DAY if state == "verified" else None
    harm, group = draw(st.sampled_from(("killed", "injured"))), draw(st.sampled_from(("all", "children")))
    claims = [
        toll(
            harm,
            low,
            None if high is None else max(high, low or 0),
            source + 1,
            group=group,
            part_of=draw(st.booleans()),
        )
        for source, (low, high) in enumerate(draw(st.lists(st.tuples(NUMBER, NUMBER), max_size=4)))
    ]
    who = [claim("who", code=code) for code in draw(st.lists(st.sampled_from(("russia", "sdf", "")), max_size=2))]
    slots = [
        slot(*each, standing=draw(st.sampled_from(("single", "disputed", "several")))) for each in (claims, who) if each
    ]
    return incident(
        draw(st.integers(1, 10**6)),
        act=draw(st.sampled_from(("airstrike", "shelling"))),
        first=draw(DAYS),
        last=draw(DAYS),
        places=tuple(draw(st.lists(st.sampled_from((ALEPPO, IDLIB, MOSUL, TOWN)), max_size=3))),
        slots=tuple(slots),
        state=state,
        verified=verified,
        published=verified if draw(st.booleans()) else None,
        decided_by=draw(st.sampled_from(("person", "machine"))),
        sources=draw(st.integers(0, 5)),
        reports=tuple(report(number) for number in range(draw(st.integers(0, 4)))),
    )


FILTERS = st.builds(
    StatisticsFilter,
    acts=st.sampled_from(((), ("airstrike",), ("airstrike", "shelling"))),
    places=st.sampled_from(((), ("SY",), ("sy.aleppo", "IQ"))),
    first=DAYS,
    last=DAYS,
)
MANY = st.lists(incidents(), max_size=12)


@settings(max_examples=30)
@given(MANY, FILTERS)
def test_lines_of_every_cut_that_parts_add_up_to_the_total(
    many: list[DisclosedIncident], wanted: StatisticsFilter
) -> None:
    found = count(many, wanted)
    for cut in CUTS:
        assert sum((row.tally for row in getattr(found, cut)), Tally()) == found.total, cut
    total = found.total
    assert total.published <= total.verified <= total.decided <= total.incidents
    assert total.sources_1 + total.sources_2 + total.sources_3 == total.incidents
    assert total.reports_1 + total.reports_2 + total.reports_3 == total.incidents
    assert total.incidents + sum(times for _, times in found.left_out) == len(many)


@settings(max_examples=30)
@given(MANY, FILTERS)
def test_filter_never_raises_a_count(many: list[DisclosedIncident], wanted: StatisticsFilter) -> None:
    narrow, wide = count(many, wanted), count(many)
    for each in fields(Tally):
        assert getattr(narrow.total, each.name) <= getattr(wide.total, each.name)
    for cut in (*CUTS, "actors"):
        before = lines(getattr(wide, cut))
        assert all(times <= before[code] for code, times in lines(getattr(narrow, cut)).items())
    sums = {(row.harm, row.group): row for row in wide.tolls}
    for row in narrow.tolls:
        assert row.whole.low <= sums[row.harm, row.group].whole.low
        assert row.whole.high <= sums[row.harm, row.group].whole.high


@settings(max_examples=30)
@given(MANY, st.randoms())
def test_order_makes_no_difference(many: list[DisclosedIncident], chance: Any) -> None:
    shuffled = list(many)
    chance.shuffle(shuffled)
    assert count(shuffled) == count(many)


@settings(max_examples=30)
@given(MANY, MANY)
def test_two_halves_add_up_to_the_whole(one: list[DisclosedIncident], other: list[DisclosedIncident]) -> None:
    parts, whole = (count(one), count(other)), count([*one, *other])
    assert parts[0].total + parts[1].total == whole.total

    def reaches(found: Statistics) -> dict[tuple[str, str], Reach]:
        return {(row.harm, row.group): row.whole for row in found.tolls}

    first, second = (reaches(part) for part in parts)
    assert reaches(whole) == {
        key: first.get(key, Reach()) + second.get(key, Reach()) for key in first.keys() | second.keys()
    }


@settings(max_examples=30)
@given(MANY)
def test_range_is_never_upside_down_and_carelessness_never_counts_less_than_its_upper_end(
    many: list[DisclosedIncident],
) -> None:
    for row in count(many).tolls:
        for reach in (row.agreed, row.disputed, row.verified):
            assert reach.low <= reach.high
            assert reach.floors <= reach.incidents
        assert row.whole.high <= row.by_sources == row.by_reports
