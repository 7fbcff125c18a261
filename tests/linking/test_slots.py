"""Claims by slot: what is claimed, how claims group, how sources are counted, how slots stand; and laws that always hold."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.builders import at, by, counted, entry, event, mention, on, report
from tawthiq.linking.attached import attached
from tawthiq.linking.independence import sources
from tawthiq.linking.occurrences import occurrences
from tawthiq.linking.slots import disputed, slot_views
from tawthiq.records.claim import Claim, Slot, SlotView, Standing
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Reading
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement

NUMBERS = {2: "اثنان", 3: "ثلاثة", 5: "خمسة", 7: "سبعة", 9: "تسعة"}


def toll(
    identifier: str, killed: int, day: str = "2021-05-04", *, least: bool = False, speaker: str | None = None, **more
):
    """A report that a strike killed so many, in its own voice or by a speaker."""
    text = f"{speaker or 'الموقع'} قال إن غارة الثلاثاء على السنديانة قتلت {NUMBERS[killed]} أشخاص"
    counts = (counted(text, NUMBERS[killed], Harm.KILLED, killed, None if least else killed),)
    happened = event(
        text, "غارة", when=on(text, "الثلاثاء", "2021-05-04"), places=(at(text, "السنديانة"),), counts=counts
    )
    made = report(identifier, text, happened, published=day, **more)
    return said(made, speaker) if speaker else made


def said(made: LinkInput, speaker: str, actor: str | None = None, stance: Stance = Stance.ASSERTS) -> LinkInput:
    """The report with everything after "قال" said by the speaker."""
    text = made.document.text
    cue = mention(text, "قال")
    content = replace(cue.span, start=cue.span.end + 1, end=len(text))
    statement = Statement(Speaker(mention(text, speaker), actor, False), cue, content, QuoteKind.INDIRECT, stance, "r")
    events = tuple(replace(told, source=0) for told in made.reading.events)
    return replace(made, reading=replace(made.reading, statements=(statement,), events=events))


def views(*reports: LinkInput, families: dict[str, int] | None = None) -> tuple[SlotView, ...]:
    members = [
        occurrence
        for one in sorted(reports, key=lambda one: one.document.id)
        for occurrence in occurrences(one, (families or {}).get(one.document.id))
    ]
    by_id = {one.document.id: one for one in reports}
    return slot_views(members, by_id, sources(members, by_id), attached(members, by_id))


def killed(*reports: LinkInput, **more) -> SlotView:
    return of(Slot.KILLED, *reports, **more)


def of(slot: Slot, *reports: LinkInput, group: Group | None = None, **more) -> SlotView:
    group = group or (Group.ALL if slot is Slot.KILLED else None)
    return next(view for view in views(*reports, **more) if (view.slot, view.group) == (slot, group))


def numbers(view: SlotView) -> list[tuple[list[int | None], int]]:
    return [(sorted({claim.minimum or 0 for claim in one.claims}), one.sources) for one in view.positions]


def test_one_source_alone_is_told_as_one() -> None:
    view = killed(toll("a", 5, outlet="o1"))
    assert (view.standing, numbers(view)) == (Standing.SINGLE, [([5], 1)])


def test_two_outlets_that_agree_are_two_independent_sources() -> None:
    view = killed(toll("a", 5, outlet="o1"), toll("b", 5, outlet="o2"))
    assert (view.standing, numbers(view)) == (Standing.AGREED, [([5], 2)])


def test_members_of_one_copy_family_count_once() -> None:
    view = killed(toll("a", 5, outlet="o1"), toll("b", 5, outlet="o2"), families={"a": 3, "b": 3})
    assert (view.standing, numbers(view)) == (Standing.SINGLE, [([5], 1)])


def test_two_outlets_that_quote_one_monitor_are_one_source() -> None:
    quoting = [
        toll("a", 5, outlet="o1", speaker="المرصد السوري لحقوق الإنسان"),
        toll("b", 5, outlet="o2", speaker="المرصد السوري"),
    ]
    view = killed(*quoting)
    assert (view.standing, numbers(view)) == (Standing.SINGLE, [([5], 1)])
    assert {claim.source for one in view.positions for claim in one.claims} == {"body SOHR"}
    assert numbers(killed(*quoting, toll("c", 5, outlet="o3"))) == [([5], 2)]


@pytest.mark.parametrize(
    ("one", "other"), [("Alpha News", "ALPHA  news\u200f"), ("alpha.example", "www.Alpha.example")]
)
def test_one_outlet_spelt_in_two_ways_is_one_source(one: str, other: str) -> None:
    assert numbers(killed(toll("a", 5, outlet=one), toll("b", 5, outlet=other))) == [([5], 1)]


def test_two_outlets_that_quote_residents_are_two_sources() -> None:
    view = killed(toll("a", 5, outlet="o1", speaker="سكان"), toll("b", 5, outlet="o2", speaker="سكان"))
    assert numbers(view) == [([5], 2)]


def test_posts_whose_account_is_not_known_are_counted_once_and_can_still_dispute_each_other() -> None:
    alike = killed(toll("a", 5, outlet="twitter.com"), toll("b", 5, outlet="twitter.com"))
    assert (alike.standing, numbers(alike)) == (Standing.SINGLE, [([5], 1)])
    later = killed(toll("a", 7, "2021-05-04", outlet="t.me"), toll("b", 2, "2021-05-05", outlet="t.me"))
    assert later.standing is Standing.DISPUTED


def test_an_agency_that_publishes_itself_is_the_source_that_others_quote() -> None:
    view = killed(toll("a", 5, outlet="رويترز"), toll("b", 5, outlet="o2", speaker="وكالة رويترز"))
    assert numbers(view) == [([5], 1)]


def test_an_outlet_that_repeats_in_its_own_voice_what_it_quotes_adds_no_source() -> None:
    quoting = toll("a", 5, outlet="o1", speaker="المرصد السوري")
    heading = toll("b", 5, outlet="o1")
    assert numbers(killed(quoting, heading)) == [([5], 1)]


def test_numbers_that_cannot_both_be_right_on_one_day_are_disputed_and_the_positions_named() -> None:
    view = killed(toll("a", 5, outlet="o1"), toll("b", 9, outlet="o2"), toll("c", 9, outlet="o3"))
    assert (view.standing, numbers(view)) == (Standing.DISPUTED, [([9], 2), ([5], 1)])
    assert view.disputes == ((0, 1),)


def test_a_toll_that_rises_in_later_tellings_develops() -> None:
    view = killed(toll("a", 2, "2021-05-04", outlet="o1"), toll("b", 7, "2021-05-05", outlet="o2"))
    assert (view.standing, view.disputes) == (Standing.DEVELOPING, ())


def test_a_toll_that_falls_in_another_source_is_disputed() -> None:
    assert (
        killed(toll("a", 7, "2021-05-04", outlet="o1"), toll("b", 2, "2021-05-05", outlet="o2")).standing
        is Standing.DISPUTED
    )


def test_a_higher_number_told_months_later_by_another_source_is_no_early_toll_grown() -> None:
    assert (
        killed(toll("a", 2, "2021-05-04", outlet="o1"), toll("b", 7, "2021-08-05", outlet="o2")).standing
        is Standing.DISPUTED
    )


def test_a_source_that_corrects_itself_downwards_develops() -> None:
    assert (
        killed(toll("a", 7, "2021-05-04", outlet="o"), toll("b", 2, "2021-05-05", outlet="o")).standing
        is Standing.DEVELOPING
    )


def test_a_number_that_its_own_source_took_back_disputes_nothing() -> None:
    view = killed(
        toll("a", 9, "2021-05-04", outlet="o1"),
        toll("b", 5, "2021-05-05", outlet="o1"),
        toll("c", 5, "2021-05-05", outlet="o2"),
    )
    assert (view.standing, numbers(view)) == (Standing.DEVELOPING, [([5], 2), ([9], 1)])


def test_on_one_day_the_moment_of_publication_tells_which_came_first() -> None:
    early = replace(toll("a", 2, outlet="o1"), published_at=datetime(2021, 5, 4, 9, tzinfo=UTC))
    late = replace(toll("b", 7, outlet="o2"), published_at=datetime(2021, 5, 4, 21, tzinfo=UTC))
    assert killed(early, late).standing is Standing.DEVELOPING
    assert killed(replace(early, published_at=None), late).standing is Standing.DISPUTED


def test_at_least_five_supports_neither_seven_nor_nine() -> None:
    view = killed(toll("a", 7, outlet="o1"), toll("b", 9, outlet="o2"), toll("c", 5, least=True, outlet="o3"))
    assert sorted(numbers(view)) == [([5], 1), ([7], 1), ([9], 1)]
    assert len(view.disputes) == 1


def test_at_least_five_goes_with_seven_where_nobody_says_otherwise() -> None:
    view = killed(toll("a", 7, outlet="o1"), toll("c", 5, least=True, outlet="o3"))
    assert (view.standing, numbers(view)) == (Standing.AGREED, [([5, 7], 2)])


def grouped_toll(identifier: str, *counts: tuple[str, Group, int, bool], outlet: str) -> LinkInput:
    text = "غارة الثلاثاء قتلت سبعة أشخاص بينهم ثلاثة أطفال وقيل تسعة مدنيين"
    made = tuple(Count(Harm.KILLED, group, n, n, part, mention(text, words)) for words, group, n, part in counts)
    return report(
        identifier, text, event(text, "غارة", when=on(text, "الثلاثاء", "2021-05-04"), counts=made), outlet=outlet
    )


def test_a_subset_has_a_slot_of_its_own_and_is_a_floor_of_the_whole_only_where_no_whole_is_told() -> None:
    whole = grouped_toll(
        "a", ("سبعة أشخاص", Group.ALL, 7, False), ("ثلاثة أطفال", Group.CHILDREN, 3, True), outlet="o1"
    )
    assert [numbers(v) for v in views(whole) if v.slot is Slot.KILLED] == [[([7], 1)], [([3], 1)]]
    part = grouped_toll("b", ("ثلاثة أطفال", Group.CHILDREN, 3, True), outlet="o2")
    both = of(Slot.KILLED, whole, part)
    assert (both.standing, numbers(both)) == (Standing.AGREED, [([3, 7], 2)])
    assert [claim.maximum for claim in both.positions[0].claims] == [7, None]


def test_more_civilians_than_people_is_a_dispute_about_the_whole() -> None:
    people = grouped_toll("a", ("سبعة أشخاص", Group.ALL, 7, False), outlet="o1")
    civilians = grouped_toll("b", ("تسعة مدنيين", Group.CIVILIANS, 9, False), outlet="o2")
    assert killed(people, civilians).standing is Standing.DISPUTED
    assert disputed(views(people, civilians)) == ("killed",)


def struck(identifier: str, outlet: str, **parts) -> LinkInput:
    text = "قال غارة فجر الثلاثاء ثم الأربعاء مساء على حي الربوة في السنديانة قرب الزيتونة نفذها التحالف أو الروس أو الأميركيون"
    made = {name: make(text) for name, make in parts.items()}
    return report(identifier, text, event(text, "غارة", **made), outlet=outlet)


def test_days_that_overlap_go_together_and_others_are_disputed() -> None:
    tuesday = struck("a", "o1", when=lambda t: on(t, "الثلاثاء", "2021-05-04"))
    wednesday = struck("b", "o2", when=lambda t: on(t, "الأربعاء", "2021-05-05"))
    assert (
        of(Slot.WHEN, tuesday, replace(wednesday, document=replace(wednesday.document, outlet="o2"))).standing
        is Standing.DISPUTED
    )
    assert (
        of(Slot.WHEN, tuesday, struck("c", "o3", when=lambda t: on(t, "الثلاثاء", "2021-05-04"))).standing
        is Standing.AGREED
    )


def test_an_open_date_makes_no_claim() -> None:
    open_date = struck("a", "o1", when=lambda t: replace(on(t, "الثلاثاء", "2021-05-04"), period=None))
    assert Slot.WHEN not in {view.slot for view in views(open_date)}


def test_dawn_and_evening_are_disputed_hours() -> None:
    dawn = struck("a", "o1", when=lambda t: on(t, "فجر الثلاثاء", "2021-05-04"))
    evening = struck("b", "o2", when=lambda t: on(t, "الأربعاء مساء", "2021-05-04"))
    assert of(Slot.HOUR, dawn, evening).standing is Standing.DISPUTED


def test_a_place_goes_with_the_place_that_contains_it_and_entries_far_apart_are_disputed() -> None:
    town, quarter = entry("1", 36.20, 37.10), entry("2", 36.30, 37.10, parent="1")
    far = entry("3", 33.50, 36.30)
    whole = struck("a", "o1", places=lambda t: (at(t, "السنديانة", town),))
    inside = struck("b", "o2", places=lambda t: (at(t, "حي الربوة", quarter),))
    other = struck("c", "o3", places=lambda t: (at(t, "الزيتونة", far),))
    named = struck("d", "o4", places=lambda t: (at(t, "السنديانة"),))
    assert numbers_of_sources(of(Slot.WHERE, whole, named)) == [2]
    assert of(Slot.WHERE, inside, other).standing is Standing.DISPUTED
    assert of(Slot.WHERE, inside, whole).standing in (Standing.AGREED, Standing.SINGLE)


def numbers_of_sources(view: SlotView) -> list[int]:
    return [position.sources for position in view.positions]


def test_unresolved_places_of_different_names_stand_side_by_side_without_dispute() -> None:
    one = struck("a", "o1", places=lambda t: (at(t, "السنديانة"),))
    other = struck("b", "o2", places=lambda t: (at(t, "الزيتونة"),))
    view = of(Slot.WHERE, one, other)
    assert (numbers_of_sources(view), view.disputes) == ([1, 1], ())


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [
        ("coalition", "us", Standing.AGREED),
        ("coalition", "russia", Standing.DISPUTED),
        ("coalition", "unknown", Standing.SINGLE),
        ("coalition", "other", Standing.SINGLE),
    ],
)
def test_parties_agree_by_kinship_and_the_unknown_contradicts_nobody(
    first: str, second: str, standing: Standing
) -> None:
    one = struck("a", "o1", actors=lambda t: (by(t, "التحالف", first),))
    other = struck("b", "o2", actors=lambda t: (by(t, "الروس", second),))
    assert of(Slot.WHO, one, other).standing is standing


def test_a_report_that_names_two_parties_contradicts_neither() -> None:
    both = struck("a", "o1", actors=lambda t: (by(t, "التحالف", "coalition"), by(t, "الروس", "russia")))
    one = struck("b", "o2", actors=lambda t: (by(t, "الروس", "russia"),))
    view = of(Slot.WHO, both, one)
    assert (view.standing, numbers_of_sources(view)) == (Standing.AGREED, [2])


def test_an_accusation_is_a_claim_of_the_party_that_makes_it() -> None:
    accused = struck("a", "o1", actors=lambda t: (by(t, "التحالف", "coalition"),))
    accused = said(accused, "السنديانة", "opposition", Stance.ACCUSES)
    (claim,) = (claim for one in of(Slot.WHO, accused).positions for claim in one.claims)
    assert (claim.speaker, claim.speaker_actor, claim.source) == ("السنديانة", "opposition", "party opposition")


def test_acts_that_cannot_be_one_are_disputed_and_a_general_act_goes_with_any() -> None:
    strike, shots, killing = (
        report(name, text, event(text, word, act), outlet=name)
        for name, text, word, act in (
            ("a", "غارة على القرية", "غارة", Act.AIRSTRIKE),
            ("b", "إعدام رجال في القرية", "إعدام", Act.EXECUTION),
            ("c", "مقتل رجال في القرية", "مقتل", Act.KILLING),
        )
    )
    assert of(Slot.HOW, strike, shots).standing is Standing.DISPUTED
    assert of(Slot.HOW, strike, killing).standing is Standing.AGREED


def test_every_value_is_claimed_with_its_characters_speaker_event_and_day() -> None:
    made = toll("a", 5, outlet="o1", speaker="سكان")
    for view in views(made):
        for position in view.positions:
            for claim in position.claims:
                assert claim.mention.span.of(made.document.text) == claim.mention.text
                assert (claim.document, claim.event, claim.told) == ("a", 0, date(2021, 5, 4))
                assert claim.speaker == ("سكان" if claim.slot is not Slot.WHO else None)


# Laws, for whatever is told.
tellings = st.lists(
    st.tuples(
        st.sampled_from(sorted(NUMBERS)),
        st.sampled_from(["2021-05-04", "2021-05-05", "2021-05-09"]),
        st.booleans(),
        st.sampled_from([None, "سكان", "المرصد السوري", "شبكة الجبل"]),
        st.sampled_from(["o1", "o2", None]),
    ),
    min_size=1,
    max_size=6,
)


def made_of(told: list[tuple]) -> list[LinkInput]:
    return [
        toll(f"d{n}", number, day, least=least, speaker=speaker, outlet=outlet)
        for n, (number, day, least, speaker, outlet) in enumerate(told)
    ]


def identity(claim: Claim) -> tuple:
    return claim.slot, claim.document, claim.event, claim.mention, claim.group, claim.minimum, claim.maximum


@given(tellings)
@settings(max_examples=40, deadline=None)
def test_no_claim_is_lost_none_is_made_up_and_each_stands_once(told: list[tuple]) -> None:
    reports = made_of(told)
    found = Counter(identity(claim) for view in views(*reports) for one in view.positions for claim in one.claims)
    expected = Counter()
    for one in reports:
        expected += Counter(
            identity(claim) for view in views(one) for position in view.positions for claim in position.claims
        )
    assert found == expected
    counts = [count.mention for one in reports for happened in one.reading.events for count in happened.counts]
    assert Counter(key[3] for key in found.elements() if key[0] is Slot.KILLED) == Counter(counts)


@given(tellings, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_reports_changes_nothing(told: list[tuple], chance: random.Random) -> None:
    reports = made_of(told)
    assert views(*chance.sample(reports, len(reports))) == views(*reports)


@given(tellings)
@settings(max_examples=40, deadline=None)
def test_claims_of_a_position_have_a_number_in_common_and_every_number_is_told(told: list[tuple]) -> None:
    reports = made_of(told)
    view = killed(*reports)
    said_numbers = {count.minimum for one in reports for happened in one.reading.events for count in happened.counts}
    for position in view.positions:
        lowest = max(claim.minimum or 0 for claim in position.claims)
        assert all(claim.maximum is None or lowest <= claim.maximum for claim in position.claims)
        shown = {n for claim in position.claims for n in (claim.minimum, claim.maximum) if n is not None}
        assert shown <= said_numbers
        assert 1 <= position.sources <= len({claim.source for claim in position.claims})


@given(tellings)
@settings(max_examples=40, deadline=None)
def test_a_dispute_always_stands_between_different_sources_that_cannot_both_be_right(told: list[tuple]) -> None:
    view = killed(*made_of(told))
    assert (view.standing is Standing.DISPUTED) == bool(view.disputes)
    for first, second in view.disputes:
        pairs = [(a, b) for a in view.positions[first].claims for b in view.positions[second].claims]
        assert any(a.source != b.source and apart(a, b) for a, b in pairs)


def apart(one: Claim, other: Claim) -> bool:
    low, high = sorted((one, other), key=lambda claim: claim.minimum or 0)
    return low.maximum is not None and low.maximum < (high.minimum or 0)


def test_a_reading_without_counts_places_or_parties_claims_only_how() -> None:
    text = "غارة"
    bare: Event = event(text, "غارة")
    made = replace(report("a", text, bare), reading=Reading("a", "ar", None, (), (bare,)))
    assert [view.slot for view in views(made)] == [Slot.HOW]
