"""Decisions found again in other readings of the same document, or reported as unfit; never guessed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linking.builders import event, report
from tawthiq.custody.entry import digest_of
from tawthiq.linking.anchoring import AnchorText, Trigger, anchor, anchor_at, anchor_text, constraints, find
from tawthiq.linking.decision_contract import (
    decided,
    decision_from_json,
    decision_to_json,
    in_force,
    withdrawal_to_json,
)
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.event import Act, Scope
from tawthiq.records.incident import EventReference
from tawthiq.records.link_decision import EventAnchor, LinkDecision, LinkVerdict
from tawthiq.records.span import Span

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOGETHER, APART = LinkVerdict.TOGETHER, LinkVerdict.APART
FIRST = "قال سكان إن غارة جوية استهدفت السوق القديم صباح الاثنين، ثم قصف مدفعي طال المدرسة مساء اليوم نفسه في البلدة."
SPANS = {"a": Span(12, 16), "b": Span(60, 63)}


def text_of(text: str, *spans: Span, act: str = "airstrike") -> AnchorText:
    return AnchorText(text, tuple(Trigger(number, span, act, linked=True) for number, span in enumerate(spans)))


def plain(names: str) -> dict[str, AnchorText]:
    """Documents of one telling each."""
    return {name: text_of(f"in {name} a strike was told", Span(7, 13)) for name in names}


def telling(name: str) -> EventAnchor:
    return anchor_at(name, f"in {name} a strike was told", Span(7, 13), "airstrike")


def said(verdict: LinkVerdict, one: str, other: str, minutes: int = 0) -> LinkDecision:
    at = NOW + timedelta(minutes=minutes)
    return decided(verdict, telling(one), telling(other), by="heron", at=at, reason="read both")


def reference(name: str) -> EventReference:
    return EventReference(name, 0)


def test_an_event_is_found_where_it_stood() -> None:
    told = report("d", FIRST, event(FIRST, "غارة"), event(FIRST, "قصف مدفعي", Act.SHELLING))
    anchors = [anchor(told.document, each) for each in told.reading.events]
    assert [find(each, anchor_text(told)) for each in anchors] == [0, 1]
    assert anchors[0].before == "قال سكان إن "
    assert len(anchors[0].after) == 40


def test_an_event_that_tells_no_single_occurrence_any_more_is_not_found() -> None:
    told = report("d", FIRST, event(FIRST, "غارة"))
    background = report("d", FIRST, event(FIRST, "غارة", scope=Scope.BACKGROUND))
    assert find(anchor(told.document, told.reading.events[0]), anchor_text(background)) is None


@given(before=st.text(max_size=120), extra=st.lists(st.integers(0, 80), max_size=4), dropped=st.booleans())
def test_shifted_text_and_more_or_fewer_events_keep_the_telling_or_report_it_unfit(
    before: str, extra: list[int], dropped: bool
) -> None:
    wanted = anchor_at("d", FIRST, SPANS["a"], "airstrike")
    shifted = before + FIRST
    others = [Span(at + len(before), at + len(before) + 3) for at in extra]
    meant = SPANS["a"].shifted(len(before))
    triggers = [span for span in others if not span.overlaps(meant)]
    now = text_of(shifted, *([] if dropped else [meant]), *triggers)
    found = find(wanted, now)
    assert found == (None if dropped else 0)


@given(
    words=st.text("غارة قصف.", max_size=60),
    at=st.integers(0, 60),
    length=st.integers(1, 6),
    other=st.text("غارة قصف.", max_size=60),
)
def test_whatever_is_found_stands_on_the_words_that_were_meant(words: str, at: int, length: int, other: str) -> None:
    span = Span(min(at, len(words)), min(at + length, len(words)))
    wanted = anchor_at("d", words, span, "airstrike")
    spans = [Span(start, start + 4) for start in range(0, max(0, len(other) - 4), 4)]
    found = find(wanted, text_of(other, *spans))
    if found is not None:
        places = [at for at in range(len(other)) if other.startswith(wanted.text, at)]
        assert any(spans[found].overlaps(Span(place, place + len(wanted.text))) for place in places)


def test_same_words_elsewhere_without_the_context_are_not_taken() -> None:
    wanted = anchor_at("d", FIRST, SPANS["a"], "airstrike")
    other = "نشر الموقع خبرا آخر عن غارة في بلد بعيد لا صلة له بما سبق ولا بأهل السوق المذكورين."
    at = other.index("غارة")
    assert find(wanted, text_of(other, Span(at, at + 4))) is None


def test_of_the_same_words_twice_the_context_tells_which() -> None:
    text = "غارة على السوق قتلت خمسة أشخاص بحسب سكان. وفي القرية المجاورة وقعت غارة على الجسر قتلت شخصين."
    first, second = text.index("غارة"), text.rindex("غارة")
    wanted = anchor_at("d", text, Span(second, second + 4), "airstrike")
    shifted = "عاجل: " + text
    now = text_of(shifted, Span(first + 6, first + 10), Span(second + 6, second + 10))
    assert find(wanted, now) == 1


def test_two_events_on_the_same_characters_are_told_apart_by_their_act_or_not_at_all() -> None:
    wanted = anchor_at("d", FIRST, SPANS["a"], "airstrike")
    triggers = [Trigger(0, SPANS["a"], "destruction", linked=True), Trigger(1, SPANS["a"], "airstrike", linked=True)]
    assert find(wanted, AnchorText(FIRST, tuple(triggers))) == 1
    both = [replace(trigger, act="airstrike") for trigger in triggers]
    assert find(wanted, AnchorText(FIRST, tuple(both))) is None


def test_a_trigger_that_grew_is_the_same_event() -> None:
    wanted = anchor_at("d", FIRST, SPANS["a"], "airstrike")
    assert find(wanted, text_of(FIRST, Span(12, 21))) == 0


def test_decisions_become_pairs_whatever_their_order() -> None:
    decisions = [said(TOGETHER, "a", "b"), said(TOGETHER, "b", "c"), said(APART, "c", "d")]
    expected = constraints(decisions, plain("abcd"))
    assert expected.together == ((reference("a"), reference("b")), (reference("b"), reference("c")))
    assert expected.apart == tuple((reference(each), reference("d")) for each in "abc")
    assert expected.unfit == ()
    assert all(constraints(order, plain("abcd")) == expected for order in permutations(decisions))


def test_what_is_together_stays_so_when_the_telling_between_is_gone() -> None:
    decisions = [said(TOGETHER, "a", "b"), said(TOGETHER, "b", "c"), said(APART, "b", "d")]
    found = constraints(decisions, plain("acd"))
    assert found.together == ((reference("a"), reference("c")),)
    assert found.apart == ((reference("a"), reference("d")), (reference("c"), reference("d")))
    assert {each.identifier for each in found.unfit} == {each.identifier for each in decisions}


def test_decisions_about_events_that_the_reading_made_one_are_unfit_where_they_contradict() -> None:
    text = "a strike and a strike hit"
    one, other = (anchor_at("x", text, Span(start, start + 6), "airstrike") for start in (2, 15))
    parted = decided(APART, one, other, by="heron", at=NOW)
    merged = constraints([parted], {"x": text_of(text, Span(2, 21))})
    assert merged.apart == ()
    assert merged.unfit == (parted,)
    joined = [decided(TOGETHER, one, telling("a"), by="heron", at=NOW), said(TOGETHER, "b", "c")]
    apart = decided(APART, other, telling("a"), by="crane", at=NOW)
    found = constraints([*joined, apart], {"x": text_of(text, Span(2, 21)), **plain("abc")})
    assert set(found.unfit) == {joined[0], apart}
    assert found.together == ((reference("b"), reference("c")),)


@given(st.data())
def test_no_constraint_contradicts_another(data: st.DataObject) -> None:
    names = "abcde"
    pairs = st.tuples(st.sampled_from([TOGETHER, APART]), st.sampled_from(names), st.sampled_from(names))
    drawn = [pair for pair in data.draw(st.lists(pairs, max_size=12)) if pair[1] != pair[2]]
    found = constraints(
        [said(*pair, minutes=at) for at, pair in enumerate(drawn)], plain(data.draw(st.sampled_from(["abcde", "abd"])))
    )
    root = {name: name for name in names}
    for one, other in found.together:
        old, new = root[one.document], root[other.document]
        root = {name: new if held == old else held for name, held in root.items()}
    assert all(root[one.document] != root[other.document] for one, other in found.apart)


def test_a_decision_goes_through_json_and_its_digest_covers_every_part() -> None:
    decision = said(TOGETHER, "a", "b")
    value = decision_to_json(decision)
    assert decision_from_json(value) == decision
    assert decision_from_json({**value, "extra": 1}) == decision
    changed = [{**value, "reason": "x"}, {**value, "verdict": "apart"}, {**value, "by": "y"}]
    assert len({decision.identifier, *map(digest_of, changed)}) == 4


def test_a_withdrawn_decision_is_not_in_force() -> None:
    one, two = said(TOGETHER, "a", "b"), said(APART, "a", "c")
    taken = withdrawal_to_json(one.identifier, by="crane", at=NOW)
    assert in_force([taken, decision_to_json(one), decision_to_json(two)]) == [two]


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "x"},
        {"verdict": "maybe"},
        {"first": {}},
        {"by": 3},
        {"time": "2026-11-22T09:00:00"},
        {"time": None},
        {"second": []},
    ],
)
def test_anything_else_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(UnreadableInput):
        decision_from_json({**decision_to_json(said(TOGETHER, "a", "b")), **change})
